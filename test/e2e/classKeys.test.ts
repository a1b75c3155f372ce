/** A presenter's remote, whatever the focus is on: page up and down walk the lesson, space plays, over the lectern and over the projector. */
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { writeLessonHash } from '../../src/store/lessonAddress';
import { newContext, open, openBrowser, type PageLab, ready } from './classPages';

openBrowser();

const LESSON = JSON.stringify({
  version: 1,
  title: 'Keys',
  scenes: [
    { title: 'One', settings: { p: 0.25, seed: 0 }, step: 8 },
    { title: 'Two', settings: { p: 0.4 }, step: 3 },
  ],
});
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });
const isRunning = (page: Page) => page.evaluate(() => (window as unknown as { dropoutLab: PageLab }).dropoutLab.running);

async function walkBothWays(page: Page, shown: Page = page): Promise<void> {
  await page.keyboard.press('PageDown');
  await heading(shown, 'Two').waitFor();
  await page.keyboard.press('PageUp');
  await heading(shown, 'One').waitFor();
}

async function present(): Promise<Page> {
  const page = await open(await newContext(), `?present=1#${await writeLessonHash(LESSON)}`);
  await page.getByRole('button', { name: 'Freeze' }).waitFor();
  await page.keyboard.press('PageDown');
  await heading(page, 'One').waitFor();
  await expect.poll(() => page.url()).toContain('step=8');
  return page;
}

describe('CL4 a remote over the lectern', () => {
  test('CL4 walks from nothing, a slider, a choice and a button, and changes none of them', async () => {
    const page = await present();
    await walkBothWays(page);
    for (const control of [
      page.getByRole('slider', { name: /drop rate/ }),
      page.getByRole('combobox', { name: 'mode of dropout' }),
      page.getByRole('button', { name: 'Freeze' }),
    ]) {
      await control.focus();
      await walkBothWays(page);
      expect(await control.evaluate((element) => element === document.activeElement)).toBe(true);
    }
    await expect.poll(() => page.getByRole('slider', { name: /drop rate/ }).inputValue()).toBe('0.25');
    expect(await page.getByRole('combobox', { name: 'mode of dropout' }).inputValue()).toBe('inverted');
  });

  test('CL4 space plays from nothing, from a slider and after a click on a button, and presses the one that the keyboard went to', async () => {
    const page = await present();
    const plays = async () => {
      await page.keyboard.press(' ');
      await expect.poll(() => isRunning(page)).toBe(true);
      await page.keyboard.press(' ');
      await expect.poll(() => isRunning(page)).toBe(false);
    };
    await plays();
    await page.getByRole('slider', { name: /drop rate/ }).focus();
    await plays();
    const freeze = page.getByRole('button', { name: /^(Freeze|Go on)/ });
    await freeze.click();
    await plays();
    await page.locator('.present-frozen').waitFor();
    await freeze.focus();
    await page.keyboard.press(' ');
    await page.locator('.present-frozen').waitFor({ state: 'detached' });
    expect(await isRunning(page)).toBe(false);
  });

  test('CL4 in a text that is being written the keys write', async () => {
    const page = await present();
    await page.keyboard.press('q');
    await page.getByLabel('Question').fill('a');
    for (const key of [' ', 'PageDown', 'b']) await page.keyboard.press(key);
    expect(await page.getByLabel('Question').inputValue()).toBe('a b');
    await page.keyboard.press('Escape');
    await heading(page, 'One').waitFor();
    expect(await isRunning(page)).toBe(false);
  });
});

describe('CL3 a remote over the projector', () => {
  test('CL3 begins and walks the lesson of a lectern that shows the lab, from nothing, a figure and a button', async () => {
    const context = await newContext();
    const lectern = await open(context, `#${await writeLessonHash(LESSON)}`);
    await lectern.getByRole('complementary', { name: 'Keys' }).waitFor();
    await lectern.getByRole('button', { name: 'Class' }).click();
    const [projector] = await Promise.all([context.waitForEvent('page'), lectern.getByRole('button', { name: /^Second window/ }).click()]);
    await ready(projector);
    await projector.getByText('Follows the window that leads').waitFor();
    await projector.keyboard.press('PageDown');
    await heading(projector, 'One').waitFor();
    await walkBothWays(projector);
    await projector.getByText('bit for bit').waitFor({ timeout: 20_000 });
    await projector.locator('.figure-network .walkable').click();
    await walkBothWays(projector);
    await lectern.waitForFunction(() => (window as unknown as { dropoutLab: PageLab }).dropoutLab.step === 8);
    await projector.keyboard.press('ArrowRight');
    await lectern.waitForFunction(() => (window as unknown as { dropoutLab: PageLab }).dropoutLab.step === 9);
    await projector.keyboard.press(' ');
    await expect.poll(() => isRunning(lectern)).toBe(true);
    await projector.keyboard.press(' ');
    await expect.poll(() => isRunning(lectern)).toBe(false);
  });
});
