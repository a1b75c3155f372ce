/** What figures say and their tables, against counts taken from the frame by other means. */
import { describe, expect, test } from 'vitest';
import { NUM_BINS, writeHeader, writeStat } from '../../../src/protocol/frame';
import type { Settings } from '../../../src/protocol/settings';
import {
  describeBelief,
  describeGradients,
  describeHistograms,
  describeLosses,
  describeMasks,
  describeNetwork,
  type WordsView,
} from '../../../src/viz/describe';
import { beliefTable, gradientTable, histogramTable, lossTable, maskTable, networkTable } from '../../../src/viz/tables';
import { storyLab } from '../../gallery/storyFrame';

function labWith(patch: Partial<Settings>, row = 3) {
  const lab = storyLab(patch);
  const { mode, phase, inputP } = lab.settings;
  const view: WordsView = { mode, phase, inputP, row };
  return { ...lab, view };
}

const plain = (text: string) => text.replaceAll('\u202f', ' ');
const zerosIn = (values: ArrayLike<number>) => Array.from(values).filter((value) => value === 0).length;

describe('words', () => {
  test('SC6 every figure has a sentence, and it follows the numbers', () => {
    for (const dataset of ['moons', 'wave', 'digits'] as const) {
      const [lab, other] = [labWith({ dataset, p: 0.37, phase: 'mc' }), labWith({ dataset, p: 0.6, phase: 'mc', testSize: 77 })];
      writeHeader(other.frame, 'testLoss', 7);
      writeHeader(other.frame, 'step', 3);
      const say = ({ frame, data, view }: typeof lab) => [
        describeNetwork(frame, view),
        describeMasks(frame, view),
        describeGradients(frame, view),
        describeHistograms(frame, view),
        describeBelief(frame, data, view),
        describeLosses(frame),
      ];
      const [now, then] = [say(lab), say(other)];
      for (const [index, sentence] of now.entries()) {
        expect(sentence).toMatch(/\d.*\.$/);
        expect(sentence).not.toBe(then[index]);
        expect(sentence).not.toMatch(/NaN|undefined|Infinity/);
      }
    }
  });

  test('the diagram counts dropped, silent and active units of the focused example', () => {
    const { frame, view } = labWith({ p: 0.37 });
    const layer = frame.layers[1];
    if (!layer) throw new Error('no layer');
    const mask = layer.mask.subarray(3 * 12, 4 * 12);
    const output = layer.output.subarray(3 * 12, 4 * 12);
    const dropped = zerosIn(mask);
    const silent = zerosIn(output) - dropped;
    const text = describeNetwork(frame, view);
    expect(text).toContain(`Train, masks on. Example 4 of 24.`);
    expect(text).toContain(`Hidden 1: ${dropped} of 12 units dropped, ${silent} kept but silent, ${12 - dropped - silent} active.`);
    expect(text).toMatch(/Output: probability 0\.\d\d of class 1; the label is class [01]\.$/);
  });

  test('in eval nothing is dropped, neither in the diagram nor in the masks', () => {
    const { frame, view } = labWith({ p: 0.37, phase: 'eval' });
    expect(describeNetwork(frame, view)).toContain('Hidden 1: 0 of 12 units dropped');
    expect(describeMasks(frame, view)).toBe('Eval: no mask is drawn, every unit takes part.');
  });

  test('the masks tell kept against expected, in both conventions', () => {
    const { frame, view } = labWith({ p: 0.37 });
    const layer = frame.layers[1];
    if (!layer) throw new Error('no layer');
    const kept = layer.mask.length - zerosIn(layer.mask);
    const share = Math.round((100 * kept) / 288);
    expect(plain(describeMasks(frame, view))).toContain(
      `Hidden 1: kept ${kept} of 288 cells (${share} %), expected 63 % (drop 0.37 = keep 0.63).`,
    );
  });

  test.each([
    [0, 'Hidden 1: nothing is masked. Hidden 2: nothing is masked.'],
    [1, 'Hidden 1: kept 0 of 288 cells (0 %), expected 0 % (drop 1.00 = keep 0.00).'],
  ])('p = %d is a value like any other', (p, expected) => {
    const { frame, view } = labWith({ p });
    expect(plain(describeMasks(frame, view))).toContain(expected);
  });

  test('Gaussian noise is told by its mean and expected deviation sqrt(p / (1 − p))', () => {
    const { frame, view } = labWith({ mode: 'gaussian', p: 0.2 });
    const text = describeMasks(frame, view);
    expect(text).toContain('nothing is dropped');
    expect(text).toContain('expected 1.00 with deviation 0.50');
  });

  test('gradients tell how many cells let none through', () => {
    const { frame, view } = labWith({ p: 0.37 });
    const layer = frame.layers[1];
    if (!layer) throw new Error('no layer');
    const dropped = zerosIn(layer.mask);
    expect(describeGradients(frame, view)).toContain(`in ${288 - dropped} cells; ${dropped} dropped cells let none through.`);
  });

  test('the histograms tell both means, deviations, zeros and the theory', () => {
    const { frame, view } = labWith({ p: 0.37 });
    const layer = frame.layers[1];
    if (!layer) throw new Error('no layer');
    writeStat(layer, 'trainMean', 0.634);
    writeStat(layer, 'evalMean', 0.64);
    writeStat(layer, 'predictedMean', 0.64);
    writeStat(layer, 'predictedError', 0.021);
    const zeros = Math.round((100 * zerosIn(layer.output)) / layer.output.length);
    const text = plain(describeHistograms(frame, view));
    expect(text).toContain('Hidden 1: mean 0.63 in train, 0.64 in eval; theory predicts 0.64 ± 0.02 for train.');
    expect(text).toContain(`Zeros ${zeros} % in train`);
  });

  test('the surface tells the score, and in MC phase where the passes disagree', () => {
    const { frame, data, view } = labWith({ phase: 'mc', passes: 40 });
    const right = Array.from(data.testTargets).filter((target, index) => target === frame.testPredictions[index]).length;
    const band = Array.from(frame.surface).filter((mean, index) => Math.abs(mean - 0.5) <= (frame.surfaceSpread[index] ?? 0)).length;
    const text = plain(describeBelief(frame, data, view));
    expect(right).toBeLessThan(120);
    expect(text).toContain(`reads ${right} of 120 test examples right (${Math.round((100 * right) / 120)} %).`);
    expect(text).toContain(
      `Over 40 masked passes, one half lies within a standard deviation on ${Math.round((100 * band) / 2304)} % of the square.`,
    );
  });

  test('digits tell the pair that is mistaken most often', () => {
    const { frame, data, view } = labWith({ dataset: 'digits' });
    frame.testPredictions.set(data.testTargets);
    for (const [count, index] of Array.from(data.testTargets.keys())
      .filter((index) => data.testTargets[index] === 4)
      .entries()) {
      if (count < 3) frame.testPredictions[index] = 9;
    }
    expect(describeBelief(frame, data, view)).toContain('Most often mistaken: 4 read as 9, 3 times.');
  });

  test('the wave tells its errors and where the band is widest', () => {
    const { frame, data, view } = labWith({ dataset: 'wave', phase: 'mc' });
    frame.surfaceSpread.fill(0.1);
    frame.surfaceSpread[120] = 0.5;
    writeHeader(frame, 'testLoss', 0.0321);
    expect(describeBelief(frame, data, view)).toContain('0.032 on the test set');
    expect(describeBelief(frame, data, view)).toContain('widest, 0.50, at x = 1.0.');
  });

  test('the losses tell their last values, or that there are none', () => {
    const { frame, data } = labWith({});
    const right = Array.from(data.testTargets).filter((target, index) => target === frame.testPredictions[index]).length;
    const last = 139;
    const value = (curve: Float32Array) => (curve[last] ?? 0).toFixed(2);
    const recent = frame.curveTrainMasked.subarray(last - 15, last + 1).reduce((sum, loss) => sum + loss, 0) / 16;
    const text = plain(describeLosses(frame));
    expect(text).toBe(
      `Loss after 1 240 steps: train ${recent.toFixed(2)} with masks (recent mean), ${value(frame.curveTrainEval)} in eval mode, test ${value(frame.curveTest)}. Test accuracy ${Math.round((100 * right) / 120)} %.`,
    );
    writeHeader(frame, 'curveCount', 0);
    expect(describeLosses(frame)).toBe('No loss yet: the network has not trained a step.');
  });
});

describe('tables', () => {
  test('SC6 every figure has a table, with as many cells in each row as headers', () => {
    for (const patch of [{}, { mode: 'dropconnect' }, { mode: 'gaussian' }, { dataset: 'digits' }, { dataset: 'wave' }] as const) {
      const { frame, data, view } = labWith(patch);
      const tables = [
        networkTable(frame, view),
        maskTable(frame, 1, view),
        gradientTable(frame, 1, view),
        histogramTable(frame, 1),
        beliefTable(frame, data),
        lossTable(frame),
      ];
      for (const { headers, rows, caption } of tables) {
        expect(caption).not.toBe('');
        expect(rows.length).toBeGreaterThan(0);
        for (const row of rows) expect(row).toHaveLength(headers.length);
      }
    }
  });

  test('the mask table says "dropped" exactly where the mask is 0', () => {
    const { frame, view } = labWith({ p: 0.37 });
    const { rows } = maskTable(frame, 1, view);
    const said = rows.flatMap((row) => row.slice(1).map((cell) => (cell === 'dropped' ? 0 : 1)));
    expect(said).toEqual(Array.from(frame.layers[1]?.mask ?? []));
    const evaluated = maskTable(frame, 1, { ...view, phase: 'eval' });
    expect(evaluated.rows.flat()).not.toContain('dropped');
  });

  test('the weight table of DropConnect is the focused example’s matrix', () => {
    const { frame, view } = labWith({ mode: 'dropconnect', p: 0.4 }, 5);
    const { rows, headers } = maskTable(frame, 1, view);
    const link = frame.links[1];
    if (!link) throw new Error('no link');
    const own = Array.from(link.mask.subarray(5 * 8 * 12, 6 * 8 * 12));
    expect([rows.length, headers.length]).toEqual([8, 13]);
    expect(rows.flatMap((row) => row.slice(1).map((cell) => (cell === 'dropped' ? 0 : 1)))).toEqual(own);
  });

  test('the network table has a row per unit, with its state', () => {
    const { frame, view } = labWith({ p: 0.37 });
    const { rows } = networkTable(frame, view);
    expect(rows).toHaveLength(2 + 12 + 8 + 1);
    const dropped = rows.filter((row) => row[2] === 'dropped').length;
    const masks = frame.layers.map((layer) => layer.mask.subarray(3 * layer.units, 4 * layer.units));
    expect(dropped).toBe(masks.reduce((sum, mask) => sum + zerosIn(mask), 0));
  });

  test('the histogram table adds up to the whole batch', () => {
    const { rows } = histogramTable(labWith({ p: 0.37 }).frame, 1);
    expect(rows).toHaveLength(NUM_BINS);
    const sum = rows.reduce((total, row) => total + Number.parseFloat(row[2] ?? ''), 0);
    expect(Math.abs(sum - 100)).toBeLessThan(NUM_BINS * 0.05);
  });

  test('the confusion matrix counts every test digit once', () => {
    const { frame, data } = labWith({ dataset: 'digits' });
    const counts = beliefTable(frame, data).rows.map((row) => row.slice(1).map(Number));
    expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(120);
    const diagonal = counts.reduce((sum, row, digit) => sum + (row[digit] ?? 0), 0);
    expect(diagonal).toBe(Array.from(data.testTargets).filter((target, index) => target === frame.testPredictions[index]).length);
  });
});
