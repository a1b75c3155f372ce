/** Passes, predictions and initial weights of a run against the readable formulas, which draw their own masks. */
import { describe, expect, it } from 'vitest';
import { forward, type Network as MathNetwork } from '../../../src/math/mlp';
import { uniform } from '../../../src/math/threefry';
import { initialLimit } from '../../../src/model/initialWeights';
import { liveSpec, networkSpec } from '../../../src/model/specs';
import { drawOrder, initKey, mcKey } from '../../../src/model/streams';
import type { Run } from '../../../src/model/types';
import { ACTIVATIONS, type DatasetName, dropProbability, MODES, type Settings } from '../../../src/protocol/settings';
import { mathDraws } from '../kernels/oracle';
import { relativeError } from '../kernels/setup';
import { makeRun } from './setup';

function oracleOf(run: Run): MathNetwork {
  const { weights, biases } = run.parameters();
  return {
    sizes: run.sizes,
    activation: run.settings.activation,
    loss: run.dataset.loss,
    weights: weights.map((values) => Float64Array.from(values)),
    biases: biases.map((values) => Float64Array.from(values)),
  };
}

/** Probabilities or values from logits. */
function outputsOf(run: Run, logits: ArrayLike<number>): number[] {
  const z = Array.from(logits);
  if (run.dataset.loss === 'squared') return z;
  if (run.dataset.loss === 'binary') return z.map((value) => 1 / (1 + Math.exp(-value)));
  const n = run.dataset.numOutputs;
  return z.map((value, i) => {
    const row = z.slice(i - (i % n), i - (i % n) + n);
    return Math.exp(value) / row.reduce((sum, other) => sum + Math.exp(other), 0);
  });
}

function mathPass(run: Run, inputs: Float32Array, passIndex: number | null): number[] {
  const live = { ...liveSpec(run.settings), maskScope: 'batch' as const }; // a pass is one sub-network for all inputs
  const size = inputs.length / (run.sizes[0] as number);
  const draws =
    passIndex === null ? [] : mathDraws(networkSpec(run.settings, run.dataset), live, size, mcKey(run.settings.seed, passIndex));
  const plan = { mode: live.mode, phase: passIndex === null ? 'eval' : 'mc', p: live.dropProbabilities, draws } as const;
  return outputsOf(run, forward(oracleOf(run), plan, inputs).at(-1)?.preActivation ?? []);
}

describe('prediction', () => {
  const cases: [DatasetName, Partial<Settings>][] = [
    ['moons', { hidden: [12, 8], p: 0.37, inputP: 0.1 }],
    ['wave', { hidden: [9], p: 0.2 }],
    ['digits', { hidden: [10, 7], p: 0.5, inputP: 0.2, trainSize: 60, testSize: 30 }],
  ];
  for (const mode of MODES) {
    it(`in eval and in Monte-Carlo passes, mode ${mode}`, () => {
      for (const [dataset, patch] of cases) {
        const run = makeRun({ dataset, mode, activation: 'tanh', ...patch });
        run.train(7, false);
        const inputs = run.dataset.testInputs;
        const whole = run.predict(inputs, { phase: 'eval', passes: 1 });
        expect(whole.variance).toBeNull();
        expect(relativeError(whole.outputs, mathPass(run, inputs, null)), dataset).toBeLessThan(1e-5);
        const passes = [0, 1, 2, 3, 4].map((index) => mathPass(run, inputs, index));
        const mean = whole.outputs.map((_, i) => passes.reduce((sum, outputs) => sum + (outputs[i] as number), 0) / 5);
        const variance = whole.outputs.map(
          (_, i) => passes.reduce((sum, outputs) => sum + ((outputs[i] as number) - (mean[i] as number)) ** 2, 0) / 5,
        );
        const mc = run.predict(inputs, { phase: 'mc', passes: 5 });
        expect(relativeError(mc.outputs, mean), `${dataset} mean`).toBeLessThan(1e-5);
        const spread = Math.max(...variance);
        mc.variance?.forEach((value, i) => {
          expect(Math.abs(value - (variance[i] as number)), `${dataset} variance`).toBeLessThan(1e-5 * (1 + spread));
        });
        if (mode !== 'none') expect(spread).toBeGreaterThan(0);
        const single = run.predict(inputs, { phase: 'train', passes: 1 });
        expect(relativeError(single.outputs, passes[0] as number[])).toBeLessThan(1e-5);
      }
    });
  }

  it('refuses inputs that are not whole rows', () => {
    expect(() => makeRun().predict(new Float32Array(3), { phase: 'eval', passes: 1 })).toThrow(
      'inputs must be rows of 2 values, got 3 values',
    );
  });

  it('evaluates a set as its predictions do', () => {
    const run = makeRun();
    run.train(200, false);
    const { outputs } = run.predict(run.dataset.testInputs, { phase: 'eval', passes: 1 });
    const targets = run.dataset.testTargets;
    const { loss, accuracy, predictions } = run.evaluate('test');
    expect([...predictions]).toEqual([...outputs].map((probability) => (probability > 0.5 ? 1 : 0)));
    const right = predictions.filter((read, i) => read === targets[i]).length;
    expect(accuracy).toBeCloseTo(right / targets.length, 12);
    const mean = outputs.reduce((sum, probability, i) => sum - Math.log(targets[i] ? probability : 1 - probability), 0) / targets.length;
    expect(loss).toBeCloseTo(mean, 4);
    expect(makeRun({ dataset: 'wave' }).evaluate('train').accuracy).toBeNaN();
  });
});

describe('the pass of a step', () => {
  it('holds batch, masks, gradients, and the same batch in eval under the weights before the update', () => {
    const run = makeRun({ trainSize: 80, layerP: [null, 0.2], inputP: 0.1 });
    run.train(5, false);
    const before = oracleOf(run);
    run.train(1, true);
    const pass = run.lastPass();
    if (!pass) throw new Error('no pass');
    expect([pass.stepIndex, pass.rehearsal, pass.step.size]).toEqual([5, false, 24]);
    const order = drawOrder(42, 1, 80); // 80 examples in batches of 24: step 5 is the second of epoch 1
    expect([...pass.examples]).toEqual([...order.subarray(24, 48)]);
    const { inputs, layers, targets } = pass.step;
    pass.examples.forEach((example, row) => {
      expect(inputs[2 * row]).toBe(run.dataset.trainInputs[2 * example]);
      expect(targets[row]).toBe(run.dataset.trainTargets[example]);
    });
    const live = liveSpec(run.settings);
    expect(live.dropProbabilities).toEqual([0, 1, 2].map((l) => dropProbability(run.settings, l)));
    const whole = forward(before, { mode: 'inverted', phase: 'eval', p: live.dropProbabilities, draws: [] }, inputs);
    whole.forEach((layer, l) => {
      expect(relativeError(pass.evalLayers[l] as Float32Array, layer.output)).toBeLessThan(1e-5);
    });
    expect(relativeError(pass.evalOutputs, outputsOf(run, whole.at(-1)?.preActivation ?? []))).toBeLessThan(1e-5);
    expect(relativeError(pass.outputs, outputsOf(run, layers.at(-1)?.preActivation ?? []))).toBeLessThan(1e-5);
    expect(layers.map(({ mask }) => mask?.length ?? 0)).toEqual([48, 24 * 12, 24 * 8, 0]);
    expect(layers.every(({ units, gradient }) => gradient.length === 24 * units)).toBe(true);
  });

  it('is the same when it is recomputed', () => {
    for (const mode of ['dropconnect', 'gaussian', 'alpha'] as const) {
      const [captured, recomputed] = [makeRun({ mode }), makeRun({ mode })];
      captured.train(90, true);
      recomputed.train(90, false);
      expect(recomputed.lastPass()).toEqual(captured.lastPass());
      expect(recomputed.step).toBe(90);
      expect(recomputed.fingerprint()).toBe(captured.fingerprint());
    }
  });

  it('can be rehearsed for any step, under the present weights', () => {
    const run = makeRun();
    run.train(3, true);
    const last = structuredClone(run.lastPass());
    const pass = run.rehearse(1000);
    expect([pass.stepIndex, pass.rehearsal]).toEqual([1000, true]);
    expect(run.step).toBe(3);
    expect(run.lastPass()).toEqual(last);
    expect(run.rehearse(3).step.layers[1]?.mask).not.toEqual(pass.step.layers[1]?.mask);
  });
});

describe('initial weights', () => {
  it('are uniform draws of their own stream within the limit of the activation; biases are zero', () => {
    for (const activation of ACTIVATIONS) {
      const run = makeRun({ activation, seed: 7 });
      const { weights, biases } = run.parameters();
      weights.forEach((values, l) => {
        const [inputs, outputs] = [run.sizes[l] as number, run.sizes[l + 1] as number];
        const limit = initialLimit(activation, inputs, outputs);
        values.forEach((weight, i) => {
          expect(weight).toBe(Math.fround((2 * uniform(initKey(7, l), i) - 1) * limit));
        });
        expect(biases[l]?.every((bias) => bias === 0)).toBe(true);
      });
    }
  });
});
