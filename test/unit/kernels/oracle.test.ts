/** Every mode, scope, activation and loss of the core against the readable network of math, which draws its own masks. */
import { describe, expect, it } from 'vitest';
import { ACTIVATION_NAMES, type DropMode, type LiveSpec, LOSS_NAMES, type NetworkSpec } from '../../../src/kernels/networkTypes';
import type { LayerPass } from '../../../src/math/mlp';
import { forward } from '../../../src/math/mlp';
import { mathNetwork, mathPass } from './oracle';
import { LIVE, makeNetwork, relativeError } from './setup';

const MODES: DropMode[] = ['none', 'standard', 'inverted', 'unscaled', 'gaussian', 'dropconnect', 'alpha', 'spatial'];
const STEP = 6; // batches of 6 from 20 examples: step 3 and 7 are the small ones

function expectSame(spec: Partial<NetworkSpec>, live: Partial<LiveSpec>, step = STEP): void {
  const liveFull: LiveSpec = { ...LIVE, dropProbabilities: [0.1, 0.37, 0.8], ...live };
  const sizes = [5, 7, 9, spec.loss === 'softmax' ? 3 : 1];
  const made = makeNetwork({ sizes, batchSize: 6, channelSize: 3, ...spec }, liveFull, 20);
  const { network } = made;
  const full = network.spec;
  network.rehearse(step);
  const start = (step % 4) * 6;
  const size = Math.min(6, 20 - start);
  expect(network.size).toBe(size);
  const inputs = made.inputs.subarray(start * 5, (start + size) * 5);
  const targets = made.targets.subarray(start, start + size);
  const oracle = mathNetwork(full, made);
  const { layers, gradients, draws } = mathPass(oracle, full, liveFull, step, inputs, targets);
  const name = `${liveFull.mode} ${liveFull.maskScope} ${full.activation} ${full.loss} ${liveFull.dropProbabilities.join()}`;
  expect(relativeError([network.batchLoss], [gradients.loss]), name).toBeLessThan(2e-6);
  layers.forEach((layer: LayerPass, l) => {
    expect(relativeError(network.read(l, 'z'), layer.preActivation), `${name} z${l}`).toBeLessThan(1e-5);
    expect(relativeError(network.read(l, 'a'), layer.activation), `${name} a${l}`).toBeLessThan(1e-5);
    expect(relativeError(network.read(l, 'out'), layer.output), `${name} out${l}`).toBeLessThan(1e-5);
    expect(relativeError(network.read(l, 'grad'), gradients.outputs[l] as Float64Array), `${name} grad${l}`).toBeLessThan(1e-5);
  });
  draws.forEach((draw, l) => {
    const drawn = network.mask(l) ?? network.noise(l);
    expect(drawn === null, name).toBe(draw.units === null);
    if (drawn && draw.units)
      expect(relativeError(drawn, draw.units), `${name} units${l}`).toBeLessThan(liveFull.mode === 'gaussian' ? 2e-6 : 1e-30);
    expect(network.weightMask(l), name).toEqual(draw.weights);
    expect(relativeError(network.weightGradients(l), gradients.weights[l] as Float64Array), `${name} dW${l}`).toBeLessThan(1e-5);
    expect(relativeError(network.biasGradients(l), gradients.biases[l] as Float64Array), `${name} db${l}`).toBeLessThan(5e-5);
  });
  const whole = forward(oracle, { mode: liveFull.mode, phase: 'eval', p: liveFull.dropProbabilities, draws: [] }, inputs);
  whole.forEach((layer, l) => {
    expect(relativeError(network.read(l, 'evalOut'), layer.output), `${name} eval${l}`).toBeLessThan(1e-5);
  });
  expect(network.findDirtyPadding(), name).toEqual([]);
}

describe('a pass of the core is that of math', () => {
  for (const mode of MODES) {
    it(`DR1 DR2 DR6 in mode ${mode}, for every activation, loss and scope, with whole and small batches`, () => {
      for (const activation of ACTIVATION_NAMES) {
        for (const loss of LOSS_NAMES) {
          for (const maskScope of ['example', 'batch'] as const) {
            for (const step of [STEP, 7]) expectSame({ activation, loss }, { mode, maskScope }, step);
          }
        }
      }
    });

    it(`DR3 in mode ${mode}, at p = 0 and at the far end`, () => {
      const isOpen = mode === 'gaussian' || mode === 'alpha';
      for (const dropProbabilities of [[0, 0, 0], isOpen ? [0.9, 0.999, 0.99] : [1, 1, 1], isOpen ? [0, 0.95, 0] : [0, 1, 0]]) {
        for (const maskScope of ['example', 'batch'] as const) expectSame({ activation: 'tanh' }, { mode, maskScope, dropProbabilities });
      }
    });
  }

  it('NT4 for 0 to 4 hidden layers, sizes on both sides of every tile, with and without packing', () => {
    for (const sizes of [
      [1, 1],
      [3, 2],
      [784, 1, 3],
      [2, 13, 130, 10],
      [64, 128, 129, 7],
      [2, 512, 3, 1, 65, 2],
    ]) {
      for (const batchSize of [1, 5, 13]) {
        const loss = sizes.at(-1) === 1 ? 'squared' : 'softmax';
        const live: LiveSpec = { ...LIVE, mode: 'inverted', dropProbabilities: [0.1, 0.2, 0.37, 0.1, 0.2] };
        const made = makeNetwork({ sizes, batchSize, loss }, live, 13);
        made.network.rehearse(0);
        const [inputs, targets] = [made.inputs.subarray(0, batchSize * (sizes[0] as number)), made.targets.subarray(0, batchSize)];
        const { layers, gradients } = mathPass(mathNetwork(made.network.spec, made), made.network.spec, live, 0, inputs, targets);
        expect(relativeError(made.network.read(sizes.length - 1, 'z'), layers.at(-1)?.preActivation ?? [])).toBeLessThan(1e-5);
        gradients.weights.forEach((expected, l) => {
          expect(relativeError(made.network.weightGradients(l), expected), `${sizes.join()} ${batchSize}`).toBeLessThan(2e-5);
        });
        expect(relativeError(made.network.read(0, 'grad'), gradients.outputs[0] as Float64Array)).toBeLessThan(2e-5);
        expect(made.network.findDirtyPadding()).toEqual([]);
      }
    }
  });

  it('DR3 drops everything at p = 1: the outputs are the biases, nothing flows back', () => {
    const made = makeNetwork({ activation: 'sigmoid' }, { mode: 'inverted', dropProbabilities: [1, 1, 1] });
    made.network.rehearse(0);
    const bias = [...(made.biases[2] as Float32Array)];
    expect([...made.network.read(3, 'z')]).toEqual([...bias, ...bias, ...bias, ...bias]);
    for (const l of [0, 1, 2]) expect(made.network.weightGradients(l).every((gradient) => gradient === 0)).toBe(true);
  });
});
