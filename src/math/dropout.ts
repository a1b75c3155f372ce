/**
 * What dropout is: eight modes, forward and backward, one value at a time and by the array. The page quotes this file, and the fast
 * kernels are held to it.
 *
 * `p` is always the probability of being dropped. Nothing here draws random numbers: the mask (1 kept, 0 dropped) or the noise comes
 * in from outside, and the backward pass is given the same one. A dropped value is +0, by choice and not by multiplying, so that an
 * infinite or NaN value that is dropped is gone, and no −0 appears where nothing was.
 */

export const MODES = ['none', 'standard', 'inverted', 'unscaled', 'gaussian', 'dropconnect', 'alpha', 'spatial'] as const;
export const PHASES = ['train', 'eval', 'mc'] as const;
export type Mode = (typeof MODES)[number];
export type Phase = (typeof PHASES)[number];

/** Which dropout, with which drop probability. */
export interface Dropout {
  readonly mode: Mode;
  readonly p: number;
}

/** SELU's two constants; the saturation value −λα is what alpha dropout sets a dropped unit to. */
export const SELU_ALPHA = 1.6732632423543772;
export const SELU_SCALE = 1.0507009873554805;
export const ALPHA_DROPPED = -SELU_ALPHA * SELU_SCALE;

/**
 * Checks a drop probability. p = 1 is allowed where it means that everything is dropped; Gaussian noise would be infinite there, and
 * alpha dropout has no variance left to restore.
 *
 * Errors: RangeError "p must be in [0, 1], got 1.5"; "p must be in [0, 1) with mode gaussian, got 1".
 */
export function checkDropProbability({ mode, p }: Dropout, name = 'p'): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${name} must be in [0, 1], got ${p}`);
  if (p === 1 && (mode === 'gaussian' || mode === 'alpha')) throw new RangeError(`${name} must be in [0, 1) with mode ${mode}, got 1`);
}

/** Returns what a kept value is multiplied by in train: `1 / (1 − p)` where the mode makes up in train for what it drops, else 1. */
export function trainScale({ mode, p }: Dropout): number {
  switch (mode) {
    case 'inverted':
    case 'spatial':
    case 'dropconnect':
      return p < 1 ? 1 / (1 - p) : 0; // with p = 1 nothing is kept, so there is nothing to scale
    case 'alpha':
      return alphaAffine(p).scale;
    default:
      return 1;
  }
}

/** Returns what every value is multiplied by in eval: `1 − p` in the standard mode, where the paper makes up at test time, else 1. */
export function evalScale({ mode, p }: Dropout): number {
  return mode === 'standard' ? 1 - p : 1;
}

/** Returns the standard deviation of Gaussian noise, `√(p / (1 − p))`: the same variance as an inverted mask has. */
export function gaussianSigma(p: number): number {
  return Math.sqrt(p / (1 - p));
}

/**
 * Returns alpha dropout's `scale · a + shift`, `scale = ((1 − p)(1 + p α'²))^(−1/2)`, `shift = −scale · α' · p`: it gives a population
 * with mean 0 and variance 1 that mean and variance back after the dropping.
 *
 * Source: Klambauer et al. 2017, section 3.
 */
export function alphaAffine(p: number): { scale: number; shift: number } {
  const scale = 1 / Math.sqrt((1 - p) * (1 + p * ALPHA_DROPPED * ALPHA_DROPPED));
  return { scale, shift: -scale * ALPHA_DROPPED * p };
}

/**
 * Passes one activation through dropout in train: `a ↦ output`.
 *
 * Range: `draw` is the mask's 1 or 0, for 'gaussian' the multiplier `1 + σε`. 'none' and 'dropconnect' leave units alone, as does p = 0.
 */
export function dropUnit(dropout: Dropout, a: number, draw: number): number {
  const { mode, p } = dropout;
  if (p === 0) return a;
  switch (mode) {
    case 'none':
    case 'dropconnect':
      return a;
    case 'standard':
    case 'unscaled':
      return draw ? a : 0;
    case 'inverted':
    case 'spatial':
      return draw ? a * trainScale(dropout) : 0;
    case 'gaussian':
      return a * draw;
    case 'alpha': {
      const { scale, shift } = alphaAffine(p);
      return scale * (draw ? a : ALPHA_DROPPED) + shift;
    }
  }
}

/** Passes one gradient back through dropout in train: `dLoss/d(output) ↦ dLoss/da`, by the same draw and the same scale as forward. */
export function dropUnitBackward(dropout: Dropout, gradient: number, draw: number): number {
  const { mode, p } = dropout;
  if (p === 0 || !dropsUnits(mode)) return gradient;
  if (mode === 'gaussian') return gradient * draw;
  return draw ? gradient * trainScale(dropout) : 0;
}

/** Passes one activation through dropout in eval: `a · evalScale`. No random number is involved. The gradient takes the same factor. */
export function evalUnit(dropout: Dropout, value: number): number {
  const scale = evalScale(dropout);
  return scale > 0 ? value * scale : 0;
}

/** Masks one weight by inverted DropConnect: `mask ? w / (1 − p) : 0`. The gradient of the weight takes the same mask and factor. */
export function dropWeight(p: number, weight: number, mask: number): number {
  return mask ? weight * trainScale({ mode: 'dropconnect', p }) : 0;
}

/** Returns whether a mode draws something per unit: a mask, or noise. */
export function dropsUnits(mode: Mode): boolean {
  return mode !== 'none' && mode !== 'dropconnect';
}

/**
 * Passes an array of activations through dropout in a phase; 'mc' is 'train' after training.
 *
 * Shape: `activation` and `draw` are alike, any shape, row-major. `draw` may be null in eval, for p = 0, and where the mode draws
 * nothing per unit.
 * Errors: RangeError for p (see `checkDropProbability`); RangeError "draw must have 12 entries, got none".
 */
export function dropoutForward(
  dropout: Dropout,
  phase: Phase,
  activation: ArrayLike<number>,
  draw: ArrayLike<number> | null,
): Float64Array {
  checkDraw(dropout, phase, activation.length, draw);
  if (phase === 'eval') return Float64Array.from(activation, (a) => evalUnit(dropout, a));
  return Float64Array.from(activation, (a, index) => dropUnit(dropout, a, draw?.[index] ?? 1));
}

/** Passes an array of gradients back through dropout. Shape, Range and Errors: as `dropoutForward`; `draw` is that of the forward pass. */
export function dropoutBackward(dropout: Dropout, phase: Phase, gradient: ArrayLike<number>, draw: ArrayLike<number> | null): Float64Array {
  checkDraw(dropout, phase, gradient.length, draw);
  if (phase === 'eval') return Float64Array.from(gradient, (g) => evalUnit(dropout, g));
  return Float64Array.from(gradient, (g, index) => dropUnitBackward(dropout, g, draw?.[index] ?? 1));
}

function checkDraw(dropout: Dropout, phase: Phase, length: number, draw: ArrayLike<number> | null): void {
  checkDropProbability(dropout);
  const isNeeded = phase !== 'eval' && dropout.p > 0 && dropsUnits(dropout.mode);
  if (isNeeded && draw?.length !== length) throw new RangeError(`draw must have ${length} entries, got ${draw?.length ?? 'none'}`);
}
