/** The address of the page as it ships: it leads to the same bits elsewhere, back and forward work, undo does, Share hands it out. */
import type { Page } from 'playwright';
import { describe, expect, inject, test } from 'vitest';
import { ask, openPage as open, openBrowser, type PageLab } from './pages';

openBrowser();

const search = (page: Page) => new URL(page.url()).search;
const settles = (page: Page, step: number) =>
  expect.poll(() => ask(page, (lab) => [lab.step, lab.running]), { timeout: 15_000 }).toEqual([step, false]);

describe('elsewhere', () => {
  test('AD4 the address of a run that was changed as it went leads to the same step and the same bits', async () => {
    const page = await open('?seed=0&p=0.37&data=xor');
    await settles(page, 1);
    await ask(page, (lab) => lab.advance(40));
    await ask(page, (lab) => lab.configure({ p: 0.2 }));
    await ask(page, (lab) => lab.advance(20));
    await ask(page, (lab) => lab.configure({ mode: 'gaussian', learningRate: 0.03 }));
    await ask(page, (lab) => lab.advance(60));
    const here = await ask(page, (lab) => lab.snapshot());
    await expect.poll(() => search(page)).toBe('?v=1&data=xor&p=0.37&seed=0&at=mode:61:gaussian;p:41:0.2;lr:61:0.03&step=121');

    // `ready` is the step of the address: whoever waits for it needs no more.
    const other = await open(page.url());
    expect(await ask(other, (lab) => [lab.step, lab.running])).toEqual([121, false]);
    const there = await ask(other, (lab) => lab.snapshot());
    expect(there.fingerprint).toBe(here.fingerprint);
    expect(there.changes).toEqual(here.changes);
    expect(await ask(other, (lab) => lab.settings)).toEqual(await ask(page, (lab) => lab.settings));
  });

  test('AD4 a far step is reached, and step 0 is a step', async () => {
    const page = await open('?step=5000&hidden=4');
    await settles(page, 5000);
    const there = await ask(page, (lab) => lab.snapshot());
    await ask(page, (lab) => lab.reset());
    await ask(page, (lab) => lab.advance(5000));
    expect(there.fingerprint).toBe((await ask(page, (lab) => lab.snapshot())).fingerprint);
    const still = await open('?step=0');
    await still.waitForTimeout(300);
    await settles(still, 0);
  });

  test('AD4 a run that was put back to step 0 opens there, by its address and by its link, and stands', async () => {
    const page = await open('?p=0.3&step=5');
    await settles(page, 5);
    await ask(page, (lab) => lab.reset());
    await expect.poll(() => search(page)).toBe('?v=1&p=0.3&step=0');
    await page.getByRole('button', { name: 'Share' }).click();
    const link = page.getByRole('dialog').getByRole('textbox', { name: 'Link' });
    await expect.poll(() => link.inputValue()).toBe(page.url());
    const other = await open(page.url());
    // One that had gone on by itself would have a step more.
    expect(await ask(other, (lab) => lab.advance(3))).toBe(3);
  });

  test('AD4 a comparison opens at its step, with what differs', async () => {
    const page = await open('?b=p:0;mode:standard&step=40&seed=0');
    await page.getByRole('region', { name: 'Lab B' }).getByRole('grid').first().waitFor();
    await settles(page, 40);
    await ask(page, (lab) => lab.configure({ p: 0.3 }));
    await expect.poll(() => search(page)).toBe('?v=1&seed=0&at=p:40:0.3&step=40&b=mode:standard;p:0');
  });

  test('AD4 what a comparison begins with is in the address, and the same elsewhere, whatever A has become', async () => {
    const page = await open('?step=3&seed=0');
    await settles(page, 3);
    await page.getByRole('button', { name: 'Compare A | B' }).click();
    await expect.poll(() => search(page)).toBe('?v=1&seed=0&step=3&b=mode:none');
    await ask(page, (lab) => lab.reset());
    await ask(page, (lab) => lab.configure({ mode: 'none' }));
    await expect.poll(() => search(page)).toBe('?v=1&mode=none&seed=0&step=0&b=mode:none');
  });

  test('AD4 a comparison that A no longer goes with ends in words, and is in the address no more', async () => {
    const page = await open('?b=p:1&step=3');
    await page.getByRole('region', { name: 'Lab B' }).getByRole('grid').first().waitFor();
    await settles(page, 3);
    await ask(page, (lab) => lab.configure({ mode: 'gaussian' }));
    await page.getByText("The comparison has ended: in B, p must be at least 0 and below 1 in mode 'gaussian', got 1.").waitFor();
    await expect.poll(() => search(page)).toBe('?v=1&at=mode:3:gaussian&step=3');
  });

  test('AD3 what is refused is said, the rest is there', async () => {
    const page = await open('?p=7&seed=5&step=x&hide=door,mode');
    const lines = page.getByRole('alert').getByRole('listitem');
    await expect
      .poll(() => lines.allTextContents())
      .toEqual([
        'p=7: p must be between 0 and 1, got 7. 0.5 is used instead.',
        expect.stringMatching(/^step=x: must be a whole number/),
        expect.stringMatching(/^hide=door,mode: there is no control "door"/),
      ]);
    expect(await ask(page, (lab) => lab.settings)).toMatchObject({ p: 0.5, seed: 5 });
    expect(await page.getByRole('group', { name: 'Mode of dropout' }).isVisible()).toBe(false);
  });
});

describe('history', () => {
  test('AD5 a run that goes on writes its address sparingly', async () => {
    const page = await open('?step=5');
    await settles(page, 5);
    await page.evaluate(() => {
      const counted = window as unknown as { numWrites: number };
      counted.numWrites = 0;
      const write = history.replaceState.bind(history);
      history.replaceState = (...args) => {
        counted.numWrites += 1;
        write(...args);
      };
    });
    const { seconds, numWrites } = await page.evaluate(async () => {
      const { dropoutLab } = window as unknown as { dropoutLab: PageLab };
      const startMs = performance.now();
      await dropoutLab.play();
      while (dropoutLab.step < 150) await new Promise((resolve) => setTimeout(resolve, 50));
      await dropoutLab.pause();
      return { seconds: (performance.now() - startMs) / 1000, numWrites: (window as unknown as { numWrites: number }).numWrites };
    });
    expect(numWrites).toBeGreaterThan(0);
    expect(numWrites).toBeLessThanOrEqual(seconds + 2);
    await expect.poll(() => search(page)).toBe(`?v=1&step=${await ask(page, (lab) => lab.step)}`);
  });

  test('AD5 each change is an entry, a drag is one, a run makes none; back and forward lead to the experiment as it was', async () => {
    const page = await open('?step=50');
    await settles(page, 50);
    const entries = () => page.evaluate(() => history.length);
    const first = await entries();
    const before = await ask(page, (lab) => lab.snapshot());
    // A drag that pauses in the middle for longer than what parts one change from the next.
    const box = await page.getByRole('slider', { name: 'drop rate p' }).first().boundingBox();
    const moveTo = (share: number) => page.mouse.move((box?.x ?? 0) + share * (box?.width ?? 0), (box?.y ?? 0) + (box?.height ?? 0) / 2);
    await moveTo(0.5);
    await page.mouse.down();
    await moveTo(0.6);
    await expect.poll(() => ask(page, (lab) => lab.settings.p)).toBeGreaterThan(0.55);
    await page.waitForTimeout(700);
    await moveTo(0.7);
    await expect.poll(() => ask(page, (lab) => lab.settings.p)).toBeGreaterThan(0.65);
    await page.mouse.up();
    const p = await ask(page, (lab) => lab.settings.p);
    await expect.poll(() => search(page)).toBe(`?v=1&at=p:50:${String(p)}&step=50`);
    expect(await entries()).toBe(first + 1);

    await page.waitForTimeout(700);
    await ask(page, (lab) => lab.play());
    await page.waitForFunction(() => (window as unknown as { dropoutLab: PageLab }).dropoutLab.step > 90);
    await ask(page, (lab) => lab.pause());
    expect(await entries()).toBe(first + 1);
    await ask(page, (lab) => lab.configure({ dataset: 'circles' }));
    await expect.poll(() => search(page)).toContain('data=circles');
    expect(await entries()).toBe(first + 2);

    await page.goBack();
    await page.goBack();
    await settles(page, 50);
    const after = await ask(page, (lab) => lab.snapshot());
    expect(after).toMatchObject({ fingerprint: before.fingerprint, changes: [] });
    expect(search(page)).toBe('?v=1&step=50');
    await page.goForward();
    await expect.poll(() => ask(page, (lab) => lab.settings)).toMatchObject({ p, dataset: 'moons' });
    await page.goForward();
    await expect.poll(() => ask(page, (lab) => lab.settings)).toMatchObject({ dataset: 'circles' });
  });

  test('AD5 back from a link to a chapter moves the reader, not the run', async () => {
    const page = await open('?step=50');
    await settles(page, 50);
    await page.evaluate('location.hash = "#one-tensor"');
    await ask(page, (lab) => lab.advance(30));
    await expect.poll(() => search(page)).toBe('?v=1&step=80');
    await page.goBack();
    expect(new URL(page.url()).hash).toBe('');
    await expect.poll(() => search(page)).toBe('?v=1&step=80');
    expect(await ask(page, (lab) => lab.step)).toBe(80);
    // A real change is still one step back, wherever the reader is.
    await ask(page, (lab) => lab.configure({ p: 0.2 }));
    await expect.poll(() => search(page)).toBe('?v=1&at=p:80:0.2&step=80');
    await page.goBack();
    await expect.poll(() => ask(page, (lab) => lab.settings)).toMatchObject({ p: 0.5 });
  });

  test('AD1 AD5 after a step back the address has the view as it is', async () => {
    const page = await open('?step=5&theme=dark');
    await settles(page, 5);
    await ask(page, (lab) => lab.configure({ p: 0.2 }));
    await expect.poll(() => search(page)).toContain('at=p:5:0.2');
    await page.getByRole('combobox', { name: 'theme' }).selectOption('light');
    await expect.poll(() => search(page)).not.toContain('theme=dark');
    const seen = new URLSearchParams(search(page)).get('theme');
    await page.goBack();
    await settles(page, 5);
    await expect.poll(() => new URLSearchParams(search(page)).get('theme')).toBe(seen);
    await expect.poll(() => search(page)).not.toContain('at=');
  });

  test('AD6 undo and redo by button and by key; not while typing', async () => {
    const page = await open('?seed=0');
    await settles(page, 1);
    const p = () => ask(page, (lab) => lab.settings.p);
    await page.getByRole('radio', { name: 'Standard' }).click({ force: true });
    await page.keyboard.press(']');
    await expect.poll(p).toBe(0.55);
    await page.keyboard.press('Control+z');
    await expect.poll(p).toBe(0.5);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => ask(page, (lab) => lab.settings.mode)).toBe('inverted');
    await page.keyboard.press('Control+Shift+z');
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(p).toBe(0.55);
    expect(await page.getByRole('button', { name: 'Redo' }).isDisabled()).toBe(true);
    const field = page.getByRole('textbox', { name: 'drop rate p' }).or(page.getByRole('spinbutton', { name: 'drop rate p' }));
    await field.first().focus();
    await page.keyboard.press('Control+z');
    expect(await p()).toBe(0.55);
  });
});

describe('Share', () => {
  test('AD1 hands out the link with or without its step, as text and as a code', async () => {
    const page = await open('?p=0.3&step=120');
    await settles(page, 120);
    await page.getByRole('button', { name: 'Share' }).click();
    const dialog = page.getByRole('dialog', { name: 'Share this experiment' });
    const link = dialog.getByRole('textbox', { name: 'Link' });
    await expect.poll(() => link.inputValue()).toBe(`${inject('baseUrl')}?v=1&p=0.3&step=120`);
    await dialog.getByRole('img', { name: /code for cameras/ }).waitFor();
    await dialog.getByRole('checkbox', { name: 'stop at step 120' }).uncheck();
    expect(await link.inputValue()).toBe(`${inject('baseUrl')}?v=1&p=0.3`);
    await dialog.getByRole('combobox', { name: 'figure to embed' }).selectOption('masks');
    expect(await dialog.getByRole('textbox', { name: 'As a frame' }).inputValue()).toContain('?v=1&amp;embed=masks&amp;p=0.3"');
    expect(await dialog.getByRole('textbox', { name: 'As an element' }).inputValue()).toContain('<dropout-lab p="0.3" figure="masks">');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await dialog.getByRole('button', { name: 'Copy: Link' }).click();
    await dialog.getByText('copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${inject('baseUrl')}?v=1&p=0.3`);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  test('every control that can be left out goes out of sight', async () => {
    const all =
      'transport,scrubber,counters,seed,theme,compare,share,code,class,mode,p,phase,data,network,optimiser,points,gradients,history,chapters';
    const page = await open(`?hide=${all}`);
    const seen = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, select, summary')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .map((element) => element.getAttribute('aria-label') ?? element.textContent),
    );
    expect(seen.filter((name) => name !== 'Keys' && !name?.endsWith('as a table'))).toEqual([]);
    await page.keyboard.press('5');
    expect(await ask(page, (lab) => lab.settings.mode)).toBe('inverted');
  });
});
