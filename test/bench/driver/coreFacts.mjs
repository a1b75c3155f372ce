/** What the core costs beside its steps: masks, optimisers, a long run, its size and how fast it starts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../../setup/ensureCore.mjs';
import { median } from './statistics.mjs';

const LATE_STEP = 100_000;
const EARLY_STEPS = 2000;

/** @typedef {import('./benchPage.mjs').BenchPage} BenchPage */

/** @type {(page: BenchPage, workload: string, options: object) => Promise<void>} */
const prepare = (page, workload, options) => page.ask('ours', { type: 'prepare', workload, dropP: 0.5, options });

/**
 * Times SGD, momentum and Adam steps on digits, interleaved. Returns ms per step.
 * @type {(page: BenchPage, rounds: number, forMs: number) => Promise<Record<string, number>>}
 */
async function timeOptimisers(page, rounds, forMs) {
  const optimizers = ['sgd', 'momentum', 'adam'];
  /** @type {Record<string, number[]>} */
  const stepMs = { sgd: [], momentum: [], adam: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const optimizer of optimizers) {
      await prepare(page, 'digits', { optimizer });
      await page.ask('ours', { type: 'time', forMs: forMs / 3, sync: 10 });
      const { steps, ms } = await page.ask('ours', { type: 'time', forMs, sync: 10 });
      stepMs[optimizer]?.push(ms / steps);
    }
  }
  return Object.fromEntries(optimizers.map((optimizer) => [optimizer, median(stepMs[optimizer] ?? [])]));
}

/**
 * Trains 'small' on data that a line separates, where gradients die out, and compares late speed with early.
 * @type {(page: BenchPage, rounds: number) => Promise<{ early: number, late: number }>}
 */
async function timeLongRun(page, rounds) {
  const early = [];
  const late = [];
  for (let round = 0; round < rounds; round += 1) {
    await prepare(page, 'small', { separable: true });
    await page.ask('ours', { type: 'train', count: EARLY_STEPS });
    await prepare(page, 'small', { separable: true });
    early.push(await page.ask('ours', { type: 'timeSteps', count: EARLY_STEPS }));
    await page.ask('ours', { type: 'train', count: LATE_STEP - 2 * EARLY_STEPS });
    late.push(await page.ask('ours', { type: 'timeSteps', count: EARLY_STEPS }));
  }
  return { early: EARLY_STEPS / median(early), late: EARLY_STEPS / median(late) };
}

/**
 * @param {BenchPage} page
 * @param {import('./options.mjs').Options} options
 */
export async function measureCore(page, options) {
  const rounds = Math.min(options.rounds, 9);
  const optimisers = await timeOptimisers(page, rounds, options.quick ? 100 : 400);
  const longRun = await timeLongRun(page, options.quick ? 1 : 3);
  const starts = [];
  const masks = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.end('core');
    starts.push(await page.ask('core', { type: 'instantiate' }));
    masks.push(await page.ask('core', { type: 'masks', forMs: options.roundMs }));
  }
  const core = readFileSync(join(root, 'src/kernels/generated/core.wasm'));
  const sgd = optimisers.sgd ?? Number.NaN;
  return {
    masksPerSecond: median(masks),
    momentumCost: (optimisers.momentum ?? Number.NaN) / sgd,
    adamCost: (optimisers.adam ?? Number.NaN) / sgd,
    lateSpeed: longRun.late / longRun.early,
    coreBytes: gzipSync(core, { level: 9 }).length,
    instantiateMs: median(starts),
  };
}
