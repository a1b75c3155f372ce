import { afterEach, describe, expect, test } from 'vitest';
import { createLab, type Lab } from '../../../src/bridge';
import { MODES, type Settings } from '../../../src/protocol/settings';
import type { Snapshot } from '../../../src/protocol/snapshot';
import { roundTicks } from '../../../src/ui/worksheet/charts';
import type { Question } from '../../../src/ui/worksheet/questionParts';
import { questionsOf, subjectOf } from '../../../src/ui/worksheet/questions';
import { channelWorker } from '../bridge/channelWorker';

const labs: Lab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

async function runTo(step: number, settings: Partial<Settings>): Promise<Snapshot> {
  const lab = createLab({
    connect: channelWorker,
    settings: { hidden: [9, 4], trainSize: 40, batchSize: 16, seed: 5, p: 0.3, ...settings },
  });
  labs.push(lab);
  await lab.advance(step);
  return lab.snapshot();
}
const about = (questions: readonly Question[], words: RegExp) => {
  const found = questions.find(({ text }) => words.test(text));
  if (!found) throw new Error(`no question about ${words}`);
  return found;
};
/** The numbers of a sentence, thin spaces and true minus signs read as what they are. */
const numbers = (text: string) =>
  [
    ...text
      .replaceAll('\u202f', '')
      .replaceAll('−', '-')
      .matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g),
  ].map(([match]) => Number(match));

describe('CL5 a worksheet', () => {
  test('CL5 the same run gives the same sheet, another seed another', async () => {
    const [one, same, other] = [await runTo(30, {}), await runTo(30, {}), await runTo(30, { seed: 6 })];
    expect(questionsOf(one, 'drop')).toEqual(questionsOf(same, 'drop'));
    expect(questionsOf(other, 'drop')).not.toEqual(questionsOf(one, 'drop'));
  });

  test('CL5 counts, chances and sub-networks are those of the binomial', async () => {
    const questions = questionsOf(await runTo(12, {}), 'drop');
    expect(numbers(about(questions, /standard deviation of that number/).answer)).toEqual([9, 0.7, 6.3, 9, 0.7, 0.3, 1.37]);
    const chance = numbers(about(questions, /dropped at once/).answer);
    expect(chance.at(-2)).toBeCloseTo(0.3 ** 9, 6);
    expect(chance.at(-1)).toBe(Math.round(1 / 0.3 ** 9));
    expect(numbers(about(questions, /sub-networks/).answer)).toEqual([2, 13, 8192]);
  });

  test('CL5 where links are dropped it asks about links: the row of the run, the binomial, and all that their masks can make', async () => {
    const snapshot = await runTo(12, { mode: 'dropconnect', dataset: 'wave' });
    const questions = questionsOf(snapshot, 'drop');
    // Weights are [units of the next layer, units of this one]: nine links go into unit 1.
    const links = [...(snapshot.last?.layers[1]?.weightMask ?? [])].slice(0, 9);
    const { data, answer } = about(questions, /These are the links/);
    expect(data).toBe(links.join(' '));
    const kept = links.reduce((sum, bit) => sum + bit, 0);
    const distance = Math.abs(kept - 9 * 0.7) / Math.sqrt(9 * 0.7 * 0.3);
    expect(numbers(answer)).toEqual([kept, 9, Number((kept / 9).toFixed(2)), Number(distance.toFixed(1))]);
    expect(numbers(about(questions, /dropped at once/).answer).at(-1)).toBe(Math.round(1 / 0.3 ** 9));
    expect(numbers(about(questions, /multiplied in training/).answer)).toEqual([1, 0.7, 1.429, 0.7, 1.429, 1]);
    expect(numbers(about(questions, /different networks/).answer)).toEqual([2, 40, 2 ** 40]);
    for (const p of [0, 1]) {
      const edge = questionsOf(await runTo(2, { mode: 'dropconnect', p }), 'drop');
      expect(edge.map(({ answer: text }) => text).join()).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test('CL5 the mask is the one of the run, and its share is counted from it', async () => {
    const snapshot = await runTo(12, {});
    const { data, answer } = about(questionsOf(snapshot, 'drop'), /This is the mask/);
    const mask = [...(snapshot.last?.layers[1]?.mask ?? [])].slice(0, 9);
    expect(data).toBe(mask.join(' '));
    const kept = mask.reduce((sum, bit) => sum + bit, 0);
    expect(numbers(answer).slice(0, 3)).toEqual([kept, 9, Number((kept / 9).toFixed(2))]);
  });

  test.each(['inverted', 'standard', 'unscaled', 'gaussian', 'spatial'] as const)(
    'CL5 a unit in mode %s: train, eval and the mean over masks',
    async (mode) => {
      const snapshot = await runTo(25, { mode });
      const questions = questionsOf(snapshot, 'drop');
      const train = about(questions, /What does the next layer read in training/);
      const [activation = Number.NaN, factor = Number.NaN, output = Number.NaN] = numbers(train.answer);
      const unit = Number(/^Unit (\d+)/.exec(train.text)?.[1]) - 1;
      const layer = snapshot.last?.layers[1];
      expect(activation).toBeCloseTo(layer?.activation[unit] ?? Number.NaN, 3);
      expect(output).toBeCloseTo(layer?.output[unit] ?? Number.NaN, 3);
      expect(activation * factor).toBeCloseTo(output, 1);
      const keep = 0.7;
      const inEval = mode === 'standard' ? keep : 1;
      expect(numbers(about(questions, /what would it read in eval/).answer)[1]).toBeCloseTo(inEval, 3);
      const mean = about(questions, /Average over all/);
      expect(numbers(mean.answer)[1]).toBeCloseTo(mode === 'standard' || mode === 'unscaled' ? keep : 1, 3);
      expect(mean.answer).toContain(mode === 'unscaled' ? 'the next layer is misled' : 'The same as in eval');
    },
  );

  test('CL5 a dropped unit is named, and the run agrees that it passes on nothing', async () => {
    const snapshot = await runTo(12, { p: 0.6 });
    const unit = Number(/^Unit (\d+)/.exec(about(questionsOf(snapshot, 'drop'), /is dropped for this example/).text)?.[1]) - 1;
    expect(snapshot.last?.layers[1]?.mask?.[unit]).toBe(0);
    expect(snapshot.last?.layers[1]?.output[unit]).toBe(0);
  });

  test.each(
    MODES.flatMap((mode) => [0, 0.3, 1].map((p) => ({ mode, p }))).filter(
      ({ mode, p }) => !(p === 1 && ['gaussian', 'alpha'].includes(mode)),
    ),
  )('CL5 has questions and no broken number in mode $mode at p = $p, before and after training', async ({ mode, p }) => {
    for (const step of [0, 6]) {
      const snapshot = await runTo(step, { mode, p, channelSize: 2 });
      const questions = questionsOf(snapshot, 'keep-paper');
      expect(questions.length).toBeGreaterThan(1);
      for (const { text, answer, data } of questions) {
        expect(`${text} ${answer} ${data}`).not.toMatch(/NaN|undefined|not a number|infinity(?! )/);
      }
      expect(subjectOf(snapshot) === null).toBe(mode === 'none' || p === 0);
    }
  });

  test.each([
    [0, 5, [0, 1, 2, 3, 4, 5]],
    [-2, 5, [-2, 0, 2, 4, 6]],
    [0, 0.74, [0, 0.2, 0.4, 0.6, 0.8]],
    [0, 0.031, [0, 0.01, 0.02, 0.03, 0.04]],
    [0, 1200, [0, 500, 1000, 1500]],
    [0, 0, [0, 1]],
    [0, Number.NaN, [0, 1]],
  ])('CL5 an axis from %d to %d has round numbers, and holds the data', (low, high, ticks) => {
    expect(roundTicks(low, high)).toEqual(ticks);
  });

  test('CL5 without dropout nothing speaks of a probability that is in force, nor of masks in the curves', async () => {
    const questions = questionsOf(await runTo(20, { mode: 'none', p: 0.5 }), 'drop');
    expect(about(questions, /Sketch how the loss/).text).not.toMatch(/mask/);
    expect(about(questions, /Predict, then try/).text).toContain('with the mode Inverted');
  });

  test('CL5 alpha dropout sets what is dropped to one value, which the run has, and not to 0', async () => {
    const snapshot = await runTo(20, { mode: 'alpha', activation: 'selu', p: 0.2 });
    const { answer } = about(questionsOf(snapshot, 'drop'), /Sketch the histogram/);
    const layer = snapshot.last?.layers[1];
    const dropped = [...(layer?.mask ?? [])].flatMap((bit, at) => (bit === 0 ? [layer?.output[at] ?? Number.NaN] : []));
    expect(dropped.length).toBeGreaterThan(9);
    const told = numbers(answer).at(2);
    for (const value of dropped) expect(value).toBeCloseTo(told ?? Number.NaN, 2);
  });

  test('CL5 the loss with masks is the mean that the screen shows, and the lowest end is named', async () => {
    const snapshot = await runTo(60, {});
    const { answer } = about(questionsOf(snapshot, 'drop'), /Sketch how the loss/);
    const last = snapshot.curves.slice(-16).map(({ trainMasked }) => trainMasked);
    const end = snapshot.curves.at(-1);
    const mean = last.reduce((sum, value) => sum + value, 0) / last.length;
    const ends = { 'train, with masks': mean, 'train, in eval': end?.trainEval ?? Number.NaN, test: end?.test ?? Number.NaN };
    for (const [name, value] of Object.entries(ends)) {
      const told = Number(new RegExp(`${name} (\\d+\\.\\d+)`).exec(answer)?.[1]);
      expect(told).toBeCloseTo(value, 2);
    }
    const [lowest] = Object.entries(ends).toSorted(([, a], [, b]) => a - b);
    expect(answer).toContain(`Lowest: “${lowest?.[0]}”`);
  });

  test.each([
    [0.125, [9], [9, 0.875, 7.88, 9, 0.875, 0.125, 0.99]],
    [0.005, [100], [100, 0.995, 99.5, 100, 0.995, 0.005, 0.71]],
  ] as const)('CL5 p = %d is written out, so that the sums come true by hand', async (p, hidden, expected) => {
    const questions = questionsOf(await runTo(3, { p, hidden: [...hidden] }), 'drop');
    expect(numbers(about(questions, /standard deviation of that number/).answer)).toEqual(expected);
  });

  test('CL5 a chance too small for a double is told by its power of ten', async () => {
    const { answer } = about(questionsOf(await runTo(1, { p: 0.01, hidden: [300], trainSize: 16 }), 'drop'), /dropped at once/);
    expect(numbers(answer)).toEqual([0.01, 300, 10, -600]);
  });
});
