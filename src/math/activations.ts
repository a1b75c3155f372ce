/**
 * The nonlinearities of the hidden layers, `a = f(z)`, and their slopes. Readable form; the kernels have their own exponentials.
 */
import { SELU_ALPHA, SELU_SCALE } from './dropout';

export const ACTIVATIONS = ['relu', 'tanh', 'sigmoid', 'selu', 'linear'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** Returns `a = f(z)`. SELU: `λ z` above 0, `λ α (e^z − 1)` below. Source of SELU: Klambauer et al. 2017, equation 2. */
export function activate(activation: Activation, z: number): number {
  switch (activation) {
    case 'relu':
      return Math.max(0, z); // NaN stays NaN: a network that has broken must not look well
    case 'tanh':
      return Math.tanh(z);
    case 'sigmoid':
      return sigmoid(z);
    case 'selu':
      return SELU_SCALE * (z > 0 ? z : SELU_ALPHA * Math.expm1(z));
    case 'linear':
      return z;
  }
}

/** Returns the slope `da/dz` at z. ReLU's at 0 is 0, as in PyTorch. */
export function activationSlope(activation: Activation, z: number): number {
  switch (activation) {
    case 'relu':
      return z > 0 ? 1 : 0;
    case 'tanh':
      return 1 - Math.tanh(z) ** 2;
    case 'sigmoid':
      return sigmoid(z) * (1 - sigmoid(z));
    case 'selu':
      return SELU_SCALE * (z > 0 ? 1 : SELU_ALPHA * Math.exp(z));
    case 'linear':
      return 1;
  }
}

/** Returns `1 / (1 + e^−z)`. Large |z| give 0 or 1, never NaN. */
export function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
