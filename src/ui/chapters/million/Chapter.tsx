/** Chapter 4: a published experiment run again, and read right. */
import { counted, fixed, grouped } from '../../words/format';
import { ChapterBody } from '../shell/ChapterBody';
import { CodeBox } from '../shell/CodeBox';
import { Formula, mfrac, mi, mn, mo, mrow, msqrt, msup, paren } from '../shell/Formula';
import { type PredictionSpec, useAnswer } from '../shell/Prediction';
import { MillionView } from './MillionFigure';
import { publishedErrors } from './million';
import { useMillion } from './useMillion';

const ID = 'million-weights';

const prediction: PredictionSpec = {
  question:
    'Suppose that the million weights were all exactly 1, no normal draws at all. Keep 0.70 = drop 0.30. What is the mean sum, as a share of the whole sum?',
  choices: [
    { id: 'square', label: '0.49' },
    { id: 'keep', label: '0.70' },
    { id: 'same', label: '1.00' },
    { id: 'over', label: '1.43' },
  ],
  answer: 'keep',
  reveal:
    'E[mask] = keep, whatever the weights are: 700 000 of 1 000 000. The published text blamed the sums on normal draws that are not quite centred. They only make the whole sum differ from 0, so that the factor keep can be seen.',
};

function Formulas() {
  const sum = mrow(mo('∑'), mi('w'));
  return (
    <>
      <Formula isBlock spoken="the expectation of the sum is keep times the sum of the weights">
        {mi('E')}
        {mo('[')}
        {mo('∑')}
        {mi('m')}
        {mi('w')}
        {mo(']')}
        {mo('=')}
        {mi('keep')}
        {mo('·')}
        {sum}
      </Formula>
      <Formula
        isBlock
        spoken="the standard error of its mean over T trials is the root of keep times 1 minus keep times the sum of w squared over T"
      >
        {mi('SE')}
        {mo('=')}
        {msqrt(
          mfrac(
            mrow(mi('keep'), mo('·'), paren('('), mn('1'), mo('−'), mi('keep'), paren(')'), mo('·'), mo('∑'), msup(mi('w'), mn('2'))),
            mi('T'),
          ),
        )}
      </Formula>
    </>
  );
}

export default function MillionChapter() {
  const state = useMillion();
  const { result } = state.view;
  const isAnswered = useAnswer(ID) !== null;
  const half = result?.columns.find(({ p }) => p === 0.5);
  return (
    <ChapterBody
      chapterId={ID}
      lead="A much copied answer about TensorFlow sums a million random weights under dropout, a thousand times over. The numbers are right. The reason given for them is not."
      prediction={prediction}
      aside={
        <CodeBox
          title="The experiment, inputs of one"
          lines={[
            'w = rng.standard_normal(1_000_000)',
            'for t in range(1000):',
            { text: '    m = rng.random(w.size) < keep', kind: 'marked' },
            '    sums.append((w * m).sum())',
            'np.mean(sums), np.mean(sums) / keep',
          ]}
        />
      }
      formulas={<Formulas />}
      text={
        <>
          {result
            ? `These ${counted(result.numWeights, 'weight')} add up to ${fixed(result.weightSum)}; their mean is ${fixed(result.weightMean, 5)}, which is ${fixed(Math.abs(result.weightMean) / result.weightMeanError)} of its standard errors: as normal as it gets. ${half ? `At keep 0.50 the mean of ${grouped(result.trials)} sums is ${fixed(half.mean)} ± ${fixed(half.error)}, where keep × Σw is ${fixed(half.expected)}. ` : ''}`
            : 'The published weights add up to −1003.99, a mean of −0.00100, which is one standard error from 0: as normal as it gets. '}
          {isAnswered &&
            `The mean sum shrinks by keep for any weights, because E[mask] = keep, and dividing by keep undoes it. The published means lie within one standard error of keep × Σw${result ? `: ${publishedErrors(result)} of it away` : ''}.`}
        </>
      }
      take={{ mode: 'unscaled', p: 0.3, activation: 'linear' }}
    >
      <MillionView state={state} />
    </ChapterBody>
  );
}
