/** A question to predict the answer of, across the screen; the figures stay in sight under it. The answer is not in the page until it is told. */
import type { Prompt } from '../../protocol/lesson';

interface PromptBandProps {
  readonly prompt: Prompt;
  readonly isTold: boolean;
  /** Turns on; null where the question is another window's. */
  readonly onTurn: (() => void) | null;
}

const LETTERS = 'ABCDEFGH';

function isSameText(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

export function PromptBand({ prompt, isTold, onTurn }: PromptBandProps) {
  const { question, options, answer } = prompt;
  const rightIndex = options.findIndex((option, index) => isSameText(option, answer) || isSameText(LETTERS[index] ?? '', answer));
  return (
    <section className="prompt-band" aria-label="Question" aria-live="polite">
      <p className="prompt-question">{question}</p>
      {options.length > 0 && (
        <ol className="prompt-options">
          {options.map((option, index) => (
            <li key={option} data-right={isTold && index === rightIndex}>
              <b>{LETTERS[index]}</b> {option}
              {isTold && index === rightIndex && <span className="prompt-right"> right</span>}
            </li>
          ))}
        </ol>
      )}
      {isTold && rightIndex < 0 && <p className="prompt-answer">{answer}</p>}
      {onTurn && (
        <button type="button" className="button button-quiet" aria-keyshortcuts="Q" onClick={onTurn}>
          {isTold || answer === '' ? 'Take it away' : 'Show the answer'}
        </button>
      )}
    </section>
  );
}
