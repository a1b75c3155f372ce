/** What the instruments of the museum read off a training: one line each, the same for a correct run and for one with a bug. Pure. */
import type { Betrayer } from '../../../protocol/bugs';
import type { BugResult, TracedTraining } from '../../../protocol/studyResults';
import { counted, fixed, percent, sentence } from '../../words/format';

export const INSTRUMENTS = ['curves', 'layerMeans', 'masks', 'gradients', 'predictions', 'weights'] as const satisfies readonly Betrayer[];

export const INSTRUMENT_NAMES: Readonly<Record<Betrayer, string>> = {
  curves: 'Loss curves',
  layerMeans: 'Layer means',
  masks: 'Masks',
  gradients: 'Gradients',
  predictions: 'Predictions',
  weights: 'Weights',
};

/** Returns the last value that was measured; NaN when there is none. */
function newest(values: readonly number[]): number {
  return values.findLast((value) => Number.isFinite(value)) ?? Number.NaN;
}

/** Reads one instrument: "train 0.25, eval 0.06". */
export function readInstrument(instrument: Betrayer, run: TracedTraining): string {
  const [first] = run.layers;
  switch (instrument) {
    case 'curves':
      return run.nonFiniteStep === null ? `test loss ${fixed(newest(run.curves.test))}` : 'loss is NaN';
    case 'layerMeans':
      return `train ${meanText(first?.trainMean)}, eval ${meanText(first?.evalMean)}`;
    case 'masks':
      return Number.isFinite(first?.keptShare) ? `${percent(first?.keptShare ?? 0)} kept, ${counted(run.distinctRows, 'row')}` : 'none yet';
    case 'gradients':
      return `${percent(run.droppedGradientShare)} of dropped`;
    case 'predictions':
      return run.flicker === 0 ? 'steady' : `flicker ${Number.isNaN(run.flicker) ? 'NaN' : fixed(run.flicker)}`;
    case 'weights':
      return `${percent(run.stillShare)} never moved`;
    default:
      return instrument satisfies never;
  }
}

function meanText(mean = Number.NaN): string {
  return Number.isNaN(mean) ? 'NaN' : fixed(mean);
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return (
    a.length === b.length &&
    Array.prototype.every.call(a, (value, index) => value === b[index] || (Number.isNaN(value) && Number.isNaN(b[index])))
  );
}

/** Tells whether two finished runs are the same in every number: losses, first gradient and what is predicted on the plane. */
export function isSameRun(a: TracedTraining, b: TracedTraining): boolean {
  const isSameCurve = (name: 'test' | 'trainEval' | 'trainMasked') => isSame(a.curves[name], b.curves[name]);
  return (
    isSameCurve('test') &&
    isSameCurve('trainEval') &&
    isSameCurve('trainMasked') &&
    isSame(a.gradient, b.gradient) &&
    isSame(a.surface, b.surface)
  );
}

/** Says what came of the signature, in words with the numbers. */
export function verdict({ bug, signature, correct, wrong, p }: BugResult): string {
  if (signature === null) return 'Both trainings are still running.';
  const { measure, holds, expectedWrong } = signature;
  if (bug === 'nothingKeptNaN' && holds) return 'It gives itself away. The loss is a number done right, and NaN with the bug.';
  const measured = `${sentence(measure)}: ${fixed(signature.correct)} done right, ${fixed(signature.wrong)} with the bug`;
  if (holds) return `It gives itself away. ${measured}${Number.isNaN(expectedWrong) ? '' : `, foretold ${fixed(expectedWrong)}`}.`;
  if (isSameRun(correct, wrong)) return `Nothing to see at p = ${fixed(p)}: the two trainings are the same to the last digit.`;
  return `Nothing sure to see at p = ${fixed(p)}. ${measured}.`;
}
