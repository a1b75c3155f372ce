/** The classroom as it ships: two windows that keep step, present mode for every screen, a lesson by its link, a worksheet on paper. */
import { createRequire } from 'node:module';
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { writeLessonHash } from '../../src/store/lessonAddress';
import { CHAPTERS } from '../../src/ui/chapters/chapterList';
import { newContext, open, openBrowser, type PageLab, ready } from './classPages';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
openBrowser();

/** Calls the lab of a page. */
const ask = <Result>(page: Page, call: string): Promise<Result> => page.evaluate(`window.dropoutLab.${call}`) as Promise<Result>;
const printOf = (page: Page) =>
  ask<{ step: number; fingerprint: string }>(page, 'snapshot().then(({ step, fingerprint }) => ({ step, fingerprint }))');

describe('CL3 two windows', () => {
  test('CL3 the projector follows the lectern to the same words and bits, and says when the lectern closes', async () => {
    const context = await newContext();
    const lectern = await open(context, '?p=0.4&seed=0');
    await ask(lectern, 'advance(30)');
    await lectern.getByRole('button', { name: 'Class' }).click();
    const [projector] = await Promise.all([context.waitForEvent('page'), lectern.getByRole('button', { name: /^Second window/ }).click()]);
    await ready(projector);
    const same = projector.getByText('the same weights, bit for bit');
    await same.waitFor({ timeout: 20_000 });
    expect(await printOf(projector)).toEqual(await printOf(lectern));
    const words = await projector.locator('.present-words dd').textContent();
    await expect.poll(() => lectern.locator('.fingerprint-words').textContent()).toContain(words);

    // A change on the way, a run, a stop: wherever the lectern rests, so does the projector.
    await ask(lectern, 'configure({ p: 0.7, phase: "mc" })');
    await ask(lectern, 'play()');
    await lectern.waitForFunction(() => (window as unknown as { dropoutLab: PageLab }).dropoutLab.step > 60);
    await ask(lectern, 'pause()');
    await same.waitFor({ timeout: 20_000 });
    await expect.poll(() => printOf(projector), { timeout: 20_000 }).toEqual(await printOf(lectern));
    await ask(lectern, 'seek(35)');
    await expect.poll(() => printOf(projector), { timeout: 20_000 }).toEqual(await printOf(lectern));

    // No key but those of a remote steers from the projector.
    await projector.keyboard.press('r');
    await projector.keyboard.press('c');
    expect(await printOf(projector)).toEqual(await printOf(lectern));

    await lectern.close({ runBeforeUnload: true });
    await projector.getByText('The window that led has closed.').waitFor();
    await projector.getByRole('button', { name: 'Go on by itself' }).click();
    await projector.getByRole('button', { name: 'Class' }).waitFor();
  });

  test('CL3 a remote pressed over the projector steers the lectern, and the projector comes after', async () => {
    const context = await newContext();
    const lectern = await open(context, '?present=1&step=20&p=0.4');
    const [projector] = await Promise.all([context.waitForEvent('page'), lectern.getByRole('button', { name: 'Second window' }).click()]);
    await ready(projector);
    await projector.getByText('bit for bit').waitFor();
    for (const [key, step] of [
      ['ArrowRight', 21],
      ['ArrowLeft', 20],
    ] as const) {
      await projector.keyboard.press(key);
      for (const page of [lectern, projector]) {
        await page.waitForFunction((wanted) => (window as unknown as { dropoutLab: PageLab }).dropoutLab.step === wanted, step);
      }
    }
  });

  test('CL3 a comparison stands on both screens, and both labs have the same bits there', async () => {
    const context = await newContext();
    const lectern = await open(context, '?present=1&step=20&p=0.4&b=p:0.8');
    const [projector] = await Promise.all([context.waitForEvent('page'), lectern.getByRole('button', { name: 'Second window' }).click()]);
    await ready(projector);
    const same = projector.getByText('the same weights, bit for bit');
    const sideB = (page: Page) => page.getByRole('region', { name: 'Lab B: drop 0.80 = keep 0.20' });
    await sideB(projector).waitFor({ timeout: 20_000 });
    await same.waitFor({ timeout: 20_000 });
    await projector.keyboard.press('ArrowRight');
    await expect.poll(() => ask<number>(projector, 'step'), { timeout: 20_000 }).toBe(21);
    await same.waitFor({ timeout: 20_000 });
    const numbers = (page: Page) => page.locator('.side-numbers').allTextContents();
    await expect.poll(() => numbers(projector), { timeout: 20_000 }).toEqual(await numbers(lectern));
    await lectern.bringToFront();
    await lectern.keyboard.press('f');
    await projector.getByText('frozen at step', { exact: true }).waitFor();
    await lectern.getByRole('button', { name: 'A | B' }).click();
    await sideB(projector).waitFor({ state: 'detached' });
  });

  test('CL3 a question, its answer, the frozen picture and what is pointed at come along', async () => {
    const context = await newContext();
    const lectern = await open(context, '?present=1');
    const [projector] = await Promise.all([context.waitForEvent('page'), lectern.getByRole('button', { name: 'Second window' }).click()]);
    await ready(projector);
    await projector.getByText('Follows the window that leads').waitFor();
    await lectern.bringToFront();
    await lectern.keyboard.press('q');
    await lectern.getByLabel('Question').fill('Which unit is out?');
    await lectern.getByLabel(/^Answer/).fill('the third');
    await lectern.getByRole('dialog').getByRole('button', { name: 'Ask', exact: true }).click();
    await projector.getByText('Which unit is out?').waitFor();
    expect(await projector.content()).not.toContain('the third');
    await lectern.keyboard.press('q');
    await projector.getByText('the third').waitFor();

    await lectern.keyboard.press('f');
    await projector.getByText('frozen at step', { exact: true }).waitFor();
    const canvas = lectern.locator('.figure-network .walkable');
    await lectern.keyboard.press('f');
    await canvas.focus();
    for (const key of ['ArrowRight', 'ArrowDown']) await lectern.keyboard.press(key);
    await projector.locator('.equation-line').waitFor();
    expect(await projector.locator('.equation-formula').textContent()).toBe(await lectern.locator('.equation-formula').textContent());
  });
});

describe('CL2 presenting', () => {
  test.each([
    [1024, 768, 'light'],
    [1280, 720, 'dark'],
    [1920, 1080, 'light'],
    [3840, 2160, 'dark'],
  ] as const)('CL2 fills %i × %i without scrolling, large, and axe finds nothing (%s)', async (width, height, colorScheme) => {
    const context = await newContext({ viewport: { width, height }, colorScheme, bypassCSP: true });
    const page = await open(context, '?present=1&step=40');
    await page.getByRole('button', { name: 'Freeze' }).waitFor();
    await page.locator('.present-words dd').waitFor();
    await page.waitForFunction(() => document.querySelector('.present-words dd')?.textContent?.trim());
    const scrolls = () =>
      page.evaluate(() => {
        const boxes = [document.documentElement, ...document.querySelectorAll('.present-layers, .present-results')];
        return Math.max(...boxes.flatMap((box) => [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight]));
      });
    await expect.poll(scrolls).toBeLessThanOrEqual(1);
    // The smallest text is a sixtieth of the screen's height or more.
    const textHeight = await page.evaluate(() => {
      const caption = document.querySelector('.present .figure-caption') as Element & { currentCSSZoom: number };
      return Number.parseFloat(getComputedStyle(caption).fontSize) * caption.currentCSSZoom;
    });
    expect(textHeight).toBeGreaterThan(height / 60);
    await page.addScriptTag({ path: axePath });
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
      return (await axe.run()).violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
    });
    expect(violations).toEqual([]);
  });

  test('CL2 a dialog is magnified with the rest, and stays on the screen', async () => {
    const context = await newContext({ viewport: { width: 1366, height: 768 } });
    const page = await open(context, '?present=1&step=5');
    await page.getByRole('button', { name: /^Keys/ }).click();
    const box = await page.getByRole('dialog').boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(768);
  });

  test('CL2 on a phone it scrolls down and not sideways, and every target is 44 pixels high', async () => {
    const context = await newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const page = await open(context, '?present=1&step=5');
    await page.getByRole('button', { name: 'Freeze' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    const low = await page.evaluate(() =>
      [...document.querySelectorAll('.present button, .present select')]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
        .map((element) => element.textContent),
    );
    expect(low).toEqual([]);
  });
});

describe('CL2 presenting a chapter', () => {
  test('CL2 stands in the place of the lab, large, steers no lab, and takes its settings there', async () => {
    const page = await open(await newContext(), '?present=1&step=7');
    await page.getByRole('button', { name: 'Chapters' }).click();
    await page.getByRole('link', { name: 'Why divide by keep?' }).click();
    const chapter = page.locator('.present-chapter');
    await chapter.getByRole('heading', { name: 'Why divide by keep?' }).waitFor();
    expect(await page.locator('.present-figures').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await chapter.getByRole('radio', { name: 'Figure 1' }).check();
    await chapter.getByRole('slider').first().focus();
    await page.keyboard.press('r');
    expect((await printOf(page)).step).toBe(7);

    await page.reload();
    await ready(page);
    await chapter.getByRole('link', { name: 'Take this to the lab' }).click();
    await page.locator('.present-figures').waitFor();
    expect(page.url()).toMatch(/#figures$/);
  });
});

describe('CL2 every page of every chapter', () => {
  test.each([
    [1280, 720],
    [1920, 1080],
  ] as const)('CL2 stands whole on %i × %i: words, then each figure, turned by a remote', async (width, height) => {
    const page = await open(await newContext({ viewport: { width, height } }), '?present=1&step=3#one-tensor');
    const seen: string[] = [];
    const look = async (name: string) => {
      seen.push(name);
      // Whatever arrives late changes the height, and the page is fitted again: it has to come to rest without scrolling.
      const overflow = () =>
        page.evaluate(() => {
          const sheet = document.querySelector('.chapter-sheet') as Element;
          const picture = document.querySelector('.present-chapter .chapter') as Element;
          return picture.clientHeight === 0 ? 99 : Math.max(sheet.scrollHeight - sheet.clientHeight, sheet.scrollWidth - sheet.clientWidth);
        });
      await expect.poll(overflow, { timeout: 10_000, message: name }).toBeLessThanOrEqual(1);
    };
    for (const { id, title } of CHAPTERS) {
      await page.evaluate((hash) => location.replace(`#${hash}`), id);
      await page.getByRole('heading', { name: title }).waitFor();
      await page.locator('.chapter-sheet-head .segment').nth(1).waitFor();
      const numPages = await page.locator('.chapter-sheet-head .segment').count();
      for (let index = 0; index < numPages; index += 1) {
        if (index > 0) await page.keyboard.press('PageDown');
        await page.locator(`.present-chapter[data-page="${index}"]`).waitFor();
        await look(`${id} ${index}`);
        const tabs = page.locator('.chapter-figures [role=tab]:visible');
        for (let tab = 1; tab < (await tabs.count()); tab += 1) {
          await tabs.nth(tab).click();
          await look(`${id} ${index} ${tab}`);
        }
      }
    }
    expect(seen.length).toBeGreaterThan(26);
  });
});

describe('CL4 a lesson by its link', () => {
  test('CL4 opens from the address and is walked to its steps; one that was cut off says so', async () => {
    const file = JSON.stringify({
      version: 1,
      title: 'Linked',
      scenes: [
        { title: 'One', settings: { p: 0.25, seed: 0 }, step: 8 },
        { title: 'Two', settings: { mode: 'none' }, step: 3 },
      ],
    });
    const hash = await writeLessonHash(file);
    const context = await newContext();
    const page = await open(context, `#${hash}`);
    await page.getByRole('complementary', { name: 'Linked' }).waitFor();
    await page.getByRole('button', { name: 'Begin' }).click();
    await expect.poll(async () => (await printOf(page)).step).toBe(8);
    await page.getByRole('button', { name: 'Next' }).click();
    await expect.poll(async () => (await printOf(page)).step).toBe(3);
    const broken = await open(await newContext(), `#${hash.slice(0, 40)}`);
    await broken.getByText('cut off or changed on the way').waitFor();
  });
});

describe('CL5 the worksheet on paper', () => {
  test('CL5 prints questions first and answers on pages of their own, and nothing else', async () => {
    const context = await newContext();
    const page = await open(context, '?p=0.3&step=80');
    await page.getByRole('button', { name: 'Class' }).click();
    await page.getByRole('button', { name: /^Worksheet/ }).click();
    await page.getByRole('heading', { name: 'Answers' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    const shown = await page.evaluate(() =>
      ['.lab-header', '.chapters', '.sheet-tools', '.sheet-questions'].map(
        (selector) => document.querySelector(selector)?.checkVisibility() ?? false,
      ),
    );
    expect(shown).toEqual([false, false, false, true]);
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.sheet-answers') as Element).breakBefore)).toBe('page');
  });
});
