/** The state of the quiz: seed, question, answer, and the score, which is kept with the reader's other answers. */
import { useState, useSyncExternalStore } from 'react';
import { type Betrayer, BUGS, type BugId } from '../../../protocol/bugs';
import { useHost } from '../shell/host';
import { type StudyView, useStudy } from '../shell/useStudy';
import { formatScore, parseScore, type Question, quizQuestion, type Score } from './quiz';

/** Under which name the score is kept. */
const SCORE_KEY = 'bug-quiz';

export interface QuizState {
  readonly seed: number;
  readonly number: number; // of the question, from 0
  readonly isAsked: boolean;
  readonly question: Question;
  readonly answer: BugId | null;
  readonly score: Score;
  readonly instrument: Betrayer;
  readonly view: StudyView<'bug'>;
  setSeed(seed: number): void;
  setInstrument(instrument: Betrayer): void;
  /** Asks the first question, or the next. */
  ask(): void;
  give(answer: BugId): void;
  forgetScore(): void;
}

export function useQuiz(firstSeed = 1): QuizState {
  const { progress } = useHost();
  const [seed, setSeed] = useState(firstSeed);
  const [number, setNumber] = useState(0);
  const [isAsked, setIsAsked] = useState(false);
  const [answer, setAnswer] = useState<BugId | null>(null);
  const [instrument, setInstrument] = useState<Betrayer>('curves');
  const score = parseScore(useSyncExternalStore(progress.subscribe, () => progress.get().answers[SCORE_KEY] ?? null));
  const question = quizQuestion(seed, number);
  const view = useStudy('bug', { bug: question.bug, p: BUGS[question.bug].p }, { isAuto: isAsked });
  return {
    seed,
    number,
    isAsked,
    question,
    answer,
    score,
    instrument,
    view,
    setSeed: (next) => {
      setSeed(next);
      setNumber(0);
      setAnswer(null);
    },
    setInstrument,
    ask: () => {
      setIsAsked(true);
      setInstrument('curves');
      if (answer === null) return;
      setNumber(number + 1);
      setAnswer(null);
    },
    give: (choice) => {
      if (answer !== null) return;
      setAnswer(choice);
      const right = score.right + (choice === question.bug ? 1 : 0);
      progress.answer(SCORE_KEY, formatScore({ right, asked: score.asked + 1 }));
      setInstrument(BUGS[question.bug].betrayedBy);
    },
    forgetScore: () => progress.retract(SCORE_KEY),
  };
}
