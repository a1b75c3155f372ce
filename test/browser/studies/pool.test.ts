/** The pool with real workers: the same answer for any size, queueing, cancelling, idle workers, lost workers. */
import { afterEach, describe, expect, test } from 'vitest';
import { createLab, type LabError } from '../../../src/bridge';
import { createStudyPool, type StudyPoolOptions } from '../../../src/bridge/studyPool';
import type { Connect, WorkerLike } from '../../../src/bridge/types';
import type { StudyPatch, StudyPool, StudyUpdate } from '../../../src/protocol/study';
import type { StudyName } from '../../../src/protocol/studyParams';
import type { StudyResultMap } from '../../../src/protocol/studyResults';

const pools: StudyPool[] = [];
afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose();
});

/** A pool that counts its workers. */
function countingPool(options: StudyPoolOptions = {}) {
  const count = { started: 0, ended: 0 };
  const pool = createStudyPool({
    size: 2,
    connect: () => {
      const worker = new Worker(new URL('../../../src/worker/studyWorker.ts', import.meta.url), { type: 'module' });
      const end = worker.terminate.bind(worker);
      worker.terminate = () => {
        count.ended += 1;
        end();
      };
      count.started += 1;
      return worker;
    },
    ...options,
  });
  pools.push(pool);
  return { pool, count };
}

async function answer<Name extends StudyName>(pool: StudyPool, study: Name, patch: StudyPatch<Name>): Promise<StudyResultMap[Name]> {
  const outcome = await pool.run('figure', study, patch).outcome;
  if (outcome.state !== 'done') throw new Error(`ended as ${outcome.state}`);
  return outcome.result;
}

const SMALL = { numWeights: 30_000, trials: 41 } as const;
const LONG = { steps: 3000 } as const;

describe('the pool of study workers', () => {
  test.each([
    ['millionWeights', SMALL],
    ['bug', { bug: 'forgotEval', p: 0.4, steps: 60 }],
    ['trainEval', { forgotTrain: true, steps: 60 }],
    ['equivalence', { rule: 'exact', steps: 40 }],
  ] as const)('DT1 answers %s the same with one worker, two and three', async (study, patch) => {
    const answers = [];
    for (const size of [1, 2, 3]) answers.push(await answer(countingPool({ size }).pool, study, patch as never));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('starts no worker before the first study, no more than it may, and ends them when idle', async () => {
    const { pool, count } = countingPool({ idleMs: 50 });
    expect(count.started).toBe(0);
    await answer(pool, 'placement', {});
    expect(count.started).toBe(1);
    await answer(pool, 'millionWeights', SMALL);
    expect(count.started).toBe(2);
    await expect.poll(() => count.ended).toBe(2);
    await answer(pool, 'placement', {});
    expect(count.started).toBe(3);
  });

  test('tells of progress that grows, of the time left, and of results on the way', async () => {
    const { pool } = countingPool();
    const updates: StudyUpdate<'millionWeights'>[] = [];
    const run = pool.run('figure', 'millionWeights', { numWeights: 500_000, trials: 120 }, (update) => updates.push(update));
    const outcome = await run.outcome;
    expect(outcome.state).toBe('done');
    const shares = updates.map(({ progress }) => progress);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(shares[0]).toBe(0);
    expect(Math.max(...shares)).toBeLessThan(1);
    const partial = updates.find(({ result }) => result !== null)?.result;
    expect(partial?.totalTrials).toBe(120);
    expect(partial?.columns[1]?.mean).toBeTypeOf('number');
    expect(updates.some(({ secondsLeft }) => secondsLeft !== null && secondsLeft > 0)).toBe(true);
  });

  test('a newer request of a figure cancels the older; other figures that train wait; instant ones do not', async () => {
    const { pool } = countingPool();
    const states: string[] = [];
    const first = pool.run('a', 'bug', LONG);
    const second = pool.run('b', 'bug', { steps: 20 }, ({ state }) => states.push(state));
    expect(states).toEqual(['queued']);
    expect((await pool.run('c', 'schemes', { passes: 1 }).outcome).state).toBe('done');
    expect(states).toEqual(['queued']);
    const replaced = pool.run('a', 'bug', { steps: 20, seed: 1 });
    expect((await first.outcome).state).toBe('cancelled');
    expect((await second.outcome).state).toBe('done');
    expect((await replaced.outcome).state).toBe('done');
    expect(states).toContain('running');
  });

  test('cancel ends a run at once, keeps what was known, and frees the way', async () => {
    const { pool } = countingPool();
    const run = await new Promise<ReturnType<typeof pool.run<'bug'>>>((resolve) => {
      const started = pool.run('a', 'bug', LONG, ({ result }) => {
        if (result !== null) resolve(started);
      });
    });
    run.cancel();
    const outcome = await run.outcome;
    expect(outcome).toMatchObject({ state: 'cancelled', result: { bug: 'evalScaledByDrop' } });
    run.cancel();
    expect((await answer(pool, 'bug', { steps: 10 })).totalSteps).toBe(10);
  });

  test('a refused parameter is told by name', async () => {
    const { pool } = countingPool();
    const outcome = await pool.run('a', 'schemes', { p: 1.5 }).outcome;
    expect(outcome).toMatchObject({ state: 'failed', code: 'bad-params', message: 'p must be between 0 and 1, got 1.5', result: null });
  });

  test('a lost worker fails its run; the next gets a new one', async () => {
    let latest: WorkerLike | null = null;
    const { pool } = countingPool({
      size: 1,
      connect: () => {
        latest = new Worker(new URL('../../../src/worker/studyWorker.ts', import.meta.url), { type: 'module' });
        return latest;
      },
    });
    const run = pool.run('a', 'bug', LONG);
    (latest as WorkerLike | null)?.onerror?.(new ErrorEvent('error', { message: 'out of memory', cancelable: true }));
    expect(await run.outcome).toMatchObject({
      state: 'failed',
      code: 'worker-lost',
      message: 'The training worker has stopped: out of memory.',
    });
    expect((await answer(pool, 'placement', {})).z).toHaveLength(48);
  });

  test.each<[string, Connect]>([
    [
      'refuses workers',
      () => {
        throw new Error('blocked by policy');
      },
    ],
    ['does not run their script', () => new Worker(new URL('/no/such/worker.js', location.href), { type: 'module' })],
  ])('SC8 a browser that %s is told in the words that a lab has for it', async (_, connect) => {
    const lab = createLab({ connect });
    const words = await lab.ready.catch((error: LabError) => error);
    lab.dispose();
    const outcome = await createStudyPool({ connect }).run('a', 'placement', {}).outcome;
    expect(words).toMatchObject({ code: 'worker-blocked', message: expect.stringContaining("'self' in worker-src") });
    expect(outcome).toMatchObject({ state: 'failed', code: 'worker-blocked', message: (words as LabError).message });
  });
});
