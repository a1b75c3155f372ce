/** Chapter 1: what dropout does to twelve numbers, and to the gradient on its way back. */
import { bothWays } from '../../words/convention';
import { counted, fixed, sentence, trimmed } from '../../words/format';
import { ChapterBody } from '../shell/ChapterBody';
import { CodeBox } from '../shell/CodeBox';
import { Formula, gap, mfrac, mi, mn, mo, mrow, paren } from '../shell/Formula';
import { useHost } from '../shell/host';
import { keepCode, keepMath, keepSpoken, perKeepCode } from '../shell/keep';
import { type PredictionSpec, useAnswer } from '../shell/Prediction';
import { SourceLink } from '../shell/SourceLink';
import { TensorView } from './TensorFigure';
import { survivorScale } from './tensor';
import { useTensor } from './useTensor';

const ID = 'one-tensor';
const ASKED_P = 0.2;

const prediction: PredictionSpec = {
  question: 'Drop 0.20 = keep 0.80. A cell that is kept holds 1.00. What does it hold after dropout in training?',
  choices: [
    { id: 'down', label: '0.80' },
    { id: 'same', label: '1.00' },
    { id: 'up', label: '1.25' },
    { id: 'five', label: '5.00' },
  ],
  answer: 'up',
  reveal: `Survivors are divided by keep: 1.00 ÷ 0.80 = ${fixed(survivorScale(ASKED_P))}. On average over the mask, 0.80 × 1.25 + 0.20 × 0 is 1.00 again.`,
};

export default function TensorChapter() {
  const state = useTensor(useAnswer(ID) !== null);
  const { convention } = useHost();
  const keep = keepSpoken(convention);
  const { reading, numDropped, scale, zeroRule, output } = state;
  const numMinusZeros = output.filter((value) => Object.is(value, -0)).length;
  return (
    <ChapterBody
      chapterId={ID}
      lead="Dropout tosses a coin for every cell. Tails, and the cell is zero; heads, and it grows a little to make up for the others. The gradient comes back through the very same coins."
      prediction={prediction}
      aside={
        <CodeBox
          title="NumPy, train"
          lines={[
            `m = rng.random(x.shape) < ${keepCode(convention)}`,
            { text: `y = x * m ${perKeepCode(convention)}`, kind: 'marked' },
            '',
            '# backward: the same m',
            { text: `dx = g * m ${perKeepCode(convention)}`, kind: 'marked' },
          ]}
        />
      }
      formulas={
        <Formula isBlock spoken={`y equals m x over ${keep}, where m is 1 with probability ${keep}, else 0`}>
          {mi('y')}
          {mo('=')}
          {mfrac(mrow(mi('m'), mi('x')), keepMath(convention))}
          {mo(',')}
          {gap}
          {mi('P')}
          {paren('(')}
          {mi('m')}
          {mo('=')}
          {mn('1')}
          {paren(')')}
          {mo('=')}
          {keepMath(convention)}
        </Formula>
      }
      text={
        <>
          {sentence(counted(numDropped, 'cell'))} of 12 {numDropped === 1 ? 'is' : 'are'} gone at {bothWays(convention, reading.got)}
          {scale > 0 ? `, and the survivors are multiplied by ${trimmed(scale, 2, 4)}. ` : '. '}
          {zeroRule === 'multiply' && numMinusZeros > 0 && (
            <>
              {sentence(counted(numMinusZeros, 'negative cell'))} times zero {numMinusZeros === 1 ? 'prints' : 'print'} as -0.0000, for{' '}
              <SourceLink href="https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/native/Dropout.cpp">
                PyTorch multiplies
              </SourceLink>
              .{' '}
            </>
          )}
          A dropped cell passes no gradient; a kept one passes it on with the same factor. Each example has its own coins.
        </>
      }
      take={{ p: reading.got, mode: 'inverted', phase: 'train', seed: state.seed }}
    >
      <TensorView state={state} />
    </ChapterBody>
  );
}
