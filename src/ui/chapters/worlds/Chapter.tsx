/** Chapter 2: all masks of two units, the mean term by term, and the variance that is usually left out. */
import type { Convention } from '../../../store/labStore';
import { bothWays } from '../../words/convention';
import { counted, fixed } from '../../words/format';
import { ChapterBody } from '../shell/ChapterBody';
import { Formula, gap, lines, mi, mn, mo, mrow, msub, msubsup, msup, paren } from '../shell/Formula';
import { useHost } from '../shell/host';
import { dropFactor, dropSpoken, keepFactor, keepSpoken } from '../shell/keep';
import { type PredictionSpec, useAnswer } from '../shell/Prediction';
import { CrowdOfMasksView } from './CrowdOfMasks';
import { NUM_WORLDS, useWorlds } from './useWorlds';
import { WorldsView } from './WorldsFigure';
import { twoUnitMoments } from './worlds';

const ID = 'four-worlds';
const ASKED = { w: [2, -3], x: [1.5, 0.5], p: 0.2, isInverted: false } as const;
const asked = twoUnitMoments(ASKED);

const prediction: PredictionSpec = {
  question: 'Two inputs bring 3.00 and −1.50 to a unit, 1.50 together. Drop 0.20 = keep 0.80. What is z on average?',
  choices: [
    { id: 'quarter', label: '0.38' },
    { id: 'square', label: '0.96' },
    { id: 'keep', label: '1.20' },
    { id: 'same', label: '1.50' },
  ],
  answer: 'keep',
  reveal: `E[z] = keep × 1.50 = ${fixed(asked.mean)}. And z is never that: it is 1.50, 3.00, −1.50 or 0, with a variance of ${fixed(asked.variance)}.`,
};

const w1 = msub(mi('w'), mn('1'));
const w2 = msub(mi('w'), mn('2'));

function Formulas({ convention }: { readonly convention: Convention }) {
  const [keep, drop] = [keepSpoken(convention), dropSpoken(convention)];
  return (
    <>
      <Formula isBlock spoken={`The expectation of z is ${keep}, times w one x plus w two y`}>
        {mi('E')}
        {paren('[')}
        {mi('z')}
        {paren(']')}
        {mo('=')}
        {keepFactor(convention)}
        {paren('(')}
        {mrow(w1, mi('x'), mo('+'), w2, mi('y'))}
        {paren(')')}
      </Formula>
      <Formula isBlock spoken={`The variance of z is ${drop}, times ${keep}, times w one squared x squared plus w two squared y squared`}>
        {lines(
          mrow(mi('Var'), paren('['), mi('z'), paren(']'), mo('='), dropFactor(convention), keepFactor(convention)),
          mrow(
            gap,
            mo('×'),
            paren('('),
            msubsup(mi('w'), mn('1'), mn('2')),
            msup(mi('x'), mn('2')),
            mo('+'),
            msubsup(mi('w'), mn('2'), mn('2')),
            msup(mi('y'), mn('2')),
            paren(')'),
          ),
        )}
      </Formula>
    </>
  );
}

export default function WorldsChapter() {
  const isAnswered = useAnswer(ID) !== null;
  const state = useWorlds(isAnswered);
  const { convention } = useHost();
  const { units, mean, variance, whole } = state;
  const sd = Math.sqrt(variance);
  return (
    <ChapterBody
      chapterId={ID}
      lead="Two units can each be dropped or kept, which makes four networks. Visit them all, weigh each sum by its chance, and the mean is no longer a matter of belief."
      prediction={prediction}
      formulas={<Formulas convention={convention} />}
      text={
        <>
          {state.numTerms < NUM_WORLDS
            ? `${counted(NUM_WORLDS - state.numTerms, 'term')} ${state.numTerms === NUM_WORLDS - 1 ? 'is' : 'are'} still to be added to the mean. `
            : `At ${bothWays(convention, units.p)} the mean of z is ${fixed(mean)}, ${units.isInverted ? 'the whole sum' : 'keep times the whole sum'} of ${fixed(whole)}. `}
          The standard deviation of z is {fixed(sd)}: one mask tells little, and only many units or many steps average it out.
          {isAnswered && ' Dividing by keep repairs the mean and makes the variance larger.'}
        </>
      }
      take={{ p: units.p, mode: units.isInverted ? 'inverted' : 'unscaled', hidden: [2], activation: 'linear' }}
    >
      <WorldsView state={state} />
      <CrowdOfMasksView state={state} />
    </ChapterBody>
  );
}
