/** The chapters of the built page: what loads when, under the strict policy; deep links, storage that is blocked, paper. */
import { basename } from 'node:path';
import type { Page } from 'playwright';
import { describe, expect, inject, test } from 'vitest';
import { listenTo, newPage, openBrowser } from './pages';

openBrowser();

interface Visit {
  readonly page: Page;
  readonly complaints: string[];
  /** Names of the files asked for so far. */
  readonly files: string[];
}

async function visit(hash = '', prepare: (page: Page) => Promise<void> = async () => undefined): Promise<Visit> {
  const page = await newPage();
  const complaints = listenTo(page);
  const files: string[] = [];
  page.on('request', (request) => files.push(basename(new URL(request.url()).pathname)));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await prepare(page);
  await page.goto(`${inject('baseUrl')}${hash}`);
  if (hash !== '') await page.waitForSelector('.chapters .contents a');
  return { page, complaints, files };
}

const bodies = (files: readonly string[]) => files.filter((name) => /^Chapter-.*\.js$/.test(name));

/** Gives the page the first sign of a reader, who may want the chapters next. */
async function stir(page: Page): Promise<void> {
  await page.mouse.wheel(0, 40);
  await page.waitForSelector('.chapters .contents a');
}

async function chapterIds(page: Page): Promise<string[]> {
  return page.$$eval('.contents a', (links) => links.map((link) => (link.getAttribute('href') ?? '').slice(1)));
}

async function open(page: Page, id: string): Promise<void> {
  await page.evaluate((target) => document.getElementById(target)?.scrollIntoView(), id);
  await page.waitForSelector(`#${id} .prediction`);
}

describe('the chapters of the built page', () => {
  test('are split off: none is in the first load, and each body comes when it is near', async () => {
    const { page, files, complaints } = await visit();
    await page.waitForLoadState('networkidle');
    const first = [...new Set(files.filter((name) => /\.(?:js|css)$/.test(name) && !/orker/.test(name)))];
    expect(first.filter((name) => name.startsWith('Chapter'))).toEqual([]);

    await stir(page);
    const ids = await chapterIds(page);
    expect(bodies(files).length).toBeLessThanOrEqual(2);
    await open(page, ids.at(-1));
    expect(bodies(files).length).toBeLessThan(ids.length);
    for (const id of ids) await open(page, id);
    expect(new Set(bodies(files)).size).toBe(ids.length);
    expect(complaints).toEqual([]);
  });

  test('have deep links that stay at their chapter while those above load', async () => {
    const { page } = await visit('#train-is-not-eval');
    await page.waitForSelector('#train-is-not-eval figure');
    await page.waitForFunction(() => Math.abs(document.getElementById('train-is-not-eval')?.getBoundingClientRect().top ?? 999) < 60);
    await page.waitForSelector('.contents a[href="#train-is-not-eval"][aria-current]');
  });

  test('keep answers over a reload, and work where storage is blocked', async () => {
    const kept = await visit('#one-tensor');
    await kept.page.click('#one-tensor .choice >> nth=2');
    await kept.page.reload();
    await kept.page.waitForSelector('#one-tensor .choice[aria-pressed="true"]');
    expect(await kept.page.textContent('.contents-progress')).toMatch(/^1 of \d+ answered$/);

    const blocked = await visit('#one-tensor', async (page) => {
      await page.addInitScript(() => {
        Object.defineProperty(globalThis, 'localStorage', {
          get: () => {
            throw new DOMException('blocked', 'SecurityError');
          },
        });
      });
    });
    await blocked.page.click('#one-tensor .choice >> nth=2');
    await blocked.page.waitForSelector('#one-tensor .prediction-reveal p');
    expect(await blocked.page.textContent('.contents-progress')).toContain('this browser keeps nothing');
    expect(blocked.complaints).toEqual([]);
  });

  test('print: all open, the chapters alone, without controls', async () => {
    const { page, complaints } = await visit('', async (fresh) => {
      await fresh.addInitScript(() => {
        globalThis.print = () => {
          document.title = `printed ${document.querySelectorAll('.chapter .prediction').length}`;
        };
      });
    });
    await stir(page);
    const ids = await chapterIds(page);
    await page.click('text=Print all chapters');
    await page.waitForFunction(() => document.title.startsWith('printed'));
    expect(await page.title()).toBe(`printed ${ids.length}`);
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(() => ({
      controls: [...document.querySelectorAll('.chapters .figure-controls, .chapters .contents, .lab, .chapters .take-to-lab')].filter(
        (element) => element.getClientRects().length > 0,
      ).length,
      figures: [...document.querySelectorAll('.chapters figure')].filter((element) => element.getClientRects().length > 0).length,
    }));
    expect(shown.controls).toBe(0);
    expect(shown.figures).toBeGreaterThanOrEqual(ids.length);
    expect(complaints).toEqual([]);
  });
});
