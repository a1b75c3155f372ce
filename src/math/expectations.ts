/**
 * What theory says about dropout before a single mask is drawn: expectation and variance of a unit, of a layer's mean, of a weighted sum.
 * The figures print these next to what they measure.
 *
 * Throughout, p drops, q = 1 − p keeps, and masks are independent unless they are shared.
 */
import { ALPHA_DROPPED, alphaAffine, type Dropout, evalScale, gaussianSigma } from './dropout';
import { drawIndex, type MaskPlan, numDraws } from './masks';
import { normalCdf, normalDensity } from './statistics';

export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Returns E and Var of a unit's output in train, given its activation a. For the mode's eval value see `evalMean`.
 *
 * | mode | E | Var |
 * |---|---|---|
 * | none, dropconnect | a | 0 |
 * | standard, unscaled | q a | p q a² |
 * | inverted, spatial, gaussian | a | (p/q) a² |
 * | alpha | A (q a + p α') + b | A² p q (a − α')² |
 *
 * Range: p = 1 gives 0 and 0 where it is allowed. Source: Srivastava et al. 2014, sections 4 and 10; Klambauer et al. 2017, section 3.
 */
export function unitMoments(dropout: Dropout, a: number): Moments {
  const { gain, offset, spread } = linearForm(dropout);
  return { mean: gain * a + offset, variance: spread * (a - centre(dropout)) ** 2 };
}

/** Returns what a unit puts out in eval: `q a` in the standard mode, else a. Where it differs from E in train, the mode is not unbiased. */
export function evalMean(dropout: Dropout, a: number): number {
  return evalScale(dropout) * a;
}

/**
 * Returns what the mean of a layer's output will be in train, and its standard error under fresh masks, given all its activations.
 *
 * Units that share a draw (scope 'batch', channels of 'spatial') move together: their distances are summed before they are squared,
 * which makes the error larger.
 * Shape: `activation` `[size, units]`.
 */
export function layerMeanMoments(plan: MaskPlan, activation: ArrayLike<number>): { mean: number; standardError: number } {
  const { size, units } = plan;
  const { gain, offset, spread } = linearForm(plan);
  const middle = centre(plan);
  const distances = new Float64Array(numDraws(plan)); // summed over the cells that share a draw
  let sum = 0;
  for (let example = 0; example < size; example++) {
    for (let unit = 0; unit < units; unit++) {
      const a = activation[example * units + unit] as number;
      const draw = drawIndex(plan, example, unit);
      distances[draw] = (distances[draw] as number) + a - middle;
      sum += gain * a + offset;
    }
  }
  const variance = spread * distances.reduce((total, distance) => total + distance * distance, 0);
  return { mean: sum / (size * units), standardError: Math.sqrt(variance) / (size * units) };
}

/**
 * Returns E and Var of a weighted sum of dropped inputs, `z = b + Σ wᵢ · dropout(xᵢ)`.
 *
 * Inverted: `E = b + Σ wᵢ xᵢ`, `Var = (p/q) Σ wᵢ² xᵢ²`; standard: `E = b + q Σ wᵢ xᵢ`, `Var = p q Σ wᵢ² xᵢ²`. The two units of the
 * textbook are the case of two. DropConnect, which masks each weight instead, has the moments of inverted.
 */
export function weightedSumMoments(dropout: Dropout, weights: readonly number[], inputs: readonly number[], bias = 0): Moments {
  const unit: Dropout = dropout.mode === 'dropconnect' ? { ...dropout, mode: 'inverted' } : dropout;
  let mean = bias;
  let variance = 0;
  weights.forEach((weight, i) => {
    const input = unitMoments(unit, inputs[i] as number);
    mean += weight * input.mean;
    variance += weight * weight * input.variance;
  });
  return { mean, variance };
}

/**
 * Returns the covariance of two sums that read the same inputs: `Σ uᵢ wᵢ Var[xᵢ]`, inverted `(p/q) Σ uᵢ wᵢ xᵢ²`, since both lose the
 * same unit at once; 0 for DropConnect, where each weight has its own mask.
 */
export function weightedSumCovariance(
  dropout: Dropout,
  first: readonly number[],
  second: readonly number[],
  inputs: readonly number[],
): number {
  if (dropout.mode === 'dropconnect') return 0;
  return inputs.reduce((sum, x, i) => sum + (first[i] as number) * (second[i] as number) * unitMoments(dropout, x).variance, 0);
}

/** Returns `E[max(0, u)]` for u of this mean and variance, were it Gaussian: `μ Φ(μ/σ) + σ φ(μ/σ)`. Source: Wan et al. 2013, inference. */
export function gaussianReluMean({ mean, variance }: Moments): number {
  const sigma = Math.sqrt(variance);
  if (sigma === 0) return Math.max(0, mean);
  return mean * normalCdf(mean / sigma) + sigma * normalDensity(mean / sigma);
}

/**
 * Returns the variance that batch normalisation sees behind inverted dropout in train, `(c² + v)/q − c²` for units of mean c and
 * variance v. In eval it is v. Source: Li et al. 2018, arXiv 1801.05134.
 */
export function trainVariance(p: number, { mean, variance }: Moments): number {
  return (mean * mean + variance) / (1 - p) - mean * mean;
}

/** A unit's output as a function of its draw is linear in a: `E = gain · a + offset`, `Var = spread · (a − centre)²`. */
function linearForm({ mode, p }: Dropout): { gain: number; offset: number; spread: number } {
  const q = 1 - p;
  if (p === 0) return { gain: 1, offset: 0, spread: 0 };
  switch (mode) {
    case 'none':
    case 'dropconnect':
      return { gain: 1, offset: 0, spread: 0 };
    case 'standard':
    case 'unscaled':
      return { gain: q, offset: 0, spread: p * q };
    case 'inverted':
    case 'spatial':
      return q > 0 ? { gain: 1, offset: 0, spread: p / q } : { gain: 0, offset: 0, spread: 0 };
    case 'gaussian':
      return { gain: 1, offset: 0, spread: gaussianSigma(p) ** 2 };
    case 'alpha': {
      const { scale, shift } = alphaAffine(p);
      return { gain: scale * q, offset: scale * p * ALPHA_DROPPED + shift, spread: scale * scale * p * q };
    }
  }
}

/** The activation at which a draw makes no difference: what a dropped unit is set to. */
function centre({ mode, p }: Dropout): number {
  return mode === 'alpha' && p > 0 ? ALPHA_DROPPED : 0;
}
