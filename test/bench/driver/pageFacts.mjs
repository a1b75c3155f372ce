/**
 * The built page as a visitor has it: frames and steps per second while it paints, how soon a change is seen, how soon the first frame,
 * how many bytes, and whether memory grows. Speaks to the page only as anybody may: by `window.dropoutLab` and its controls.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { launchBrowser } from '../../setup/findBrowser.mjs';
import { measureFirstLoad, sumBytes } from '../../setup/firstLoad.mjs';
import { FLAGS } from './benchPage.mjs';
import { measureHeap } from './heap.mjs';
import { median } from './statistics.mjs';

const VIEWPORT = { width: 1440, height: 900 };
/** The network of the comparison, as the bare worker trains it. */
const PAGE_SETTINGS = { hidden: [8, 8], batchSize: 10, mode: 'inverted', p: 0.5, optimizer: 'sgd', learningRate: 0.03 };

/** @typedef {import('playwright').Page} Page */

/** Notes when the first frame of a trained step is painted. Runs in the page, before anything else. */
function watchFirstFrame() {
  const facts = /** @type {any} */ (window);
  facts.firstFrameMs = null;
  const attach = () => {
    const lab = facts.dropoutLab;
    if (!lab) return void setTimeout(attach, 1);
    lab.addEventListener('frame', (/** @type {CustomEvent<{ step: number }>} */ event) => {
      if (facts.firstFrameMs === null && event.detail.step > 0) facts.firstFrameMs = performance.now();
    });
    return undefined;
  };
  attach();
}

/** Counts animation frames and training steps for `forMs`. Runs in the page. @type {(forMs: number) => Promise<{ fps: number, stepsPerSecond: number }>} */
function countFrames(forMs) {
  const { dropoutLab } = /** @type {any} */ (window);
  return new Promise((resolve) => {
    const start = performance.now();
    const firstStep = dropoutLab.step;
    let frames = 0;
    const tick = () => {
      frames += 1;
      const seconds = (performance.now() - start) / 1000;
      if (seconds * 1000 < forMs) requestAnimationFrame(tick);
      else resolve({ fps: frames / seconds, stepsPerSecond: (dropoutLab.step - firstStep) / seconds });
    };
    requestAnimationFrame(tick);
  });
}

/**
 * Changes p in one animation frame and counts animation frames up to the one in which a frame of the new p is painted. Runs in the page.
 * @type {(values: number[]) => Promise<number[]>}
 */
async function countFramesUntilChange(values) {
  const { dropoutLab } = /** @type {any} */ (window);
  /** @type {number[]} */
  const ticks = [];
  let isCounting = true;
  const tick = (/** @type {number} */ time) => {
    ticks.push(time);
    if (isCounting) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const counts = [];
  for (const p of values) {
    const asked = await new Promise((resolve) => requestAnimationFrame(resolve));
    await dropoutLab.configure({ p });
    // Settled in the animation frame that painted it, whose time the timeline holds.
    const painted = Number(document.timeline.currentTime);
    counts.push(painted > asked ? ticks.filter((time) => time > asked && time < painted).length + 1 : 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  isCounting = false;
  return counts;
}

/** Opens the page as a first visitor and waits for its first trained frame. @type {(browser: import('playwright').Browser, address: string) => Promise<{ page: Page, firstFrameMs: number }>} */
async function visit(browser, address) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  await page.addInitScript(watchFirstFrame);
  await page.goto(address);
  const handle = await page.waitForFunction(() => /** @type {any} */ (window).firstFrameMs, undefined, { timeout: 30_000, polling: 20 });
  return { page, firstFrameMs: Number(await handle.jsonValue()) };
}

/**
 * Measures the page, and the same run in a bare worker in between.
 * @param {import('./benchPage.mjs').BenchPage} bench
 * @param {import('./options.mjs').Options} options
 */
export async function measurePage(bench, options) {
  const outDir = mkdtempSync(join(tmpdir(), 'dropout-lab-page-'));
  await build({ build: { outDir, emptyOutDir: true }, logLevel: 'error' });
  const server = await preview({ build: { outDir }, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  const bound = server.httpServer.address();
  const address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/`;
  const browser = await launchBrowser(FLAGS);
  try {
    const firstFrames = [];
    for (let visitIndex = 0; visitIndex < (options.quick ? 3 : 9); visitIndex += 1) {
      const { page, firstFrameMs } = await visit(browser, address);
      firstFrames.push(firstFrameMs);
      await page.context().close();
    }
    const transferred = await measureFirstLoad(browser, address, outDir);
    const { page } = await visit(browser, address);
    await page.getByRole('combobox', { name: /speed/i }).selectOption('max');
    await page.evaluate(async (settings) => {
      const { dropoutLab } = /** @type {any} */ (window);
      await dropoutLab.configure(settings);
      await dropoutLab.play();
    }, PAGE_SETTINGS);
    await page.waitForTimeout(1000);
    /** @type {number[]} */
    const fps = [];
    /** @type {number[]} */
    const pageRates = [];
    /** @type {number[]} */
    const bareRates = [];
    /** @type {number[]} */
    const trainerRates = [];
    for (let round = 0; round < options.rounds; round += 1) {
      await page.evaluate(() => /** @type {any} */ (window).dropoutLab.pause());
      const forMs = options.quick ? 300 : 1000;
      bareRates.push(await bench.ask('core', { type: 'run', settings: PAGE_SETTINGS, forMs }));
      trainerRates.push(await bench.ask('core', { type: 'trainer', settings: PAGE_SETTINGS, forMs }));
      await page.evaluate(() => /** @type {any} */ (window).dropoutLab.play());
      await page.waitForTimeout(300);
      const seen = await page.evaluate(countFrames, options.quick ? 1000 : 3000);
      fps.push(seen.fps);
      pageRates.push(seen.stepsPerSecond);
    }
    const values = Array.from({ length: options.quick ? 10 : 40 }, (_, index) => 0.3 + 0.01 * (index % 37));
    const framesUntil = await page.evaluate(countFramesUntilChange, values);
    const heap = await measureHeap(page, options);
    return {
      firstFrameMs: median(firstFrames),
      firstLoadBytes: sumBytes(transferred),
      transferred,
      framesPerSecond: median(fps),
      pageStepsPerSecond: median(pageRates),
      bareStepsPerSecond: median(bareRates),
      trainerStepsPerSecond: median(trainerRates),
      pageShare: median(pageRates.map((rate, round) => rate / (bareRates[round] ?? Number.NaN))),
      framesUntilChange: median(framesUntil),
      framesUntilChangeMost: Math.max(...framesUntil),
      ...heap,
    };
  } finally {
    await browser.close();
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}
