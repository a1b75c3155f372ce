import { crc32 as zlibCrc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { maskChecksum, noiseMean, recordRun } from '../../../src/export/record';
import { drawNoise, drawUnitMask, drawWeightMask } from '../../../src/math/masks';
import { foldIn, key } from '../../../src/math/threefry';
import { drawOrder } from '../../../src/model/streams';
import type { Run } from '../../../src/model/types';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/protocol/settings';
import { makeRun } from '../model/setup';

const asLab = (run: Run) => ({
  seek: async (step: number) => run.seek(step, Number.POSITIVE_INFINITY, () => 0),
  snapshot: async () => run.snapshot(),
});

const base: Partial<Settings> = { trainSize: 20, testSize: 10, batchSize: 8, hidden: [5, 3], p: 0.3, inputP: 0.15 };

/** What math says that a step draws in layer `layerIndex`, for a batch of `size`. */
function plan(run: Run, layerIndex: number, size: number) {
  const { mode, maskScope, channelSize, p, inputP } = run.settings;
  return { mode, maskScope, channelSize, p: layerIndex === 0 ? inputP : p, size, units: run.sizes[layerIndex] as number };
}

test.each(['inverted', 'spatial', 'dropconnect'] as const)(
  'masks of %s have the checksum of what math draws, partial batches too',
  async (mode) => {
    const run = makeRun({ ...base, mode });
    const { checks } = await recordRun(asLab(run), run.dataset, 4);
    [8, 8, 4, 8].forEach((size, step) => {
      const stepKey = foldIn(key(run.settings.seed), step);
      const masks = [0, 1, 2].map(
        (layer) =>
          drawUnitMask(stepKey, layer, plan(run, layer, size)) ??
          drawWeightMask(stepKey, layer, plan(run, layer, size), run.sizes[layer + 1] as number) ??
          new Uint8Array(0),
      );
      const expected = zlibCrc32(Buffer.concat(masks)).toString(16).padStart(8, '0');
      expect(checks[step]?.masks).toBe(expected);
      expect(checks[step]?.noise).toBeNull();
    });
  },
);

test('Gaussian noise is recorded by its mean, and there is no mask', async () => {
  const run = makeRun({ ...base, mode: 'gaussian', inputP: 0 });
  const { checks } = await recordRun(asLab(run), run.dataset, 1);
  const stepKey = foldIn(key(run.settings.seed), 0);
  const noise = [1, 2].flatMap((layer) => [...(drawNoise(stepKey, layer, plan(run, layer, 8)) ?? [])]);
  expect(noise).toHaveLength(8 * 8);
  expect(checks[0]?.noise).toBeCloseTo(noise.reduce((sum, value) => sum + value, 0) / noise.length, 6);
  expect(checks[0]?.masks).toBeNull();
});

test('nothing is recorded of masks where none is drawn', async () => {
  const run = makeRun({ ...base, mode: 'none' });
  const { checks } = await recordRun(asLab(run), run.dataset, 2);
  expect(checks.map(({ masks, noise }) => [masks, noise])).toEqual([
    [null, null],
    [null, null],
  ]);
  const { last } = run.snapshot();
  expect(last && [maskChecksum(last), noiseMean(last)]).toEqual([null, null]);
});

test('a record starts where the run did, with its settings of then and the changes since', async () => {
  const run = makeRun(base);
  const { weights } = run.parameters();
  run.train(3, false);
  run.applyLive({ ...run.settings, p: 0.6 });
  run.train(10, false);
  const record = await recordRun(asLab(run), run.dataset, 6);
  expect(record.settings).toEqual({ ...DEFAULT_SETTINGS, ...base });
  expect(record.changes).toEqual([{ step: 3, patch: { p: 0.6 } }]);
  expect(record.weights).toEqual(weights);
  expect(record.checks).toHaveLength(6);
  expect(record.evaluation?.step).toBeLessThanOrEqual(6);
});

test('each loss is that of the batch of its step', async () => {
  const run = makeRun(base);
  const { checks } = await recordRun(asLab(run), run.dataset, 4);
  run.seek(3, Number.POSITIVE_INFINITY, () => 0);
  const pass = run.rehearse(3);
  expect([...pass.examples]).toEqual([...drawOrder(run.settings.seed, 1, 20)].slice(0, 8));
  expect(checks[3]?.loss).toBe(pass.step.loss);
});

test.each([0, -1, 1.5, Number.NaN])('%d steps are refused', async (steps) => {
  const run = makeRun(base);
  await expect(recordRun(asLab(run), run.dataset, steps)).rejects.toThrow(`steps must be a whole number from 1 up, got ${steps}`);
});
