/** What the handle hands out, held against the network by hand and the masks of the readable formulas. */
import { describe, expect, test } from 'vitest';
import { drawUnitMask, stepKey } from '../../../src/math/masks';
import type { Snapshot } from '../../../src/protocol/snapshot';
import { open, SMALL } from './openLab';

describe('what the worker holds', () => {
  /** The network by hand, in doubles, from the weights of a snapshot. ReLU inside, logistic at the end. */
  function predictByHand({ weights, biases }: Snapshot, inputs: Float32Array): number[] {
    const numInputs = 2;
    return Array.from({ length: inputs.length / numInputs }, (_, example) => {
      let values = Array.from(inputs.subarray(example * numInputs, (example + 1) * numInputs));
      weights.forEach((matrix, layerIndex) => {
        const bias = biases[layerIndex] as Float32Array;
        const width = values.length;
        const z = Array.from(bias, (b, unit) => values.reduce((sum, value, i) => sum + value * (matrix[unit * width + i] as number), b));
        values = layerIndex === weights.length - 1 ? z : z.map((value) => Math.max(0, value));
      });
      return 1 / (1 + Math.exp(-(values[0] as number)));
    });
  }

  test('HD4 snapshot and predict agree: eval is the whole network of the snapshot', async () => {
    const { handle } = open();
    await handle.advance(60);
    const inputs = Float32Array.of(0, 0, 1.5, -0.5, -2, 2);
    const snapshot = await handle.snapshot();
    const prediction = await handle.predict(inputs, { phase: 'eval' });
    expect([prediction.size, prediction.numOutputs, prediction.passes, prediction.variance]).toEqual([3, 1, 1, null]);
    predictByHand(snapshot, inputs).forEach((expected, example) => {
      expect(prediction.outputs[example]).toBeCloseTo(expected, 5);
    });
    expect(inputs).toEqual(Float32Array.of(0, 0, 1.5, -0.5, -2, 2));
  });

  test('HD4 MC predictions have a spread, are the same when asked again, and by default take the phase on show', async () => {
    const { handle } = open({ ...SMALL, phase: 'mc', passes: 30 });
    await handle.advance(60);
    const inputs = Float32Array.of(0.3, 0.2);
    const first = await handle.predict(inputs);
    expect(first.passes).toBe(30);
    expect(first.variance?.[0]).toBeGreaterThan(0);
    expect(await handle.predict(inputs, { phase: 'mc', passes: 30 })).toEqual(first);
  });

  test('RN1 RN4 the masks of a snapshot are those of (seed, step, layer)', async () => {
    const { handle } = open();
    await handle.advance(8);
    const { last, settings } = await handle.snapshot();
    const passKey = stepKey(settings.seed, 7);
    [settings.inputP, settings.p, settings.p].forEach((p, layerIndex) => {
      const layer = last?.layers[layerIndex];
      const plan = {
        mode: settings.mode,
        p,
        maskScope: settings.maskScope,
        channelSize: settings.channelSize,
        size: 12,
        units: layer?.units as number,
      };
      expect(layer?.mask).toEqual(drawUnitMask(passKey, layerIndex, plan));
    });
    expect(last?.size).toBe(12);
    expect(last?.layers.at(-1)?.mask).toBeNull();
  });

  test('HD4 a snapshot is a copy that can be written on', async () => {
    const { handle } = open();
    await handle.advance(4);
    const snapshot = await handle.snapshot();
    for (const matrix of snapshot.weights) matrix.fill(Number.NaN);
    (snapshot.settings as { p: number }).p = 0.99;
    const again = await handle.snapshot();
    expect(again.weights[0]?.every(Number.isFinite)).toBe(true);
    expect([again.settings.p, handle.settings.p]).toEqual([0.37, 0.37]);
    expect(Object.isFrozen(handle.settings)).toBe(true);
  });

  test('HD4 the newest step adds up: logits, outputs after masks, gradients of the right shapes', async () => {
    const { handle } = open({ ...SMALL, mode: 'inverted' });
    await handle.advance(5);
    const { last, weights, step, epoch } = await handle.snapshot();
    expect([step, epoch]).toEqual([5, Math.floor(5 / Math.ceil(50 / 12))]);
    const layers = last?.layers ?? [];
    expect(layers.map(({ units }) => units)).toEqual([2, 9, 5, 1]);
    expect(layers[0]?.preActivation).toEqual(last?.inputs);
    const hidden = layers[1];
    const scale = Math.fround(1 / Math.fround(1 - 0.37));
    hidden?.output.forEach((value, cell) => {
      expect(value).toBe(hidden.mask?.[cell] ? Math.fround((hidden.activation[cell] as number) * scale) : 0);
    });
    weights.forEach((matrix, layerIndex) => {
      expect(matrix.length).toBe((layers[layerIndex]?.units ?? 0) * (layers[layerIndex + 1]?.units ?? 0));
      expect(last?.weightGradients[layerIndex]?.length).toBe(matrix.length);
    });
  });
});
