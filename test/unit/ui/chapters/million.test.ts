/** What the chapter "A million weights" shows of a run, against the run itself and the published figures in analytic.json. */
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultParams, STUDIES } from '../../../../src/protocol/studyParams';
import type { MillionWeightsResult } from '../../../../src/protocol/studyResults';
import { millionWeightsStudy } from '../../../../src/studies/millionWeights';
import { runStudy } from '../../../../src/studies/study';
import {
  isQuick,
  millionTable,
  runningMean,
  signed,
  TRIAL_SIZES,
  WEIGHT_SIZES,
  withError,
} from '../../../../src/ui/chapters/million/million';
import analytic from '../../../fixtures/analytic.json';

let result: MillionWeightsResult;

beforeAll(async () => {
  await millionWeightsStudy.prepare?.();
  result = runStudy(millionWeightsStudy, { ...defaultParams('millionWeights'), numWeights: 2000, trials: 450, seed: 0 });
});

describe('the running mean', () => {
  test('ends at the mean of all trials and is thinned on the way', () => {
    for (const column of result.columns) {
      const { trials, deviation } = runningMean(column);
      expect(trials.at(-1)).toBe(450);
      expect(trials.length).toBeLessThanOrEqual(226);
      expect(deviation.at(-1)).toBeCloseTo(column.mean - column.expected, 9);
      const tenth = trials.indexOf(10);
      const mean = column.sums.slice(0, 10).reduce((sum, value) => sum + value, 0) / 10;
      expect(deviation[tenth]).toBeCloseTo(mean - column.expected, 9);
    }
  });

  test('of one trial is that trial, of none is empty', () => {
    expect(runningMean({ sums: Float64Array.of(3), expected: 1 })).toEqual({ trials: [1], deviation: [2] });
    expect(runningMean({ sums: new Float64Array(0), expected: 1 })).toEqual({ trials: [], deviation: [] });
  });
});

describe('the published figures', () => {
  test('stand beside the run as they were printed, and lie within one standard error', () => {
    expect(analytic.seed001.published).toHaveLength(3);
    for (const { keep, z, obs } of analytic.seed001.published) {
      const column = result.columns.find(({ p }) => Math.abs(1 - p - keep) < 1e-9);
      expect(column?.published?.mean).toBeCloseTo(obs, 2);
      expect(Math.abs(z)).toBeLessThan(1);
      expect(column?.published?.z).toBeCloseTo(z, 2);
    }
    const row = (keep: string) => millionTable(result).rows.find(([head]) => head === keep);
    expect(row('0.70')?.slice(8)).toEqual(['−700.61', '−1000.88', '+0.15']);
    expect(row('0.50')?.slice(8)).toEqual(['−512.16', '−1024.32', '−0.64']);
    expect(row('0.30')?.slice(8)).toEqual(['−303.21', '−1010.71', '−0.14']);
  });
});

describe('sizes', () => {
  test('grow by factors, within the ranges, the published ones among them', () => {
    for (const [sizes, rule] of [
      [WEIGHT_SIZES, STUDIES.millionWeights.params.numWeights],
      [TRIAL_SIZES, STUDIES.millionWeights.params.trials],
    ] as const) {
      if (rule.kind !== 'number') throw new Error('a size must be a number');
      expect(sizes[0]).toBe(rule.min);
      expect(sizes.at(-1)).toBe(rule.max);
      expect(sizes).toContain(rule.default);
      expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b));
    }
  });

  test('the published size waits to be asked for, a hundredth of it does not', () => {
    expect(isQuick(1_000_000, 1000)).toBe(false);
    expect(isQuick(1_000_000, 100)).toBe(true);
  });
});

test('words: no error where nothing is dropped, and none where nothing is kept', () => {
  expect(withError(-700.614, 14.491)).toBe('−700.61 ± 14.49');
  expect(withError(-1003.99, 0)).toBe('−1003.99');
  expect(withError(Number.NaN, Number.NaN)).toBe('nothing kept');
  expect([signed(0.148), signed(-0.64), signed(0)]).toEqual(['+0.15', '−0.64', '0.00']);
});
