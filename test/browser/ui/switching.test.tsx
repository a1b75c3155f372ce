/** Switches between what does not go together: data sets in mid-run, refused values, modes; and the end of slow motion. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { readHeader } from '../../../src/protocol/frame';
import { DATASETS } from '../../../src/protocol/settings';
import { openLab, settingsOf } from './openLab';

describe('data sets', () => {
  const errors: string[] = [];
  const note = (event: ErrorEvent) => void errors.push(event.error instanceof Error ? (event.error.stack ?? '') : event.message);
  beforeEach(() => {
    errors.length = 0;
    addEventListener('error', note);
  });
  afterEach(() => removeEventListener('error', note));

  test.each([true, false])('each after each other one, playing: %s: no painter meets the data of another set', async (isPlaying) => {
    const { lab } = await openLab({ hidden: [4], trainSize: 24, testSize: 20 });
    if (isPlaying) await lab.play();
    // The kinds of picture: a plane, a wave, images.
    for (const dataset of DATASETS.flatMap((each) => [each, 'digits', each, 'wave'] as const)) await lab.configure({ dataset });
    await lab.pause();
    expect(errors).toEqual([]);
    expect(settingsOf(lab).dataset).toBe('wave');
  });
});

describe('what was refused', () => {
  const field = () => page.getByRole('textbox', { name: /^drop rate p/ });

  test('the draft and its words go when the value changes by another route', async () => {
    const { lab } = await openLab({ p: 0.3 });
    await field().fill('7');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/must be between 0 and 1, got 7/)).toBeVisible();
    await lab.configure({ p: 0.45 });
    await expect.element(field()).toHaveValue('0.45');
    expect(page.getByText(/got 7/).elements()).toEqual([]);
  });

  test('its words do not cover the notice under the bar', async () => {
    await openLab({ p: 0.3 });
    await field().fill('7');
    await userEvent.keyboard('{Enter}');
    const words = document.querySelector('.field-problem')?.getBoundingClientRect();
    const bar = document.querySelector('.mode-bar')?.getBoundingClientRect();
    expect(words?.height).toBeGreaterThan(0);
    expect(words?.bottom).toBeLessThanOrEqual(bar?.bottom ?? 0);
  });

  test('the notice of a refused mode goes with its cause, whoever takes that away', async () => {
    const { lab } = await openLab({ p: 1 });
    await userEvent.keyboard('5');
    const notice = page.getByText(/below 1/);
    await expect.element(notice).toBeVisible();
    expect(settingsOf(lab).mode).toBe('inverted');
    await lab.configure({ p: 0.4 });
    await expect.poll(() => notice.elements().length).toBe(0);
  });
});

test('slow motion folds away once its step is trained, and gives the focus back', async () => {
  const { lab } = await openLab();
  const opener = page.getByRole('button', { name: 'Slow motion' });
  await opener.click();
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect.poll(() => lab.step).toBe(1);
  await expect.poll(() => document.querySelector('.slow-motion')).toBe(null);
  expect(document.activeElement).toBe(opener.element());
});

test('step and chart are of the same frame; rows are told of whole batches while short ones pass by', async () => {
  const { lab } = await openLab({ batchSize: 20, trainSize: 48 });
  const counter = () => document.querySelector('.counters dd')?.textContent;
  await lab.advance(7);
  expect(counter()).toBe('7');
  await lab.seek(3);
  expect(counter()).toBe('3');
  const behind: number[] = [];
  const stop = lab.frames.subscribe('curve', (frame) => {
    const step = readHeader(frame, 'step');
    if (counter()?.replace(/\s/g, '') !== String(step)) behind.push(step);
  });
  await lab.play({ pace: Number.POSITIVE_INFINITY });
  await expect.poll(() => page.getByText('rows: 20 examples').elements().length).toBe(1);
  for (let look = 0; look < 20; look++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(page.getByText('rows: 8 examples').elements()).toEqual([]);
  }
  await lab.pause();
  stop();
  expect(lab.step).toBeGreaterThan(3);
  expect(behind).toEqual([]);
});
