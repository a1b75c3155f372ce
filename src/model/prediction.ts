/** Predictions of any number of inputs: in eval, or by Monte-Carlo passes, each one sub-network that all inputs share. Trains nothing. */
import { CHUNK_ROWS, type Network } from '../kernels/network';
import type { Prediction, PredictOptions } from '../protocol/snapshot';

type Visit = (start: number, outputs: Float32Array) => void;

function eachChunk(network: Network, inputs: Float32Array, phase: 'eval' | 'mc', visit: Visit): void {
  const numInputs = network.spec.sizes[0] as number;
  const numOutputs = network.spec.sizes.at(-1) as number;
  const size = inputs.length / numInputs;
  if (!Number.isInteger(size)) throw new RangeError(`inputs must be rows of ${numInputs} values, got ${inputs.length} values`);
  for (let row = 0; row < size; row += CHUNK_ROWS) {
    visit(row * numOutputs, network.infer(inputs, row, Math.min(CHUNK_ROWS, size - row), phase));
  }
}

/** Adds the outputs of passes `from … from + count − 1`, and their squares, to `sum` and `sumOfSquares` `[size, outputs]`. */
export function accumulatePasses(
  network: Network,
  inputs: Float32Array,
  from: number,
  count: number,
  sum: Float64Array,
  sumOfSquares: Float64Array,
): void {
  for (let pass = from; pass < from + count; pass++) {
    network.prepareMc(pass);
    eachChunk(network, inputs, 'mc', (start, outputs) => {
      for (let i = 0; i < outputs.length; i++) {
        const value = outputs[i] as number;
        sum[start + i] = (sum[start + i] as number) + value;
        sumOfSquares[start + i] = (sumOfSquares[start + i] as number) + value * value;
      }
    });
  }
}

/**
 * Predicts `[size, inputs]`. 'eval': the whole network. 'mc': mean and variance over `passes` sub-networks. 'train': one sub-network, the
 * first of those.
 *
 * Errors: RangeError when the inputs are not whole rows.
 */
export function predict(network: Network, inputs: Float32Array, { phase, passes }: Required<PredictOptions>): Prediction {
  const numOutputs = network.spec.sizes.at(-1) as number;
  const size = inputs.length / (network.spec.sizes[0] as number);
  const outputs = new Float32Array(Math.ceil(size) * numOutputs);
  if (phase !== 'mc') {
    if (phase === 'train') network.prepareMc(0);
    eachChunk(network, inputs, phase === 'train' ? 'mc' : 'eval', (start, chunk) => outputs.set(chunk, start));
    return { size, numOutputs, outputs, variance: null, passes: 1 };
  }
  const sum = new Float64Array(outputs.length);
  const sumOfSquares = new Float64Array(outputs.length);
  accumulatePasses(network, inputs, 0, passes, sum, sumOfSquares);
  const variance = outputs.slice();
  for (let i = 0; i < outputs.length; i++) {
    const mean = (sum[i] as number) / passes;
    outputs[i] = mean;
    variance[i] = Math.max(0, (sumOfSquares[i] as number) / passes - mean * mean);
  }
  return { size, numOutputs, outputs, variance, passes };
}
