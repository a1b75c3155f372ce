import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, type Activation } from '../../../src/math/activations';
import { gaussianSigma, MODES, type Mode, type Phase } from '../../../src/math/dropout';
import { LOSSES, type Loss } from '../../../src/math/losses';
import { MASK_SCOPES, type MaskScope, stepKey } from '../../../src/math/masks';
import {
  backward,
  createMemories,
  drawPass,
  forward,
  type LayerDraw,
  meanLoss,
  type Network,
  type PassPlan,
  update,
} from '../../../src/math/mlp';
import { foldIn, key, normal } from '../../../src/math/threefry';
import * as contract from '../../../src/protocol/settings';

type Matrix = number[][];
interface Case {
  mode: string;
  act: Activation;
  z: Matrix[];
  dropped_inputs: Matrix[];
  loss: number;
  dW: Matrix[];
  db: number[][];
  dx: Matrix;
}
interface Fixture {
  dims: number[];
  batch: number;
  p_drop: number[];
  W: Matrix[];
  b: number[][];
  X: Matrix;
  Y: number[];
  masks: Matrix[];
  normals: Matrix[];
  wmasks: Matrix[];
  wmasks_example: Matrix[][];
  cases: Case[];
}
const torch = JSON.parse(readFileSync(new URL('../../fixtures/mlp_modes.json', import.meta.url), 'utf8')) as Fixture;
const WEIGHT_P = 0.5; // the fixture masks all weights at keep 0.5

interface Translation {
  mode: Mode;
  phase: Phase;
  p: number[];
  draws: LayerDraw[];
  /** Our weights are the fixture's times this. A gradient with respect to the fixture's weights is this times ours. */
  weightFactor: number[];
}

const NO_DRAWS: LayerDraw[] = torch.masks.map(() => ({ units: null, weights: null }));
const unitDraws = (masks: Matrix[]) => masks.map((mask) => ({ units: mask.flat(), weights: null }));
const weightDraws = (masks: number[][]) => masks.map((weights) => ({ units: null, weights }));

/** Says each case of the fixture in our words. DropConnect without its 1/keep is ours with weights made smaller by keep beforehand. */
function translate(name: string): Translation {
  const same = { phase: 'train' as Phase, p: torch.p_drop, draws: NO_DRAWS, weightFactor: [1, 1, 1] };
  const connect = { ...same, mode: 'dropconnect' as Mode, p: [WEIGHT_P, WEIGHT_P, WEIGHT_P] };
  const keptWeights = [1 - WEIGHT_P, 1 - WEIGHT_P, 1 - WEIGHT_P];
  const shared = weightDraws(torch.wmasks.map((mask) => mask.flat()));
  const perExample = weightDraws(torch.wmasks_example.map((mask) => mask.flat(2)));
  const gaussian = torch.normals.map((rows, l) =>
    rows.map((row) => row.map((value) => 1 + gaussianSigma(torch.p_drop[l] as number) * value)),
  );
  switch (name) {
    case 'none':
      return { ...same, mode: 'none' };
    case 'inverted':
    case 'alpha':
      return { ...same, mode: name, draws: unitDraws(torch.masks) };
    case 'vanilla':
      return { ...same, mode: 'unscaled', draws: unitDraws(torch.masks) };
    case 'vanilla_eval':
      return { ...same, mode: 'standard', phase: 'eval' };
    case 'gaussian':
      return { ...same, mode: 'gaussian', draws: unitDraws(gaussian) };
    case 'feature_bcast':
      return { ...same, mode: 'inverted', draws: unitDraws(torch.masks.map((mask) => mask.map(() => mask[0] as number[]))) };
    case 'droppath_sample':
      return { ...same, mode: 'spatial', draws: unitDraws(torch.masks.map((mask) => mask.map((row) => row.map(() => row[0] as number)))) };
    case 'dropconnect_batch':
      return { ...connect, draws: shared, weightFactor: keptWeights };
    case 'dropconnect_batch_inv':
      return { ...connect, draws: shared };
    case 'dropconnect_example':
      return { ...connect, draws: perExample, weightFactor: keptWeights };
    case 'dropconnect_mean_eval':
      return { ...connect, phase: 'eval', weightFactor: keptWeights };
    default:
      throw new Error(`no translation of ${name}`);
  }
}

function expectNear(actual: ArrayLike<number> | undefined, expected: readonly number[], tolerance: number): void {
  expect(actual?.length).toBe(expected.length);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs((actual?.[i] ?? NaN) - value) / (1 + Math.abs(value))), 0);
  expect(worst).toBeLessThan(tolerance);
}

describe('the words of the reference', () => {
  it('are those of the settings', () => {
    expect([ACTIVATIONS, MASK_SCOPES]).toEqual([contract.ACTIVATIONS, contract.MASK_SCOPES]);
  });
});

describe('PyTorch float64 autograd', () => {
  it.each(torch.cases.map((one) => [one.mode, one.act, one] as const))(
    'NT1 %s, %s: forward, loss and every gradient',
    (name, activation, one) => {
      const { weightFactor, ...plan } = translate(name);
      const network: Network = {
        sizes: torch.dims,
        activation,
        loss: 'softmax',
        weights: torch.W.map((w, l) => Float64Array.from(w.flat(), (weight) => weight * (weightFactor[l] as number))),
        biases: torch.b.map((bias) => Float64Array.from(bias)),
      };
      const layers = forward(network, plan, torch.X.flat());
      const gradients = backward(network, plan, layers, torch.Y);
      expect(gradients.loss).toBeCloseTo(one.loss, 13);
      one.z.forEach((z, l) => {
        expectNear(layers[l + 1]?.preActivation, z.flat(), 1e-13);
        expectNear(
          gradients.weights[l]?.map((g) => g * (weightFactor[l] as number)),
          one.dW[l]?.flat() ?? [],
          1e-13,
        );
        expectNear(gradients.biases[l], one.db[l] ?? [], 1e-13);
        expectNear(layers[l]?.output, one.dropped_inputs[l]?.flat() ?? [], 1e-13);
      });
      expectNear(gradients.input, one.dx.flat(), 1e-13);
    },
  );
});

const SIZES = [3, 5, 4, 2];
const BATCH = 3;
const P = [0.2, 0.37, 0.6];
const draws = (which: number, length: number) => Float64Array.from({ length }, (_, i) => normal(foldIn(key(99), which), i));

function makeNetwork(activation: Activation, loss: Loss): Network {
  const sizes = loss === 'binary' ? [...SIZES.slice(0, -1), 1] : SIZES;
  const shapes = sizes.slice(1).map((outputs, l) => [outputs, sizes[l] as number] as const);
  return {
    sizes,
    activation,
    loss,
    weights: shapes.map(([outputs, inputs], l) => draws(l, outputs * inputs).map((w) => 0.7 * w)),
    biases: shapes.map(([outputs], l) => draws(10 + l, outputs).map((b) => 0.3 * b)),
  };
}

describe('finite differences', () => {
  const inputs = draws(20, BATCH * 3);
  const nudge = 1e-5;

  /** Returns the slope of the loss along one entry of an array that the network reads. */
  function slopeAt(array: Float64Array, index: number, loss: () => number): number {
    const value = array[index] as number;
    array[index] = value + nudge;
    const above = loss();
    array[index] = value - nudge;
    const below = loss();
    array[index] = value;
    return (above - below) / (2 * nudge);
  }

  const combinations: (readonly [Activation, Loss, Mode])[] = [
    ...MODES.map((mode) => ['tanh', 'softmax', mode] as const),
    ...ACTIVATIONS.flatMap((activation) => LOSSES.map((loss) => [activation, loss, 'inverted'] as const)),
  ];
  const variants = combinations.flatMap(([activation, loss, mode]) => {
    const scopes: readonly MaskScope[] = mode === 'dropconnect' || mode === 'spatial' ? MASK_SCOPES : ['example'];
    return scopes.map((scope) => [activation, loss, mode, scope] as const);
  });

  it.each(variants)('NT2 %s, %s, %s, one mask per %s: all gradients', (activation, loss, mode, maskScope) => {
    const network = makeNetwork(activation, loss);
    const targets = loss === 'squared' ? draws(30, BATCH) : Float64Array.of(1, 0, 1);
    const drawn = drawPass(stepKey(5, 2), network.sizes, BATCH, { mode, p: P, maskScope, channelSize: 2 });
    for (const phase of ['train', 'eval'] as const) {
      const plan: PassPlan = { mode, phase, p: P, draws: drawn };
      const lossNow = () => meanLoss(network, forward(network, plan, inputs), targets);
      const gradients = backward(network, plan, forward(network, plan, inputs), targets);
      const check = (array: Float64Array, gradient: Float64Array) => {
        expectNear(
          gradient,
          Array.from(array, (_, index) => slopeAt(array, index, lossNow)),
          1e-8,
        );
      };
      network.weights.forEach((weights, l) => {
        check(weights, gradients.weights[l] as Float64Array);
      });
      network.biases.forEach((biases, l) => {
        check(biases, gradients.biases[l] as Float64Array);
      });
      check(inputs, gradients.input);
    }
  });
});

describe('edges', () => {
  const inputs = draws(20, BATCH * 3);
  const run = (mode: Mode, phase: Phase, p: number[]) => {
    const network = makeNetwork('relu', 'softmax');
    const plan: PassPlan = {
      mode,
      phase,
      p,
      draws: drawPass(stepKey(0, 0), SIZES, BATCH, { mode, p, maskScope: 'example', channelSize: 2 }),
    };
    const layers = forward(network, plan, inputs);
    return { layers, gradients: backward(network, plan, layers, [0, 1, 1]) };
  };

  it('DR3 p = 0 is the network without dropout in every mode and phase, bit for bit', () => {
    const expected = run('none', 'eval', [0, 0, 0]);
    for (const mode of MODES) for (const phase of ['train', 'eval', 'mc'] as const) expect(run(mode, phase, [0, 0, 0])).toEqual(expected);
  });

  it('DR3 p = 1 leaves the biases alone to speak, and no gradient below', () => {
    for (const mode of ['standard', 'inverted', 'unscaled', 'spatial', 'dropconnect'] as const) {
      const { layers, gradients } = run(mode, 'train', [1, 1, 1]);
      const biases = [...(makeNetwork('relu', 'softmax').biases[2] as Float64Array)];
      expect([...(layers[3]?.preActivation ?? [])]).toEqual([...biases, ...biases, ...biases]);
      expect(gradients.input.every((g) => g === 0)).toBe(true);
      expect(gradients.weights.every((array) => array.every((g) => g === 0))).toBe(true);
      expect(gradients.biases[2]?.some((g) => g !== 0)).toBe(true);
    }
  });

  it('DR1 eval looks at no draw, in any mode', () => {
    for (const mode of MODES) {
      const network = makeNetwork('relu', 'softmax');
      const drawn = drawPass(stepKey(0, 0), SIZES, BATCH, { mode, p: P, maskScope: 'example', channelSize: 2 });
      const withDraws = forward(network, { mode, phase: 'eval', p: P, draws: drawn }, inputs);
      expect(withDraws).toEqual(forward(network, { mode, phase: 'eval', p: P, draws: [] }, inputs));
    }
  });

  it('a network without a hidden layer drops its inputs', () => {
    const network: Network = {
      sizes: [2, 1],
      activation: 'relu',
      loss: 'squared',
      weights: [Float64Array.of(2, -3)],
      biases: [Float64Array.of(1)],
    };
    const plan: PassPlan = { mode: 'inverted', phase: 'train', p: [0.2], draws: [{ units: [1, 0], weights: null }] };
    const layers = forward(network, plan, [4, 5]);
    expect(layers[1]?.preActivation[0]).toBe(11);
    const gradients = backward(network, plan, layers, [10]);
    expect([gradients.loss, gradients.biases[0]?.[0]]).toEqual([1, 2]);
    expect([...(gradients.weights[0] ?? [])]).toEqual([10, 0]);
    expect([...gradients.input]).toEqual([5, 0]);
    expect([...(gradients.outputs[0] ?? [])]).toEqual([4, -6]);
  });
});

describe('training', () => {
  /** Trains in standard or inverted mode, each layer with its own weight factor and learning rate; returns the test-time outputs. */
  function trainedOutputs(mode: Mode, p: number[], weightFactor: number[], rate: number[], momentum: number): number[] {
    const network = makeNetwork('tanh', 'softmax');
    for (const [l, weights] of network.weights.entries()) weights.set(weights.map((w) => w * (weightFactor[l] as number)));
    const memories = createMemories(network);
    const inputs = draws(40, 6 * 3);
    const targets = [0, 1, 1, 0, 1, 0];
    for (let step = 1; step <= 100; step++) {
      const passKey = stepKey(8, step - 1);
      const plan: PassPlan = {
        mode,
        phase: 'train',
        p,
        draws: drawPass(passKey, SIZES, 6, { mode, p, maskScope: 'example', channelSize: 2 }),
      };
      const gradients = backward(network, plan, forward(network, plan, inputs), targets);
      const scaled = { ...gradients, weights: gradients.weights.map((g, l) => g.map((value) => value * (rate[l] as number))) };
      update(network, { optimizer: 'momentum', learningRate: 0.05, momentum, weightDecay: 0, maxNorm: 0 }, step, scaled, memories);
    }
    return [...(forward(network, { mode, phase: 'eval', p, draws: [] }, inputs).at(-1)?.output ?? [])];
  }
  const p = [0.2, 0.5, 0.4];
  const inverse = p.map((one) => 1 / (1 - one));
  const ones = [1, 1, 1];
  const worst = (a: number[], b: number[]) => Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? NaN))));

  it('DR7 standard equals inverted under the exact rule: V₀ = W₀/q and rate/q² on weights, biases alone', () => {
    const inverted = trainedOutputs('inverted', p, ones, ones, 0.9);
    const rates = inverse.map((one) => one * one);
    expect(worst(trainedOutputs('standard', p, inverse, rates, 0.9), inverted)).toBeLessThan(1e-12);
    expect(worst(trainedOutputs('standard', p, ones, ones, 0.9), inverted)).toBeGreaterThan(0.05);
    expect(worst(trainedOutputs('standard', p, inverse, ones, 0.9), inverted)).toBeGreaterThan(0.05);
  });

  it('NT3 weight decay and max-norm reach the weights of every layer and no bias', () => {
    const network = makeNetwork('tanh', 'softmax');
    const before = makeNetwork('tanh', 'softmax');
    const zero = (arrays: readonly Float64Array[]) => arrays.map(({ length }) => new Float64Array(length));
    const still = { loss: 0, weights: zero(network.weights), biases: zero(network.biases), outputs: [], input: new Float64Array(0) };
    const rule = { optimizer: 'sgd', learningRate: 0.1, momentum: 0, weightDecay: 0.5, maxNorm: 0 } as const;
    update(network, rule, 1, still, createMemories(network));
    network.weights.forEach((weights, l) => {
      expectNear(
        weights,
        [...(before.weights[l] ?? [])].map((w) => 0.95 * w),
        1e-14,
      );
    });
    update(network, { ...rule, weightDecay: 0, maxNorm: 0.25 }, 2, still, createMemories(network));
    network.weights.forEach((weights, l) => {
      const inputs = SIZES[l] as number;
      for (let start = 0; start < weights.length; start += inputs) {
        expect(Math.hypot(...weights.subarray(start, start + inputs))).toBeCloseTo(0.25, 12); // all were longer
      }
    });
    expect(network.biases).toEqual(before.biases);
  });

  it('DR7 at keep 1/2 they agree to the bit', () => {
    const half = [0.5, 0.5, 0.5];
    expect(trainedOutputs('standard', half, [2, 2, 2], [4, 4, 4], 0)).toEqual(trainedOutputs('inverted', half, ones, ones, 0));
  });
});
