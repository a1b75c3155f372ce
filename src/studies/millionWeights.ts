/**
 * The published experiment on a million weights, run again: the sum of normal weights under fresh masks, trial after trial, for several
 * drop probabilities at once.
 *
 * One uniform per weight and trial serves every column: masks are nested and columns share their random numbers, so that four columns cost
 * the draws of one. Jobs are runs of trials, so the answer does not depend on who runs them.
 */
import { type Core, compileCore } from '../kernels/core';
import { createMaskedSums, type MaskedSums, SUM_CHUNK } from '../kernels/maskedSums';
import { drawnKeepProb } from '../math/masks';
import { momentsOf } from '../math/statistics';
import { foldIn } from '../math/threefry';
import type { MillionWeightsParams } from '../protocol/studyParams';
import type { MillionWeightsColumn, MillionWeightsResult, PublishedColumn } from '../protocol/studyResults';
import { streamKey } from './keys';
import type { JobUpdate, Study } from './study';

const MAX_JOBS = 32;

/** What the published run printed, by drop probability: means of 1000 trials on one draw of a million weights. */
const PUBLISHED_SUM = -1003.985674840264;
const PUBLISHED_VARIANCE = 1e6 / 1000; // Σ w² / trials, Σ w² being the number of weights within a thousandth
const PUBLISHED: readonly { p: number; mean: number; scaledMean: number }[] = [
  { p: 0, mean: -1003.99, scaledMean: -1003.99 },
  { p: 0.3, mean: -700.61, scaledMean: -1000.88 },
  { p: 0.5, mean: -512.16, scaledMean: -1024.32 },
  { p: 0.7, mean: -303.21, scaledMean: -1010.71 },
];

/** What a job knows: its trials' sums, column after column. */
interface Trials {
  readonly done: number;
  readonly sums: Float64Array; // [columns, trials of the job], `done` filled in each
  readonly kept: Float64Array; // [columns], over all finished trials
  readonly weightSum: number;
  readonly weightSumOfSquares: number;
}

let core: Core | null = null;
/** The weights of the newest parameters, kept for the next job. */
let drawn: { readonly id: string; readonly sums: MaskedSums } | null = null;

function weightsOf({ seed, numWeights }: MillionWeightsParams): MaskedSums {
  const id = `${seed} ${numWeights}`;
  if (drawn?.id !== id) {
    if (core === null) throw new Error('the core must be compiled first');
    drawn = { id, sums: createMaskedSums(core, streamKey(seed, 'weights'), numWeights) };
  }
  return drawn.sums;
}

/** Returns the first trial of a job. Jobs share the trials as evenly as may be. */
function firstTrial({ trials }: MillionWeightsParams, jobIndex: number): number {
  return Math.floor((jobIndex * trials) / numJobs(trials));
}

function numJobs(trials: number): number {
  return Math.min(trials, MAX_JOBS);
}

function* runTrials(params: MillionWeightsParams, jobIndex: number): Generator<JobUpdate<Trials>, Trials, void> {
  const weights = weightsOf(params);
  const keepProbs = params.ps.map((p) => 1 - p);
  const first = firstTrial(params, jobIndex);
  const total = firstTrial(params, jobIndex + 1) - first;
  const numChunks = Math.ceil(params.numWeights / SUM_CHUNK);
  const sums = new Float64Array(keepProbs.length * total);
  const kept = new Float64Array(keepProbs.length);
  const passKey = streamKey(params.seed, 'passes');
  const read = (done: number): Trials => ({
    done,
    sums: sums.slice(),
    kept: kept.slice(),
    weightSum: weights.weightSum,
    weightSumOfSquares: weights.weightSumOfSquares,
  });
  for (let trial = 0; trial < total; trial++) {
    const trialKey = foldIn(passKey, first + trial);
    const trialSums = new Float64Array(keepProbs.length);
    const trialKept = new Float64Array(keepProbs.length);
    for (let chunk = 0; chunk < numChunks; chunk++) {
      weights.addChunk(trialKey, chunk, keepProbs, trialSums, trialKept);
      if (chunk < numChunks - 1) yield { share: (trial + chunk / numChunks) / total, ...(trial > 0 && { peek: () => read(trial) }) };
    }
    trialSums.forEach((sum, column) => {
      sums[column * total + trial] = sum;
      kept[column] = (kept[column] as number) + (trialKept[column] as number);
    });
    if (trial < total - 1) yield { share: (trial + 1) / total, peek: () => read(trial + 1) };
  }
  return read(total);
}

function publishedColumn(p: number): PublishedColumn | null {
  const row = PUBLISHED.find((entry) => entry.p === p);
  if (row === undefined) return null;
  const error = Math.sqrt(p * (1 - p) * PUBLISHED_VARIANCE);
  const expected = (1 - p) * PUBLISHED_SUM;
  return { mean: row.mean, scaledMean: row.scaledMean, expected, error, z: error === 0 ? 0 : (row.mean - expected) / error };
}

function columnOf(params: MillionWeightsParams, column: number, jobs: readonly (Trials | null)[]): MillionWeightsColumn {
  const p = params.ps[column] as number;
  const keepProb = drawnKeepProb(p);
  const known = jobs.filter((job) => job !== null);
  const { weightSum, weightSumOfSquares } = known[0] as Trials;
  const parts = known.map(({ done, sums }) => {
    const total = sums.length / params.ps.length;
    return sums.subarray(column * total, column * total + done);
  });
  const sums = Float64Array.from(parts.flatMap((part) => [...part]));
  const moments = momentsOf(sums);
  const predictedSd = Math.sqrt(keepProb * (1 - keepProb) * weightSumOfSquares);
  const error = predictedSd / Math.sqrt(sums.length);
  const expected = keepProb * weightSum;
  const kept = known.reduce((sum, job) => sum + (job.kept[column] as number), 0);
  return {
    p,
    keepProb,
    keptShare: kept / (params.numWeights * sums.length),
    mean: moments.mean,
    expected,
    error,
    z: error === 0 ? 0 : (moments.mean - expected) / error,
    scaledMean: moments.mean / keepProb,
    scaledError: error / keepProb,
    sampleSd: Math.sqrt(moments.sampleVariance),
    predictedSd,
    sums,
    published: publishedColumn(p),
  };
}

export const millionWeightsStudy: Study<'millionWeights', Trials> = {
  name: 'millionWeights',
  async prepare() {
    core ??= await compileCore();
  },
  jobs: (params) =>
    Array.from({ length: numJobs(params.trials) }, (_, jobIndex) => firstTrial(params, jobIndex + 1) - firstTrial(params, jobIndex)),
  run: runTrials,
  reduce(params, jobs): MillionWeightsResult {
    const columns = params.ps.map((_, column) => columnOf(params, column, jobs));
    const { weightSum, weightSumOfSquares } = jobs.find((job) => job !== null) as Trials;
    const trials = columns[0]?.sums.length ?? 0;
    return {
      numWeights: params.numWeights,
      trials,
      totalTrials: params.trials,
      draws: trials * params.numWeights,
      weightSum,
      weightSumOfSquares,
      weightMean: weightSum / params.numWeights,
      weightMeanError: 1 / Math.sqrt(params.numWeights),
      columns,
    };
  },
};
