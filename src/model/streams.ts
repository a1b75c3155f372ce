/**
 * The streams of random numbers of a run, and their keys, in one place. An export repeats them with `jax.random`, so they never change.
 *
 * | what | key | shape |
 * |---|---|---|
 * | mask of layer l in step s | fold_in(fold_in(key(seed), s), l) | see math/masks.ts |
 * | weight mask out of layer l in step s | fold_in(fold_in(key(seed), s), l + 0x100) | [outputs, units] or [size, outputs, units] |
 * | initial weights of link l | fold_in(fold_in(key(seed), 0x80000000), l) | uniform [outputs, inputs], see initialWeights.ts |
 * | order of epoch e | fold_in(fold_in(key(seed), 0x80000001), e) | bits [examples], see `drawOrder` below |
 * | data | fold_in(key(dataSeed), 0x80000002) | see data/streams.ts |
 * | mask of layer l in MC pass t | fold_in(fold_in(fold_in(key(seed), 0x80000003), t), l), weights l + 0x100 | one row, shared by all inputs |
 */
import { TAG_INIT, TAG_MC, TAG_ORDER } from '../kernels/assembly/layout';
import { bits, foldIn, type Key, key } from '../math/threefry';

export { TAG_INIT, TAG_MC, TAG_ORDER };

/** Makes the key of the initial weights of the link out of layer `layerIndex`. */
export function initKey(seed: number, layerIndex: number): Key {
  return foldIn(foldIn(key(seed), TAG_INIT), layerIndex);
}

/** Makes the key of the order of the examples in an epoch (0-based). */
function orderKey(seed: number, epoch: number): Key {
  return foldIn(foldIn(key(seed), TAG_ORDER), epoch);
}

/** Makes the key of a Monte-Carlo pass (0-based). */
export function mcKey(seed: number, passIndex: number): Key {
  return foldIn(foldIn(key(seed), TAG_MC), passIndex);
}

/**
 * Draws the order of the examples in an epoch: Fisher–Yates from 0, 1, 2, …; for i from the last down to 1 swap entry i with entry
 * `⌊bits(i) · (i + 1) / 2³²⌋`. The core does the same; this is for those who want to know the order without training.
 */
export function drawOrder(seed: number, epoch: number, numExamples: number): Uint32Array {
  const order = Uint32Array.from({ length: numExamples }, (_, index) => index);
  const epochKey = orderKey(seed, epoch);
  for (let i = numExamples - 1; i > 0; i--) {
    const j = Math.floor((bits(epochKey, i) * (i + 1)) / 2 ** 32); // exact: the product has at most 45 bits
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
  return order;
}
