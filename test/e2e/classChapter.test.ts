/** A chapter on the lectern stands on the projector too: its page, its prediction, what is set in it, and for a projector that comes late. */
import type { BrowserContext, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { newContext, open, openBrowser, ready } from './classPages';

openBrowser();

const chapterOf = (page: Page) => page.locator('.present-chapter');
/** All that a chapter shows, its texts and what its controls say; the way to the lab is the lectern's alone. */
const seen = (page: Page) =>
  page.evaluate(() => {
    const chapter = document.querySelector<HTMLElement>('.present-chapter');
    const controls = [...(chapter?.querySelectorAll<HTMLInputElement>('input, select') ?? [])].filter((control) =>
      control.checkVisibility(),
    );
    const values = controls.map(({ type, checked, value }) => (['radio', 'checkbox'].includes(type) ? checked : value));
    return `${chapter?.innerText.replace(/\s*Take this to the lab\s*→?/g, '').replace(/\s+/g, ' ')} ${values.join()}`;
  });

async function openBoth(chapter: string): Promise<{ lectern: Page; projector: Page; context: BrowserContext }> {
  const context = await newContext();
  const lectern = await open(context, `?present=1&step=3#${chapter}`);
  await chapterOf(lectern).locator('.chapter-sheet-head .segment').nth(1).waitFor();
  const [projector] = await Promise.all([context.waitForEvent('page'), lectern.getByRole('button', { name: 'Second window' }).click()]);
  await projector.setViewportSize({ width: 1920, height: 1080 });
  await ready(projector);
  await chapterOf(projector).waitFor();
  await lectern.bringToFront();
  return { lectern, projector, context };
}
/** Both may still move: what is compared is read of both at once. */
const expectSame = async (lectern: Page, projector: Page) => {
  const differences = async () => {
    const [there, here] = await Promise.all([seen(lectern), seen(projector)]);
    return there === here ? [] : [there, here];
  };
  await expect.poll(differences, { timeout: 20_000 }).toEqual([]);
};

describe('CL3 a chapter in two windows', () => {
  test('CL3 its pages, prediction, sliders, dice and typed numbers come along; late, too; and the lab comes back', async () => {
    const { lectern, projector } = await openBoth('one-tensor');
    await expectSame(lectern, projector);
    await lectern.locator('.prediction-choices .choice').first().click();
    await projector.locator('.prediction-reveal p').waitFor();
    await lectern.keyboard.press('PageDown');
    await projector.locator('.present-chapter[data-page="1"]').waitFor();
    const p = lectern.getByRole('slider').first();
    await p.focus();
    await lectern.keyboard.press('End');
    await lectern.keyboard.press('ArrowLeft');
    await expectSame(lectern, projector);
    const first = await seen(projector);
    await lectern.locator('.chapter-figures .die').first().click();
    await expectSame(lectern, projector);
    expect(await seen(projector)).not.toBe(first);
    const seed = lectern.locator('.seed-field input').first();
    await seed.fill('0');
    await seed.press('Enter');
    await expectSame(lectern, projector);

    // A remote over the projector turns the page.
    await projector.bringToFront();
    await projector.keyboard.press('PageUp');
    await lectern.locator('.present-chapter[data-page="0"]').waitFor();
    await projector.keyboard.press('PageDown');
    await lectern.locator('.present-chapter[data-page="1"]').waitFor();
    await projector.reload();
    await ready(projector);
    await chapterOf(projector).waitFor();
    await expectSame(lectern, projector);

    await lectern.getByRole('button', { name: 'Code', exact: false }).first().click();
    await projector.getByText('Point a camera at it: the same chapter.').waitFor();
    expect(await projector.locator('.code-link').textContent()).toMatch(/#one-tensor$/);
    await lectern.getByRole('button', { name: 'Chapters' }).click();
    await lectern.getByRole('link', { name: 'The lab' }).click();
    await projector.locator('.present-figures').waitFor();
    await projector.getByText('the same weights, bit for bit').waitFor();
  });

  test('CL3 what was pressed is pressed there, in its order, also for a projector that comes late', async () => {
    const { lectern, projector } = await openBoth('bug-museum');
    await lectern.keyboard.press('PageDown');
    await lectern.keyboard.press('PageDown');
    await lectern.getByRole('button', { name: 'Ask me' }).click();
    const choices = lectern.locator('.quiz-choices .choice');
    await choices.first().click({ timeout: 30_000 });
    await expectSame(lectern, projector);
    await lectern.getByRole('button', { name: 'Next question' }).click();
    await choices.last().click({ timeout: 30_000 });
    await expectSame(lectern, projector);
    await projector.reload();
    await ready(projector);
    await chapterOf(projector).waitFor();
    await expectSame(lectern, projector);
  });

  test('CL2 what the teacher answered at home is not given away in class, and is still there afterwards', async () => {
    const context = await newContext();
    const home = await open(context, '#one-tensor');
    await home.locator('#one-tensor .prediction-choices .choice').first().click();
    await home.locator('#one-tensor .prediction-reveal p').waitFor();
    const kept = await home.evaluate(() => localStorage.getItem('dropout-lab.chapters'));
    const lectern = await open(context, '?present=1#one-tensor');
    await chapterOf(lectern).locator('.prediction-choices .choice').last().click();
    expect(await home.evaluate(() => localStorage.getItem('dropout-lab.chapters'))).toBe(kept);
    await lectern.reload();
    await ready(lectern);
    await chapterOf(lectern).locator('.prediction-choices .choice').first().waitFor();
    expect(await chapterOf(lectern).locator('.prediction-reveal p').count()).toBe(0);
  });
});
