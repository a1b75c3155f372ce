/** Chapter 9: the lab as code, in the idiom of seven frameworks. */
import { IDIOM_NAMES, type IdiomFramework } from '../../../export/idioms';
import { asArgument, type ConventionName } from '../../../math/conventions';
import { bothWays } from '../../words/convention';
import { sentence } from '../../words/format';
import { ChapterBody } from '../shell/ChapterBody';
import { useHost } from '../shell/host';
import type { PredictionSpec } from '../shell/Prediction';
import { SourceLink } from '../shell/SourceLink';
import { FrameworkView } from './FrameworkFigure';
import { useFramework } from './useFramework';

const prediction: PredictionSpec = {
  question: 'An old notebook says tf.nn.dropout(h, 0.8). You run it under TensorFlow 2. How many of ten units are dropped, on average?',
  choices: [
    { id: 'two', label: 'two' },
    { id: 'five', label: 'five' },
    { id: 'eight', label: 'eight' },
    { id: 'none', label: 'none' },
  ],
  answer: 'eight',
  reveal: (
    <>
      In TensorFlow 1 the second argument was keep_prob, and two were dropped.{' '}
      <SourceLink href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/python/ops/nn_ops.py">In TensorFlow 2</SourceLink>{' '}
      it is rate, the share to drop: eight. Nothing warns.
    </>
  ),
};

/** How each framework names its probability. */
const OWN: Readonly<Record<IdiomFramework, ConventionName>> = {
  numpy: 'drop',
  torch: 'drop',
  keras: 'rate',
  jax: 'drop',
  nnx: 'rate',
  tf1: 'keep_prob',
  tf2: 'rate',
};

export default function FrameworkChapter() {
  const state = useFramework();
  const { convention } = useHost();
  const { framework, settings } = state;
  return (
    <ChapterBody
      chapterId="in-your-framework"
      lead="Everything above is a handful of lines. These are the ones that matter for the lab as it stands now: where masks are switched on and off, where keep divides, how Monte-Carlo passes are taken."
      prediction={prediction}
      text={
        <>
          {sentence(bothWays(convention, settings.p))} is <code>{asArgument(OWN[framework], settings.p)}</code> to {IDIOM_NAMES[framework]}.
          The mask, its factor and the switch between train and eval are all there is to it; the rest is the network you had before.
        </>
      }
      take={settings}
    >
      <FrameworkView state={state} />
    </ChapterBody>
  );
}
