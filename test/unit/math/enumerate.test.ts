import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { binomialProbability, binomialTail, enumeratedMoments, forEachMask, subnetworkMeans } from '../../../src/math/enumerate';
import { softmax } from '../../../src/math/losses';

type Matrix = number[][];
interface Analytic {
  nwgm_softmax: { W: Matrix; b: number[]; x: number[]; keep: number[]; nwgm: number[]; weight_scaled: number[]; arithmetic_mean: number[] };
  relu_counterexample: { E_relu_unscaled: number; E_relu_inverted: number };
  mc_dropout_exact_tiny: { W1: Matrix; W2: Matrix; x: number[]; keep: number; exact_mean: number; exact_var: number };
  ridge: { keep: number; X: Matrix; y: number[]; w: number[]; E_vanilla_enum: number; E_inv_enum: number };
}
const analytic = JSON.parse(readFileSync(new URL('../../fixtures/analytic.json', import.meta.url), 'utf8')) as Analytic;
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, value, i) => sum + value * (b[i] as number), 0);

describe('all masks', () => {
  it('are 2ⁿ, each once, and their probabilities sum to 1', () => {
    for (const n of [0, 1, 2, 7, 16]) {
      const seen = new Set<string>();
      let total = 0;
      forEachMask(Array<number>(n).fill(0.63), (mask, probability) => {
        seen.add(mask.join(''));
        total += probability;
      });
      expect(seen.size).toBe(2 ** n);
      expect(total).toBeCloseTo(1, 12);
    }
  });

  it('are numbered by their bits', () => {
    const masks: string[] = [];
    forEachMask([0.5, 0.5], (mask, _probability, index) => {
      masks[index] = mask.join('');
    });
    expect(masks).toEqual(['00', '10', '01', '11']);
  });

  it('weigh each unit by its own keep probability, 0 and 1 included', () => {
    const weights: number[] = [];
    forEachMask([0.8, 1, 0], (_mask, probability, index) => {
      weights[index] = probability;
    });
    expect(weights.map((one) => Number(one.toFixed(12)))).toEqual([0, 0, 0.2, 0.8, 0, 0, 0, 0]);
  });

  it('are refused beyond 16 units', () => {
    expect(() => forEachMask(Array<number>(17).fill(0.5), () => {})).toThrow(new RangeError('units must be in [0, 16], got 17'));
  });

  it('what cannot happen does not count, even if infinite', () => {
    expect(enumeratedMoments([0], ([kept]) => (kept ? Infinity : 3))).toEqual({ mean: 3, variance: 0 });
  });
});

describe('means over sub-networks', () => {
  it('one masked layer into a softmax: the geometric mean is the weight-scaled network, the arithmetic is not', () => {
    const { W, b, x, keep, nwgm, weight_scaled: scaled, arithmetic_mean: expected } = analytic.nwgm_softmax;
    const predictions: Matrix = [];
    const probabilities: number[] = [];
    forEachMask(keep, (mask, probability) => {
      const dropped = x.map((value, i) => value * (mask[i] as number));
      predictions.push(softmax(W.map((row, c) => dot(row, dropped) + (b[c] as number))));
      probabilities.push(probability);
    });
    const { arithmetic, geometric } = subnetworkMeans(predictions, probabilities);
    geometric.forEach((value, c) => {
      expect(value).toBeCloseTo(nwgm[c] as number, 13);
      expect(value).toBeCloseTo(scaled[c] as number, 13);
      expect(arithmetic[c]).toBeCloseTo(expected[c] as number, 13);
    });
  });

  it('an impossible sub-network has no say, be it sure of the wrong', () => {
    const means = subnetworkMeans(
      [
        [1, 0],
        [0.25, 0.75],
      ],
      [0, 1],
    );
    expect(means.arithmetic).toEqual([0.25, 0.75]);
    expect(means.geometric[0]).toBeCloseTo(0.25, 14);
  });

  it('a ReLU breaks the rule of weight scaling', () => {
    const relu = (scale: number) => enumeratedMoments([0.5, 0.5], ([a, b]) => Math.max(0, ((a as number) - (b as number)) * scale)).mean;
    expect(relu(1)).toBe(analytic.relu_counterexample.E_relu_unscaled);
    expect(relu(2)).toBe(analytic.relu_counterexample.E_relu_inverted);
  });

  it('Monte-Carlo passes have this exact mean and variance in a tiny network', () => {
    const { W1, W2, x, keep, exact_mean: mean, exact_var: variance } = analytic.mc_dropout_exact_tiny;
    const hidden = (mask: Uint8Array) =>
      W1.map((row) =>
        Math.max(
          0,
          dot(
            row,
            x.map((value, i) => (value * (mask[i] as number)) / keep),
          ),
        ),
      );
    const keeps = [keep, keep, keep, keep, keep]; // two inputs, three hidden units
    const exact = enumeratedMoments(keeps, (mask) => {
      const dropped = hidden(mask).map((a, i) => (a * (mask[2 + i] as number)) / keep);
      return dot(W2[0] as number[], dropped);
    });
    expect(exact.mean).toBeCloseTo(mean, 12);
    expect(exact.variance).toBeCloseTo(variance, 12);
  });

  it('linear regression under dropout is ridge regression', () => {
    const { keep, X, y, w, E_vanilla_enum: standard, E_inv_enum: inverted } = analytic.ridge;
    const loss = (scale: number) =>
      enumeratedMoments(Array<number>(6).fill(keep), (mask) =>
        X.reduce(
          (sum, row, n) =>
            sum +
            ((y[n] as number) -
              dot(
                row.map((value, i) => value * (mask[2 * n + i] as number) * scale),
                w,
              )) **
              2,
          0,
        ),
      ).mean;
    expect(loss(1)).toBeCloseTo(standard, 12);
    expect(loss(1 / keep)).toBeCloseTo(inverted, 12);
  });
});

describe('the number of kept units', () => {
  it('is binomial: equal to the enumeration', () => {
    const chances = Array<number>(11).fill(0);
    forEachMask(Array<number>(10).fill(0.63), (mask, probability) => {
      const kept = mask.reduce((sum, bit) => sum + bit, 0);
      chances[kept] = (chances[kept] as number) + probability;
    });
    chances.forEach((chance, k) => {
      expect(binomialProbability(10, k, 0.63)).toBeCloseTo(chance, 13);
    });
  });

  it('agrees with exact arithmetic at n = 200', () => {
    expect(binomialProbability(200, 137, 0.7) / 0.05452983450334412).toBeCloseTo(1, 11);
    expect(binomialTail(200, 120, 0.7) / 0.0016368053245546157).toBeCloseTo(1, 10);
    expect(binomialTail(200, 150, 0.7)).toBeCloseTo(0.9494082059700947, 11);
  });

  it('sums to 1 for a million units', () => {
    let sum = 0;
    for (let k = 695_000; k <= 705_000; k++) sum += binomialProbability(1_000_000, k, 0.7);
    expect(sum).toBeCloseTo(1, 7);
  });

  it('edges: keep 0, keep 1, no unit, more than there are', () => {
    expect([
      binomialProbability(5, 0, 0),
      binomialProbability(5, 1, 0),
      binomialProbability(5, 5, 1),
      binomialProbability(0, 0, 0.5),
    ]).toEqual([1, 0, 1, 1]);
    expect([binomialProbability(5, 6, 0.5), binomialProbability(5, -1, 0.5), binomialProbability(5, 2.5, 0.5)]).toEqual([0, 0, 0]);
    expect([binomialTail(5, -1, 0.5), binomialTail(5, 5, 0.5), binomialTail(5, 0, 1)]).toEqual([0, 1, 0]);
  });
});
