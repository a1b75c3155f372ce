/** Chapter 5: why validation can lie below training, and what two forgotten calls do. */
import { bothWays } from '../../words/convention';
import { ChapterBody } from '../shell/ChapterBody';
import { CodeBox } from '../shell/CodeBox';
import { useHost } from '../shell/host';
import { type PredictionSpec, useAnswer } from '../shell/Prediction';
import { SourceLink } from '../shell/SourceLink';
import { TrainEvalView, useTrainEval } from './TrainEvalFigure';
import { loopCode, trainEvalText } from './trainEvalWords';

const ID = 'train-is-not-eval';

const prediction: PredictionSpec = {
  question: 'A network trains with dropout and nothing is wrong with the code. The validation loss lies below the training loss. Why?',
  choices: [
    { id: 'leak', label: 'test data leaked' },
    { id: 'masks', label: 'masks on while training' },
    { id: 'luck', label: 'the test set is easy' },
    { id: 'small', label: 'batch too small' },
  ],
  answer: 'masks',
  reveal: (
    <>
      The training loss is taken from thinned networks, the validation loss from the whole one. Measure the training set with the masks off,
      at the same weights, and their share of the gap is gone: that is the third curve.{' '}
      <SourceLink href="https://github.com/keras-team/keras/issues/481">It has puzzled many.</SourceLink>
    </>
  ),
};

export default function TrainEvalChapter() {
  const state = useTrainEval();
  const { convention } = useHost();
  const { result, isStale } = state.study;
  const isExplained = useAnswer(ID) !== null;
  return (
    <ChapterBody
      chapterId={ID}
      lead="Dropout is two functions under one name: one with masks, for training, one without, for everything else. Two calls switch between them, and nothing warns when one is missing."
      prediction={prediction}
      aside={<CodeBox title="PyTorch" lines={loopCode(state)} />}
      text={
        <>
          At {bothWays(convention, state.p)}.{' '}
          {!result || isStale ? 'The training is under way.' : trainEvalText(result, state, isExplained)}
        </>
      }
      take={{ p: state.p, hidden: [16, 16], phase: state.forgotEval ? 'train' : 'eval' }}
    >
      <TrainEvalView state={state} isExplained={isExplained} />
    </ChapterBody>
  );
}
