import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MODES } from '../../../src/math/dropout';
import {
  drawNoise,
  drawnKeepProb,
  drawUnitMask,
  drawWeightMask,
  type MaskPlan,
  stepKey,
  WEIGHT_MASK_OFFSET,
} from '../../../src/math/masks';
import { bernoulli, foldIn, key, normal } from '../../../src/math/threefry';

interface MlpFixture {
  seed: number;
  step: number;
  dims: number[];
  batch: number;
  p_drop: number[];
  masks: number[][][];
  normals: number[][][];
}
const mlp = JSON.parse(readFileSync(new URL('../../fixtures/mlp_modes.json', import.meta.url), 'utf8')) as MlpFixture;

const plan = (change: Partial<MaskPlan>): MaskPlan => ({
  mode: 'inverted',
  p: 0.37,
  maskScope: 'example',
  channelSize: 2,
  size: 6,
  units: 5,
  ...change,
});
const rows = (cells: ArrayLike<number>, units: number) =>
  Array.from({ length: cells.length / units }, (_, row) => Array.from({ length: units }, (_, unit) => cells[row * units + unit]));

describe('unit masks', () => {
  it('RN1 equal those of JAX, drawn for three layers of one step', () => {
    mlp.masks.forEach((expected, layerIndex) => {
      const units = mlp.dims[layerIndex] as number;
      const spec = plan({ p: mlp.p_drop[layerIndex] as number, size: mlp.batch, units });
      expect(rows(drawUnitMask(stepKey(mlp.seed, mlp.step), layerIndex, spec) as Uint8Array, units)).toEqual(expected);
    });
  });

  it('RN2 are a function of seed, step and layer: the same again, another elsewhere', () => {
    const draw = (seed: number, step: number, layerIndex: number) =>
      String(drawUnitMask(stepKey(seed, step), layerIndex, plan({ size: 20 })));
    expect(draw(0, 0, 0)).toBe(draw(0, 0, 0));
    expect(new Set([draw(0, 0, 0), draw(1, 0, 0), draw(0, 1, 0), draw(0, 0, 1)]).size).toBe(4);
  });

  it('RN2 are the same for every mode that masks units one by one', () => {
    const draw = (mode: MaskPlan['mode']) => drawUnitMask(stepKey(3, 9), 1, plan({ mode }));
    for (const mode of ['standard', 'unscaled', 'alpha'] as const) expect(draw(mode)).toEqual(draw('inverted'));
  });

  it('DR6 scope batch: one row of [1, units], repeated', () => {
    const spec = plan({ maskScope: 'batch' });
    const layerKey = foldIn(foldIn(key(4), 2), 1);
    const row = Array.from({ length: 5 }, (_, index) => bernoulli(layerKey, 1 - 0.37, index));
    expect(rows(drawUnitMask(stepKey(4, 2), 1, spec) as Uint8Array, 5)).toEqual(Array(6).fill(row));
  });

  it('DR6 spatial: one draw per channel, the last channel may be smaller', () => {
    const layerKey = foldIn(foldIn(key(4), 2), 1);
    const expected = (example: number) => [0, 0, 1, 1, 2].map((channel) => bernoulli(layerKey, 1 - 0.37, example * 3 + channel));
    const perExample = drawUnitMask(stepKey(4, 2), 1, plan({ mode: 'spatial' })) as Uint8Array;
    expect(rows(perExample, 5)).toEqual([0, 1, 2, 3, 4, 5].map(expected));
    const shared = drawUnitMask(stepKey(4, 2), 1, plan({ mode: 'spatial', maskScope: 'batch' })) as Uint8Array;
    expect(rows(shared, 5)).toEqual(Array(6).fill(expected(0)));
  });

  it('DR6 spatial with channels of 1 is inverted; with one channel all units share their fate', () => {
    const draw = (change: Partial<MaskPlan>) => drawUnitMask(stepKey(4, 2), 1, plan(change));
    expect(draw({ mode: 'spatial', channelSize: 1 })).toEqual(draw({}));
    for (const row of rows(draw({ mode: 'spatial', channelSize: 512 }) as Uint8Array, 5)) expect(new Set(row).size).toBe(1);
  });

  it('RN2 are nested: what p = 0.2 drops, p = 0.5 drops too', () => {
    const light = drawUnitMask(stepKey(7, 0), 1, plan({ p: 0.2, size: 100 })) as Uint8Array;
    const heavy = drawUnitMask(stepKey(7, 0), 1, plan({ p: 0.5, size: 100 })) as Uint8Array;
    expect(light.every((kept, index) => kept >= (heavy[index] as number))).toBe(true);
    expect(light).not.toEqual(heavy);
  });

  it('DR3 p = 1 drops everything, p = 0 and the modes without a unit mask have none', () => {
    expect(drawUnitMask(stepKey(0, 0), 0, plan({ p: 1 }))).toEqual(new Uint8Array(30));
    for (const mode of MODES) expect(drawUnitMask(stepKey(0, 0), 0, plan({ mode, p: 0 }))).toBeNull();
    for (const mode of ['none', 'gaussian', 'dropconnect'] as const) expect(drawUnitMask(stepKey(0, 0), 0, plan({ mode }))).toBeNull();
  });

  it('keep a share that is within 4 standard errors of 1 − p', () => {
    for (const p of [0.1, 0.37, 0.5, 0.8]) {
      const mask = drawUnitMask(stepKey(11, 5), 2, plan({ p, size: 200, units: 100 })) as Uint8Array;
      const kept = mask.reduce((sum, bit) => sum + bit, 0) / mask.length;
      expect(Math.abs(kept - (1 - p))).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / mask.length));
    }
  });

  it('drawnKeepProb is the chance that a draw really has', () => {
    expect([drawnKeepProb(0), drawnKeepProb(1), drawnKeepProb(0.5)]).toEqual([1, 0, 0.5]);
    const keepProb = drawnKeepProb(0.9);
    expect(keepProb * 2 ** 23).toBe(838861);
    const lastKept = keepProb - 2 ** -23; // the largest uniform that is kept
    expect(lastKept < Math.fround(1 - 0.9) && keepProb >= Math.fround(1 - 0.9)).toBe(true);
  });
});

describe('Gaussian noise', () => {
  it('is 1 + σε with the normals of JAX under the key of the mask', () => {
    mlp.normals.forEach((expected, layerIndex) => {
      const units = mlp.dims[layerIndex] as number;
      const p = mlp.p_drop[layerIndex] as number;
      const noise = drawNoise(stepKey(mlp.seed, mlp.step), layerIndex, plan({ mode: 'gaussian', p, size: mlp.batch, units }));
      expected.flat().forEach((value, index) => {
        expect(noise?.[index]).toBeCloseTo(1 + Math.sqrt(p / (1 - p)) * value, 5);
      });
    });
  });

  it('scope batch repeats one row, spatial channels are ignored', () => {
    const noise = drawNoise(stepKey(1, 1), 1, plan({ mode: 'gaussian', maskScope: 'batch' })) as Float32Array;
    const [first, ...others] = rows(noise, 5);
    for (const row of others) expect(row).toEqual(first);
    expect(new Set(first).size).toBe(5);
    expect(first?.[4]).toBeCloseTo(1 + Math.sqrt(0.37 / 0.63) * normal(foldIn(stepKey(1, 1), 1), 4), 6);
  });

  it('is drawn by no other mode, nor for p = 0', () => {
    for (const mode of MODES) expect(drawNoise(stepKey(1, 1), 1, plan({ mode, p: mode === 'gaussian' ? 0 : 0.4 }))).toBeNull();
  });
});

describe('weight masks', () => {
  const weights = (change: Partial<MaskPlan>) => drawWeightMask(stepKey(4, 2), 1, plan({ mode: 'dropconnect', ...change }), 3);

  it('have the shape [size, outputs, units] per example, [outputs, units] per batch, under a key of their own', () => {
    const layerKey = foldIn(foldIn(key(4), 2), 1 + WEIGHT_MASK_OFFSET);
    const expected = (length: number) => Uint8Array.from({ length }, (_, index) => bernoulli(layerKey, 1 - 0.37, index));
    expect(weights({})).toEqual(expected(6 * 3 * 5));
    expect(weights({ maskScope: 'batch' })).toEqual(expected(3 * 5));
  });

  it('are drawn by no other mode, nor for p = 0', () => {
    for (const mode of MODES) expect(weights({ mode, p: mode === 'dropconnect' ? 0 : 0.4 })).toBeNull();
    expect(weights({ p: 1, maskScope: 'batch' })).toEqual(new Uint8Array(15));
  });
});
