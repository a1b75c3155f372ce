/** Chapter 6: the ensemble that dropout is said to be, every member of it. */
import type { Convention } from '../../../store/labStore';
import { bothWays } from '../../words/convention';
import { fixed, grouped } from '../../words/format';
import { ChapterBody } from '../shell/ChapterBody';
import { Formula, mfrac, mi, mo, mrow, msub, msup, munder, paren } from '../shell/Formula';
import { useHost } from '../shell/host';
import { dropFactor, keepFactor } from '../shell/keep';
import { type PredictionSpec, useAnswer } from '../shell/Prediction';
import { CrowdView } from './CrowdFigure';
import { gapText } from './crowd';
import { useCrowd } from './useCrowd';
import { WallView } from './WallFigure';

const ID = 'sub-networks';

const prediction: PredictionSpec = {
  question:
    'One pass of the whole network stands in for the crowd. With one masked layer into softmax, which mean of all sub-networks is it, exactly?',
  choices: [
    { id: 'arithmetic', label: 'the arithmetic mean' },
    { id: 'geometric', label: 'the normalised geometric mean' },
    { id: 'both', label: 'both' },
    { id: 'none', label: 'neither, ever' },
  ],
  answer: 'geometric',
  reveal:
    'Before it is normalised, the logarithm of softmax is linear in the masked layer, so the weighted geometric mean of all sub-networks comes out of one pass, exactly. The arithmetic mean is another number, and with two masked layers even the geometric mean is only near.',
};

function Formulas({ convention }: { readonly convention: Convention }) {
  const m = mi('m');
  return (
    <>
      <Formula
        isBlock
        spoken="the normalised geometric mean of class c is the product over all masks of the prediction to the power of the mask's chance, divided by the sum of that over the classes"
      >
        {msub(mi('p'), mi('c'))}
        {mo('=')}
        {mfrac(
          mrow(
            munder(mo('∏'), m),
            msup(mrow(mi('p'), paren('('), mi('c'), mo('|'), m, paren(')')), mrow(mi('π'), paren('('), m, paren(')'))),
          ),
          mrow(
            munder(mo('∑'), mi('k')),
            munder(mo('∏'), m),
            msup(mrow(mi('p'), paren('('), mi('k'), mo('|'), m, paren(')')), mrow(mi('π'), paren('('), m, paren(')'))),
          ),
        )}
      </Formula>
      <Formula isBlock spoken="the chance of a mask that keeps k of n units is keep to the power k times drop to the power n minus k">
        {mi('π')}
        {paren('(')}
        {m}
        {paren(')')}
        {mo('=')}
        {msup(keepFactor(convention), mi('k'))}
        {msup(dropFactor(convention), mrow(mi('n'), mo('−'), mi('k')))}
      </Formula>
    </>
  );
}

export default function CrowdChapter() {
  const state = useCrowd({}, useAnswer(ID) !== null);
  const { convention } = useHost();
  const { settings, crowd, hidden, view, areMeansShown } = state;
  const { result } = view;
  return (
    <ChapterBody
      chapterId={ID}
      layout="beside"
      lead="A net of ten units that may each be dropped is 1 024 nets in one. Dropout is said to train them all and to average them at test time. This net is small enough to ask every single one."
      prediction={prediction}
      formulas={<Formulas convention={convention} />}
      text={
        <>
          {crowd && result && areMeansShown
            ? `At ${bothWays(convention, settings.p)} the crowd’s arithmetic mean is ${fixed(crowd.arithmeticMean, 4)}; one pass of the whole network says ${fixed(crowd.weightScaling, 4)}, ${crowd.isExact ? 'which is the geometric mean exactly' : `${gapText(crowd.weightScaling, crowd.geometricMean)} away from the geometric mean`}. ${grouped(crowd.passMeans.length)} Monte-Carlo passes draw near the arithmetic mean, with an error of ${fixed(crowd.passError.at(-1) ?? 0, 4)}, and not near the one pass. `
            : ''}
          {result &&
            `So far ${grouped(result.distinctTrained)} of the ${grouped(result.numMasks)} sub-networks have been trained for even one example. `}
          The lab draws its first weights and its order otherwise: the link takes these settings there, not this very net.
        </>
      }
      take={{ dataset: settings.dataset, hidden, p: settings.p, passes: Math.min(settings.passes, 1000), phase: 'mc', seed: settings.seed }}
    >
      <CrowdView state={state} />
      <WallView state={state} />
    </ChapterBody>
  );
}
