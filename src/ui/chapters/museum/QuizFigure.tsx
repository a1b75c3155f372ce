/** The quiz: a bug is switched on unseen, its instruments are shown, and the reader says which it is. */
import './museum.css';
import './quiz.css';
import { useEffect, useRef } from 'react';
import { BUGS, type BugId } from '../../../protocol/bugs';
import { Button } from '../../controls/Button';
import { SeedField } from '../../controls/SeedField';
import { bothWays } from '../../words/convention';
import { FigureBox, type NumberTable } from '../shell/FigureBox';
import { useHost } from '../shell/host';
import { StudyStatus } from '../shell/StudyStatus';
import { Evidence, evidenceTable } from './Evidence';
import { INSTRUMENT_NAMES } from './readings';
import { type QuizState, useQuiz } from './useQuiz';

interface QuizProps {
  readonly state: QuizState;
  /** Shows a bug in the museum; left out where there is none. */
  readonly onVisit?: (bug: BugId) => void;
}

function scoreWords({ right, asked }: QuizState['score']): string {
  return asked === 0 ? 'no answer yet' : `${right} of ${asked} right`;
}

function Choices({ state }: { readonly state: QuizState }) {
  const { question, answer, give } = state;
  return (
    // biome-ignore lint/a11y/useSemanticElements: the legend of a fieldset would lie on its border
    <div className="quiz-choices" role="group" aria-label="Which bug is it?">
      {question.choices.map((choice) => {
        const isRight = answer !== null && choice === question.bug;
        return (
          <button
            key={choice}
            type="button"
            className="choice"
            aria-pressed={choice === answer}
            aria-disabled={answer !== null}
            data-right={isRight}
            onClick={() => give(choice)}
          >
            {BUGS[choice].title}
            {isRight && <span className="choice-mark"> ✓</span>}
          </button>
        );
      })}
    </div>
  );
}

function Reveal({ state, onVisit }: QuizProps) {
  const { answer, question } = state;
  const card = BUGS[question.bug];
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (answer !== null) next.current?.focus({ preventScroll: true });
  }, [answer]);
  return (
    <div className="quiz-reveal" role="status">
      {answer !== null && (
        <>
          <p>
            <strong>{answer === question.bug ? 'Yes.' : `No, it is “${card.title}”.`}</strong> {INSTRUMENT_NAMES[card.betrayedBy]}:{' '}
            {card.signature}
          </p>
          <p className="quiz-next">
            <button type="button" className="button button-main" ref={next} onClick={state.ask}>
              Next question
            </button>
            {onVisit && <Button onClick={() => onVisit(question.bug)}>See it in the museum</Button>}
          </p>
        </>
      )}
    </div>
  );
}

/** Returns the readings of the question, and the score. */
function quizTable({ number, view, score }: QuizState, isReady: boolean): NumberTable {
  const table = evidenceTable(isReady ? view.result : null, `Question ${number + 1}: what the instruments read`);
  return { ...table, rows: [...table.rows, ['score', scoreWords(score), '']] };
}

export function QuizView({ state, onVisit }: QuizProps) {
  const { convention } = useHost();
  const { isAsked, number, question, view, score, answer } = state;
  const { result, isStale } = view;
  const isReady = isAsked && result !== null && !isStale;
  const p = BUGS[question.bug].p;
  return (
    <FigureBox
      title="Which bug is it?"
      study={answer === null ? undefined : view}
      className="museum-quiz"
      summary={isReady ? `Question ${number + 1}. ${scoreWords(score)}.` : `The quiz. ${scoreWords(score)}.`}
      table={quizTable(state, isReady)}
      controls={
        <>
          <span className="quiz-seed">
            <span className="small-label">seed</span> <SeedField label="seed of the quiz" value={state.seed} onChange={state.setSeed} />
          </span>
          <span className="quiz-score">
            score <b>{scoreWords(score)}</b>
          </span>
          {score.asked > 0 && (
            <Button kind="quiet" onClick={state.forgetScore}>
              Start the score again
            </Button>
          )}
        </>
      }
    >
      {!isAsked && (
        <p className="quiz-start">
          A training with one of the bugs, drawn from the seed, runs beside a correct one.{' '}
          <Button kind="main" onClick={state.ask}>
            Ask me
          </Button>
        </p>
      )}
      {isAsked && (
        <>
          <p className="quiz-question">
            Question {number + 1}, at {bothWays(convention, p)}. Look through the instruments: which bug is it?
          </p>
          {!isReady && <StudyStatus view={view} what="two trainings of 400 steps" />}
          {isReady && (
            <Evidence
              result={result}
              shown={state.instrument}
              onShow={state.setInstrument}
              betrayer={answer === null ? null : BUGS[question.bug].betrayedBy}
              isStale={false}
            />
          )}
          <Choices state={state} />
          <Reveal state={state} {...(onVisit && { onVisit })} />
        </>
      )}
    </FigureBox>
  );
}

export default function QuizFigure() {
  return <QuizView state={useQuiz()} />;
}
