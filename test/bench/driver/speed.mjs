/** Steps per second of every contender: first that all compute the same thing, then medians of interleaved rounds. */
import { format, median, table } from './statistics.mjs';
import { PEAK_SHARES, RATIOS } from './targets.mjs';

const CHECK_STEPS = 20;
const MAX_RELATIVE_DIFFERENCE = 1e-3;
const KEEP_TOLERANCE = 0.02;
const DROP_P = 0.5;
const SWEEP_MS = { quick: 100, full: 400 };

/** @typedef {import('./benchPage.mjs').BenchPage} BenchPage */
/** @typedef {{ contender: string, sync: number, rates: number[], stepsPerSecond: number }} Row */

/** @type {(page: BenchPage, name: string, workload: string, dropP: number) => Promise<void>} */
const prepare = (page, name, workload, dropP) => page.ask(name, { type: 'prepare', workload, dropP, options: {} });

/**
 * Trains every contender without dropout from the same weights and holds its loss to that of the plain loops; then with dropout,
 * where it must keep the right share and stay finite. Errors: on the first that differs; a bench of different sums means nothing.
 * @type {(page: BenchPage, workload: string, contenders: string[]) => Promise<Record<string, number>>}
 */
async function checkOutputs(page, workload, contenders) {
  /** @type {Record<string, number>} */
  const losses = {};
  for (const name of contenders) {
    await prepare(page, name, workload, 0);
    await page.ask(name, { type: 'train', count: CHECK_STEPS });
    losses[name] = await page.ask(name, { type: 'evalLoss' });
  }
  const expected = losses.plain ?? Number.NaN;
  for (const name of contenders) {
    const difference = Math.abs((losses[name] ?? Number.NaN) - expected) / expected;
    if (!(difference <= MAX_RELATIVE_DIFFERENCE)) {
      throw new Error(`${workload}: after ${CHECK_STEPS} steps ${name} has loss ${losses[name]}, the plain loops ${expected}`);
    }
  }
  for (const name of contenders) {
    await prepare(page, name, workload, DROP_P);
    await page.ask(name, { type: 'train', count: CHECK_STEPS });
    const loss = await page.ask(name, { type: 'evalLoss' });
    const kept = await page.ask(name, { type: 'keepFraction' });
    if (!Number.isFinite(loss)) throw new Error(`${workload}: ${name} with dropout has loss ${loss}`);
    if (!(Math.abs(kept - (1 - DROP_P)) <= KEEP_TOLERANCE))
      throw new Error(`${workload}: ${name} keeps ${kept} of its units, not ${1 - DROP_P}`);
  }
  return losses;
}

/**
 * Finds how many steps between two waits suit a contender best. A single choice means that it never waits: then calls of some milliseconds.
 * @type {(page: BenchPage, name: string, sweepMs: number) => Promise<number>}
 */
async function bestSync(page, name, sweepMs) {
  const syncs = await page.ask(name, { type: 'syncs' });
  if (syncs.length === 1) {
    const { steps, ms } = await page.ask(name, { type: 'time', forMs: sweepMs, sync: 1 });
    return Math.max(1, Math.round((steps / ms) * 5));
  }
  let best = { sync: syncs[0], rate: 0 };
  for (const sync of syncs) {
    await page.ask(name, { type: 'time', forMs: sweepMs / 4, sync });
    const { steps, ms } = await page.ask(name, { type: 'time', forMs: sweepMs, sync });
    if (steps / ms > best.rate) best = { sync, rate: steps / ms };
  }
  return best.sync;
}

/**
 * Measures one workload: all contenders and the probe, one after another, round after round.
 * @param {BenchPage} page
 * @param {string} workload
 * @param {number} flops per step
 * @param {import('./options.mjs').Options} options
 */
async function measureWorkload(page, workload, flops, options) {
  const contenders = ['ours', ...new Set(['plain', ...options.peers])];
  const losses = await checkOutputs(page, workload, contenders);
  const sweepMs = options.quick ? SWEEP_MS.quick : SWEEP_MS.full;
  /** @type {Row[]} */
  const rows = [];
  for (const contender of contenders)
    rows.push({ contender, sync: await bestSync(page, contender, sweepMs), rates: [], stepsPerSecond: 0 });
  /** @type {number[]} */
  const peaks = [];
  for (let round = 0; round < options.rounds; round += 1) {
    peaks.push(await page.ask('probe', { forMs: Math.min(options.roundMs, 200) }));
    for (const row of rows) {
      const { steps, ms } = await page.ask(row.contender, { type: 'time', forMs: options.roundMs, sync: row.sync });
      row.rates.push((steps / ms) * 1000);
    }
  }
  for (const row of rows) row.stepsPerSecond = median(row.rates);
  const ours = rows[0];
  const shares = peaks.map((peak, round) => ((ours?.rates[round] ?? Number.NaN) * flops) / peak);
  return { workload, flops, losses, rows, peaks, peak: median(peaks), peakShare: median(shares) };
}

/** @typedef {Awaited<ReturnType<typeof measureWorkload>>} SpeedResult */

/** Prints one workload's table; returns the lines of the targets it misses. @type {(result: SpeedResult) => string[]} */
function printWorkload({ workload, rows, peak, peakShare, flops }) {
  const ours = rows[0]?.stepsPerSecond ?? Number.NaN;
  /** @type {Record<string, number>} */
  const ratios = RATIOS[/** @type {keyof typeof RATIOS} */ (workload)];
  /** @type {Record<string, number>} */
  const shares = PEAK_SHARES;
  /** @type {string[]} */
  const missed = [];
  const lines = rows.map(({ contender, stepsPerSecond, sync, rates }) => {
    const ratio = ours / stepsPerSecond;
    const target = ratios[contender];
    if (target !== undefined && !(ratio >= target)) missed.push(`${workload}: ${format(ratio)} × ${contender}, to reach ${target}`);
    const spread = (Math.max(...rates) - Math.min(...rates)) / stepsPerSecond / 2;
    const verdict = target === undefined ? '' : `${target} ${ratio >= target ? 'ok' : 'MISSED'}`;
    const flopRate = format((stepsPerSecond * flops) / 1e9);
    return [
      contender,
      format(stepsPerSecond),
      `±${Math.round(spread * 100)} %`,
      flopRate,
      String(sync),
      contender === 'ours' ? '' : format(ratio),
      verdict,
    ];
  });
  console.log(`\n${workload}`);
  console.log(table([['contender', 'steps/s', 'spread', 'GF/s', 'sync', 'ours ×', 'target'], ...lines]));
  const share = shares[workload];
  const verdict = share === undefined ? '' : ` (to reach ${share * 100} %: ${peakShare >= share ? 'ok' : 'MISSED'})`;
  console.log(`SIMD probe ${format(peak / 1e9)} GF/s, ours ${format(peakShare * 100)} % of it${verdict}`);
  if (share !== undefined && !(peakShare >= share))
    missed.push(`${workload}: ${format(peakShare * 100)} % of the probe, to reach ${share * 100} %`);
  return missed;
}

/**
 * Measures and prints the chosen workloads.
 * @type {(page: BenchPage, options: import('./options.mjs').Options) => Promise<{ results: SpeedResult[], missed: string[] }>}
 */
export async function measureSpeed(page, options) {
  const flops = await page.ask('plain', { type: 'flops' });
  /** @type {SpeedResult[]} */
  const results = [];
  const missed = [];
  for (const workload of options.only) {
    const result = await measureWorkload(page, workload, flops[workload], options);
    results.push(result);
    missed.push(...printWorkload(result));
  }
  return { results, missed };
}
