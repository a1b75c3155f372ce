/** Chapter 8: bugs that were in somebody's code, run beside the right thing, and a quiz. */
import { useRef } from 'react';
import { BUG_IDS, BUGS, type BugId } from '../../../protocol/bugs';
import type { Settings } from '../../../protocol/settings';
import { bothWays } from '../../words/convention';
import { percent } from '../../words/format';
import { ChapterBody } from '../shell/ChapterBody';
import { CodeBox } from '../shell/CodeBox';
import { useHost } from '../shell/host';
import { type PredictionSpec, useAnswer } from '../shell/Prediction';
import { MuseumView } from './MuseumFigure';
import { QuizView } from './QuizFigure';
import { useMuseum } from './useMuseum';
import { useQuiz } from './useQuiz';

const ID = 'bug-museum';
const NUM_HIDDEN = BUG_IDS.filter((id) => BUGS[id].hiddenAtHalf).length;

const prediction: PredictionSpec = {
  question: 'You test your own dropout layer. Which p is the worst to test it at?',
  choices: [
    { id: 'tenth', label: '0.1' },
    { id: 'fifth', label: '0.2' },
    { id: 'half', label: '0.5' },
    { id: 'most', label: '0.8' },
  ],
  answer: 'half',
  reveal: `At 0.5 keep and drop are the same number. ${NUM_HIDDEN} of the ${BUG_IDS.length} bugs below show nothing there, and 0.5 is what many libraries take when they are told nothing.`,
};

/** What the correct twin runs on, in the lab's words. */
function labSettings(bug: BugId, p: number): Partial<Settings> {
  const shared = { dataset: 'moons', hidden: [16, 12], p, batchSize: 24 } as const;
  if (bug === 'evalScaledByDrop' || bug === 'evalHalved') return { ...shared, mode: 'standard' };
  if (bug === 'alphaSign') return { ...shared, mode: 'alpha', activation: 'selu', learningRate: 0.03 };
  if (bug === 'maskFromZeros') return { ...shared, activation: 'tanh' };
  if (bug === 'sameMaskEveryStep') return { ...shared, batchSize: 1, learningRate: 0.02 };
  return shared;
}

export default function MuseumChapter() {
  const { convention } = useHost();
  const museum = useMuseum(undefined, useAnswer(ID) !== null);
  const { result } = museum.view;
  const quiz = useQuiz();
  const top = useRef<HTMLDivElement>(null);
  const visit = (bug: BugId) => {
    museum.choose(bug);
    top.current?.scrollIntoView({ block: 'start' });
    top.current?.focus({ preventScroll: true });
  };
  return (
    <ChapterBody
      chapterId={ID}
      lead="Dropout fails quietly: the loss still falls, and nobody looks again. Each of these bugs was in somebody’s code. Run it beside the right thing and see which figure gives it away."
      prediction={prediction}
      aside={
        <CodeBox
          title="Three assertions that find many of them"
          lines={[
            'x = np.ones((1000, 1000))',
            'y = drop(x, 0.2, train=True)',
            { text: 'assert abs(y.mean() - 1) < 0.01', kind: 'marked' },
            { text: 'assert abs((y == 0).mean() - 0.2) < 0.01', kind: 'marked' },
            'z = drop(x, 0.2, train=False)',
            { text: 'assert (z == x).all()', kind: 'marked' },
          ]}
        />
      }
      text={
        <>
          {result &&
            !museum.view.isStale &&
            `${BUGS[museum.bug].title}, at ${bothWays(convention, result.p)}: ${percent(result.correct.testAccuracy)} of the test set right without the bug, ${percent(result.wrong.testAccuracy)} with it. `}
          Same data, first weights and masks: what differs is the bug’s doing. The link takes along the correct one’s settings; the lab has
          weights and an order of its own.
        </>
      }
      take={labSettings(museum.bug, museum.p)}
    >
      <div ref={top} tabIndex={-1} className="museum-top">
        <MuseumView state={museum} />
      </div>
      <QuizView state={quiz} onVisit={visit} />
    </ChapterBody>
  );
}
