/** The numbers of "A million weights" as the page shows them: running means, the funnel they fall in, rows and words. Pure. */
import { STUDIES } from '../../../protocol/studyParams';
import type { MillionWeightsColumn, MillionWeightsResult } from '../../../protocol/studyResults';
import { fixed, grouped } from '../../words/format';
import type { NumberTable } from '../shell/FigureBox';

const { numWeights: weightsRule, trials: trialsRule } = STUDIES.millionWeights.params;

/** Returns 1, 2, 5, 10, 20, … within a range, both ends and the default among them. */
function decades(rule: { readonly default: number; readonly min?: number; readonly max?: number }): readonly number[] {
  const [min = 1, max = 1] = [rule.min, rule.max];
  const sizes = new Set([min, max, rule.default]);
  for (let power = 1; power <= max; power *= 10) for (const digit of [1, 2, 5]) sizes.add(digit * power);
  return [...sizes].filter((size) => size >= min && size <= max).sort((a, b) => a - b);
}

/** What the sliders offer. */
export const WEIGHT_SIZES = decades(weightsRule);
export const TRIAL_SIZES = decades(trialsRule);

/** Points of a running mean that are drawn. */
const MAX_POINTS = 200;

interface RunningMean {
  /** Trials up to each point. */
  readonly trials: readonly number[];
  /** Mean of that many sums, less what is expected. */
  readonly deviation: readonly number[];
}

/** Returns how the mean of the sums came about, thinned to what can be drawn; the last point is the newest mean. */
export function runningMean({ sums, expected }: Pick<MillionWeightsColumn, 'sums' | 'expected'>): RunningMean {
  const stride = Math.max(1, Math.floor(sums.length / MAX_POINTS));
  const [trials, deviation]: [number[], number[]] = [[], []];
  let total = 0;
  sums.forEach((sum, index) => {
    total += sum;
    const count = index + 1;
    if (count % stride !== 0 && count !== sums.length) return;
    trials.push(count);
    deviation.push(total / count - expected);
  });
  return { trials, deviation };
}

/** Writes "−700.61 ± 14.49"; without an error where nothing is dropped. */
export function withError(value: number, error: number): string {
  if (Number.isNaN(value)) return 'nothing kept';
  return error > 0 ? `${fixed(value)} ± ${fixed(error)}` : fixed(value);
}

/** Writes how many standard errors an estimate lies off: "+0.15". */
export function signed(z: number): string {
  return `${z > 0 ? '+' : ''}${fixed(z)}`;
}

/** Up to so many draws a run starts by itself: about a second of work. */
const QUICK_DRAWS = 1e8;

/** Tells whether a run is short enough to start unasked. */
export function isQuick(numWeights: number, trials: number): boolean {
  return numWeights * trials <= QUICK_DRAWS;
}

/** Returns all numbers of all columns, the published ones beside them. */
export function millionTable(result: MillionWeightsResult | null): NumberTable {
  return {
    caption: result === null ? 'Not run yet' : `${grouped(result.trials)} trials on ${grouped(result.numWeights)} weights`,
    headers: ['keep', 'kept', 'expected', 'mean', 'z', '÷ keep', 'sd of a sum', 'sd in theory', 'published', 'published ÷ keep', 'its z'],
    rows: (result?.columns ?? []).map((column) => [
      fixed(1 - column.p),
      fixed(column.keptShare, 6),
      fixed(column.expected),
      withError(column.mean, column.error),
      signed(column.z),
      withError(column.scaledMean, column.scaledError),
      fixed(column.sampleSd),
      fixed(column.predictedSd),
      column.published ? fixed(column.published.mean) : 'none',
      column.published ? fixed(column.published.scaledMean) : 'none',
      column.published ? signed(column.published.z) : 'none',
    ]),
  };
}

/** Lists how far the published means lie from what is expected of them, in standard errors: "0.15, 0.64 and 0.14". */
export function publishedErrors({ columns }: MillionWeightsResult): string {
  const errors = columns.flatMap(({ published }) => (published && published.error > 0 ? [fixed(Math.abs(published.z))] : []));
  return errors.length > 1 ? `${errors.slice(0, -1).join(', ')} and ${errors.at(-1)}` : errors.join();
}
