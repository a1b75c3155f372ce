/** Files as they ship: under the page's own policy a script is saved and, where Python has NumPy, run; figures and experiments come and go. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, expect, test } from 'vitest';
import { ask, listenTo, newPage, openBrowser, visit } from './pages';

const PYTHON = process.env.PYTHON ?? 'python3';
const hasNumpy = spawnSync(PYTHON, ['-c', 'import numpy']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'dropout-lab-export-'));
const complaints: string[][] = [];

openBrowser();
afterEach(() => {
  expect(complaints.splice(0).flat()).toEqual([]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens the page with its policy in force; what it complains of, or asks of others, fails the test. */
async function open(query: string): Promise<Page> {
  const page = await newPage({ acceptDownloads: true });
  complaints.push(listenTo(page));
  return visit(page, query);
}

const stands = (page: Page, step: number) =>
  expect.poll(() => ask(page, (lab) => [lab.step, lab.running]), { timeout: 15_000 }).toEqual([step, false]);

async function save(page: Page, button: string): Promise<{ path: string; name: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button, exact: true }).click()]);
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return { path, name: download.suggestedFilename() };
}

test.skipIf(!hasNumpy)('CD2 the NumPy script from the page repeats the run, live change and all, and says so', async () => {
  const page = await open('?p=0.3&seed=0&mode=standard&in=0.1&step=40');
  await stands(page, 40);
  await ask(page, (lab) => lab.configure({ p: 0.45 }));
  await ask(page, (lab) => lab.advance(5));
  await page.keyboard.press('k');
  await page.getByRole('radio', { name: 'NumPy' }).click({ force: true });
  const { path, name } = await save(page, 'Download .py');
  expect(name).toBe('dropout-lab-moons-standard-p0.30-seed0-numpy.py');
  expect(await ask(page, (lab) => lab.step)).toBe(45);
  const said = execFileSync(PYTHON, [path], { encoding: 'utf8' });
  expect(said).toMatch(/THE SAME RUN: 100 losses agree .* all masks are equal bit for bit/);
  // Another p in the live change, and the script must find it out: its check is a check.
  const script = readFileSync(path, 'utf8');
  const spoiled = script.replace(/(CHANGES = \[[^\]]*?)0\.45/, '$10.4');
  expect(spoiled).not.toBe(script);
  expect(spawnSync(PYTHON, ['-c', spoiled]).status).toBe(1);
});

test('CD3 CD4 files are saved and opened under the strict policy; a dropped experiment leads to the same fingerprint', async () => {
  const page = await open('?p=0.2&seed=7&step=60');
  await stands(page, 60);
  const there = await ask(page, (lab) => lab.snapshot());
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await page.getByRole('dialog', { name: 'This lab as code' }).waitFor();
  await page.getByRole('combobox', { name: 'figure to save' }).selectOption('belief');
  const svg = await save(page, 'SVG');
  expect(svg.name).toBe('dropout-lab-moons-inverted-p0.20-seed7-belief.svg');
  expect(readFileSync(svg.path, 'utf8')).toMatch(/<desc[^>]*>[^<]*seed 7, step 60/);
  const png = readFileSync((await save(page, 'PNG')).path);
  expect(png.readUInt32BE(16)).toBe(2 * Number(/width="(\d+)"/.exec(readFileSync(svg.path, 'utf8'))?.[1]));
  const { path, name } = await save(page, 'Save .json');
  expect(name).toBe('dropout-lab-moons-inverted-p0.20-seed7-step60.json');

  const other = await open('?data=xor&step=3');
  await stands(other, 3);
  const drop = async (text: string) => {
    const transfer = await other.evaluateHandle((content) => {
      const data = new DataTransfer();
      data.items.add(new File([content], 'dropped.json'));
      return data;
    }, text);
    await other.dispatchEvent('.lab-figures', 'dragover', { dataTransfer: transfer });
    await other.getByText('Drop the file of an experiment to open it.').waitFor();
    await other.dispatchEvent('.lab-figures', 'drop', { dataTransfer: transfer });
  };
  await drop(readFileSync(path, 'utf8').replace('"p": 0.2', '"p": 2'));
  await other.getByText('dropped.json: settings: p must be between 0 and 1, got 2. Nothing has changed.').waitFor();
  expect(await ask(other, (lab) => lab.settings.seed)).toBe(42);
  await drop(readFileSync(path, 'utf8'));
  await other.getByText(/^Opened dropped\.json at step 60/).waitFor();
  await stands(other, 60);
  expect(await ask(other, (lab) => lab.snapshot())).toMatchObject({ step: 60, fingerprint: there.fingerprint });
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => ask(other, (lab) => lab.settings)).toMatchObject({ dataset: 'xor', seed: 42, p: 0.5 });
});

test('AD5 back, while two labs are compared, leads to the step and the weights of before', async () => {
  const page = await open('?b=p:0&step=40&seed=3');
  await page.getByRole('region', { name: 'Lab B' }).getByRole('grid').first().waitFor();
  await stands(page, 40);
  const before = await ask(page, (lab) => lab.snapshot());
  await ask(page, (lab) => lab.configure({ seed: 4 }));
  await ask(page, (lab) => lab.advance(7));
  await expect.poll(() => new URL(page.url()).searchParams.get('seed')).toBe('4');
  await page.goBack();
  await stands(page, 40);
  expect(await ask(page, (lab) => lab.snapshot())).toMatchObject({ step: 40, fingerprint: before.fingerprint });
});

test('the dialog is fetched when it is opened, not with the page', async () => {
  const page = await open('?step=1');
  await stands(page, 1);
  const scripts = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect((await scripts()).filter((name) => /CodeDialog|openFile|sugar/.test(name))).toEqual([]);
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  await page.getByRole('dialog', { name: 'This lab as code' }).waitFor();
  expect((await scripts()).filter((name) => /CodeDialog/.test(name)).length).toBeGreaterThan(0);
});

test.each([
  ['a desk', 1440, 900],
  ['a tablet', 1024, 768],
  ['a phone', 390, 844],
])('CD5 on %s the dialog fits, and every part of it is reached by Tab', async (_, width, height) => {
  const page = await open('?step=1');
  await stands(page, 1);
  await page.setViewportSize({ width, height });
  if (width < 700) await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Code', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'This lab as code' });
  await dialog.waitFor();
  const overflow = await dialog.evaluate((element) => [
    element.scrollWidth - element.clientWidth,
    document.documentElement.scrollWidth - innerWidth,
  ]);
  expect(overflow[0]).toBeLessThanOrEqual(0);
  expect(overflow[1]).toBeLessThanOrEqual(0);
  const met = new Set<string>();
  for (let press = 0; press < 24; press++) {
    await page.keyboard.press('Tab');
    met.add(
      await page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      }),
    );
  }
  for (const name of [
    'Close',
    'Copy',
    'Code for PyTorch',
    'Download .py',
    'safetensors',
    'history',
    'figure to save',
    'SVG',
    'Save .json',
    'Open…',
  ]) {
    expect([...met], name).toContain(name);
  }
});
