/** The crowd of sub-networks against math's own enumeration: predictions mask by mask, both means, and where they must agree. */
import { describe, expect, test } from 'vitest';
import { forEachMask, subnetworkMeans } from '../../../src/math/enumerate';
import { predict } from '../../../src/math/losses';
import { forward, type Network } from '../../../src/math/mlp';
import { foldIn, key } from '../../../src/math/threefry';
import { defaultParams, type SubnetworksParams } from '../../../src/protocol/studyParams';
import type { SubnetworksResult } from '../../../src/protocol/studyResults';
import { askAll, Crowd, drawMaskId, expectedDistinct, probabilityByKept } from '../../../src/studies/crowd';
import { createNet, type Net } from '../../../src/studies/net';
import { runStudy } from '../../../src/studies/study';
import { subnetworksStudy } from '../../../src/studies/subnetworks';

const run = (patch: Partial<SubnetworksParams>): SubnetworksResult =>
  runStudy(subnetworksStudy, { ...defaultParams('subnetworks'), steps: 60, thumbnails: 6, thumbnailSide: 6, passes: 200, ...patch });

/** Asks math's readable network for every mask. */
function oracle({ sizes, activation, loss, weights, biases }: Net, p: number, point: readonly [number, number]) {
  const network: Network = { sizes, activation, loss, weights, biases };
  const hidden = sizes.slice(1, -1);
  const total = hidden.reduce((sum, units) => sum + units, 0);
  const [rows, probabilities]: [number[][], number[]] = [[], []];
  forEachMask(Array<number>(total).fill(1 - p), (mask, probability) => {
    let first = 0;
    const draws = hidden.map((units) => {
      first += units;
      return { units: mask.slice(first - units, first), weights: null };
    });
    const plan = {
      mode: 'inverted',
      phase: 'train',
      p: [0, ...hidden.map(() => p)],
      draws: [{ units: null, weights: null }, ...draws],
    } as const;
    const z = [...(forward(network, plan, point).at(-1)?.preActivation ?? [])];
    const prediction = predict(loss, z);
    rows.push(loss === 'binary' ? [1 - (prediction[0] as number), prediction[0] as number] : prediction);
    probabilities.push(probability);
  });
  return { rows, probabilities, ...subnetworkMeans(rows, probabilities) };
}

describe('the crowd', () => {
  test.each([
    ['one hidden layer, softmax', [2, 6, 2], 'softmax', 'relu'],
    ['one hidden layer, sigmoid', [2, 6, 1], 'binary', 'tanh'],
    ['two hidden layers', [2, 3, 4, 2], 'softmax', 'relu'],
    ['two hidden layers, SELU', [2, 4, 3, 1], 'binary', 'selu'],
  ] as const)('predicts, averages and bins as enumeration does: %s', (_, sizes, loss, activation) => {
    const p = 0.3;
    const net = createNet(sizes, activation, loss, key(11));
    const crowd = new Crowd(net, p).look(0.7, -0.4);
    const verdict = askAll(crowd, p, 20);
    const { rows, probabilities, arithmetic, geometric } = oracle(net, p, [0.7, -0.4]);
    rows.forEach((row, maskId) => {
      expect(verdict.predictions[maskId]).toBeCloseTo(row[1] as number, 6);
    });
    expect(verdict.arithmeticMean).toBeCloseTo(arithmetic[1] as number, 12);
    expect(verdict.geometricMean).toBeCloseTo(geometric[1] as number, 12);
    const variance = rows.reduce(
      (sum, row, k) => sum + (probabilities[k] as number) * ((row[1] as number) - (arithmetic[1] as number)) ** 2,
      0,
    );
    expect(verdict.sd).toBeCloseTo(Math.sqrt(variance), 10);
    expect(verdict.histogram.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    if (sizes.length === 3) expect(crowd.predict(null)).toBeCloseTo(verdict.geometricMean, 12);
    else expect(Math.abs(crowd.predict(null) - verdict.geometricMean)).toBeGreaterThan(1e-4);
    expect(Math.abs(crowd.predict(null) - verdict.arithmeticMean)).toBeGreaterThan(1e-4);
  });

  test('probabilities of all masks add up to 1, at p = 0 and p = 1 too', () => {
    for (const p of [0, 0.3, 1]) {
      const byKept = probabilityByKept(5, p);
      const choices = [1, 5, 10, 10, 5, 1];
      expect(byKept.reduce((sum, probability, kept) => sum + probability * (choices[kept] as number), 0)).toBeCloseTo(1, 12);
    }
    expect(drawMaskId(key(1), 0, 5, 3)).toBe(31);
    expect(drawMaskId(key(1), 1, 5, 3)).toBe(0);
  });

  test('expected number of different masks: by simulation within its spread, and in the clear cases', () => {
    const [numMasked, p, draws, runs] = [6, 0.3, 100, 200];
    let total = 0;
    for (let run = 0; run < runs; run++) {
      const ids = Array.from({ length: draws }, (_, pass) => drawMaskId(foldIn(key(5), run), p, numMasked, pass));
      total += new Set(ids).size;
    }
    expect(Math.abs(total / runs - expectedDistinct(numMasked, p, draws))).toBeLessThan(1);
    expect(expectedDistinct(6, 0.3, 0)).toBe(0);
    expect(expectedDistinct(6, 0.3, 1)).toBeCloseTo(1, 12);
    expect(expectedDistinct(6, 0, 10)).toBe(1);
  });
});

describe('the study', () => {
  test('one masked layer into a softmax: the geometric mean is the eval pass, the arithmetic mean is not', () => {
    const { crowd, numMasks, trainAccuracy } = run({ hidden: [8], p: 0.4 });
    if (crowd === null) throw new Error('no crowd');
    expect(numMasks).toBe(256);
    expect(crowd.isExact).toBe(true);
    expect(crowd.weightScaling).toBeCloseTo(crowd.geometricMean, 12);
    expect(Math.abs(crowd.weightScaling - crowd.arithmeticMean)).toBeGreaterThan(1e-4);
    expect(trainAccuracy).toBeGreaterThan(0.7);
    const last = crowd.passMeans.length - 1;
    const distance = Math.abs((crowd.passMeans[last] ?? Number.NaN) - crowd.arithmeticMean);
    expect(distance).toBeLessThan(4 * (crowd.passError[last] ?? Number.NaN));
  });

  test('two hidden layers: they are three different numbers', () => {
    const { crowd } = run({ hidden: [5, 5], p: 0.4, output: 'sigmoid' });
    expect(crowd?.isExact).toBe(false);
    expect(Math.abs((crowd?.weightScaling ?? 0) - (crowd?.geometricMean ?? 0))).toBeGreaterThan(1e-4);
  });

  test('counts the masks that the training has used, near what chance gives', () => {
    const { maskDraws, distinctTrained, expectedDistinct: expected, distinctCurve, trainedSteps } = run({ hidden: [9], p: 0.4 });
    expect(trainedSteps).toBe(60);
    expect(maskDraws).toBe(60 * 16);
    expect(Math.abs(distinctTrained - expected)).toBeLessThan(60);
    expect(distinctCurve.at(-1)).toBe(distinctTrained);
    expect([...distinctCurve].sort((a, b) => a - b)).toEqual(distinctCurve);
  });

  test('moving the place asks the same net again: thumbnails stay, predictions move, and equal a fresh run', () => {
    const here = run({ x: 0.5, y: 0.5 });
    const there = run({ x: -0.5, y: 0.2 });
    run({ seed: 1 });
    expect(run({ x: -0.5, y: 0.2 })).toEqual(there);
    expect(there.crowd?.thumbnails.map(({ surface }) => surface)).toEqual(here.crowd?.thumbnails.map(({ surface }) => surface));
    expect(there.crowd?.arithmeticMean).not.toBe(here.crowd?.arithmeticMean);
    expect(there.curves).toEqual(here.curves);
  });

  test('thumbnails are different masks; the mean surface at a cell is the crowd’s mean there', () => {
    const { crowd } = run({ hidden: [7], thumbnailSide: 5, x: 1, y: -1 });
    if (crowd === null) throw new Error('no crowd');
    expect(new Set(crowd.thumbnails.map(({ maskId }) => maskId)).size).toBe(6);
    expect(crowd.meanSurfaceMasks).toBe(128);
    const cell = 3 * 5 + 3; // y = 2 − 3 = −1, x = −2 + 3 = 1
    expect(crowd.meanSurface[cell]).toBeCloseTo(crowd.arithmeticMean, 6);
    expect(crowd.scaledSurface[cell]).toBeCloseTo(crowd.weightScaling, 6);
    for (const { surface, prediction } of crowd.thumbnails) expect(surface[cell]).toBeCloseTo(prediction, 6);
  });

  test('p = 0 has one sub-network, p = 1 another', () => {
    expect(run({ p: 0 })).toMatchObject({ distinctTrained: 1, expectedDistinct: 1 });
    const { crowd, distinctTrained } = run({ p: 1 });
    expect(distinctTrained).toBe(1);
    expect(crowd?.sd).toBe(0);
    expect(crowd?.thumbnails.map(({ maskId }) => maskId)).toEqual([0]);
  });

  test('refuses more units than can be enumerated', () => {
    expect(() => run({ hidden: [8, 7] })).toThrow('hidden must add up to at most 14 units, got 15');
  });
});
