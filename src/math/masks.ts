/**
 * Which units a step drops: the mask as a pure function of (seed, step, layer). A step seen twice has the same mask twice.
 *
 * Key of a layer: `fold_in(fold_in(key(seed), step), layer)`, layer 0 the input. One draw per entry, row-major, 1 = kept. These keys
 * are public: an export repeats them with `jax.random`, so they never change.
 */
import { type Dropout, dropsUnits, gaussianSigma } from './dropout';
import { bernoulli, foldIn, type Key, key, normal } from './threefry';

export const MASK_SCOPES = ['example', 'batch'] as const;
export type MaskScope = (typeof MASK_SCOPES)[number];

/** Steps stay below this; what is not a step (data, initial weights, order of examples, …) folds in a tag from here up instead. */
export const FIRST_TAG = 0x80000000;

/** Weight masks fold in their layer plus this, so that they never meet the mask of a unit. */
export const WEIGHT_MASK_OFFSET = 0x100;

/** One layer in one pass: what is dropped there and how far one mask reaches. */
export interface MaskPlan extends Dropout {
  readonly maskScope: MaskScope; // 'example': its own mask for each; 'batch': one for all
  readonly channelSize: number; // 'spatial': neighbouring units that share their fate; the last channel may be smaller
  readonly size: number; // examples
  readonly units: number;
}

/** Makes the key of a training step, `fold_in(key(seed), step)`. */
export function stepKey(seed: number, step: number): Key {
  return foldIn(key(seed), step);
}

/** Returns the probability with which a draw really keeps: keepProb in float32, rounded up to the next multiple of 2⁻²³. */
export function drawnKeepProb(p: number): number {
  return Math.ceil(Math.fround(1 - p) * 2 ** 23) / 2 ** 23;
}

/**
 * Draws the unit mask of a layer under the key of a pass. Returns null where there is none: p = 0, and the modes 'none',
 * 'dropconnect' (it masks weights) and 'gaussian' (it draws noise).
 *
 * Shape: `[size, units]`; a mask that is shared is drawn once and repeated.
 */
export function drawUnitMask(passKey: Key, layerIndex: number, plan: MaskPlan): Uint8Array | null {
  const { mode, p, size, units } = plan;
  if (p === 0 || mode === 'gaussian' || !dropsUnits(mode)) return null;
  const layerKey = foldIn(passKey, layerIndex);
  return spread(plan, (index) => bernoulli(layerKey, 1 - p, index), new Uint8Array(size * units));
}

/** Draws the multipliers `1 + σε` of Gaussian dropout, in float32, under the same key as a mask. Returns null for other modes and p = 0. */
export function drawNoise(passKey: Key, layerIndex: number, plan: MaskPlan): Float32Array | null {
  const { mode, p, size, units } = plan;
  if (p === 0 || mode !== 'gaussian') return null;
  const layerKey = foldIn(passKey, layerIndex);
  const sigma = Math.fround(gaussianSigma(p));
  return spread(plan, (index) => 1 + Math.fround(sigma * normal(layerKey, index)), new Float32Array(size * units));
}

/**
 * Draws the mask of the weights out of a layer, for 'dropconnect'. Returns null for other modes and p = 0.
 *
 * Shape: `[outputs, units]` with scope 'batch', `[size, outputs, units]` with 'example'.
 */
export function drawWeightMask(passKey: Key, layerIndex: number, plan: MaskPlan, outputs: number): Uint8Array | null {
  const { mode, p, maskScope, size, units } = plan;
  if (p === 0 || mode !== 'dropconnect') return null;
  const layerKey = foldIn(passKey, layerIndex + WEIGHT_MASK_OFFSET);
  const numMasks = maskScope === 'example' ? size : 1;
  return Uint8Array.from({ length: numMasks * outputs * units }, (_, index) => bernoulli(layerKey, 1 - p, index));
}

/** Returns how many numbers a pass draws for the units of a layer: per example or once, and one per channel in 'spatial'. */
export function numDraws(plan: MaskPlan): number {
  return (plan.maskScope === 'example' ? plan.size : 1) * drawsPerExample(plan);
}

/** Returns which draw decides the fate of a unit in an example. Cells that share a draw share the index. */
export function drawIndex(plan: MaskPlan, example: number, unit: number): number {
  const row = plan.maskScope === 'example' ? example * drawsPerExample(plan) : 0;
  return row + (plan.mode === 'spatial' ? Math.floor(unit / plan.channelSize) : unit);
}

function drawsPerExample({ mode, channelSize, units }: MaskPlan): number {
  return mode === 'spatial' ? Math.ceil(units / channelSize) : units;
}

/** Makes all draws of a layer, then gives each cell of `[size, units]` its own. Writes: `cells`. */
function spread<Cells extends Uint8Array | Float32Array>(plan: MaskPlan, draw: (index: number) => number, cells: Cells): Cells {
  const drawn = Float32Array.from({ length: numDraws(plan) }, (_, index) => draw(index));
  for (let example = 0; example < plan.size; example++) {
    for (let unit = 0; unit < plan.units; unit++) {
      cells[example * plan.units + unit] = drawn[drawIndex(plan, example, unit)] as number;
    }
  }
  return cells;
}
