/** What a first visitor waits for: the bytes until the lab has trained and all is quiet, and what only comes with a reader. */
import { expect, inject, test } from 'vitest';
import { FIRST_LOAD_BYTES, measureFirstLoad, sumBytes } from '../setup/firstLoad.mjs';
import { newPage, openBrowser, type PageLab } from './pages';

const browser = openBrowser();

test('the first load stays within its budget, and is one script beside the worker', async () => {
  const files = await measureFirstLoad(browser(), inject('baseUrl'), inject('outDir'));
  const list = files.map(({ path, bytes }) => `${bytes} ${path}`).join('\n');
  expect(sumBytes(files), list).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
  // The core, the fonts and the worker are among what was counted, or the sum means nothing.
  for (const kind of [/\.wasm$/, /\.woff2$/, /worker.*\.js$/, /\.css$/])
    expect(files.map(({ path }) => path)).toContainEqual(expect.stringMatching(kind));
  const scripts = files.filter(({ path }) => path.endsWith('.js') && !/orker|runtime/.test(path));
  expect(scripts.length, list).toBe(1);
});

test('the first sign of a reader brings the rest', async () => {
  const page = await newPage({ reducedMotion: 'no-preference' });
  await page.goto(inject('baseUrl'));
  await page.waitForFunction(() => (window as unknown as { dropoutLab: PageLab }).dropoutLab.step > 0);
  expect(await page.getByRole('button', { name: 'Undo', exact: true }).count()).toBe(0);
  await page.mouse.move(300, 300);
  await page.getByRole('button', { name: 'Undo', exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector('.mode-choice label[title]') !== null);
});
