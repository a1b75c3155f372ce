/** The museum's readings of real trainings, and the quiz as a function of its seed. */
import { describe, expect, test } from 'vitest';
import { BUG_IDS, BUGS, type BugId } from '../../../../src/protocol/bugs';
import type { BugResult } from '../../../../src/protocol/studyResults';
import { bugStudy } from '../../../../src/studies/bug';
import { runStudy } from '../../../../src/studies/study';
import { plates } from '../../../../src/ui/chapters/museum/Instruments';
import { formatScore, NUM_CHOICES, parseScore, quizQuestion } from '../../../../src/ui/chapters/museum/quiz';
import { isSameRun, readInstrument, verdict } from '../../../../src/ui/chapters/museum/readings';

const STEPS = 60;
const run = (bug: BugId, p: number = BUGS[bug].p): BugResult => runStudy(bugStudy, { bug, p, steps: STEPS, seed: 42 });

describe('readings', () => {
  test.each(BUG_IDS)('%s: the instrument that gives it away reads differently, and the verdict says so', (bug) => {
    const result = run(bug);
    const { betrayedBy } = BUGS[bug];
    expect(readInstrument(betrayedBy, result.wrong)).not.toBe(readInstrument(betrayedBy, result.correct));
    expect(verdict(result)).toMatch(/^It gives itself away\./);
    expect(isSameRun(result.correct, result.wrong)).toBe(false);
  });

  test.each(BUG_IDS.filter((bug) => BUGS[bug].hiddenAtHalf))('%s: at one half the runs are the same, and the verdict says so', (bug) => {
    const result = run(bug, 0.5);
    expect(verdict(result)).toMatch(/^Nothing to see at p = 0.50: the two trainings are the same to the last digit\./);
  });

  test('say the numbers of the run', () => {
    const { correct, wrong } = run('evalScaledByDrop');
    const ratio = (wrong.layers[0]?.evalMean ?? 0) / (wrong.layers[0]?.trainMean ?? 1);
    expect(ratio).toBeCloseTo(0.25, 2);
    expect(readInstrument('layerMeans', wrong)).toBe(
      `train ${wrong.layers[0]?.trainMean.toFixed(2)}, eval ${wrong.layers[0]?.evalMean.toFixed(2)}`,
    );
    expect(readInstrument('predictions', correct)).toBe('steady');
    expect(readInstrument('masks', run('oneMaskPerBatch').wrong)).toMatch(/, 1 row$/);
    expect(readInstrument('gradients', run('backwardWithoutMask').wrong)).toBe('100\u202f% of dropped');
    expect(readInstrument('curves', run('nothingKeptNaN').wrong)).toBe('loss is NaN');
  });

  test('masks of one example a step are stacked, a row a step', () => {
    const { wrong, correct } = run('sameMaskEveryStep');
    const [stack] = plates(wrong);
    expect(plates(wrong)).toHaveLength(1);
    expect(stack?.rows).toBe(12);
    const row = (index: number) => stack?.mask.slice(index * wrong.units, (index + 1) * wrong.units).join('');
    expect(new Set(Array.from({ length: 12 }, (_, index) => row(index))).size).toBe(1);
    expect(plates({ ...correct, masks: [] })).toEqual([]);
    expect(plates(run('scaledTwice').correct)).toHaveLength(3);
  });
});

describe('the quiz', () => {
  test('asks every bug once before any comes again, in an order that the seed decides', () => {
    for (const seed of [0, 1, 4294967295]) {
      const round = (first: number) => BUG_IDS.map((_, index) => quizQuestion(seed, first + index).bug);
      expect(new Set(round(0)).size).toBe(BUG_IDS.length);
      expect(new Set(round(BUG_IDS.length)).size).toBe(BUG_IDS.length);
      expect(round(0)).toEqual(round(0));
      expect(round(0)).not.toEqual(round(BUG_IDS.length));
    }
    expect(quizQuestion(0, 0)).not.toEqual(quizQuestion(1, 0));
  });

  test('offers the bug among different choices, and its place gives nothing away', () => {
    const places = new Set<number>();
    for (let number = 0; number < 60; number++) {
      const { bug, choices } = quizQuestion(3, number);
      expect(choices).toHaveLength(NUM_CHOICES);
      expect(new Set(choices).size).toBe(NUM_CHOICES);
      expect(choices).toContain(bug);
      places.add(choices.indexOf(bug));
    }
    expect(places.size).toBe(NUM_CHOICES);
  });

  test('keeps its score as text, and takes anything else for no score', () => {
    expect(parseScore(formatScore({ right: 3, asked: 5 }))).toEqual({ right: 3, asked: 5 });
    for (const text of [null, '', '5', '6/5', '-1/2', '1/2/3', 'NaN/1']) expect(parseScore(text)).toEqual({ right: 0, asked: 0 });
  });
});
