/** A question that wants an answer before the figure gives it: choose, and what is true is revealed. The answer is kept. */
import { type ReactNode, useId, useRef, useSyncExternalStore } from 'react';
import { useHost } from './host';

export interface PredictionSpec {
  readonly question: ReactNode;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  /** Id of the choice that is right. */
  readonly answer: string;
  /** What is true and why, in a sentence or two. */
  readonly reveal: ReactNode;
}

/** Returns the answer given in a chapter; null before. */
export function useAnswer(chapterId: string): string | null {
  const { progress } = useHost();
  return useSyncExternalStore(progress.subscribe, () => progress.get().answers[chapterId] ?? null);
}

interface PredictionProps {
  readonly chapterId: string;
  readonly spec: PredictionSpec;
}

export function Prediction({ chapterId, spec }: PredictionProps) {
  const { progress } = useHost();
  const given = useAnswer(chapterId);
  const id = useId();
  const first = useRef<HTMLButtonElement>(null);
  const isKnown = given !== null && spec.choices.some((choice) => choice.id === given);
  const commit = (choice: string) => {
    if (isKnown) return;
    progress.answer(chapterId, choice);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the legend of a fieldset would lie on its border
    <div className="prediction" role="group" aria-labelledby={`${id}-question`}>
      <p className="prediction-question" id={`${id}-question`}>
        {spec.question}
      </p>
      <div className="prediction-choices">
        {spec.choices.map((choice, index) => (
          <button
            key={choice.id}
            ref={index === 0 ? first : null}
            type="button"
            className="choice"
            aria-pressed={given === choice.id}
            aria-disabled={isKnown}
            data-right={isKnown && choice.id === spec.answer}
            onClick={() => commit(choice.id)}
          >
            {choice.label}
            {isKnown && choice.id === spec.answer && <span className="choice-mark"> ✓</span>}
          </button>
        ))}
        {isKnown && (
          <button
            type="button"
            className="button button-quiet prediction-again"
            onClick={() => {
              progress.retract(chapterId);
              first.current?.focus();
            }}
          >
            Ask me again
          </button>
        )}
      </div>
      <div className="prediction-reveal" role="status">
        {isKnown && (
          <p>
            <strong>{given === spec.answer ? 'Yes.' : 'Not quite.'}</strong> {spec.reveal}
          </p>
        )}
      </div>
    </div>
  );
}
