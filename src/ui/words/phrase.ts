/** A sentence in pieces, so that a number can wear the colour of its phase. Pure: the component that shows it lives in figures/Say.tsx. */

type Mark = 'train' | 'eval' | 'mc' | 'agree' | 'differ' | 'strong' | 'number';
interface MarkedText {
  readonly mark: Mark;
  readonly text: string;
}
export type Phrase = readonly (string | MarkedText)[];

export const marked = (mark: Mark, text: string): MarkedText => ({ mark, text });

/** Builds a phrase from a template: say`means agree: ${marked('agree', '0.63')}`. */
export function say(strings: TemplateStringsArray, ...values: readonly (string | MarkedText | Phrase)[]): Phrase {
  const pieces: (string | MarkedText)[] = [];
  strings.forEach((text, index) => {
    if (text !== '') pieces.push(text);
    const value = values[index];
    if (value === undefined || value === '') return;
    if (Array.isArray(value)) pieces.push(...(value as Phrase));
    else pieces.push(value as string | MarkedText);
  });
  return pieces;
}

/** Returns the text of a phrase without its marks. */
export function plain(phrase: Phrase): string {
  return phrase.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
}
