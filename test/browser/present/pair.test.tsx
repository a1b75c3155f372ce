/** Two labs on a projector: both are there, both move, both freeze, and nothing scrolls. */
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Lab } from '../../../src/bridge';
import { pairOf } from '../../../src/bridge/companions';
import type { Settings } from '../../../src/protocol/settings';
import { classroomOf } from '../../../src/ui/present/classroom';
import { openPresent } from './openPresent';

const key = (name: string) => userEvent.keyboard(name);
const side = (letter: string) => page.getByRole('region', { name: new RegExp(`^Lab ${letter}: `) });
const steps = (lab: Lab) => [lab.step, pairOf(lab)?.b.step];
const within = { timeout: 20_000 };
const scrolls = () => {
  const boxes = [document.documentElement, ...document.querySelectorAll('.present-layers, .present-results')];
  return Math.max(...boxes.flatMap((box) => [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight]));
};

describe('CL2 presenting A | B', () => {
  test('CL2 shows both, says what differs, and the keys of the lab move both', async () => {
    await page.viewport(1280, 720);
    const lab = await openPresent({ p: 0.8 });
    await expect.element(side('A')).toHaveAccessibleName('Lab A: drop 0.30 = keep 0.70');
    await expect.element(side('B')).toHaveAccessibleName('Lab B: drop 0.80 = keep 0.20');
    for (const letter of ['A', 'B'])
      for (const figure of ['network', 'masks', 'belief', 'loss']) {
        const canvas = () => side(letter).element().querySelector(`.figure-${figure} canvas`)?.clientHeight ?? 0;
        await expect.poll(canvas).toBeGreaterThan(40);
      }
    await key('{ArrowRight}{ArrowRight}');
    await expect.poll(() => steps(lab), within).toEqual([2, 2]);
    await key('{ArrowLeft}');
    await expect.poll(() => steps(lab), within).toEqual([1, 1]);
    await key(' ');
    await expect.poll(() => (pairOf(lab)?.b.step ?? 0) > 5, within).toBe(true);
    await key(' ');
    await expect.poll(() => !lab.running && lab.step === pairOf(lab)?.b.step, within).toBe(true);
    await key('r');
    await expect.poll(() => steps(lab), within).toEqual([0, 0]);
  });

  test('CL2 the head of B says what a scene asks for, one setting after another and several at once', async () => {
    await page.viewport(1280, 720);
    const lab = await openPresent({ p: 0.8 });
    const chosen = () =>
      [...document.querySelectorAll<HTMLSelectElement>('.compare-control select')].map((select) => select.selectedOptions[0]?.label);
    await expect.poll(chosen).toEqual(['drop rate p']);
    lab.store.getState().setView({ compare: { mode: 'none' } });
    await expect.poll(chosen, within).toEqual(['mode', 'None']);
    lab.store.getState().setView({ compare: { dataset: 'wave', hidden: [4] } });
    await expect.poll(chosen, within).toEqual(['data, hidden units']);
    await expect.element(side('B')).toHaveTextContent('data wave, hidden units 4');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'what differs in B' }), 'p');
    await expect.poll(() => pairOf(lab)?.difference, within).toEqual({ p: 0.3 });
    await expect.poll(chosen, within).toEqual(['drop rate p']);
  });

  test('CL2 freezes both pictures while both runs go on', async () => {
    const lab = await openPresent({ mode: 'none' });
    await expect.element(side('B')).toHaveAccessibleName('Lab B: mode None');
    await lab.advance(4);
    const losses = () => ['A', 'B'].map((letter) => side(letter).element().querySelector('.side-numbers')?.textContent);
    await expect.poll(() => steps(lab), within).toEqual([4, 4]);
    await expect.poll(() => losses().every((text) => /^test loss \d/.test(text ?? '')), within).toBe(true);
    await key('f');
    const held = losses();
    await lab.advance(60);
    await expect.poll(() => steps(lab), within).toEqual([64, 64]);
    expect(losses()).toEqual(held);
    await key('f');
    await expect.poll(() => losses().every((text, index) => text !== held[index]), within).toBe(true);
  });

  test.each([
    [1920, 1080, {}],
    [1280, 720, {}],
    [1280, 720, { hidden: [12, 8, 8, 8] }],
    [1280, 720, { dataset: 'digits', hidden: [16] }],
    [1280, 720, { dataset: 'wave' }],
    [1024, 768, {}],
  ] as const satisfies readonly (readonly [number, number, Partial<Settings>])[])(
    'CL2 two labs fill %i × %i without scrolling: %j',
    async (width, height, settings) => {
      await page.viewport(width, height);
      const lab = await openPresent({ mode: 'none' }, settings);
      await lab.advance(3);
      await expect.poll(() => steps(lab), within).toEqual([3, 3]);
      await expect.element(side('B')).toHaveTextContent(/test loss/);
      await expect.poll(scrolls).toBeLessThanOrEqual(1);
      const [a, b] = ['A', 'B'].map((letter) => side(letter).element().getBoundingClientRect());
      expect(a?.top).toBe(b?.top);
      expect(a?.right).toBeLessThan(b?.left ?? 0);
    },
  );

  test('CL2 a question over two labs takes room from their pictures, and nothing scrolls', async () => {
    await page.viewport(1280, 720);
    const lab = await openPresent({ mode: 'none' });
    classroomOf(lab).ask({ question: 'Which of the two is right more often, and why?', options: ['A', 'B', 'neither'], answer: 'A' });
    await expect.element(page.getByRole('region', { name: 'Question' })).toBeVisible();
    await lab.advance(3);
    await expect.poll(() => steps(lab), within).toEqual([3, 3]);
    await expect.poll(scrolls).toBeLessThanOrEqual(1);
    sessionStorage.clear();
  });

  test('CL2 in a hand A stands above B, as wide as the screen', async () => {
    await page.viewport(390, 844);
    await openPresent({ mode: 'none' });
    const boxes = () => ['A', 'B'].map((letter) => side(letter).element().getBoundingClientRect());
    await expect.poll(() => boxes()[0]?.width).toBeGreaterThan(340);
    const [a, b] = boxes();
    expect(a?.bottom).toBeLessThanOrEqual(b?.top ?? 0);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });

  test('CL2 what is chosen in one lab is chosen in the other, both ways', async () => {
    await page.viewport(1280, 720);
    const lab = await openPresent({ p: 0.8 });
    const focusedIn = (each: Lab | undefined) => each?.store.getState().view.focused;
    const grid = (letter: string) => side(letter).getByRole('grid', { name: /^Network/ });
    await expect.element(grid('B')).toBeVisible();
    (grid('B').element() as HTMLElement).focus();
    await key('{ArrowDown}{ArrowRight}');
    await expect.poll(() => focusedIn(pairOf(lab)?.b)).toMatchObject({ layer: 1 });
    await expect.poll(() => focusedIn(lab)).toEqual(focusedIn(pairOf(lab)?.b));
    (grid('A').element() as HTMLElement).focus();
    await key('{ArrowDown}');
    await expect.poll(() => focusedIn(lab)).not.toEqual({ layer: 1, unit: 0 });
    await expect.poll(() => focusedIn(pairOf(lab)?.b)).toEqual(focusedIn(lab));
  });

  test('CL2 begins and ends from the head, with the same difference as before', async () => {
    await page.viewport(1280, 720);
    const lab = await openPresent({ p: 0.8 });
    const tool = page.getByRole('button', { name: 'A | B' });
    await userEvent.click(tool);
    expect(lab.store.getState().view.compare).toBeNull();
    await expect.element(side('B')).not.toBeInTheDocument();
    await userEvent.click(tool);
    await expect.element(side('B')).toHaveAccessibleName('Lab B: drop 0.80 = keep 0.20');
  });
});
