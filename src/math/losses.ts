/**
 * How a prediction is read from the last pre-activation, how wrong it is, and the gradient with which learning begins.
 */
import { sigmoid } from './activations';

export const LOSSES = ['binary', 'softmax', 'squared'] as const;
export type Loss = (typeof LOSSES)[number];

/** Reads predictions from one example's outputs: a probability, probabilities that sum to 1, or the values themselves. */
export function predict(loss: Loss, z: readonly number[]): number[] {
  if (loss === 'binary') return z.map(sigmoid);
  return loss === 'softmax' ? softmax(z) : [...z];
}

/** Returns `e^zᵢ / Σ e^zⱼ`. The largest z is taken out first, so that nothing overflows. */
export function softmax(z: readonly number[]): number[] {
  const largest = Math.max(...z);
  const powers = z.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * Returns the loss of one example: `−log P(target)` for 'binary' and 'softmax', `Σ (z − target)²` for 'squared'.
 *
 * Range: `target` is a class, 0-based, or a value; z are pre-activations, so that a sure prediction has no log of 0.
 */
export function exampleLoss(loss: Loss, z: readonly number[], target: number): number {
  switch (loss) {
    case 'binary':
      return z.reduce((sum, value) => sum + softplus(value) - target * value, 0);
    case 'softmax': {
      const largest = Math.max(...z);
      return largest + Math.log(z.reduce((sum, value) => sum + Math.exp(value - largest), 0)) - (z[target] ?? NaN);
    }
    case 'squared':
      return z.reduce((sum, value) => sum + (value - target) ** 2, 0);
  }
}

/** Returns `dLoss/dz` of one example: prediction − target for 'binary' and 'softmax', twice that for 'squared'. */
export function lossGradient(loss: Loss, z: readonly number[], target: number): number[] {
  const prediction = predict(loss, z);
  if (loss === 'softmax') return prediction.map((probability, index) => probability - (index === target ? 1 : 0));
  return prediction.map((value) => (loss === 'squared' ? 2 : 1) * (value - target));
}

/** Returns `log(1 + e^z)` without overflow. */
function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}
