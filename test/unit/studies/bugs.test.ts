/** Every bug of the museum is run for real, next to the same training without it, and must betray itself by its named signature. */
import { describe, expect, test } from 'vitest';
import { BUG_IDS, BUGS, type BugId } from '../../../src/protocol/bugs';
import type { BugResult, TracedTraining } from '../../../src/protocol/studyResults';
import { bugStudy } from '../../../src/studies/bug';
import { BUG_RUNS, bugConfig, buggyTechnique, readSignature, signatureHolds } from '../../../src/studies/bugRuns';
import { runStudy } from '../../../src/studies/study';
import { traceTraining } from '../../../src/studies/trace';

const STEPS = 60;
const run = (bug: BugId, p: number, seed = 42): BugResult => runStudy(bugStudy, { bug, p, steps: STEPS, seed });

describe('the bugs of the museum', () => {
  test.each(BUG_IDS)('%s betrays itself at its own p, and the correct run does not', (bug) => {
    const { p, betrayedBy } = BUGS[bug];
    const result = run(bug, p);
    expect(result.signature?.holds).toBe(true);
    expect(signatureHolds({ signature: null })).toBe(false);
    if (betrayedBy === 'curves' && bug !== 'forgotTrain') expect(result.correct.nonFiniteStep).toBeNull();
    expect(readSignature(bug, p, result.correct, result.correct).holds).toBe(false);
  });

  test.each(BUG_IDS)('%s is hidden at one half, or not, as its card says', (bug) => {
    const result = run(bug, 0.5, 7);
    expect(signatureHolds(result)).toBe(!BUGS[bug].hiddenAtHalf);
    if (BUGS[bug].hiddenAtHalf) expect(result.wrong.curves).toEqual(result.correct.curves);
    else expect(result.wrong).not.toEqual(result.correct);
  });

  test('with nothing dropped most bugs do nothing at all', () => {
    const result = run('backwardWithoutMask', 0);
    expect(result.wrong).toEqual(result.correct);
    expect(signatureHolds(result)).toBe(false);
  });

  test('refuses what has no meaning, by name', () => {
    expect(() => run('alphaSign', 1)).toThrow("p must be at least 0 and below 1 for bug 'alphaSign', got 1");
    expect(() => run('keepDropSwapped', 0)).toThrow('p must be above 0');
  });
});

describe('the trace of a training', () => {
  /** Drives a job to its end, looking at every step or at none. */
  function drive(bug: BugId, isWatched: boolean): TracedTraining {
    const job = traceTraining(bugConfig(bug, { p: 0.4, steps: 30, seed: 3 }), buggyTechnique(bug));
    let turn = job.next();
    while (!turn.done) {
      if (isWatched) turn.value.peek?.();
      turn = job.next();
    }
    return turn.value;
  }

  test.each(['forgotEval', 'sameMaskEveryStep'] as const)('DT2 looking changes no bit, even where evaluation draws: %s', (bug) => {
    expect(drive(bug, true)).toEqual(drive(bug, false));
  });

  test('masks are the lab’s own: kept as often as p says, twelve different steps in a row', () => {
    const { correct } = run('backwardWithoutMask', 0.4);
    expect(correct.masks).toHaveLength(12);
    expect(correct.masks[0]).toHaveLength(24 * 16);
    expect(correct.layers.map(({ keptShare }) => Math.round(keptShare * 10))).toEqual([6, 6]);
    expect(new Set(correct.masks.map((mask) => mask.join(''))).size).toBe(12);
  });

  test('no weight is left behind by the correct run; the same mask at every step leaves a share of 1 − (1 − p)² and more', () => {
    const { correct, wrong } = run('sameMaskEveryStep', 0.4);
    expect(correct.stillShare).toBeLessThan(0.2);
    expect(wrong.stillShare).toBeGreaterThan(0.5);
  });

  test('p = 1 done right stays finite and predicts the same for everyone', () => {
    const { correct } = run('nothingKeptNaN', 1);
    expect(correct.nonFiniteStep).toBeNull();
    expect(correct.layers.every(({ keptShare, trainMean }) => keptShare === 0 && trainMean === 0)).toBe(true);
  });

  test('every bug has a correct run of its own that learns', () => {
    for (const bug of ['scaledTwice', 'alphaSign', 'maskFromZeros'] as const) {
      const { correct } = run(bug, 0.3);
      expect(correct.curves.test.at(-1)).toBeLessThan(correct.curves.test[0] as number);
      expect(BUG_RUNS[bug].correct.evaluate(1, 0.3)).toBe(1);
    }
  });
});
