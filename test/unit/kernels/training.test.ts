/** Many steps of every optimiser against the readable network of math: order of examples, small batches, decay, max-norm and all. */
import { describe, expect, it } from 'vitest';
import { type LiveSpec, OPTIMIZER_NAMES } from '../../../src/kernels/networkTypes';
import { createMemories, update } from '../../../src/math/mlp';
import { drawOrder } from '../../../src/model/streams';
import { mathNetwork, mathPass } from './oracle';
import { makeNetwork, relativeError } from './setup';

const NUM_EXAMPLES = 22;
const BATCH = 6;
const NUM_STEPS = 15; // nearly four epochs, each with a small last batch

function expectTraining(optimizer: (typeof OPTIMIZER_NAMES)[number], live: LiveSpec): void {
  const made = makeNetwork({ sizes: [3, 9, 6, 3], optimizer, batchSize: BATCH, shuffle: true }, live, NUM_EXAMPLES);
  const { network } = made;
  const oracle = mathNetwork(network.spec, made);
  const memories = createMemories(oracle);
  let lossSum = 0;
  for (let step = 0; step < NUM_STEPS; step++) {
    const epoch = Math.floor(step / 4);
    const batch = drawOrder(network.spec.seed, epoch, NUM_EXAMPLES).subarray((step % 4) * BATCH, (step % 4) * BATCH + BATCH);
    const inputs = [...batch].flatMap((example) => [...made.inputs.subarray(example * 3, example * 3 + 3)]);
    const targets = [...batch].map((example) => made.targets[example] as number);
    const { gradients } = mathPass(oracle, network.spec, live, step, inputs, targets);
    lossSum += gradients.loss;
    update(oracle, { ...live, optimizer }, step + 1, gradients, memories);
  }
  expect(network.train(NUM_STEPS, false)).toBe(NUM_STEPS);
  const name = `${optimizer} decay ${live.weightDecay} norm ${live.maxNorm}`;
  expect(network.lossSum.count).toBe(NUM_STEPS);
  expect(relativeError([network.lossSum.sum], [lossSum]), name).toBeLessThan(1e-5);
  oracle.weights.forEach((expected, l) => {
    expect(relativeError(network.weights(l), expected), `${name} W${l}`).toBeLessThan(5e-5);
    expect(relativeError(network.biases(l), oracle.biases[l] as Float64Array), `${name} b${l}`).toBeLessThan(5e-5);
  });
  expect(network.findDirtyPadding()).toEqual([]);
}

describe('training is that of math', () => {
  for (const optimizer of OPTIMIZER_NAMES) {
    it(`NT3 with ${optimizer}`, () => {
      for (const weightDecay of [0, 0.05]) {
        for (const maxNorm of [0, 0.9]) {
          const live: LiveSpec = {
            mode: 'inverted',
            maskScope: 'example',
            dropProbabilities: [0.1, 0.37, 0.2],
            learningRate: optimizer === 'adam' ? 0.01 : 0.07,
            momentum: 0.8,
            weightDecay,
            maxNorm,
          };
          expectTraining(optimizer, live);
        }
      }
    });
  }

  it('NT3 keeps every vector of incoming weights within max-norm, and learning rate 0 changes nothing else', () => {
    const { network } = makeNetwork({ sizes: [5, 12, 3] }, { maxNorm: 0.5, learningRate: 0 }, 9);
    network.train(1, false);
    for (const [l, units] of [5, 12].entries()) {
      const weights = network.weights(l);
      for (let o = 0; o < weights.length / units; o++) {
        const norm = Math.hypot(...weights.subarray(o * units, (o + 1) * units));
        expect(norm).toBeLessThan(0.5000002);
      }
    }
    const before = network.weights(0);
    network.train(1, false);
    expect(relativeError(network.weights(0), before)).toBeLessThan(1e-6);
  });

  it('leaves no subnormal number behind, which would slow every later step', () => {
    for (const optimizer of OPTIMIZER_NAMES) {
      const live = { mode: 'inverted', dropProbabilities: [0, 0.5, 0.5], learningRate: 0.05, weightDecay: 0.01 } as const;
      const { network } = makeNetwork({ sizes: [3, 8, 8, 3], optimizer, batchSize: 8 }, live, 8);
      network.train(30_000, false);
      const state = network.saveState();
      const subnormal = new Float32Array(state.buffer, 0, state.length / 4 - 16).filter(
        (value) => value !== 0 && Math.abs(value) < 1.18e-38,
      );
      expect([...subnormal], optimizer).toEqual([]);
    }
  });

  it('NT3 leaves nothing of a pass that was not finite in a smaller batch after it', () => {
    const spoilt = makeNetwork({}, { mode: 'inverted' }, 7).network;
    const fresh = makeNetwork({}, { mode: 'inverted' }, 7).network;
    const weights = spoilt.weights(0);
    const biases = spoilt.biases(0);
    spoilt.setParameters(
      0,
      weights.map(() => Number.NaN),
      biases,
    );
    expect(spoilt.rehearse(0)).toBe(false); // four examples
    spoilt.setParameters(0, weights, biases);
    expect([spoilt.rehearse(1), fresh.rehearse(1)]).toEqual([true, true]); // three
    for (const l of [0, 1, 2]) expect(spoilt.weightGradients(l)).toEqual(fresh.weightGradients(l));
  });
});
