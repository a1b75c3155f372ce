/** The small parts under the painters: contour, scales, labels, number formats, colours, slow motion. */
import { describe, expect, test } from 'vitest';
import { readStat, writeStat } from '../../../src/protocol/frame';
import { shownShare } from '../../../src/viz/activationHistogram';
import { traceZero } from '../../../src/viz/contour';
import { formatCount, formatPercent, formatShort, formatSignificant, formatValue } from '../../../src/viz/format';
import { spreadLabels } from '../../../src/viz/lossCurves';
import { lossLayout, withTickRoom } from '../../../src/viz/lossLayout';
import { changeText } from '../../../src/viz/lossMarks';
import { mix, parseColour, ramp, withAlpha } from '../../../src/viz/palette';
import { findGap } from '../../../src/viz/regressionCurve';
import { linearScale, roundTicks, roundUp, tickText } from '../../../src/viz/scale';
import { STAGES, stageView } from '../../../src/viz/stage';
import { highlightOf, NO_HIGHLIGHT } from '../../../src/viz/view';
import { storyLab } from '../../gallery/storyFrame';

describe('contour', () => {
  const side = 41;
  const circle = (index: number) => 11.7 - Math.hypot((index % side) - 20, Math.floor(index / side) - 20);

  test('of a cone is its circle: every piece lies on it, and every end meets one other', () => {
    const ends = new Map<string, number>();
    let length = 0;
    traceZero(side, circle, (x0, y0, x1, y1) => {
      for (const [x, y] of [
        [x0, y0],
        [x1, y1],
      ] as const) {
        expect(Math.abs(Math.hypot(x - 20, y - 20) - 11.7)).toBeLessThan(0.05);
        const key = `${x.toFixed(6)} ${y.toFixed(6)}`;
        ends.set(key, (ends.get(key) ?? 0) + 1);
      }
      length += Math.hypot(x1 - x0, y1 - y0);
    });
    expect([...ends.values()].every((count) => count === 2)).toBe(true);
    expect(Math.abs(length - 23.4 * Math.PI)).toBeLessThan(0.3);
  });

  test('of a saddle follows the mean of the corners', () => {
    const pieces = (corners: readonly number[]) => {
      const found: number[][] = [];
      traceZero(
        2,
        (index) => corners[index] ?? 0,
        (...piece) => found.push(piece),
      );
      return found;
    };
    // Top left and bottom right up, centre up: the other two corners are cut off.
    expect(pieces([3, -1, -1, 3])).toEqual([
      [0.75, 0, 1, 0.25],
      [0.25, 1, 0, 0.75],
    ]);
    expect(pieces([1, -3, -3, 1])).toEqual([
      [0.25, 0, 0, 0.25],
      [0.75, 1, 1, 0.75],
    ]);
  });

  test('of a field of one sign, or of zeros, is empty', () => {
    for (const value of [1, 0, -1, Number.NaN]) {
      traceZero(
        4,
        () => value,
        () => expect.unreachable('no line'),
      );
    }
  });
});

describe('scales', () => {
  test('map ends to ends, and an empty domain to the start', () => {
    const scale = linearScale(-1, 3, 10, 50);
    expect([-1, 0, 3].map(scale)).toEqual([10, 20, 50]);
    expect(linearScale(2, 2, 10, 50)(2)).toBe(10);
  });

  test('round up to a calm top', () => {
    expect([0.0031, 0.1, 0.74, 1, 1.26, 9.1, 800].map(roundUp)).toEqual([0.004, 0.1, 0.8, 1, 1.5, 10, 800]);
    expect([0, -1, Number.NaN, Number.POSITIVE_INFINITY].map(roundUp)).toEqual([1, 1, 1, 1]);
  });

  test('write ticks with a true minus and no needless zeros', () => {
    expect([0, 0.5, -2, 0.30000000000000004].map(tickText)).toEqual(['0', '0.5', '−2', '0.3']);
    expect(roundTicks(0, 0.8, 3)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(roundTicks(1, Number.NaN, 3)).toEqual([]);
  });
});

test('numbers are written with a true minus, narrow spaces and a dash for what is not finite', () => {
  expect([0.634, -0.5, -0.001, Number.NaN].map((value) => formatValue(value))).toEqual(['0.63', '−0.50', '0.00', '–']);
  expect([0.494, 0, 1, Number.NaN].map(formatPercent)).toEqual(['49\u202f%', '0\u202f%', '100\u202f%', '–']);
  expect([0, 999, 1240, 1234567].map(formatCount)).toEqual(['0', '999', '1\u202f240', '1\u202f234\u202f567']);
  expect([0, 0.02361, -0.00012, 12.34, 345.6].map(formatSignificant)).toEqual(['0.00', '0.0236', '−1.2e−4', '12.3', '346']);
});

describe('colours', () => {
  test('are read as browsers write them and refused otherwise', () => {
    expect(parseColour('rgb(1, 2, 3)').rgb).toEqual([1, 2, 3]);
    expect(parseColour('rgba(10 20 30 / 0.5)').rgb).toEqual([10, 20, 30]);
    expect(parseColour('#0b6aa8').css).toBe('rgb(11, 106, 168)');
    for (const text of ['', 'red', '#fff', 'rgb(1, 2)', 'light-dark(#000000, #ffffff)'])
      expect(() => parseColour(text)).toThrow(`got "${text}"`);
  });

  test('are mixed within their ends', () => {
    const [black, white] = [parseColour('#000000'), parseColour('#ffffff')];
    expect([-1, 0, 0.5, 1, 7, Number.NaN].map((share) => mix(black, white, share).rgb[0])).toEqual([0, 0, 128, 255, 255, 0]);
    expect(ramp(black, white, 3).map(({ rgb }) => rgb[1])).toEqual([0, 128, 255]);
    expect(withAlpha(white, 0.3)).toBe('rgba(255, 255, 255, 0.3)');
  });
});

describe('the histogram’s top', () => {
  const layer = storyLab({ p: 0.37 }).frame.layers[1];
  if (!layer) throw new Error('no layer');

  test('lets the exact zeros be cut when they tower over all else', () => {
    const others = Math.max(...layer.trainHistogram.slice(1), ...layer.evalHistogram.slice(1));
    const zeros = layer.trainHistogram[0] ?? 0;
    expect(zeros).toBeGreaterThan(1.8 * others);
    const top = shownShare(layer, readStat(layer, 'binLow'), readStat(layer, 'binHigh'));
    expect(top).toBeLessThan(zeros);
    expect(top).toBeGreaterThanOrEqual(others);
  });

  test('shows everything when nothing but zeros is there', () => {
    const { frame } = storyLab({ p: 1, mode: 'standard' });
    const dead = frame.layers[1];
    if (!dead) throw new Error('no layer');
    dead.evalHistogram.fill(0);
    writeStat(dead, 'binLow', 0);
    expect(dead.trainHistogram[0]).toBeCloseTo(1, 5);
    expect(shownShare(dead, 0, readStat(dead, 'binHigh'))).toBeGreaterThanOrEqual(1 - 1e-5);
  });
});

test('labels keep their order and their distance', () => {
  expect(spreadLabels([10, 12, 60], 15, 0, 100)).toEqual([10, 25, 60]);
  expect(spreadLabels([95, 97, 99], 15, 0, 100)).toEqual([70, 85, 100]);
  expect(spreadLabels([], 15, 0, 100)).toEqual([]);
});

test('a live change is named by what it changed, zero included', () => {
  expect(changeText({ step: 3, patch: { p: 0 } })).toBe('p 0.00');
  expect(changeText({ step: 3, patch: { mode: 'standard' } })).toBe('standard');
  expect(changeText({ step: 3, patch: { learningRate: 0.05 } })).toBe('rate 0.05');
  expect(changeText({ step: 3, patch: { maxNorm: 2 } })).toBe('maxNorm');
});

test('the gap is the longest stretch without training points', () => {
  const { data } = storyLab({ dataset: 'wave' });
  const gap = findGap(data);
  expect(gap?.[0]).toBeCloseTo(Math.max(...data.trainInputs.filter((x) => x < 0)), 6);
  expect(gap?.[1]).toBeCloseTo(Math.min(...data.trainInputs.filter((x) => x > 0)), 6);
  expect(findGap({ ...data, trainInputs: Float32Array.from([-0.2, 0, 0.2]) })).toBeNull();
});

describe('slow motion', () => {
  const LAYERS = 4;

  test('forward lights the layers one after the other; the pulse is in one gap only', () => {
    for (const progress of [0.1, 0.35, 0.6, 0.95]) {
      const view = stageView({ name: 'forward', progress }, LAYERS);
      const pulses = [0, 1, 2].map(view.pulse).filter((pulse) => pulse !== null);
      expect(pulses).toHaveLength(1);
      const lit = [0, 1, 2, 3].map(view.lit);
      expect([...lit].sort((a, b) => b - a)).toEqual(lit);
    }
  });

  test('masks come before values: in "mask" only the input is lit, in "data" no mask is shown', () => {
    const data = stageView({ name: 'data', progress: 1 }, LAYERS);
    expect([0, 1, 2, 3].map(data.masked)).toEqual([0, 0, 0, 0]);
    const mask = stageView({ name: 'mask', progress: 1 }, LAYERS);
    expect([0, 1, 2, 3].map(mask.masked)).toEqual([1, 1, 1, 1]);
    expect([0, 1, 2, 3].map(mask.lit)).toEqual([1, 0, 0, 0]);
  });

  test('backward turns links to gradients from the output on', () => {
    const view = stageView({ name: 'backward', progress: 0.5 }, LAYERS);
    expect([0, 1, 2].map(view.isGradient)).toEqual([false, false, true]);
    expect(view.pulse(1)).toBeCloseTo(0.5, 9);
  });

  test('any progress is clamped, and no stage shows everything', () => {
    for (const name of STAGES) {
      expect(stageView({ name, progress: 7 }, LAYERS).loss).toBe(stageView({ name, progress: 1 }, LAYERS).loss);
    }
    const whole = stageView(null, LAYERS);
    expect([whole.lit(2), whole.masked(2), whole.pulse(0), whole.loss, whole.update]).toEqual([1, 1, null, 0, 0]);
  });
});

test('a hit becomes the highlight of all figures', () => {
  expect(highlightOf(null)).toBe(NO_HIGHLIGHT);
  expect(highlightOf({ kind: 'cell', layer: 1, row: 0, unit: 0 })).toEqual({ layer: 1, unit: 0, row: 0, bin: null });
  expect(highlightOf({ kind: 'bin', layer: 2, bin: 0 })).toEqual({ layer: 2, unit: null, row: null, bin: 0 });
  expect(highlightOf({ kind: 'weight', layer: 1, unit: 3, target: 0 })).toEqual({ layer: 1, unit: 3, row: null, bin: null, target: 0 });
});

describe('losses of any size', () => {
  test.each([
    [0, '0.00'],
    [0.514, '0.51'],
    [9.994, '9.99'],
    [9.996, '10.0'],
    [99.94, '99.9'],
    [99.96, '100'],
    [9999.4, '9999'],
    [9999.6, '1.0e4'],
    [1.9e9, '1.9e9'],
    [2.2e38, '2.2e38'],
    [Number.POSITIVE_INFINITY, '–'],
    [Number.NaN, '–'],
  ])('%d is written %s', (value, text) => {
    expect(formatShort(value)).toBe(text);
  });

  test('ticks too', () => {
    expect([9999, 10_000, 1.5e9, -2e9].map(tickText)).toEqual(['9999', '1e4', '1.5e9', '−2e9']);
  });

  test('the chart makes room at the left for its longest tick, and none where there is enough', () => {
    const layout = lossLayout(300, 160, { lastStep: 10, hasAccuracy: true });
    expect(withTickRoom(layout, 18)).toEqual(layout);
    const wide = withTickRoom(layout, 36);
    expect(wide.plot.x).toBeGreaterThanOrEqual(36);
    expect(wide.plot.x + wide.plot.width).toBe(layout.plot.x + layout.plot.width);
    expect([wide.accuracy?.x, wide.accuracy?.width]).toEqual([wide.plot.x, wide.plot.width]);
  });
});
