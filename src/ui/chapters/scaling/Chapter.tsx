/** Chapter 3: what happens without scaling, with it, and with too much of it; and whether the two right ways are one. */
import { symbol, toShown } from '../../words/convention';
import { fixed, percent, trimmed } from '../../words/format';
import { ChapterBody } from '../shell/ChapterBody';
import { CodeBox } from '../shell/CodeBox';
import { useHost } from '../shell/host';
import { keepCode, perKeepCode } from '../shell/keep';
import { type PredictionSpec, useAnswer } from '../shell/Prediction';
import { SourceLink } from '../shell/SourceLink';
import { EquivalenceView, useEquivalence } from './EquivalenceFigure';
import { SchemesView, useSchemes } from './SchemesFigure';

const ID = 'divide-by-keep';

const prediction: PredictionSpec = {
  question: 'Four layers, drop 0.20 = keep 0.80, no scaling anywhere. How large is the last layer’s mean at test, compared with training?',
  choices: [
    { id: 'same', label: 'the same' },
    { id: 'once', label: '1.25 ×' },
    { id: 'four', label: '2.4 ×' },
    { id: 'five', label: '5 ×' },
  ],
  answer: 'four',
  reveal: `Each layer lets ${fixed(0.8)} of the signal through in training and all of it at test: 1 ÷ 0.8 four times over is ${fixed(1 / 0.8 ** 4)}.`,
};

export default function ScalingChapter() {
  const { convention } = useHost();
  const isAnswered = useAnswer(ID) !== null;
  const schemes = useSchemes(isAnswered);
  const equivalence = useEquivalence();
  const { p, numLayers } = schemes;
  const ratios = schemes.study.result?.schemes.unscaled.map((layer) => fixed(layer.ratio)).join(', ');
  return (
    <ChapterBody
      chapterId={ID}
      layout="pair"
      lead={
        <>
          Drop units with{' '}
          <strong>
            {symbol(convention)} = {trimmed(toShown(convention, p))}
          </strong>{' '}
          and only {percent(1 - p)} of the signal arrives. Do nothing about it, and at test time every layer receives more than it was ever
          trained on.
        </>
      }
      prediction={prediction}
      aside={
        <CodeBox
          title="Inverted dropout"
          lines={[
            '# train',
            `m = rng.random(h.shape) < ${keepCode(convention)}`,
            { text: `h = h * m ${perKeepCode(convention)}`, kind: 'marked' },
            '',
            '# eval',
            'h = h',
          ]}
        />
      }
      text={
        <>
          {ratios === undefined ? '' : `Unscaled drifts by 1 ÷ ${trimmed(1 - p, 1, 2)} per layer: ${ratios}. `}Scaling twice is as wrong as
          not at all, the other way, and{' '}
          <SourceLink href="https://github.com/clab/dynet/issues/186">happens to those who know the paper</SourceLink>. Standard and
          inverted describe the same networks, but started alike and trained alike they do not become the same one: the standard twin starts
          as if its weights were times keep, and learns keep² as fast.
        </>
      }
      take={{ p, mode: 'unscaled', hidden: Array<number>(Math.min(numLayers, 4)).fill(12) }}
    >
      <SchemesView state={schemes} />
      <EquivalenceView state={equivalence} />
    </ChapterBody>
  );
}
