/** The weights that a run starts from: uniform within a limit that suits the activation, biases zero. No transcendental, so equal bits. */
import type { Random } from '../kernels/random';
import type { Activation } from '../protocol/settings';
import { initKey } from './streams';

/**
 * Returns the limit of the uniform initial weights of one link, in float32: `√(6 / inputs)` for relu (He), `√(3 / inputs)` for selu
 * (LeCun), `√(6 / (inputs + outputs))` for tanh, sigmoid and linear (Glorot).
 */
export function initialLimit(activation: Activation, inputs: number, outputs: number): number {
  if (activation === 'relu') return Math.fround(Math.sqrt(6 / inputs));
  if (activation === 'selu') return Math.fround(Math.sqrt(3 / inputs));
  return Math.fround(Math.sqrt(6 / (inputs + outputs)));
}

/**
 * Draws the initial weights of every link: `(2u − 1) · limit` with u uniform in [0, 1), in float32.
 *
 * Shape: link l is `[units of layer l + 1, units of layer l]`, row-major.
 */
export function drawInitialWeights(random: Random, sizes: readonly number[], activation: Activation, seed: number): Float32Array[] {
  return sizes.slice(1).map((outputs, layerIndex) => {
    const inputs = sizes[layerIndex] as number;
    const limit = initialLimit(activation, inputs, outputs);
    return random.uniform(initKey(seed, layerIndex), inputs * outputs).map((u) => (2 * u - 1) * limit);
  });
}
