/** Shows a phrase: plain text with the numbers in the colours of their phase. */
import type { Phrase } from '../words/phrase';

interface SayProps {
  readonly phrase: Phrase;
}

export function Say({ phrase }: SayProps) {
  let offset = 0;
  return phrase.map((piece) => {
    const text = typeof piece === 'string' ? piece : piece.text;
    const key = `${offset}`;
    offset += text.length;
    return typeof piece === 'string' ? (
      piece
    ) : (
      <span key={key} className={`say say-${piece.mark}`}>
        {text}
      </span>
    );
  });
}
