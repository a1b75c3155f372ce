/** The family of dropouts, measured: each number against the formula it is said to follow, within 4 standard errors, at p ≠ 0.5. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultParams } from '../../../src/protocol/studyParams';
import { MASK_SHAPES } from '../../../src/protocol/studyResults';
import { alphaDropoutStudy } from '../../../src/studies/family/alphaDropout';
import { dropConnectStudy } from '../../../src/studies/family/dropConnect';
import { keepProbTrickStudy } from '../../../src/studies/family/keepProbTrick';
import { maskShapesStudy } from '../../../src/studies/family/maskShapes';
import { momentsStudy } from '../../../src/studies/family/moments';
import { placementStudy } from '../../../src/studies/family/placement';
import { recurrenceStudy } from '../../../src/studies/family/recurrence';
import { schemesStudy } from '../../../src/studies/schemes';
import { runStudy } from '../../../src/studies/study';

interface Analytic {
  alpha: { p: number; a: number; b: number; out_if_dropped: number }[];
}
const analytic = JSON.parse(readFileSync(new URL('../../fixtures/analytic.json', import.meta.url), 'utf8')) as Analytic;

describe('moments of the noise', () => {
  test.each([0.2, 0.7])('DR5 Bernoulli and Gaussian share mean and variance at p = %s, and nothing above', (p) => {
    const { bernoulli, gaussian, draws } = runStudy(momentsStudy, { p, draws: 40_000, seed: 1 });
    for (const member of [bernoulli, gaussian]) {
      expect(Math.abs(member.measured.mean - 1)).toBeLessThan(4 * member.meanError);
      const error = Math.sqrt((member.predicted.fourth - member.predicted.variance ** 2) / draws);
      expect(Math.abs(member.measured.variance - p / (1 - p))).toBeLessThan(4 * error + 1e-9);
      expect(member.histogram.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    }
    expect(bernoulli.predicted.variance).toBeCloseTo(gaussian.predicted.variance, 12);
    expect(bernoulli.measured.third / bernoulli.predicted.third).toBeCloseTo(1, 0);
    expect(Math.abs(gaussian.measured.third)).toBeLessThan(Math.abs(bernoulli.measured.third));
    expect(Math.abs(bernoulli.predicted.fourth / gaussian.predicted.fourth - 1)).toBeGreaterThan(0.05);
    expect(bernoulli.negativeShare).toBe(0);
  });

  test('the predicted moments of m/q are those of its two values, enumerated', () => {
    const p = 0.3;
    const { predicted } = runStudy(momentsStudy, { p, draws: 100, seed: 0 }).bernoulli;
    const values = [0, 1 / (1 - p)];
    const about = (power: number) => [p, 1 - p].reduce((sum, chance, i) => sum + chance * ((values[i] as number) - 1) ** power, 0);
    expect(predicted.variance).toBeCloseTo(about(2), 12);
    expect(predicted.third).toBeCloseTo(about(3), 12);
    expect(predicted.fourth).toBeCloseTo(about(4), 12);
  });

  test('p = 0 is no noise at all', () => {
    const { bernoulli, gaussian } = runStudy(momentsStudy, { p: 0, draws: 200, seed: 0 });
    expect([bernoulli.measured.variance, gaussian.measured.variance]).toEqual([0, 0]);
  });
});

describe('DropConnect and unit dropout', () => {
  test('have the same means and variances; only unit dropout correlates the outputs', () => {
    const params = { inputs: 12, outputs: 3, p: 0.4, draws: 20_000, seed: 3 };
    const { unitDropout, dropConnect } = runStudy(dropConnectStudy, params);
    for (const way of [unitDropout, dropConnect]) {
      const { outputs, draws } = params;
      for (let a = 0; a < outputs; a++) {
        const variance = way.predictedCovariance[a * outputs + a] as number;
        expect(Math.abs((way.mean[a] as number) - (way.predictedMean[a] as number))).toBeLessThan(4 * Math.sqrt(variance / draws));
        for (let b = 0; b < outputs; b++) {
          const scale = Math.sqrt(variance * (way.predictedCovariance[b * outputs + b] as number));
          const gap = Math.abs((way.covariance[a * outputs + b] as number) - (way.predictedCovariance[a * outputs + b] as number));
          expect(gap).toBeLessThan((6 * scale) / Math.sqrt(draws));
        }
      }
      expect(unitDropout.predictedCovariance[0]).toBeCloseTo(dropConnect.predictedCovariance[0] as number, 9);
    }
    expect(dropConnect.predictedCorrelation).toBe(0);
    expect(Math.abs(unitDropout.correlation)).toBeGreaterThan(0.1);
    expect(Math.abs(dropConnect.correlation)).toBeLessThan(4 / Math.sqrt(params.draws));
  });
});

describe('tf.nn.dropout(w, 0.7) * 0.7', () => {
  test('TF 2 keeps the other share: the mean is the same, the spread is not', () => {
    const { tf1, tf2, rightEval, wrongEval } = runStudy(keepProbTrickStudy, { written: 0.7, weights: 100, draws: 3000, seed: 5 });
    expect(tf1.keptShare).toBeCloseTo(0.7, 2);
    expect(tf2.keptShare).toBeCloseTo(0.3, 2);
    expect(tf1.factor).toBe(1);
    expect(tf2.factor).toBeCloseTo(0.7 / 0.3, 12);
    for (const { mean, expected, sd, predictedSd } of [tf1, tf2]) {
      expect(Math.abs(mean - expected)).toBeLessThan((4 * predictedSd) / Math.sqrt(3000));
      expect(expected).toBeCloseTo(rightEval, 4);
      expect(sd / predictedSd).toBeCloseTo(1, 1);
    }
    expect(tf2.predictedSd / tf1.predictedSd).toBeCloseTo(0.7 / 0.3, 4);
    expect(wrongEval / rightEval).toBeCloseTo(1 / 0.7, 9);
  });
});

describe('alpha dropout behind SELU', () => {
  test('keeps mean 0 and variance 1 over 8 layers, where plain dropout does not', () => {
    const result = runStudy(alphaDropoutStudy, { ...defaultParams('alphaDropout'), p: 0.2 });
    expect(Math.abs(result.alpha.mean[7] as number)).toBeLessThan(0.15);
    expect(Math.abs((result.alpha.variance[7] as number) - 1)).toBeLessThan(0.25);
    expect(result.inverted.variance[7]).toBeGreaterThan(1.6);
  });
  test.each(analytic.alpha)('its affine map at p = $p is the fixture’s', ({ p, a, b, out_if_dropped }) => {
    const result = runStudy(alphaDropoutStudy, { numLayers: 1, units: 4, batchSize: 4, p, seed: 0 });
    expect(result.scale).toBeCloseTo(a, 12);
    expect(result.shift).toBeCloseTo(b, 12);
    expect(result.dropped).toBeCloseTo(out_if_dropped, 12);
  });
  test('p = 0 changes nothing', () => {
    const { none, alpha, inverted } = runStudy(alphaDropoutStudy, { numLayers: 3, units: 16, batchSize: 8, p: 0, seed: 0 });
    expect(alpha).toEqual(none);
    expect(inverted).toEqual(none);
  });
});

describe('shapes of masks', () => {
  const params = { batch: 4, time: 8, features: 12, p: 0.4, seed: 9 };
  const { shapes } = runStudy(maskShapesStudy, params);
  const at = (mask: Uint8Array, b: number, t: number, f: number) => mask[(b * params.time + t) * params.features + f];

  test('draw as often as their noise shape is large, and repeat along its ones', () => {
    expect(MASK_SHAPES.map((shape) => shapes[shape].draws)).toEqual([384, 96, 48, 32, 12, 4]);
    for (const shape of MASK_SHAPES) {
      const { mask, noiseShape, keptShare, keptShareSd } = shapes[shape];
      for (let b = 0; b < params.batch; b++)
        for (let t = 0; t < params.time; t++)
          for (let f = 0; f < params.features; f++) {
            const source = at(mask, noiseShape[0] === 1 ? 0 : b, noiseShape[1] === 1 ? 0 : t, noiseShape[2] === 1 ? 0 : f);
            expect(at(mask, b, t, f)).toBe(source);
          }
      expect(Math.abs(keptShare - 0.6)).toBeLessThan(4 * keptShareSd);
    }
    expect(shapes.perExample.keptShareSd).toBeGreaterThan(9 * shapes.full.keptShareSd);
  });
  test.each([
    [0, 1],
    [1, 0],
  ])('p = %s keeps all or nothing', (p, kept) => {
    expect(runStudy(maskShapesStudy, { ...params, p }).shapes.full.keptShare).toBe(kept);
  });
});

describe('placement', () => {
  test('before and after ReLU are the same to the bit; sigmoid differs where dropped and where kept, tanh where kept only', () => {
    const run = (activation: 'relu' | 'tanh' | 'sigmoid' | 'linear') =>
      runStudy(placementStudy, { activation, units: 64, p: 0.3, seed: 2 });
    expect(run('relu').maxDifference).toBe(0);
    expect(run('linear').maxDifference).toBe(0);
    expect(run('tanh')).toMatchObject({ droppedDifference: 0 });
    expect(run('tanh').keptDifference).toBeGreaterThan(0.05);
    expect(run('sigmoid').droppedDifference).toBe(0.5);
    expect(run('sigmoid').keptDifference).toBeGreaterThan(0.05);
  });
  test('p = 0 places nothing, p = 1 drops all', () => {
    expect(runStudy(placementStudy, { activation: 'tanh', units: 16, p: 0, seed: 2 }).maxDifference).toBe(0);
    const all = runStudy(placementStudy, { activation: 'sigmoid', units: 16, p: 1, seed: 2 });
    expect([...all.after].every((value) => value === 0)).toBe(true);
    expect([...all.before].every((value) => value === 0.5)).toBe(true);
  });
});

describe('an unrolled recurrence', () => {
  const base = { ...defaultParams('recurrence'), inputP: 0.3, stateP: 0.3, outputP: 0.2 };
  test('fresh masks differ at each time; variational ones do not; a batch scope shares them among examples', () => {
    const distinct = (patch: Partial<typeof base>) => runStudy(recurrenceStudy, { ...base, ...patch }).distinctStateMasks;
    expect(distinct({})).toBeGreaterThan(40);
    expect(distinct({ maskScope: 'batch' })).toBeLessThanOrEqual(base.time);
    expect(distinct({ variational: true })).toBeLessThanOrEqual(base.batch);
    expect(distinct({ variational: true, maskScope: 'batch' })).toBe(1);
  });
  test('what every mask so far has kept dwindles with fresh masks and stays with a variational one', () => {
    const fresh = runStudy(recurrenceStudy, base).survivors;
    const variational = runStudy(recurrenceStudy, { ...base, variational: true }).survivors;
    expect(fresh.at(-1)).toBeLessThan(0.1);
    expect(variational.at(-1)).toBe(variational[0]);
  });
  test('with nothing dropped it is the plain recurrence', () => {
    const { hidden, plainHidden, output, drift } = runStudy(recurrenceStudy, { ...base, inputP: 0, stateP: 0, outputP: 0 });
    expect(hidden).toEqual(plainHidden);
    expect(output).toEqual(plainHidden);
    expect(Math.max(...drift)).toBe(0);
  });
  test('the state is zero where dropped, and the output is its own masking of h', () => {
    const { output, outputMask, hidden } = runStudy(recurrenceStudy, base);
    output.forEach((value, i) => {
      expect(value).toBeCloseTo(outputMask[i] ? (hidden[i] as number) / 0.8 : 0, 6);
    });
  });
  test('p = 1 on input and state leaves h at 0', () => {
    const { hidden } = runStudy(recurrenceStudy, { ...base, inputP: 1, stateP: 1 });
    expect(hidden.every((value) => value === 0)).toBe(true);
  });
});

describe('four schemes', () => {
  test.each([0.2, 0.4])('DR1 ratios of eval to train grow with depth as foretold at p = %s', (p) => {
    const { schemes } = runStudy(schemesStudy, { ...defaultParams('schemes'), p, passes: 12 });
    for (const scheme of ['unscaled', 'standard', 'inverted', 'both'] as const) {
      schemes[scheme].forEach(({ ratio, expectedRatio, trainMean, trainError, evalMean }, layer) => {
        const expected = { unscaled: (1 - p) ** -(layer + 1), standard: 1, inverted: 1, both: (1 - p) ** (layer + 1) }[scheme];
        expect(expectedRatio).toBeCloseTo(expected, 9);
        expect(Math.abs(trainMean - evalMean / expected)).toBeLessThan(5 * trainError);
        expect(Math.abs(ratio / expected - 1)).toBeLessThan(0.1);
      });
    }
  });
  test('p = 0: four times the same; p = 1: train is zero and no ratio is claimed', () => {
    const none = runStudy(schemesStudy, { ...defaultParams('schemes'), p: 0, passes: 2 });
    expect(none.schemes.both).toEqual(none.schemes.unscaled);
    expect(none.schemes.both.map(({ trainMean }) => trainMean)).toEqual(none.plainMeans);
    const all = runStudy(schemesStudy, { ...defaultParams('schemes'), p: 1, passes: 2 });
    expect(all.schemes.inverted.every(({ trainMean, expectedRatio }) => trainMean === 0 && Number.isNaN(expectedRatio))).toBe(true);
  });
});
