/** The million weights: sums held to the readable generator, means to their theory, published figures to the fixture's reading of them. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { compileCore } from '../../../src/kernels/core';
import { createMaskedSums, SUM_CHUNK } from '../../../src/kernels/maskedSums';
import { bernoulli, foldIn, key, normal } from '../../../src/math/threefry';
import { defaultParams, type MillionWeightsParams } from '../../../src/protocol/studyParams';
import { millionWeightsStudy } from '../../../src/studies/millionWeights';
import { runStudy } from '../../../src/studies/study';

interface Analytic {
  seed001: { published: { keep: number; obs: number; expected: number; se: number; z: number }[] };
}
const analytic = JSON.parse(readFileSync(new URL('../../fixtures/analytic.json', import.meta.url), 'utf8')) as Analytic;

const run = (patch: Partial<MillionWeightsParams>) =>
  runStudy(millionWeightsStudy, { ...defaultParams('millionWeights'), numWeights: 20_000, trials: 100, ...patch });

beforeAll(() => millionWeightsStudy.prepare?.());

describe('masked sums of the core', () => {
  test('RN4 count and add exactly what the readable masks keep, over chunks and a tail', async () => {
    const numWeights = SUM_CHUNK + 37;
    const weightKey = key(3);
    const sums = createMaskedSums(await compileCore(), weightKey, numWeights);
    const passKey = foldIn(key(0), 9);
    const keepProbs = [1, 0.7, 0.3, 0];
    const [totals, kept] = [new Float64Array(4), new Float64Array(4)];
    for (const chunk of [0, 1]) sums.addChunk(passKey, chunk, keepProbs, totals, kept);
    keepProbs.forEach((keepProb, column) => {
      let [sum, count] = [0, 0];
      for (let i = 0; i < numWeights; i++) {
        if (bernoulli(passKey, keepProb, i) === 0) continue;
        count += 1;
        sum += normal(weightKey, i);
      }
      expect(kept[column]).toBe(count);
      expect(Math.abs((totals[column] as number) - sum)).toBeLessThan(1e-3); // normals differ by a few units in the last place
    });
    expect(totals[0]).toBe(sums.weightSum);
    expect(totals[3]).toBe(0);
  });
});

describe('the million-weights experiment', () => {
  test('DR5 means lie within 4 standard errors of keep · Σ w, spreads within 25 % of theirs', () => {
    const { columns, weightSum, weightMean, weightMeanError, numWeights, draws } = run({});
    expect(Math.abs(weightMean)).toBeLessThan(4 * weightMeanError);
    expect(draws).toBe(2_000_000);
    for (const { p, mean, expected, error, z, keepProb, keptShare, scaledMean, scaledError, sampleSd, predictedSd } of columns) {
      expect(expected).toBeCloseTo((1 - p) * weightSum, 3);
      expect(Math.abs(z)).toBeLessThan(4);
      expect(Math.abs(mean - expected)).toBeLessThanOrEqual(4 * error);
      expect(Math.abs(scaledMean - weightSum)).toBeLessThanOrEqual(4 * scaledError);
      expect(Math.abs(keptShare - keepProb)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / draws));
      if (p > 0) expect(Math.abs(sampleSd / predictedSd - 1)).toBeLessThan(0.25);
    }
    expect(columns[0]).toMatchObject({ mean: weightSum, error: 0, z: 0, keptShare: 1 });
    expect(numWeights).toBe(20_000);
  });

  test('the published figures are read as the fixture reads them', () => {
    const { columns } = run({ numWeights: 100, trials: 4 });
    for (const { keep, obs, expected, se, z } of analytic.seed001.published) {
      const { published } = columns.find(({ p }) => p === Math.round((1 - keep) * 10) / 10) ?? {};
      expect(published?.mean).toBeCloseTo(obs, 2);
      expect(published?.expected).toBeCloseTo(expected, 6);
      expect(published?.error).toBeCloseTo(se, 9);
      expect(published?.z).toBeCloseTo(z, 2);
    }
  });

  test('a trial is the same whatever the number of trials, columns and jobs: RN2', () => {
    const few = run({ numWeights: 500, trials: 5, ps: [0.5] });
    const many = run({ numWeights: 500, trials: 77, ps: [0.2, 0.5] });
    expect(many.columns[1]?.sums.slice(0, 5)).toEqual(few.columns[0]?.sums);
  });

  test('p = 1 keeps nothing and claims no scaled mean; one weight and seed 0 are enough', () => {
    const { columns } = run({ numWeights: 1, trials: 2, ps: [1], seed: 0 });
    expect(columns[0]).toMatchObject({ mean: 0, keptShare: 0, error: 0, z: 0 });
    expect(columns[0]?.scaledMean).toBeNaN();
  });

  test('what is known on the way is a result of fewer trials', () => {
    const params = { ...defaultParams('millionWeights'), numWeights: 1000, trials: 8 };
    const jobs = millionWeightsStudy.jobs(params);
    expect(jobs.reduce((sum, length) => sum + length, 0)).toBe(8);
    const partials = jobs.map((_, jobIndex) => (jobIndex === 3 ? millionWeightsStudy.run(params, 3).next().value : null));
    const result = millionWeightsStudy.reduce(params, partials as never);
    expect(result).toMatchObject({ trials: 1, totalTrials: 8, draws: 1000 });
    expect(result.columns[0]?.sampleSd).toBeNaN();
  });
});
