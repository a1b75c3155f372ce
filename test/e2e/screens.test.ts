/** One screen at 1440 × 900: the whole lab in its widest and wordiest states, two compared labs, and every chapter, asked and answered. */
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { openBrowser, openPage as openStill } from './pages';

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
] as const;
const HEIGHT = 900;
openBrowser();

async function openPage(address: string): Promise<Page> {
  const page = await openStill(address, { viewport: { width: 1440, height: HEIGHT } });
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
  });

  test.each([
    ['two layers', '?step=60&b=p:0.2'],
    ['four layers', '?step=60&hidden=12,8,8,8&b=p:0.2'],
    ['no dropout beside it', '?step=60&b=mode:none'],
  ])('two compared labs, %s: all of both, and what is compared at the same height', async (_, address) => {
    const page = await openPage(address);
    await page.waitForFunction(() => document.querySelectorAll('.compare .story').length === 2);
    await page.waitForFunction(() => document.querySelectorAll('.compare .figure-activations figcaption').length === 2);
    const edges = await bottoms(page);
    expect(edges.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...edges.slice(0, 4))).toBeLessThanOrEqual(HEIGHT);
    for (const part of ['.equation-line', '.figure-masks', '.figure-activations']) {
      const tops = await page.$$eval(`.compare ${part}`, (elements) => elements.map((element) => element.getBoundingClientRect().top));
      expect(tops, part).toEqual([tops[0], tops[0]]);
    }
  });

  test('a step in slow motion', async () => {
    const page = await openPage('?step=60');
    await page.locator('.story').waitFor();
    await page.getByRole('button', { name: 'Slow motion' }).click();
    await page.getByText(/are taken for step/).waitFor();
    await expect.poll(async () => Math.max(...(await bottoms(page)))).toBeLessThanOrEqual(HEIGHT);
  });

  test('says on its first screen that chapters lie below it, and leads there', async () => {
    const page = await openPage('?step=60');
    const cue = page.getByRole('link', { name: 'Below: the chapters' });
    const box = await cue.boundingBox();
    expect(box && box.y + box.height).toBeLessThanOrEqual(HEIGHT);
    expect(await page.evaluate(() => document.querySelector('.lab')?.getBoundingClientRect().height)).toBe(HEIGHT);
    await cue.click();
    await page.waitForFunction((id) => Math.abs(document.getElementById(id)?.getBoundingClientRect().top ?? 999) < 60, CHAPTERS[0]);
  });

  test('has no such words where there are no chapters', async () => {
    const page = await openPage('?step=60&hide=chapters');
    expect(await page.getByRole('link', { name: /chapters/ }).count()).toBe(0);
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
});
