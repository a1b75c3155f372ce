import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createLab, type Lab } from '../../../src/bridge';
import { LabScreen } from '../../../src/ui';
import { wordPair } from '../../../src/ui/present/words/wordPair';
import { openPresent } from './openPresent';

const labs: Lab[] = [];
beforeEach(() => page.viewport(1280, 720));
afterEach(() => {
  for (const lab of labs.splice(0)) lab.dispose();
});

const key = (name: string) => userEvent.keyboard(name);
const overflow = () => document.documentElement.scrollHeight - document.documentElement.clientHeight;

describe('CL1 the words on the screen', () => {
  test('CL1 are those of the weights wherever the run rests, and gone while it moves', async () => {
    const lab = await openPresent();
    const shown = () => page.getByText('all screens share').query()?.parentElement?.querySelector('dd')?.textContent;
    for (const step of [7, 30, 0]) {
      await lab.seek(step);
      const { fingerprint } = await lab.snapshot();
      await expect.poll(shown).toBe(wordPair(fingerprint));
    }
    await lab.play({ pace: 20 });
    await expect.poll(shown).toBeUndefined();
  });
});

describe('CL1 the words beside the lab', () => {
  test('CL1 stand under its name at step 0 too, where a class begins: as opened, started over, and with another seed', async () => {
    const lab = createLab({ settings: { p: 0.3, seed: 3 } });
    labs.push(lab);
    await render(<LabScreen lab={lab} />);
    await lab.ready;
    const expectWords = async () => {
      const { step, fingerprint } = await lab.snapshot();
      expect(step).toBe(0);
      await expect.poll(() => document.querySelector('.fingerprint-words')?.textContent).toContain(wordPair(fingerprint));
    };
    await expectWords();
    await lab.advance(2);
    await lab.reset();
    await expectWords();
    await lab.configure({ seed: 0 });
    await expectWords();
    await lab.play({ pace: 20 });
    await expect.poll(() => document.querySelector('.fingerprint-words')).toBeNull();
  });
});

describe('CL1 the words in a hand', () => {
  test.each([false, true])('CL1 are as large as a heading on a phone, dark, and on one line (presenting: %s)', async (isPresenting) => {
    await page.viewport(390, 844);
    const lab = createLab({ settings: { p: 0.3, seed: 3 }, view: { present: isPresenting } });
    labs.push(lab);
    await render(<LabScreen lab={lab} />);
    await lab.ready;
    await lab.seek(7);
    const { fingerprint } = await lab.snapshot();
    const words = page.getByText(wordPair(fingerprint), { exact: false });
    await expect.element(words).toBeVisible();
    const { fontSize, color } = getComputedStyle(words.element());
    expect(Number.parseFloat(fontSize)).toBeGreaterThanOrEqual(22);
    expect(color).toBe(getComputedStyle(document.body).color);
    const box = words.element().getBoundingClientRect();
    expect(box.height).toBeLessThan(2 * Number.parseFloat(fontSize));
    expect(box.right).toBeLessThanOrEqual(390);
  });

  test('CL1 the longest pair has room beside the menu of a phone', async () => {
    await page.viewport(390, 844);
    const lab = createLab({ settings: { p: 0.3, seed: 3 } });
    labs.push(lab);
    await render(<LabScreen lab={lab} />);
    await lab.seek(7);
    await expect.poll(() => document.querySelector('.fingerprint-words')).not.toBeNull();
    const words = document.querySelector('.fingerprint-words') as HTMLElement;
    words.textContent = 'gleaming chestnut';
    const menu = page.getByRole('button', { name: 'Menu' }).element().getBoundingClientRect();
    expect(words.getBoundingClientRect().right).toBeLessThan(menu.left);
  });
});

describe('CL2 presenting', () => {
  test('CL2 F freezes and says so; the run goes on beneath', async () => {
    const lab = await openPresent();
    await lab.advance(4);
    await key('f');
    const frozen = () => document.querySelector('.present-frozen')?.textContent;
    await expect.poll(frozen).toBe('frozen at step4');
    await lab.advance(6);
    expect(frozen()).toBe('frozen at step4');
    await expect.element(page.getByText('The picture is frozen at step 4.')).toBeInTheDocument();
    await key('f');
    await expect.poll(frozen).toBeUndefined();
    await expect.element(page.getByRole('definition').nth(1)).toHaveTextContent('10');
  });

  test('CL2 a question stands without its answer until Q tells it', async () => {
    await openPresent();
    await key('q');
    await userEvent.fill(page.getByLabelText('Question'), 'How many units sit out?');
    await userEvent.fill(page.getByLabelText(/^Choices/), 'three in ten\nhalf\nnone');
    await userEvent.fill(page.getByLabelText(/^Answer/), 'three in ten');
    await userEvent.click(page.getByRole('button', { name: 'Ask', exact: true }).last());
    const band = page.getByRole('region', { name: 'Question' });
    await expect.element(band).toHaveTextContent('How many units sit out?');
    expect(band.element().querySelectorAll('[data-right="true"]')).toHaveLength(0);
    await key('q');
    await expect.poll(() => band.element().querySelector('[data-right="true"]')?.textContent).toBe('A three in ten right');
    await key('q');
    await expect.element(band).not.toBeInTheDocument();
  });

  test('CL2 what is left out is not there, the figures share the room, and nothing scrolls', async () => {
    const lab = await openPresent();
    await expect.poll(overflow).toBe(0);
    const height = () => document.querySelector('.figure-network canvas')?.clientHeight ?? 0;
    // The figures have found their size once it stays the same.
    let before = -1;
    await expect
      .poll(
        () => {
          const isSettled = height() === before && before > 0;
          before = height();
          return isSettled;
        },
        { interval: 150 },
      )
      .toBe(true);
    await key('v');
    await userEvent.click(page.getByRole('checkbox', { name: 'the histograms of activations' }));
    await userEvent.click(page.getByRole('checkbox', { name: 'the drop probability' }));
    await userEvent.click(page.getByRole('button', { name: 'Close' }));
    expect(lab.store.getState().view.hidden).toEqual(['p', 'activations']);
    await expect.poll(height).toBeGreaterThan(before * 1.3);
    expect(page.getByRole('heading', { name: 'Activations' }).query()).toBeNull();
    expect(page.getByRole('slider', { name: /drop rate/ }).query()).toBeNull();
    await expect.poll(overflow).toBe(0);
  });

  test('CL2 P and Escape leave, and what was chosen is kept', async () => {
    const lab = await openPresent();
    await key('f');
    await key('{Escape}');
    await expect.element(page.getByRole('button', { name: 'Compare A | B' })).toBeVisible();
    expect(lab.store.getState().view.present).toBe(false);
    await key('p');
    await expect.element(page.getByText('frozen at step', { exact: true })).toBeVisible();
  });
});
