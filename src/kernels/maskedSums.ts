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
  const numChunks = Math.ceil(numWeights / SUM_CHUNK);
  const countOf = (chunkIndex: number) => Math.min(SUM_CHUNK, numWeights - chunkIndex * SUM_CHUNK);

  /** Adds the weights of a chunk that the words now in memory keep. */
  const addKept = (chunkIndex: number, threshold: number, sums: Float64Array, column: number): number => {
    f64[out] = sums[column] as number;
    const kept = exports.addMasked(WORDS_AT, WEIGHTS_AT + chunkIndex * SUM_CHUNK * 4, countOf(chunkIndex), threshold, OUT_AT);
    sums[column] = f64[out];
    return kept;
  };
  const chunkSums = new Float64Array(numChunks); // with nothing dropped
  for (let chunk = 0; chunk < numChunks; chunk++) addKept(chunk, keepThreshold(1), chunkSums, chunk);

  const addChunk: MaskedSums['addChunk'] = ([high, low], chunkIndex, keepProbs, sums, kept) => {
    exports.fillBits(high, low, chunkIndex * SUM_CHUNK, countOf(chunkIndex), WORDS_AT);
    keepProbs.forEach((keepProb, column) => {
      if (keepProb === 1) {
        sums[column] = (sums[column] as number) + (chunkSums[chunkIndex] as number);
        kept[column] = (kept[column] as number) + countOf(chunkIndex);
      } else {
        kept[column] = (kept[column] as number) + addKept(chunkIndex, keepThreshold(keepProb), sums, column);
      }
    });
  };

  return {
    numWeights,
    weightSum: chunkSums.reduce((sum, chunkSum) => sum + chunkSum, 0),
    weightSumOfSquares: weights.reduce((sum, weight) => sum + weight * weight, 0),
    addChunk,
  };
}
