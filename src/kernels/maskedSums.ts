/**
 * Sums of a million weights under fresh masks, as fast as the core draws: one draw per weight and pass serves every probability, so the
 * masks of a pass are nested and its sums share their random numbers.
 *
 * The masks are those of math/threefry.ts, bit for bit; sums are in double precision, added in a fixed order.
 */
import type { Key } from '../math/threefry';
import { type Core, HEAP_START } from './core';
import { createRandom, keepThreshold } from './random';

/** Weights per call: what a mask pass does before it may be interrupted, well below a millisecond. */
export const SUM_CHUNK = 16384;

const WORDS_AT = HEAP_START;
const OUT_AT = WORDS_AT + SUM_CHUNK * 4;
const WEIGHTS_AT = OUT_AT + 64;

/** Weights drawn once, to be summed under many masks. */
export interface MaskedSums {
  readonly numWeights: number;
  readonly weightSum: number; // with nothing dropped, added in the order of the masked sums
  readonly weightSumOfSquares: number;
  /**
   * Adds chunk number `chunkIndex` of the pass of `key`: for each keep probability the sum of kept weights, and how many are kept.
   * Writes: `sums` and `kept`, one entry per keep probability.
   */
  addChunk(key: Key, chunkIndex: number, keepProbs: readonly number[], sums: Float64Array, kept: Float64Array): void;
}

/** Draws `numWeights` weights from N(0, 1) and makes ready to sum them. Chunks are `ceil(numWeights / SUM_CHUNK)`. */
export function createMaskedSums(core: Core, weightKey: Key, numWeights: number): MaskedSums {
  const { exports, f32, f64 } = core.instantiate(WEIGHTS_AT + numWeights * 4 + 64);
  const weights = createRandom(core).normal(weightKey, numWeights);
  f32.set(weights, WEIGHTS_AT / 4);
  const out = OUT_AT / 8;

  const addChunk: MaskedSums['addChunk'] = ([high, low], chunkIndex, keepProbs, sums, kept) => {
    const start = chunkIndex * SUM_CHUNK;
    const count = Math.min(SUM_CHUNK, numWeights - start);
    exports.fillBits(high, low, start, count, WORDS_AT);
    keepProbs.forEach((keepProb, column) => {
      f64[out] = sums[column] as number;
      kept[column] = (kept[column] as number) + exports.addMasked(WORDS_AT, WEIGHTS_AT + start * 4, count, keepThreshold(keepProb), OUT_AT);
      sums[column] = f64[out];
    });
  };

  const [total, count] = [new Float64Array(1), new Float64Array(1)];
  for (let chunk = 0; chunk * SUM_CHUNK < numWeights; chunk++) addChunk([0, 0], chunk, [1], total, count);
  return {
    numWeights,
    weightSum: total[0] as number,
    weightSumOfSquares: weights.reduce((sum, weight) => sum + weight * weight, 0),
    addChunk,
  };
}
