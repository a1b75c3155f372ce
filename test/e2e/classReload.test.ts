/** A reload, a crash or a closed lid in the middle of a lesson: what the teacher wrote, showed and led is there again. */
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { writeLessonHash } from '../../src/store/lessonAddress';
import { newContext, open, openBrowser, ready } from './classPages';

openBrowser();

async function reload(page: Page): Promise<void> {
  await page.reload();
  await ready(page);
}
async function choose(page: Page, entry: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Class' }).click();
  await page.getByRole('button', { name: entry }).click();
}
const stepOf = (page: Page) => page.evaluate('window.dropoutLab.step') as Promise<number>;
const printOf = (page: Page) => page.evaluate('window.dropoutLab.snapshot().then(({ fingerprint }) => fingerprint)') as Promise<string>;

const LINKED = JSON.stringify({
  version: 1,
  title: 'Linked',
  scenes: [
    { title: 'One', settings: { p: 0.25, seed: 0 }, step: 8 },
    { title: 'Two', settings: { mode: 'none' }, step: 3, prompt: { question: 'Why?', answer: 'because' } },
  ],
});

describe('CL4 a lesson outlives its page', () => {
  test('CL4 what is being written is back after a reload, without a question, and in a new tab the next morning', async () => {
    const context = await newContext();
    const page = await open(context, '?p=0.4&seed=0&step=5');
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await choose(page, /^Lesson/);
    await page.getByLabel('Title of the lesson').fill('Tomorrow');
    await page.getByRole('button', { name: 'Add this screen as a scene' }).click();
    await page.getByLabel(/^Notes/).fill('Ask first.');
    await reload(page);
    await expect.poll(() => page.getByLabel('Title of the lesson').inputValue()).toBe('Tomorrow');
    expect(asked).toEqual([]);
    await page.close();
    const morning = await open(context);
    await choose(morning, /^Lesson/);
    await morning.getByText('The lesson that you were writing is back.').waitFor();
    await morning.getByRole('button', { name: 'Done writing' }).click();
    await morning.getByRole('button', { name: 'Begin' }).click();
    await expect.poll(() => stepOf(morning)).toBe(5);
    await morning.getByText('Ask first.').waitFor();
  });

  test('CL4 a linked lesson does not take the place of a draft that is in no file', async () => {
    const context = await newContext();
    const first = await open(context);
    await choose(first, /^Lesson/);
    await first.getByLabel('Title of the lesson').fill('My draft');
    await first.getByRole('button', { name: 'Add this screen as a scene' }).click();
    await first.close();
    const page = await open(context, `#${await writeLessonHash(LINKED)}`);
    await page.getByRole('complementary', { name: 'Linked' }).waitFor();
    await page.getByRole('button', { name: 'Back to the lesson I was writing' }).click();
    await page.getByRole('complementary', { name: 'My draft' }).waitFor();
  });

  test('CL4 presenting, a reload keeps the scene, and the remote walks on', async () => {
    const page = await open(await newContext(), `?present=1#${await writeLessonHash(LINKED)}`);
    await page.getByRole('button', { name: 'Freeze' }).waitFor();
    await page.keyboard.press('PageDown');
    await page.getByRole('heading', { name: 'One' }).waitFor();
    await expect.poll(() => page.url()).toContain('step=8');
    await reload(page);
    await page.getByRole('heading', { name: 'One' }).waitFor();
    await expect.poll(() => stepOf(page)).toBe(8);
    await page.keyboard.press('PageDown');
    await page.getByRole('heading', { name: 'Two', exact: true }).waitFor();
    await expect.poll(() => stepOf(page)).toBe(3);
  });
});

describe('CL2 a question that was typed', () => {
  test('CL2 is there again after a reload, on show as it was, its answer hidden until Q tells it; taken away it stays away', async () => {
    const page = await open(await newContext(), '?present=1&step=5');
    await page.getByRole('button', { name: 'Freeze' }).waitFor();
    await page.keyboard.press('q');
    await page.getByLabel('Question').fill('How many are out?');
    await page.getByLabel(/^Choices/).fill('none\nhalf');
    await page.getByLabel(/^Answer/).fill('half of them');
    await page.getByRole('dialog').getByRole('button', { name: 'Ask', exact: true }).click();
    const band = page.getByRole('region', { name: 'Question' });
    await band.waitFor();
    await page.keyboard.press('q');
    await band.getByText('half of them').waitFor();
    await reload(page);
    await band.getByText('How many are out?').waitFor();
    expect(await page.content()).not.toContain('half of them');
    await page.keyboard.press('q');
    await band.getByText('half of them').waitFor();
    await page.keyboard.press('q');
    await band.waitFor({ state: 'detached' });
    await reload(page);
    await page.getByRole('button', { name: /^Ask/ }).waitFor();
    expect(await band.count()).toBe(0);
    await page.keyboard.press('q');
    await band.getByText('How many are out?').waitFor();
  });

  test('CL2 in a scene it comes back before the question of the scene, and makes way for the next', async () => {
    const page = await open(await newContext(), `?present=1#${await writeLessonHash(LINKED)}`);
    await page.getByRole('button', { name: 'Freeze' }).waitFor();
    for (const title of ['One', 'Two']) {
      await page.keyboard.press('PageDown');
      await page.getByRole('heading', { name: title, exact: true }).waitFor();
    }
    await page.keyboard.press('a');
    await page.getByLabel('Question').fill('And now?');
    await page.getByRole('dialog').getByRole('button', { name: 'Ask', exact: true }).click();
    const band = page.getByRole('region', { name: 'Question' });
    await band.getByText('And now?').waitFor();
    await reload(page);
    await band.getByText('And now?').waitFor();
    await page.getByRole('heading', { name: 'Two', exact: true }).waitFor();
    for (const key of ['PageUp', 'PageDown']) await page.keyboard.press(key);
    await page.keyboard.press('q');
    await band.getByText('Why?').waitFor();
  });
});

describe('CL3 the lectern is reloaded', () => {
  test('CL3 the projector takes it up again, and a window of its own leads nobody', async () => {
    const context = await newContext();
    const lectern = await open(context, '?p=0.4&seed=0&step=12');
    await lectern.getByRole('button', { name: 'Class' }).click();
    const [projector] = await Promise.all([context.waitForEvent('page'), lectern.getByRole('button', { name: /^Second window/ }).click()]);
    await ready(projector);
    const same = projector.getByText('the same weights, bit for bit');
    await same.waitFor({ timeout: 20_000 });
    await reload(lectern);
    await same.waitFor({ timeout: 20_000 });
    await lectern.evaluate('window.dropoutLab.configure({ p: 0.6 })');
    await lectern.evaluate('window.dropoutLab.advance(9)');
    await expect.poll(() => stepOf(projector), { timeout: 20_000 }).toBe(21);
    await same.waitFor({ timeout: 20_000 });
    expect(await printOf(projector)).toBe(await printOf(lectern));

    // Closed by mistake, it is opened again and follows the same room.
    await projector.close();
    await lectern.getByRole('button', { name: 'Class' }).click();
    const [again] = await Promise.all([context.waitForEvent('page'), lectern.getByRole('button', { name: /^Second window/ }).click()]);
    await again.getByText('the same weights, bit for bit').waitFor({ timeout: 20_000 });

    await lectern.bringToFront();
    const ends = (page: Page) => page.getByRole('button', { name: /^End the second window/ });
    await lectern.getByRole('button', { name: 'Class' }).click();
    await ends(lectern).click();
    await again.getByRole('button', { name: 'Go on by itself' }).click();
    await reload(lectern);
    for (const page of [again, lectern]) {
      await page.bringToFront();
      await page.getByRole('button', { name: 'Class' }).click();
      await page.getByRole('button', { name: /^Second window/ }).waitFor();
      expect(await ends(page).count()).toBe(0);
    }
  });
});

describe('CL3 accidents', () => {
  test('CL3 a tab that was duplicated steers no second window, and says so; a projector that was closed comes back with one press', async () => {
    const context = await newContext();
    const lectern = await open(context, '?present=1&step=4&p=0.3');
    const secondWindow = lectern.getByRole('button', { name: 'Second window' });
    const [first] = await Promise.all([context.waitForEvent('page'), secondWindow.click()]);
    await ready(first);
    await first.getByText('bit for bit').waitFor();
    // As "Duplicate tab" does it: a page of the same opener begins with a copy of its memory.
    const [copy] = await Promise.all([context.waitForEvent('page'), lectern.evaluate('void window.open(location.href)')]);
    await ready(copy);
    await copy.getByText('Another tab of this browser leads the second window.').first().waitFor();
    await copy.keyboard.press('ArrowRight');
    await expect.poll(() => stepOf(copy)).toBe(5);
    await copy.close();
    expect(await stepOf(first)).toBe(4);

    await first.close();
    const [again] = await Promise.all([context.waitForEvent('page'), secondWindow.click()]);
    await ready(again);
    await again.getByText('bit for bit').waitFor();
    await again.keyboard.press('Escape');
    await again.getByRole('button', { name: 'Go on by itself' }).waitFor();
    await again.keyboard.press('Escape');
    await again.getByRole('button', { name: 'Go on by itself' }).waitFor({ state: 'detached' });
    await again.keyboard.press('ArrowRight');
    await expect.poll(() => stepOf(lectern)).toBe(5);
    await secondWindow.click();
    await again.getByText('The window that led has closed.').waitFor();
  });

  test('CL4 the question of a scene that was on show is on show after a reload, its answer hidden', async () => {
    const page = await open(await newContext(), `?present=1#${await writeLessonHash(LINKED)}`);
    await page.getByRole('button', { name: 'Freeze' }).waitFor();
    await page.keyboard.press('PageDown');
    await page.getByRole('heading', { name: 'One', exact: true }).waitFor();
    await page.keyboard.press('PageDown');
    await page.getByRole('heading', { name: 'Two', exact: true }).waitFor();
    await page.keyboard.press('q');
    await page.keyboard.press('q');
    await page.getByText('because').waitFor();
    await reload(page);
    await page.getByText('Why?').waitFor();
    expect(await page.content()).not.toContain('because');
    await page.keyboard.press('PageUp');
    await page.getByText('Why?').waitFor({ state: 'detached' });
    await reload(page);
    await page.getByRole('heading', { name: 'One', exact: true }).waitFor();
    expect(await page.getByText('Why?').count()).toBe(0);
  });
});
