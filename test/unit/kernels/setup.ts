/** A compiled core and small networks with stated parameters, for the tests of the kernels. */
import { compileCore } from '../../../src/kernels/core';
import { Network } from '../../../src/kernels/network';
import type { LiveSpec, NetworkSpec } from '../../../src/kernels/networkTypes';
import { weightMasksOf } from '../../../src/kernels/networkTypes';

export const core = await compileCore();

export const SPEC: NetworkSpec = {
  sizes: [3, 6, 5, 3],
  activation: 'relu',
  loss: 'softmax',
  optimizer: 'sgd',
  batchSize: 4,
  seed: 42,
  channelSize: 2,
  shuffle: false,
  weightMasks: 'none',
};

export const LIVE: LiveSpec = {
  mode: 'none',
  dropProbabilities: [0.2, 0.5, 0.37],
  maskScope: 'example',
  learningRate: 0.1,
  momentum: 0.9,
  weightDecay: 0,
  maxNorm: 0,
};

/** A plain generator for test data, unrelated to the house's own. */
export function plainRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface TestNetwork {
  network: Network;
  inputs: Float32Array;
  targets: Float32Array;
  weights: Float32Array[];
  biases: Float32Array[];
}

/** Makes a network with drawn data, weights and biases, ready to train. */
export function makeNetwork(spec: Partial<NetworkSpec>, live: Partial<LiveSpec>, numExamples = 4, dataSeed = 1): TestNetwork {
  const fullLive = { ...LIVE, ...live };
  const full = { ...SPEC, weightMasks: weightMasksOf(fullLive), ...spec };
  const random = plainRandom(dataSeed);
  const numInputs = full.sizes[0] as number;
  const outputs = full.sizes.at(-1) as number;
  const inputs = Float32Array.from({ length: numExamples * numInputs }, () => random() * 3 - 1.5);
  const targets = Float32Array.from({ length: numExamples }, () =>
    full.loss === 'squared' ? random() * 2 - 1 : Math.floor(random() * (full.loss === 'softmax' ? outputs : 2)),
  );
  const network = new Network(core, full, { inputs, targets }, null);
  const weights: Float32Array[] = [];
  const biases: Float32Array[] = [];
  for (let l = 0; l + 1 < full.sizes.length; l++) {
    const [units, next] = [full.sizes[l] as number, full.sizes[l + 1] as number];
    const limit = Math.sqrt(6 / units);
    weights.push(Float32Array.from({ length: units * next }, () => (random() * 2 - 1) * limit));
    biases.push(Float32Array.from({ length: next }, () => random() * 0.4 - 0.2));
    network.setParameters(l, weights[l] as Float32Array, biases[l] as Float32Array);
  }
  network.configure(fullLive);
  return { network, inputs, targets, weights, biases };
}

/** Largest difference relative to the largest magnitude of the expected array. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let size = 1e-30;
  let error = 0;
  for (let i = 0; i < expected.length; i++) {
    size = Math.max(size, Math.abs(expected[i] as number));
    const difference = Math.abs((actual[i] as number) - (expected[i] as number));
    error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(error, difference);
  }
  return error / size;
}
