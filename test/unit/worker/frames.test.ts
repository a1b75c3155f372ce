/** What a frame says is true of the run: every mode on every data set, held against a snapshot and the formulas. */
import { afterEach, describe, expect, test } from 'vitest';
import {
  CURVE_CAPACITY,
  type Frame,
  frameBytes,
  frameShape,
  type LayerStatName,
  openFrame,
  readHeader,
  readStat,
} from '../../../src/protocol/frame';
import { DATASETS, DEFAULT_SETTINGS, MODES, type Settings } from '../../../src/protocol/settings';
import type { CurvePoint, Snapshot } from '../../../src/protocol/snapshot';
import { fillCurves } from '../../../src/worker/frameWriter';
import { SessionClient } from './sessionClient';

const clients: SessionClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

async function framed(settings: Partial<Settings>, steps: number): Promise<{ frame: Frame; snapshot: Snapshot }> {
  const client = new SessionClient({
    trainSize: 60,
    testSize: 30,
    batchSize: 20,
    hidden: [7, 5],
    p: 0.37,
    inputP: 0.2,
    learningRate: 0.02,
    ...settings,
  });
  clients.push(client);
  await client.ask({ type: 'advance', count: steps });
  return { frame: client.lastFrame(), snapshot: await client.ask({ type: 'snapshot' }) };
}

function layersOf({ frame, snapshot }: { frame: Frame; snapshot: Snapshot }) {
  return frame.layers.map((shown, index) => {
    const held = snapshot.last?.layers[index];
    if (held === undefined) throw new Error(`the snapshot has no layer ${index}`);
    return { shown, held, stat: (name: LayerStatName) => readStat(shown, name) };
  });
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe.each(MODES)('DR1 mode %s', (mode) => {
  test.each(DATASETS)('on %s: numbers that are numbers, masks and means of the whole batch', async (dataset) => {
    const made = await framed({ mode, dataset, maskScope: dataset === 'xor' ? 'batch' : 'example' }, 5);
    for (const name of ['loss', 'evalLoss', 'trainLoss', 'testLoss'] as const)
      expect(Number.isFinite(readHeader(made.frame, name))).toBe(true);
    for (const { shown, held, stat } of layersOf(made)) {
      expect(stat('trainMean')).toBeCloseTo(mean(held.output), 5);
      expect(stat('trainZeros')).toBeCloseTo(held.output.filter((value) => value === 0).length / held.output.length, 9);
      expect(shown.trainHistogram.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
      expect(shown.evalHistogram.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
      expect(stat('masked')).toBe(held.mask === null ? 0 : 1);
      const { 0: kept, 1: drawn, 2: keepProb } = [stat('kept'), stat('drawn'), stat('keepProb')];
      expect(Math.abs(kept - drawn * keepProb)).toBeLessThanOrEqual(5 * Math.sqrt(drawn * keepProb * (1 - keepProb)));
      // A mean under fresh masks lies within five of its own standard deviations of what theory predicts.
      expect(Math.abs(stat('trainMean') - stat('predictedMean'))).toBeLessThanOrEqual(5 * stat('predictedError') + 1e-5);
    }
  });
});

test.each(['example', 'batch'] as const)(
  'DR1 DropConnect, one mask per %s: the links of each row carry its weight mask',
  async (maskScope) => {
    const { frame, snapshot } = await framed({ mode: 'dropconnect', maskScope, hidden: [40, 5] }, 3);
    frame.links.forEach((link, layerIndex) => {
      const layer = snapshot.last?.layers[layerIndex];
      const mask = layer?.weightMask;
      if (!layer || !mask) throw new Error(`layer ${layerIndex} has no weight mask`);
      const numOutputs = snapshot.biases[layerIndex]?.length ?? 0;
      for (let row = 0; row < readHeader(frame, 'numRows'); row++) {
        for (let output = 0; output < link.outputs; output++) {
          for (let input = 0; input < link.inputs; input++) {
            const entry = (maskScope === 'batch' ? 0 : row * numOutputs * layer.units) + output * layer.units + input;
            expect(link.mask[(row * link.outputs + output) * link.inputs + input]).toBe(mask[entry]);
          }
        }
      }
    });
  },
);

test('links carry the corner of large matrices, cells only the rows there are', async () => {
  const { frame, snapshot } = await framed({ dataset: 'digits', hidden: [40, 33], batchSize: 50, trainSize: 60 }, 2);
  expect([readHeader(frame, 'batchSize'), readHeader(frame, 'numRows')]).toEqual([10, 10]);
  const weights = snapshot.weights[1];
  const link = frame.links[1];
  expect([link?.inputs, link?.outputs]).toEqual([32, 32]);
  expect(link?.weights[31 * 32 + 31]).toBe(weights?.[31 * 40 + 31]);
  expect(frame.layers[1]?.output.subarray(10 * 40).every((value) => value === 0)).toBe(true);
});

test('a gaussian layer carries its noise, any other ones', async () => {
  const noisy = await framed({ mode: 'gaussian' }, 4);
  const held = noisy.snapshot.last?.layers[1]?.noise;
  expect(noisy.frame.layers[1]?.noise).toEqual(held?.subarray(0, noisy.frame.layers[1]?.noise.length));
  const plain = await framed({ mode: 'inverted' }, 4);
  expect(plain.frame.layers[1]?.noise.every((factor) => factor === 1)).toBe(true);
});

describe('curves', () => {
  const shape = frameShape(DEFAULT_SETTINGS);
  const curve = (length: number): CurvePoint[] =>
    Array.from({ length }, (_, step) => ({ step, trainMasked: step, trainEval: step, test: step, trainAccuracy: 0, testAccuracy: 0 }));

  test.each([0, 1, 2, CURVE_CAPACITY - 1, CURVE_CAPACITY, CURVE_CAPACITY + 1, 10_007])(
    'of %d points: rising steps, first and newest among them',
    (length) => {
      const frame = openFrame(shape, new ArrayBuffer(frameBytes(shape)));
      const count = fillCurves(frame, curve(length));
      const steps = Array.from(frame.curveStep.subarray(0, count));
      expect(count).toBe(Math.min(length, CURVE_CAPACITY));
      expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
      if (length > 0) expect([steps[0], steps.at(-1)]).toEqual([0, length - 1]);
      const gaps = steps.slice(1).map((step, index) => step - (steps[index] ?? 0));
      expect(Math.max(0, ...gaps) - Math.min(...gaps, Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(1);
    },
  );
});
