/** One screen at 1440 × 900: the whole lab in its widest and wordiest states, two compared labs, and every chapter, asked and answered. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../setup/findBrowser.mjs';

const CHAPTERS = [
  'one-tensor',
  'four-worlds',
  'divide-by-keep',
  'million-weights',
  'train-is-not-eval',
  'sub-networks',
  'family',
  'bug-museum',
  'in-your-framework',
];
const HEIGHT = 900;
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function openPage(address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: HEIGHT }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${inject('baseUrl')}${address}`);
  await page.waitForFunction(() => 'dropoutLab' in window);
  await page.mouse.move(700, 500);
  return page;
}

/** Lower edges of what stands last in each column of the lab. */
const bottoms = (page: Page) =>
  page.evaluate(() =>
    ['.layer-figures > :last-child', '.story', '.lab-settings .panel:last-of-type .panel-note'].flatMap((last) =>
      [...document.querySelectorAll(last)].map((element) => Math.ceil(element.getBoundingClientRect().bottom + scrollY)),
    ),
  );

describe('the lab', () => {
  test.each([
    ['as it opens', '?step=60'],
    ['four layers of spatial dropout, with gradients and MC', '?step=60&hidden=12,8,8,8&mode=spatial&grad=1&phase=mc'],
    ['four layers of the longest notice', '?step=60&hidden=12,8,8,8&mode=alpha&grad=1'],
    ['digits', '?step=60&data=digits&hidden=64&lr=0.05&train=480&batch=32&grad=1'],
    ['the wave', '?step=60&data=wave&hidden=64,64&p=0.1&opt=adam&lr=0.01&phase=mc&grad=1'],
  ])('%s', async (_, address) => {
    const page = await openPage(address);
    await page.locator('.story').waitFor();
    await page.locator('.equation-formula').waitFor();
    const edges = await bottoms(page);
    expect(edges).toHaveLength(3);
    expect(Math.max(...edges)).toBeLessThanOrEqual(HEIGHT);
    await page.context().close();
  });

  test('two compared labs', async () => {
    const page = await openPage('?step=60&b=p:0.2');
    await page.waitForFunction(() => document.querySelectorAll('.compare .story').length === 2);
    await page.waitForFunction(() => document.querySelectorAll('.compare .figure-activations figcaption').length === 2);
    const edges = await bottoms(page);
    expect(edges.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...edges.slice(0, 4))).toBeLessThanOrEqual(HEIGHT);
    await page.context().close();
  });
});

test('every chapter, asked and answered', async () => {
  const page = await openPage(`#${CHAPTERS[0]}`);
  const height = (id: string) => page.evaluate((name) => document.getElementById(name)?.getBoundingClientRect().height ?? 0, id);
  const tall: string[] = [];
  for (const id of CHAPTERS) {
    await page.locator(`.contents a[href="#${id}"]`).click();
    await page.locator(`#${id} .chapter-figure`).first().waitFor();
    if ((await height(id)) > HEIGHT + 1) tall.push(`${id}, asked: ${await height(id)}`);
    await page.locator(`#${id} .prediction .choice`).first().click();
    await page.locator(`#${id} .prediction-reveal p`).waitFor();
    await page.waitForFunction((name) => document.querySelectorAll(`#${name} progress`).length === 0, id);
    if ((await height(id)) > HEIGHT + 1) tall.push(`${id}, answered: ${await height(id)}`);
  }
  expect(tall).toEqual([]);
  await page.context().close();
});
