import { describe, expect, it } from 'vitest';
import {
  erf,
  erfc,
  histogram,
  momentsOf,
  normalCdf,
  normalDensity,
  quantile,
  RunningMoments,
  shareError,
} from '../../../src/math/statistics';

const SAMPLE = [3, 1, 4, 1, 5, 9, 2, 6];

describe('running moments', () => {
  it('equal the formulas', () => {
    const moments = momentsOf(SAMPLE);
    expect([moments.count, moments.mean]).toEqual([8, 3.875]);
    expect(moments.variance).toBeCloseTo(6.609375, 13);
    expect(moments.sampleVariance).toBeCloseTo(7.553571428571429, 13);
    expect(moments.standardError).toBeCloseTo(Math.sqrt(7.553571428571429 / 8), 13);
  });

  it('stay true far from 0, where a sum of squares would not', () => {
    expect(momentsOf(SAMPLE.map((x) => x + 1e9)).variance).toBeCloseTo(6.609375, 6);
  });

  it('merge as if counted together', () => {
    const merged = momentsOf(SAMPLE.slice(0, 3));
    merged.merge(momentsOf(SAMPLE.slice(3)));
    merged.merge(new RunningMoments());
    expect(merged.mean).toBeCloseTo(3.875, 13);
    expect(merged.variance).toBeCloseTo(6.609375, 13);
    const fromNothing = new RunningMoments();
    fromNothing.merge(merged);
    expect([fromNothing.count, fromNothing.mean, fromNothing.variance]).toEqual([8, merged.mean, merged.variance]);
  });

  it('of nothing and of one value', () => {
    const none = new RunningMoments();
    expect([none.count, none.mean, none.variance, none.sampleVariance]).toEqual([0, NaN, NaN, NaN]);
    const one = momentsOf([0]);
    expect([one.mean, one.variance, one.sampleVariance]).toEqual([0, 0, NaN]);
  });
});

describe('histogram', () => {
  it('counts by bin; the upper end belongs to the last; what lies outside and NaN are left out', () => {
    expect([...histogram([0, 0.24, 0.25, 0.5, 0.99, 1, 1.01, -0.01, NaN], 0, 1, 4)]).toEqual([2, 1, 1, 2]);
  });

  it('refuses no bins and an empty range', () => {
    expect(() => histogram([1], 0, 1, 0)).toThrow(new RangeError('bins must be an integer above 0, got 0'));
    expect(() => histogram([1], 1, 1, 4)).toThrow(new RangeError('high must be above low, got 1 and 1'));
    expect(() => histogram([1], NaN, 1, 4)).toThrow(RangeError);
  });
});

describe('quantile', () => {
  it('agrees with NumPy', () => {
    const shares = [0, 0.1, 0.25, 0.5, 0.9, 1];
    [1, 1, 1.75, 3.5, 6.9, 9].forEach((expected, i) => {
      expect(quantile(SAMPLE, shares[i] as number)).toBeCloseTo(expected, 13);
    });
  });

  it('of one value, of none, and out of range', () => {
    expect([quantile([7], 0.3), quantile([], 0.3)]).toEqual([7, NaN]);
    expect(() => quantile([1], 1.5)).toThrow(new RangeError('share must be in [0, 1], got 1.5'));
  });
});

describe('the normal distribution', () => {
  // x, erf x, erfc x from the C library.
  it.each([
    [0, 0, 1],
    [0.1, 0.1124629160182849, 0.8875370839817152],
    [0.5, 0.5204998778130465, 0.4795001221869535],
    [1, 0.8427007929497149, 0.15729920705028513],
    [2, 0.9953222650189527, 0.004677734981047265],
    [2.4999, 0.9995928300996666, 0.0004071699003334514],
    [2.5, 0.999593047982555, 0.0004069520174449589],
    [3, 0.9999779095030014, 2.2090496998585438e-5],
    [5, 0.9999999999984626, 1.5374597944280351e-12],
    [10, 1, 2.088487583762545e-45],
    [26, 1, 5.663192408856143e-296],
  ])('erf and erfc at %d', (x, expectedErf, expectedErfc) => {
    expect(Math.abs(erf(x) - expectedErf)).toBeLessThan(1e-14);
    expect(Math.abs(erfc(x) / expectedErfc - 1)).toBeLessThan(1e-12);
    expect(Math.abs(erf(-x) + expectedErf)).toBeLessThan(1e-14);
  });

  it('cdf and density', () => {
    expect(normalCdf(0)).toBe(0.5);
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 13);
    expect(normalCdf(-40)).toBe(0);
    expect(normalCdf(Infinity)).toBe(1);
    expect(normalCdf(NaN)).toBeNaN();
    expect((normalCdf(0.7 + 1e-5) - normalCdf(0.7 - 1e-5)) / 2e-5).toBeCloseTo(normalDensity(0.7), 9);
  });

  it('a share of n draws has the error √(p (1 − p) / n)', () => {
    expect(shareError(0.2, 400)).toBeCloseTo(0.02, 14);
    expect([shareError(0, 10), shareError(1, 10)]).toEqual([0, 0]);
  });
});
