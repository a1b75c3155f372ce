/** The controls of the lab, by keyboard and pointer, on the real worker. */
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { MODES } from '../../../src/protocol/settings';
import { openLab, settingsOf } from './openLab';

const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const slider = (name: string) => page.getByRole('slider', { name });

async function type(name: string, text: string): Promise<void> {
  await userEvent.click(field(name));
  await userEvent.keyboard(`{Control>}a{/Control}${text}{Enter}`);
}

describe('p', () => {
  test('typed: taken on Enter, refused with the range in words and nothing changed', async () => {
    const { lab } = await openLab();
    await type('drop rate p', '0.37');
    expect(settingsOf(lab).p).toBe(0.37);
    await type('drop rate p', '1.5');
    await expect.element(page.getByText('drop rate p must be between 0 and 1, got 1.5.')).toBeVisible();
    expect(settingsOf(lab).p).toBe(0.37);
    await type('drop rate p', '0');
    expect(settingsOf(lab).p).toBe(0);
  });

  test('what is being typed changes nothing yet', async () => {
    const { lab } = await openLab();
    await userEvent.click(field('drop rate p'));
    await userEvent.keyboard('{Control>}a{/Control}0.1');
    expect(settingsOf(lab).p).toBe(0.5);
    await userEvent.keyboard('{Escape}');
    expect(settingsOf(lab).p).toBe(0.5);
    await expect.element(field('drop rate p')).toHaveValue('0.50');
  });

  test('SC3 the slider goes by arrow keys and says both conventions', async () => {
    const { lab } = await openLab();
    slider('drop rate p').element().focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(settingsOf(lab).p).toBeCloseTo(0.52, 9);
    await expect.element(slider('drop rate p')).toHaveAttribute('aria-valuetext', 'drop 0.52 = keep 0.48');
  });

  test('[ and ] move it by 0.05 and stop at the ends', async () => {
    const { lab } = await openLab({ p: 0.1 });
    await userEvent.keyboard('[[[[[[');
    expect(settingsOf(lab).p).toBe(0);
    await userEvent.keyboard(']');
    expect(settingsOf(lab).p).toBe(0.05);
    await lab.configure({ mode: 'gaussian', p: 0.9 });
    await userEvent.keyboard(']]]');
    expect(settingsOf(lab).p).toBe(0.95);
  });

  test('a mode that cannot have it is refused in words', async () => {
    const { lab } = await openLab({ p: 1 });
    await page.getByRole('radio', { name: 'Gaussian' }).click();
    await expect.element(page.getByText(/p must be at least 0 and below 1 in mode 'gaussian', got 1/)).toBeVisible();
    expect(settingsOf(lab).mode).toBe('inverted');
  });
});

describe('conventions', () => {
  test('SC3 the paper’s p turns labels, values and what typing means; the settings stay the drop probability', async () => {
    const { lab } = await openLab({ p: 0.2, inputP: 0.1 });
    await expect.element(page.getByText('drop 0.20 = keep 0.80').first()).toBeVisible();
    await page.getByRole('combobox', { name: 'how a probability is written' }).selectOptions('keep-paper');
    await expect.element(field('keep probability p')).toHaveValue('0.80');
    await expect.element(field('input keep p')).toHaveValue('0.90');
    await expect.element(page.getByText('keep 0.80 = drop 0.20').first()).toBeVisible();
    await type('keep probability p', '0.7');
    expect(settingsOf(lab).p).toBe(0.3);
    await page.getByRole('combobox', { name: 'how a probability is written' }).selectOptions('keep_prob');
    await expect.element(field('keep_prob')).toHaveValue('0.70');
    await expect.element(field('hidden 1 keep_prob')).toBeVisible();
  });
});

describe('SC4 keys', () => {
  test('1 to 8 choose the mode, T E M the phase', async () => {
    const { lab } = await openLab();
    for (const [index, mode] of MODES.entries()) {
      await userEvent.keyboard(String(index + 1));
      expect(settingsOf(lab).mode).toBe(mode);
    }
    for (const [key, phase] of [
      ['e', 'eval'],
      ['m', 'mc'],
      ['t', 'train'],
    ] as const) {
      await userEvent.keyboard(key);
      expect(settingsOf(lab).phase).toBe(phase);
    }
  });

  test('arrows step, epoch and go back; space plays and pauses; R resets', async () => {
    const { lab } = await openLab();
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => lab.step).toBe(1);
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await expect.poll(() => lab.step).toBe(4); // 80 examples in batches of 24
    await userEvent.keyboard('{ArrowLeft}');
    await expect.poll(() => lab.step).toBe(3);
    await userEvent.keyboard(' ');
    await expect.poll(() => lab.running).toBe(true);
    await userEvent.keyboard(' ');
    await expect.poll(() => lab.running).toBe(false);
    await userEvent.keyboard('r');
    await expect.poll(() => lab.step).toBe(0);
  });

  test('a slider or a mode that was clicked keeps the focus but leaves space to play and pause', async () => {
    const { lab } = await openLab();
    await page.getByRole('radio', { name: 'Standard' }).click();
    await userEvent.keyboard(' ');
    await expect.poll(() => lab.running).toBe(true);
    slider('drop rate p').element().focus();
    await userEvent.keyboard(' ');
    await expect.poll(() => lab.running).toBe(false);
    expect(settingsOf(lab)).toMatchObject({ mode: 'standard', p: 0.5 });
  });

  test('they keep out of the way of typing', async () => {
    const { lab } = await openLab();
    await userEvent.click(field('learning rate'));
    await userEvent.keyboard('3 r[[');
    expect(settingsOf(lab)).toMatchObject({ mode: 'inverted', p: 0.5 });
    expect(lab.running).toBe(false);
  });

  test('? opens the list, Escape closes it', async () => {
    await openLab();
    await userEvent.keyboard('?');
    await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog', { name: 'Keys' })).not.toBeInTheDocument();
  });
});

describe('settings', () => {
  test('layers are added, resized, removed; a layer can have its own p, and follow p again', async () => {
    const { lab } = await openLab();
    await page.getByRole('button', { name: 'Add a layer' }).click();
    expect(settingsOf(lab).hidden).toEqual([12, 8, 8]);
    await type('units of hidden layer 3', '5');
    expect(settingsOf(lab).hidden).toEqual([12, 8, 5]);
    await type('hidden 2 drop p', '0.25');
    expect(settingsOf(lab).layerP).toEqual([null, 0.25]);
    await type('hidden 2 drop p', '{Backspace}');
    expect(settingsOf(lab).layerP).toEqual([]);
    for (let click = 0; click < 3; click++) await page.getByRole('button', { name: 'Remove' }).click();
    expect(settingsOf(lab).hidden).toEqual([]);
    await expect.element(page.getByRole('button', { name: 'Remove' })).toBeDisabled();
  });

  test('the die draws another seed, and the run starts over', async () => {
    const { lab } = await openLab();
    await lab.advance(3);
    await page.getByRole('button', { name: 'draw another seed', exact: true }).click();
    await expect.poll(() => lab.step).toBe(0);
    expect(Number.isInteger(settingsOf(lab).seed)).toBe(true);
  });

  test('own points: a click adds one of the chosen class, undo and clear take them away', async () => {
    const { lab } = await openLab();
    await page.getByRole('radio', { name: 'purple' }).click();
    await page.getByRole('grid', { name: 'Decision surface' }).click({ position: { x: 10, y: 10 } });
    const [[x, y, label] = []] = settingsOf(lab).points;
    expect([x, y, label]).toEqual([expect.closeTo(-1.85, 1), expect.closeTo(1.85, 1), 0]);
    page.getByRole('grid', { name: 'Decision surface' }).element().focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{Enter}');
    expect(settingsOf(lab).points[1]).toEqual([0.1, 0, 0]);
    await page.getByRole('button', { name: 'Undo point' }).click();
    expect(settingsOf(lab).points).toHaveLength(1);
    await page.getByRole('button', { name: 'Clear points' }).click();
    expect(settingsOf(lab).points).toHaveLength(0);
  });

  test('alpha without selu is warned about', async () => {
    const { lab } = await openLab({ mode: 'alpha' });
    await expect.element(page.getByText(/only with the SELU activation/)).toBeVisible();
    await lab.configure({ activation: 'selu' });
    await expect.element(page.getByText(/only with the SELU activation/)).not.toBeInTheDocument();
  });

  test('a change on the way leaves its mark on the scrubber, and going back puts the old value in force', async () => {
    const { lab } = await openLab();
    await lab.advance(20);
    await lab.configure({ p: 0.25 });
    await lab.advance(20);
    await expect.element(page.getByText('Changed on the way: at step 20 drop rate p 0.25.')).toBeInTheDocument();
    slider('step of the run').element().focus();
    await userEvent.keyboard('{Home}');
    await expect.poll(() => lab.step).toBe(0);
    await expect.element(field('drop rate p')).toHaveValue('0.50');
  });
});
