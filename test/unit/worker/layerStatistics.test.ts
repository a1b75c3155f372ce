import { describe, expect, test } from 'vitest';
import { dropUnit, gaussianSigma } from '../../../src/math/dropout';
import { parseSettings } from '../../../src/protocol/parse';
import { DEFAULT_SETTINGS, type Mode, type Settings } from '../../../src/protocol/settings';
import { countDraws, fillHistogram, layerDropout, measure, predictMean, roundUp, SteadyRange } from '../../../src/worker/layerStatistics';

const settings = (patch: Partial<Settings>) => parseSettings(patch, DEFAULT_SETTINGS);
const UNITS = 3;
const ACTIVATION = Float32Array.of(0.5, -1.25, 2, 0.75, 0, -0.5);

/** Which draw each cell of ACTIVATION hangs on, and how many there are. */
function drawsOf({ mode, maskScope, channelSize }: Settings): { drawOf: number[]; count: number } {
  const perRow = mode === 'spatial' ? Math.ceil(UNITS / channelSize) : UNITS;
  const drawOf = Array.from(ACTIVATION, (_, cell) => {
    const unit = cell % UNITS;
    const row = maskScope === 'batch' ? 0 : (cell - unit) / UNITS;
    return row * perRow + (mode === 'spatial' ? Math.floor(unit / channelSize) : unit);
  });
  return { drawOf, count: Math.max(...drawOf) + 1 };
}

/** E and standard deviation of the mean output by going through every mask (for Gaussian noise: the two points 1 ± σ, of equal moments). */
function enumerate(experiment: Settings): { mean: number; error: number } {
  const { p, mode } = experiment;
  const { drawOf, count } = drawsOf(experiment);
  const sigma = mode === 'gaussian' ? gaussianSigma(p) : 0;
  let first = 0;
  let second = 0;
  for (let bits = 0; bits < 2 ** count; bits++) {
    let chance = 1;
    for (let draw = 0; draw < count; draw++) chance *= mode === 'gaussian' ? 0.5 : (bits >> draw) & 1 ? 1 - p : p;
    let sum = 0;
    ACTIVATION.forEach((a, cell) => {
      const bit = (bits >> (drawOf[cell] as number)) & 1;
      sum += dropUnit({ mode, p }, a, mode === 'gaussian' ? 1 + (bit ? sigma : -sigma) : bit);
    });
    first += (chance * sum) / ACTIVATION.length;
    second += chance * (sum / ACTIVATION.length) ** 2;
  }
  return { mean: first, error: Math.sqrt(Math.max(0, second - first ** 2)) };
}

describe('what theory predicts equals the enumeration of all masks', () => {
  const modes: Mode[] = ['none', 'standard', 'inverted', 'unscaled', 'gaussian', 'dropconnect', 'alpha', 'spatial'];
  for (const mode of modes) {
    for (const maskScope of ['example', 'batch'] as const) {
      const isOpen = mode === 'gaussian' || mode === 'alpha';
      test.each([0, 0.1, 0.37, 0.8, isOpen ? 0.99 : 1])(`DR5 ${mode}, one mask per ${maskScope}, p = %f`, (p) => {
        const experiment = settings({ mode, maskScope, p, channelSize: 2 });
        const expected = enumerate(experiment);
        const predicted = predictMean(layerDropout(experiment, 1, false), ACTIVATION, UNITS);
        expect(predicted.mean).toBeCloseTo(expected.mean, 6);
        expect(predicted.error).toBeCloseTo(expected.error, 6);
      });
    }
  }
});

test('the output layer has no dropout, the input its own', () => {
  const experiment = settings({ mode: 'inverted', p: 0.5, inputP: 0.2 });
  expect(layerDropout(experiment, 3, true)).toMatchObject({ p: 0, keepProb: 1, scale: 1, mode: 'none' });
  expect(layerDropout(experiment, 0, false)).toMatchObject({ p: 0.2, keepProb: Math.fround(0.8), scale: 1.25 });
});

test('mean, standard deviation, zeros and range', () => {
  const moments = measure(Float32Array.of(0, -0, 1, 3));
  expect(moments).toEqual({ mean: 1, sd: Math.sqrt(1.5), zeros: 0.5, low: 0, high: 3 });
  expect(measure(Float32Array.of(1e6, 1e6, 1e6)).sd).toBe(0);
});

describe('histogram', () => {
  test('shares add up to 1, ends fall inside, NaN nowhere', () => {
    const bins = new Float32Array(4).fill(9);
    fillHistogram(bins, Float32Array.of(0, 0.99, 1, 3.99, 4, 100, -5, Number.NaN), 0, 4);
    expect(Array.from(bins, (share) => share * 8)).toEqual([3, 1, 0, 3]);
  });

  test('its range has round ends, always contains the values, grows at once and shrinks late', () => {
    const range = new SteadyRange();
    range.include(0, 0);
    expect([range.low, range.high]).toEqual([0, 1]);
    range.include(-0.3, 3.2);
    expect([range.low, range.high]).toEqual([-0.5, 5]);
    range.include(-0.3, 2);
    expect(range.high).toBe(5);
    range.include(0, 1.4);
    expect([range.low, range.high]).toEqual([0, 2]);
    range.include(Number.NEGATIVE_INFINITY, Number.NaN);
    expect([range.low, range.high]).toEqual([0, 2]);
  });

  test.each([
    [0, 0],
    [1, 1],
    [1.01, 2],
    [2.5, 5],
    [5.1, 10],
    [0.03, 0.05],
    [7e5, 1e6],
  ])('rounds %f up to %f', (value, expected) => {
    expect(roundUp(value)).toBeCloseTo(expected, 12);
  });
});

describe('draws', () => {
  const layer = (mask: number[] | null, weightMask: number[] | null = null) => ({
    units: 3,
    mask: mask && Uint8Array.from(mask),
    weightMask: weightMask && Uint8Array.from(weightMask),
    preActivation: ACTIVATION,
    activation: ACTIVATION,
    noise: null,
    output: ACTIVATION,
    gradient: ACTIVATION,
  });

  test.each<[string, Partial<Settings>, number[], { kept: number; drawn: number }]>([
    ['per unit and example', {}, [1, 0, 1, 0, 0, 1], { kept: 3, drawn: 6 }],
    ['shared by the batch', { maskScope: 'batch' }, [1, 0, 1, 1, 0, 1], { kept: 2, drawn: 3 }],
    ['per channel, the last one smaller', { mode: 'spatial' }, [1, 1, 0, 0, 0, 1], { kept: 2, drawn: 4 }],
    ['per channel, shared by the batch', { mode: 'spatial', maskScope: 'batch' }, [0, 0, 1, 0, 0, 1], { kept: 1, drawn: 2 }],
  ])('DR6 %s are counted once', (_, patch, mask, expected) => {
    const dropout = layerDropout(settings({ p: 0.3, channelSize: 2, ...patch }), 1, false);
    expect(countDraws(dropout, layer(mask), 2)).toEqual(expected);
  });

  test('weights are counted where weights are dropped, and nothing where nothing is', () => {
    const dropout = layerDropout(settings({ mode: 'dropconnect' }), 1, false);
    expect(countDraws(dropout, layer(null, [1, 0, 0, 1, 1, 1]), 2)).toEqual({ kept: 4, drawn: 6 });
    expect(countDraws(dropout, layer(null), 2)).toEqual({ kept: 0, drawn: 0 });
  });
});
