/** The figures for those who walk them by keyboard, read them as tables or hear them; and that frames never render React. */
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { columnsLayout, networkLayout, unitCentre } from '../../../src/viz';
import { openLab, settingsOf } from './openLab';

const cellText = (name: string | RegExp) => page.getByRole('grid', { name }).getByRole('gridcell').element().textContent ?? '';

describe('SC4 walking', () => {
  test('the heatmap: arrows go over examples and units and from layer to layer; the equation follows', async () => {
    const { lab } = await openLab({ p: 0.3 });
    await lab.advance(5);
    const grid = page.getByRole('grid', { name: /^Masks/ });
    grid.element().focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => cellText(/^Masks/)).toContain('Hidden 1, unit 1, example 1');
    await userEvent.keyboard('{ArrowRight}{ArrowDown}{ArrowDown}');
    await expect.poll(() => cellText(/^Masks/)).toContain('Hidden 1, unit 2, example 3');
    await userEvent.keyboard('{End}');
    await expect.poll(() => cellText(/^Masks/)).toContain('Hidden 2, unit 8, example 3');
    const snapshot = await lab.snapshot();
    const layer = snapshot.last?.layers[2];
    const cell = 2 * 8 + 7;
    const isKept = layer?.mask?.[cell] === 1;
    const output = (layer?.output[cell] ?? Number.NaN).toFixed(2);
    expect(cellText(/^Masks/)).toMatch(new RegExp(`a = 1.43 × ${isKept ? 1 : 0} × relu\\(.*\\) = ${output}`));
    expect(document.querySelector('.equation-formula')?.textContent).toContain(`= ${output}`);
    expect(lab.step).toBe(5);
  });

  test('a short last batch: rows that do not exist are neither walked nor shown', async () => {
    const { lab } = await openLab({ trainSize: 80 });
    await lab.advance(3);
    page
      .getByRole('grid', { name: /^Masks/ })
      .element()
      .focus();
    await userEvent.keyboard('{ArrowRight}{PageDown}{PageDown}{PageDown}');
    await expect.poll(() => cellText(/^Masks/)).toContain('Hidden 1, unit 1, example 16');
    await lab.advance(1); // 80 = 3 × 24 + 8
    await expect.poll(() => cellText(/^Masks/)).toContain('Hidden 1, unit 1, example 8');
    await expect.element(page.getByText('rows: 8 examples')).toBeVisible();
  });

  test('the diagram: columns are layers, rows are units; a shorter layer stops at its last unit', async () => {
    const { lab } = await openLab({ hidden: [5, 3] });
    await lab.advance(1);
    page
      .getByRole('grid', { name: /^Network/ })
      .element()
      .focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}');
    await expect.poll(() => cellText(/^Network/)).toContain('Hidden 1, unit 5');
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => cellText(/^Network/)).toContain('Hidden 2, unit 3');
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => cellText(/^Network/)).toContain('P(green) = sigmoid');
  });

  test('the loss: Enter goes to the step of the point', async () => {
    const { lab } = await openLab();
    await lab.advance(60);
    page
      .getByRole('grid', { name: /^Loss curves/ })
      .element()
      .focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.poll(() => cellText(/^Loss/)).toMatch(/^step \d+: train with masks/);
    const step = Number(/^step (\d+)/.exec(cellText(/^Loss/))?.[1]);
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => lab.step).toBe(step);
  });

  test('the histogram: a bin says its range and both shares', async () => {
    const { lab } = await openLab();
    await lab.advance(1);
    page
      .getByRole('grid', { name: /^Activations/ })
      .element()
      .focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.poll(() => cellText(/^Activations/)).toMatch(/^Hidden 1, .* to .*: .* in train, .* in eval$/);
  });

  test('a hovered unit is written out', async () => {
    const { lab } = await openLab({ hidden: [4], mode: 'none' });
    await lab.advance(1);
    const grid = page.getByRole('grid', { name: /^Network/ });
    const { width, height } = grid.element().getBoundingClientRect();
    const outputLayer = networkLayout(columnsLayout(width, [2, 4, 1]), height).layers[2];
    if (!outputLayer) throw new Error('the layout has three layers');
    await grid.hover({ position: unitCentre(outputLayer, 0) });
    await expect.poll(() => document.querySelector('.equation-subject')?.textContent).toContain('Output, unit 1');
  });
});

describe('tables', () => {
  test('SC6 every figure has one, with the numbers of the frame', async () => {
    const { lab } = await openLab({ hidden: [6, 4] });
    await lab.advance(10);
    for (const name of ['Network', 'Masks', 'Activations', 'What the network believes', 'Loss']) {
      await page.getByRole('button', { name: `${name} as a table` }).click();
      await expect.element(page.getByRole('figure', { name, exact: true }).getByRole('table')).toBeVisible();
    }
    const rows = page.getByRole('figure', { name: 'Masks', exact: true }).getByRole('row');
    await expect.poll(() => rows.elements().length).toBe(25); // a head and 24 examples
    await page.getByRole('button', { name: 'Masks as a table' }).click();
    await expect.element(page.getByRole('grid', { name: /^Masks/ })).toBeVisible();
  });
});

describe('words', () => {
  test('each figure has a text that is polite, and off while the lab runs', async () => {
    const { lab } = await openLab();
    const summaries = () => [...document.querySelectorAll('figure > [aria-live]')];
    await expect.poll(() => summaries().length).toBe(5);
    expect(summaries().map((each) => each.getAttribute('aria-live'))).toEqual(Array(5).fill('polite'));
    await lab.play();
    await expect.poll(() => summaries().every((each) => each.getAttribute('aria-live') === 'off')).toBe(true);
  });

  test('what is drawn and what is said agree: kept share, step, accuracy', async () => {
    const { lab } = await openLab({ p: 0.3 });
    await lab.advance(8);
    const { last } = await lab.snapshot();
    const mask = last?.layers[1]?.mask ?? new Uint8Array();
    const kept = Math.round((mask.reduce((sum, bit) => sum + bit, 0) / mask.length) * 100);
    await expect.poll(() => document.querySelector('.figure-masks .column-captions')?.textContent).toContain(`kept ${kept}\u202f%`);
    await expect.element(page.getByText('expected 70').first()).toBeVisible();
  });

  test('before the first step the pass on show is called a rehearsal', async () => {
    const { lab } = await openLab();
    await expect.element(page.getByText('Rehearsal, not trained')).toBeVisible();
    await lab.advance(1);
    await expect.element(page.getByText('Rehearsal, not trained')).not.toBeInTheDocument();
  });
});

describe('rendering', () => {
  test('SC1 frames are painted without React: commits grow with readouts and the store, not with frames', async () => {
    const { lab, commits } = await openLab();
    let changes = 0;
    lab.readout.subscribe(() => changes++);
    lab.data.subscribe(() => changes++);
    lab.store.subscribe(() => changes++);
    const [before, painted] = [commits.count, lab.frames.numPainted];
    await lab.play();
    await expect.poll(() => lab.frames.numPainted - painted, { timeout: 20_000 }).toBeGreaterThan(120);
    // Texts for the ear follow on their own slow clock: one commit per readout at the most.
    expect(commits.count - before).toBeLessThanOrEqual(2 * changes + 10);
    expect(lab.frames.numPainted - painted).toBeGreaterThan(commits.count - before);
    expect(settingsOf(lab).p).toBe(0.5);
  });
});
