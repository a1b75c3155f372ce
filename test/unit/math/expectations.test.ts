import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALPHA_DROPPED, alphaAffine, dropUnit, gaussianSigma, MODES, type Mode } from '../../../src/math/dropout';
import { enumeratedMoments, forEachMask } from '../../../src/math/enumerate';
import {
  evalMean,
  gaussianReluMean,
  layerMeanMoments,
  trainVariance,
  unitMoments,
  weightedSumCovariance,
  weightedSumMoments,
} from '../../../src/math/expectations';
import { drawNoise, drawUnitMask, MASK_SCOPES, type MaskPlan, type MaskScope, stepKey } from '../../../src/math/masks';
import { momentsOf } from '../../../src/math/statistics';
import { OPEN_MODES } from '../../../src/protocol/settings';

interface TwoUnits {
  w: number[];
  x: number[];
  p: number;
  states: { m: [number, number]; prob: number; z: number; z_inv: number }[];
  E: number;
  Var: number;
  E_inv: number;
  Var_inv: number;
}
interface Analytic {
  two_unit: TwoUnits[];
  alpha: { p: number; a: number; b: number; out_if_dropped: number; torch_add_dropped: number }[];
  dropconnect: { w: number[]; v: number[]; keep: number; mu: number; var: number; E_relu_exact: number; E_relu_gaussian: number };
  bn_variance_shift: {
    keep: number;
    mean: number;
    var: number;
    train_var: number;
    test_var: number;
    shift_ratio_test_over_train: number;
  }[];
  seed001: { published: { keep: number; obs: number; expected: number; se: number; z: number }[] };
}
const analytic = JSON.parse(readFileSync(new URL('../../fixtures/analytic.json', import.meta.url), 'utf8')) as Analytic;

const PROBABILITIES = [0, 0.1, 0.37, 0.5, 0.8, 1];
const allowed = (mode: Mode, p: number) => p < 1 || !OPEN_MODES.includes(mode);

describe('one unit', () => {
  const cases = MODES.flatMap((mode) => PROBABILITIES.filter((p) => allowed(mode, p)).map((p) => [mode, p] as const));

  it.each(cases)('DR5 %s at p = %d: mean and variance of 20,000 draws lie within 4 standard errors', (mode, p) => {
    const a = -1.3;
    const size = 20_000;
    const plan: MaskPlan = { mode, p, maskScope: 'example', channelSize: 1, size, units: 1 };
    const passKey = stepKey(2024, 7);
    const draws = drawUnitMask(passKey, 1, plan) ?? drawNoise(passKey, 1, plan);
    const drawn = momentsOf(Array.from({ length: size }, (_, i) => dropUnit({ mode, p }, a, draws?.[i] ?? 1)));
    const { mean, variance } = unitMoments({ mode, p }, a);
    const kurtosis = mode === 'gaussian' ? 3 : variance > 0 ? (1 - 3 * p * (1 - p)) / (p * (1 - p)) : 1;
    expect(Math.abs(drawn.mean - mean)).toBeLessThanOrEqual(4 * Math.sqrt(variance / size) + 1e-12);
    expect(Math.abs(drawn.variance - variance)).toBeLessThanOrEqual(4 * variance * Math.sqrt((kurtosis - 1 + 16 / size) / size) + 1e-12);
  });

  it('DR5 mean and variance equal those of its two outcomes, in every mode that masks', () => {
    for (const mode of MODES.filter((one) => one !== 'gaussian')) {
      for (const p of PROBABILITIES.filter((one) => allowed(mode, one))) {
        for (const a of [-1.3, 0, 2]) {
          const { mean, variance } = enumeratedMoments([1 - p], ([kept]) => dropUnit({ mode, p }, a, kept as number));
          expect(unitMoments({ mode, p }, a).mean).toBeCloseTo(mean, 12);
          expect(unitMoments({ mode, p }, a).variance).toBeCloseTo(variance, 12);
        }
      }
    }
  });

  it('eval gives the mean of train in every mode but unscaled and alpha', () => {
    for (const mode of MODES) {
      const isBiased = Math.abs(evalMean({ mode, p: 0.37 }, 2) - unitMoments({ mode, p: 0.37 }, 2).mean) > 1e-9;
      expect(isBiased).toBe(mode === 'unscaled' || mode === 'alpha');
    }
  });

  it('gaussian noise has the mean and the variance of an inverted mask', () => {
    for (const p of [0, 0.1, 0.37, 0.8])
      expect(unitMoments({ mode: 'gaussian', p }, 3).mean).toBe(unitMoments({ mode: 'inverted', p }, 3).mean);
    expect(unitMoments({ mode: 'gaussian', p: 0.37 }, 3).variance).toBeCloseTo(unitMoments({ mode: 'inverted', p: 0.37 }, 3).variance, 12);
  });
});

describe('alpha dropout', () => {
  it('has the constants of the reference, which are those of PyTorch', () => {
    for (const { p, a, b, out_if_dropped: dropped, torch_add_dropped: torchDropped } of analytic.alpha) {
      const { scale, shift } = alphaAffine(p);
      expect(scale).toBeCloseTo(a, 14);
      expect(shift).toBeCloseTo(b, 14);
      expect(scale * ALPHA_DROPPED + shift).toBeCloseTo(dropped, 14);
      expect(scale * ALPHA_DROPPED + shift).toBeCloseTo(torchDropped, 14);
    }
  });

  it('keeps mean 0 and variance 1 of a population: the law of total variance', () => {
    for (const p of [0.05, 0.2, 0.5, 0.9]) {
      const { scale } = alphaAffine(p);
      const gain = scale * (1 - p);
      expect(unitMoments({ mode: 'alpha', p }, 0).mean).toBeCloseTo(0, 14);
      const withinUnits = scale ** 2 * p * (1 - p) * (1 + ALPHA_DROPPED ** 2); // mean of Var[y|a] for a of mean 0, variance 1
      expect(withinUnits + gain ** 2).toBeCloseTo(1, 13);
    }
  });
});

describe('the mean of a layer', () => {
  const size = 2;
  const units = 5;
  const activation = [0.3, -1.2, 0, 2.2, 0.9, 1.4, -0.1, 0.6, -2, 0.5];

  /** Which of the enumerated draws decides a cell, written out by hand. */
  function drawOf(mode: Mode, scope: MaskScope, cell: number): number {
    const [example, unit] = [Math.floor(cell / units), cell % units];
    const column = mode === 'spatial' ? [0, 0, 1, 1, 2][unit] : unit;
    return (scope === 'batch' ? 0 : example * (mode === 'spatial' ? 3 : units)) + (column ?? NaN);
  }

  const cases = MODES.flatMap((mode) => MASK_SCOPES.flatMap((scope) => [0, 0.37, 0.8].map((p) => [mode, scope, p] as const)));

  it.each(cases)('DR5 %s, one mask per %s, p = %d: equals the enumeration of all masks', (mode, maskScope, p) => {
    const perExample = mode === 'spatial' ? 3 : units;
    const numDraws = maskScope === 'batch' ? perExample : size * perExample;
    // Noise enters linearly, so that the two points 1 ± σ, half and half, have the moments of the Gaussian.
    const keepProb = mode === 'gaussian' ? 0.5 : 1 - p;
    const draw = (kept: number) => (mode === 'gaussian' ? 1 + (kept ? 1 : -1) * gaussianSigma(p) : kept);
    const expected = enumeratedMoments(Array<number>(numDraws).fill(keepProb), (mask) => {
      const outputs = activation.map((a, cell) => dropUnit({ mode, p }, a, draw(mask[drawOf(mode, maskScope, cell)] as number)));
      return outputs.reduce((sum, output) => sum + output, 0) / activation.length;
    });
    const predicted = layerMeanMoments({ mode, p, maskScope, channelSize: 2, size, units }, activation);
    expect(predicted.mean).toBeCloseTo(expected.mean, 12);
    expect(predicted.standardError ** 2).toBeCloseTo(expected.variance, 12);
  });

  it('p = 1 gives 0 without error', () => {
    for (const mode of ['standard', 'inverted', 'unscaled', 'spatial'] as const) {
      const plan: MaskPlan = { mode, p: 1, maskScope: 'example', channelSize: 2, size, units };
      expect(layerMeanMoments(plan, activation)).toEqual({ mean: 0, standardError: 0 });
    }
  });
});

describe('weighted sums', () => {
  it('of two units equal the table of four masks', () => {
    for (const { w, x, p, states, E, Var, E_inv: invertedE, Var_inv: invertedVar } of analytic.two_unit) {
      const plain = weightedSumMoments({ mode: 'standard', p }, w, x);
      const inverted = weightedSumMoments({ mode: 'inverted', p }, w, x);
      expect(plain.mean).toBeCloseTo(E, 13);
      expect(plain.variance).toBeCloseTo(Var, 13);
      expect(inverted.mean).toBeCloseTo(invertedE, 13);
      expect(inverted.variance).toBeCloseTo(invertedVar, 11);
      const seen = new Map<string, number>();
      forEachMask([1 - p, 1 - p], (mask, probability) => seen.set(String(mask), probability));
      for (const { m, prob } of states) expect(seen.get(String(m))).toBeCloseTo(prob, 14);
    }
  });

  it('add the bias to the mean alone', () => {
    const dropout = { mode: 'inverted', p: 0.2 } as const;
    const [without, withBias] = [weightedSumMoments(dropout, [2], [3]), weightedSumMoments(dropout, [2], [3], 5)];
    expect(withBias.mean - without.mean).toBe(5);
    expect(withBias.variance).toBe(without.variance);
  });

  it('of a million weights explain the published means, all within one standard error', () => {
    const [first] = analytic.seed001.published;
    const sumOfWeights = (first?.expected ?? NaN) / (first?.keep ?? NaN); // their weights sum to −1003.99, and their squares to 10⁶ but for sampling
    for (const one of analytic.seed001.published) {
      const dropout = { mode: 'unscaled', p: 1 - one.keep } as const;
      const spread = weightedSumMoments(dropout, Array<number>(1000).fill(Math.sqrt(1000)), Array<number>(1000).fill(1)).variance;
      const standardError = Math.sqrt(spread / 1000); // of the mean of 1000 trials
      expect(unitMoments(dropout, sumOfWeights).mean).toBeCloseTo(one.expected, 9);
      expect(standardError).toBeCloseTo(one.se, 9);
      expect((one.obs - one.expected) / standardError).toBeCloseTo(one.z, 9);
      expect(Math.abs(one.z)).toBeLessThan(1);
    }
  });

  it('under DropConnect: moments and the Gaussian mean behind a ReLU', () => {
    const { w, v, keep, mu, var: variance, E_relu_exact: exact, E_relu_gaussian: gaussian } = analytic.dropconnect;
    const masked = weightedSumMoments({ mode: 'unscaled', p: 1 - keep }, w, v);
    expect(masked.mean).toBeCloseTo(mu, 14);
    expect(masked.variance).toBeCloseTo(variance, 14);
    expect(gaussianReluMean(masked)).toBeCloseTo(gaussian, 13);
    const relu = enumeratedMoments([keep, keep, keep], (mask) =>
      Math.max(
        0,
        w.reduce((sum, one, i) => sum + one * (v[i] ?? NaN) * (mask[i] ?? NaN), 0),
      ),
    );
    expect(relu.mean).toBeCloseTo(exact, 14);
    expect(gaussianReluMean({ mean: -2, variance: 0 })).toBe(0);
    const ours = weightedSumMoments({ mode: 'dropconnect', p: 0.37 }, w, v);
    expect(ours).toEqual(weightedSumMoments({ mode: 'inverted', p: 0.37 }, w, v));
  });

  it('of shared units are correlated, of masked weights are not: by enumeration', () => {
    const [first, second, x] = [
      [1, -2, 0.5],
      [0.3, 1, 2],
      [1.5, -1, 2],
    ] as const;
    const p = 0.37;
    const keeps = [1 - p, 1 - p, 1 - p];
    const sumOf = (weights: readonly number[], mask: ArrayLike<number>) =>
      weights.reduce((sum, w, i) => sum + dropUnit({ mode: 'inverted', p }, w * (x[i] ?? NaN), mask[i] as number), 0);
    const product = enumeratedMoments(keeps, (mask) => sumOf(first, mask) * sumOf(second, mask)).mean;
    const means =
      enumeratedMoments(keeps, (mask) => sumOf(first, mask)).mean * enumeratedMoments(keeps, (mask) => sumOf(second, mask)).mean;
    expect(weightedSumCovariance({ mode: 'inverted', p }, first, second, x)).toBeCloseTo(product - means, 12);
    const apart = enumeratedMoments(
      [...keeps, ...keeps],
      (mask) => sumOf(first, mask.subarray(0, 3)) * sumOf(second, mask.subarray(3)),
    ).mean;
    expect(weightedSumCovariance({ mode: 'dropconnect', p }, first, second, x)).toBeCloseTo(apart - means, 12);
  });
});

describe('behind batch normalisation', () => {
  it('train and eval see different variances', () => {
    expect(analytic.bn_variance_shift.length).toBeGreaterThan(3);
    for (const {
      keep,
      mean,
      var: variance,
      train_var: train,
      test_var: test,
      shift_ratio_test_over_train: ratio,
    } of analytic.bn_variance_shift) {
      expect(trainVariance(1 - keep, { mean, variance })).toBeCloseTo(train, 12);
      expect(test / trainVariance(1 - keep, { mean, variance })).toBeCloseTo(ratio, 12);
    }
  });
});
