/** The figures at work: their numbers on the screen, what their controls do, each of them alone, and turns between chapters and lab. */
import { lazy, Suspense } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { createLab, type Lab } from '../../../src/bridge';
import { createStudyPool } from '../../../src/bridge/studyPool';
import type { StudyPool } from '../../../src/protocol/study';
import { FIGURES, type FigureId } from '../../../src/ui/chapters/figures';
import { FigureHost } from '../../../src/ui/chapters/shell/host';
import { createProgress } from '../../../src/ui/chapters/shell/progress';
import { createStudyDesk } from '../../../src/ui/chapters/shell/studyDesk';
import fixture from '../../fixtures/analytic.json?raw';
import { goTo, openChapters, settle, until } from './openChapters';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function openPool(): StudyPool {
  const pool = createStudyPool({ size: 2 });
  cleanups.push(() => pool.dispose());
  return pool;
}

async function openReadyLab(): Promise<Lab> {
  const lab = createLab({ settings: { hidden: [6], trainSize: 40 } });
  cleanups.push(() => lab.dispose());
  await lab.ready;
  return lab;
}

const textOf = (element: Element | null | undefined) => element?.textContent ?? '';
const cellsOf = (section: Element, grid: string) => [...section.querySelectorAll(`.${grid} td`)].map((cell) => cell.textContent);

/** Goes to a chapter and commits to its first choice. */
async function answered(id: string): Promise<HTMLElement> {
  const section = await goTo(id);
  section.querySelector<HTMLButtonElement>('.choice')?.click();
  await until(() => section.querySelector('.prediction-reveal p') !== null, 'the answer is revealed');
  return section;
}

/** What of a chapter's answer may not be read on its screen before the reader commits, and stands there afterwards. */
const ANSWERS = {
  'one-tensor': [/multiplied by 1\.25/, /means drop 0\.20/],
  'four-worlds': [/E\[z\] = 1\.20/, /mean of z is 1\.20/],
  'million-weights': [/E\[mask\] = keep/],
  'train-is-not-eval': [/that part of the gap is the masks/],
  'sub-networks': [/geometric mean exactly/, /geometric mean \(NWGM\)/, /(?:\d|rounding), exact\d/],
  'bug-museum': [/p = 0\.5 hides it/],
} as const;

describe('what is asked', () => {
  test.each(Object.entries(ANSWERS))('in %s is held back until it is answered, from the eye and from the ear', async (id, answers) => {
    await openChapters();
    const section = await goTo(id);
    await settle(section);
    for (const answer of answers) expect(textOf(section)).not.toMatch(answer);
    const hasFormula = section.querySelector('.formula-card') !== null;
    expect(section.querySelector('.formula-card math')).toBeNull();
    section.querySelector<HTMLButtonElement>('.choice')?.click();
    await until(() => section.querySelector('.prediction-reveal p') !== null, 'the answer is revealed');
    await settle(section);
    for (const answer of answers) expect(textOf(section)).toMatch(answer);
    expect(section.querySelector('.formula-card math') !== null).toBe(hasFormula);
  });
});

test('train is not eval: the sentence for the ear, which comes later, holds the answer back too', async () => {
  await openChapters();
  const section = await goTo('train-is-not-eval');
  const heard = () => textOf(section.querySelector('figure [aria-live]'));
  await until(() => /test loss/.test(heard()) && !/not started/.test(heard()), 'the run is told');
  await settle(section);
  expect(heard()).not.toMatch(/masks/);
  section.querySelector<HTMLButtonElement>('.choice')?.click();
  await until(() => /that part of the gap is the masks/.test(heard()), 'it is told why');
});

describe('one tensor', () => {
  test('hover and focus write the arithmetic of a cell, and arrows walk', async () => {
    await openChapters();
    const section = await answered('one-tensor');
    const arithmetic = () => textOf(section.querySelector('.tensor-arithmetic'));
    const cells = section.querySelectorAll<HTMLElement>('.tensor-output td');
    cells[0]?.focus();
    expect(arithmetic()).toContain('y = 0.88 × 1 ÷ 0.80 = 1.1000');
    await userEvent.keyboard('{ArrowDown}{ArrowRight}');
    expect(document.activeElement).toBe(cells[5]);
    await until(() => arithmetic().includes('y = −0.95 × 0 = -0.0000'), 'the arithmetic follows');
    await userEvent.hover(section.querySelectorAll('.tensor-arriving td')[9] as Element);
    await until(() => arithmetic().includes('gradient = −2.72 × 0 = -0.0000'), 'the arithmetic follows the pointer');
  });

  test('frameworks that select have no negative zero', async () => {
    await openChapters();
    const section = await answered('one-tensor');
    expect(cellsOf(section, 'tensor-output')).toContain('-0.0000');
    await page.getByRole('radio', { name: 'JAX, TF: select' }).click();
    expect(cellsOf(section, 'tensor-output')).not.toContain('-0.0000');
    expect(cellsOf(section, 'tensor-output').filter((text) => text === '0.0000')).toHaveLength(3);
  });

  test('a typed cell goes through the same mask', async () => {
    await openChapters();
    const section = await answered('one-tensor');
    await page.getByRole('checkbox', { name: 'type the input' }).click();
    await userEvent.click(page.getByRole('textbox', { name: 'input, row 1, column 1' }));
    await userEvent.keyboard('{Control>}a{/Control}-4{Enter}');
    await until(() => cellsOf(section, 'tensor-output')[0] === '-5.0000', 'it comes out');
  });

  test('the wrong one drops 0.80 where 0.20 was meant, in every convention; at 0.5 nothing shows', async () => {
    const { lab } = await openChapters();
    const section = await answered('one-tensor');
    const outcome = () => textOf(section.querySelector('.tensor-outcome'));
    await page.getByRole('checkbox', { name: 'pass the wrong one' }).click();
    const select = page.getByRole('combobox', { name: 'written in the convention of' });
    for (const [name, call] of [
      ['keep_prob', 'tf.nn.dropout(x, keep_prob=0.2)'],
      ['level', 'K.dropout(x, level=0.8)'],
      ['keep-paper', 'r = Bernoulli(p=0.2)'],
      ['rate', 'tf.nn.dropout(x, rate=0.8)'],
      ['drop', 'F.dropout(x, p=0.8)'],
    ] as const) {
      await userEvent.selectOptions(select, name);
      expect(textOf(section.querySelector('.tensor-call'))).toBe(call);
      expect(outcome()).toMatch(/drop 0\.80/);
      expect(lab.store.getState().view.convention).toBe(name === 'level' ? 'rate' : name);
    }
    expect(section.querySelectorAll('.tensor-mask .is-dropped')).toHaveLength(10);
    (section.querySelector('.knob input') as HTMLInputElement).focus();
    await userEvent.keyboard('{ArrowRight>6/}');
    await until(() => outcome() === 'wrong, and nothing shows: 0.5 = 1 − 0.5', 'nothing shows at 0.5');
  });
});

test('four worlds: the numbers of analytic.json are on the screen, and the mean builds up', async () => {
  const [{ E, Var }] = (JSON.parse(fixture) as { two_unit: [{ E: number; Var: number }] }).two_unit;
  await openChapters();
  const section = await goTo('four-worlds');
  expect(textOf(section.querySelector('.worlds-sum'))).toContain('so far = 1.440');
  const terms = page.getByRole('slider', { name: 'terms added' });
  terms.element().focus();
  await userEvent.keyboard('{ArrowRight}');
  await until(() => textOf(section.querySelector('.worlds-sum')).includes('so far = 1.200'), 'the third term');
  await userEvent.keyboard('{ArrowRight}');
  await until(() => textOf(section.querySelector('.worlds-sum')).includes(`E[z] = ${E.toFixed(3)}`), 'the mean');
  expect(textOf(section.querySelector('.worlds-sum'))).toContain(`Var[z] = ${Var.toFixed(3)}`);
  await page.getByRole('checkbox', { name: 'inverted: ÷ keep' }).click();
  await until(() => textOf(section.querySelector('.worlds-sum')).includes('E[z] = 1.500'), 'inverted');
});

describe('why divide by keep', () => {
  test('after the answer four layers stand there, with the ratios that follow from keep', async () => {
    await openChapters();
    const section = await goTo('divide-by-keep');
    section.querySelectorAll<HTMLButtonElement>('.choice')[2]?.click();
    await settle(section);
    await until(() => section.querySelectorAll('.scheme:first-child .scheme-layers').length === 1, 'the panels');
    await until(() => textOf(section.querySelector('.scheme-layers')).split('·').length === 4, 'four layers');
    const ratios = [...section.querySelectorAll('.scheme-ratio')].map((line) => Number(/= ([\d.]+)/.exec(textOf(line))?.[1]));
    const expected = [0.8 ** -4, 1, 1, 0.8 ** 4];
    ratios.forEach((ratio, index) => {
      expect(Math.abs(ratio / (expected[index] ?? Number.NaN) - 1)).toBeLessThan(0.03);
    });
  });

  test('the twins are the same to the bit at keep 1/2 under the exact rule, and not under the naive one', async () => {
    await openChapters();
    const section = await goTo('divide-by-keep');
    const verdict = () => textOf(section.querySelector('.twin-verdict'));
    await until(() => verdict().startsWith('Two different networks'), 'the naive twins part');
    await page.getByRole('radio', { name: 'exact' }).click();
    await until(() => verdict() === 'The same network to the bit, after each of 300 steps.', 'the exact twins coincide');
    expect(textOf(section.querySelector('.twin-given tbody tr'))).toContain('× 2× 4× 1');
    await page.getByRole('radio', { name: 'Adam' }).click();
    await until(() => textOf(section.querySelector('.twin-given tbody tr')).endsWith('× 2× 2× 1× 0.5'), 'Adam has a rule of its own');
    await settle(section);
    expect(verdict()).toBe('The same network to the bit, after each of 300 steps.');
  });
});

test('train is not eval: a forgotten call is struck out, and its signature measured', async () => {
  await openChapters();
  const section = await goTo('train-is-not-eval');
  await settle(section);
  expect(textOf(section.querySelector('.train-readings td'))).toBe('0.000');
  await page.getByRole('checkbox', { name: 'forgot eval()' }).click();
  await until(() => textOf(section.querySelector('.snippet-missing')).includes('model.eval()'), 'the line is struck out');
  await until(() => textOf(section.querySelector('.chapter-text')).includes('Without eval() the masks stay on'), 'the signature');
  await settle(section);
  expect(Number(textOf(section.querySelector('.train-readings td')))).toBeGreaterThan(0.01);

  // There and back before the answer: what is shown must be of the settings that are shown.
  const forgot = page.getByRole('checkbox', { name: 'forgot eval()' }).element() as HTMLInputElement;
  const isBack = new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (section.querySelector('progress') === null) return;
      observer.disconnect();
      forgot.click();
      resolve();
    });
    observer.observe(section, { subtree: true, childList: true });
  });
  forgot.click();
  await isBack;
  await until(() => textOf(section.querySelector('.study-status')).includes('done'), 'it is done');
  expect(section.querySelector('.is-stale')).toBeNull();
  expect(Number(textOf(section.querySelector('.train-readings td')))).toBeGreaterThan(0.01);
});

test('in your framework: a change in the lab is marked where it lands', async () => {
  const { lab } = await openChapters();
  const section = await goTo('in-your-framework');
  const marked = () => [...section.querySelectorAll('.framework-line.is-marked')].map(textOf).join('');
  await lab.configure({ learningRate: 0.0321 });
  await until(() => marked().includes('0.0321'), 'the learning rate is marked');
  await page.getByRole('radio', { name: 'TensorFlow 1' }).click();
  await until(() => textOf(section.querySelector('.framework-code')).includes('keep_prob='), 'TF 1 speaks of keep_prob');
  lab.store.getState().setView({ convention: 'keep_prob' });
  await lab.configure({ p: 0.2 });
  await until(() => marked().includes('0.8'), 'the probability is marked, as it is kept');
});

describe('alone, without a lab', () => {
  test.each(Object.keys(FIGURES) as FigureId[])('%s stands in its host', async (id) => {
    const Figure = lazy(FIGURES[id].load);
    const pool = openPool();
    const desk = createStudyDesk({ createPool: () => pool });
    const screen = await render(
      <FigureHost desk={desk} progress={createProgress(null)} convention="keep_prob">
        <Suspense>
          <Figure />
        </Suspense>
      </FigureHost>,
    );
    await until(() => screen.container.querySelector('figure') !== null, 'the figure');
    expect(textOf(screen.container.querySelector('h3'))).toMatch(/\w{4}/);
  });
});

describe('turns', () => {
  test('a lab out of view waits while a chapter trains, and goes on afterwards', async () => {
    const { lab } = await openChapters();
    await lab.play();
    const section = await goTo('train-is-not-eval');
    await until(() => section.querySelector('progress') !== null, 'the chapter trains');
    await until(() => !lab.running || section.querySelector('progress') === null, 'the lab waits');
    expect(lab.running).toBe(false);
    await settle(section);
    await until(() => lab.running, 'the lab goes on');
  });

  test('a chapter that is left stops training, and trains anew when the reader comes back', async () => {
    const { lab } = await openChapters();
    await lab.play();
    const section = await goTo('train-is-not-eval');
    await until(() => section.querySelector('progress') !== null && !lab.running, 'the chapter trains');
    scrollTo({ top: 0 });
    await until(() => lab.running, 'the lab has its turn back');
    expect(section.querySelector('progress')).toBeNull();
    expect(textOf(section.querySelector('.study-status'))).not.toContain('done');
    await goTo('train-is-not-eval');
    await until(() => textOf(section.querySelector('.study-status')).includes('done'), 'the training is done');
  });

  test('of two chapters in view only one trains at a time', async () => {
    const pool = openPool();
    const desk = createStudyDesk({ createPool: () => pool });
    const states: string[][] = [[], []];
    const runs = [0, 1].map((figure) =>
      desk.run(`figure ${figure}`, 'trainEval', { steps: 60 }, ({ state }) => void states[figure]?.push(state)),
    );
    expect(states[1]).toEqual(['queued']);
    await runs[0]?.outcome;
    expect((await runs[1]?.outcome)?.state).toBe('done');
    expect(states[0]).not.toContain('queued');
    expect(new Set(states[1])).toEqual(new Set(['queued', 'running']));
  });

  test('a lab that was not running is left alone', async () => {
    const { lab } = await openChapters();
    const section = await goTo('train-is-not-eval');
    await settle(section);
    expect([lab.running, lab.step]).toEqual([false, 0]);
  });

  test('a lab that is started in view ends what the chapters train; out of view it waits', async () => {
    for (const isInView of [true, false]) {
      const lab = await openReadyLab();
      const desk = createStudyDesk({ createPool: openPool, lab, isLabInView: () => isInView });
      const run = desk.run('figure', 'trainEval', { steps: 3000 });
      await lab.play();
      if (isInView) {
        expect((await run.outcome).state).toBe('cancelled');
        expect(lab.running).toBe(true);
      } else {
        await until(() => !lab.running, 'the lab waits');
        run.cancel();
        expect((await run.outcome).state).toBe('cancelled');
        await until(() => lab.running, 'the lab goes on');
      }
      desk.dispose();
    }
  });

  test('a study that does not train takes nobody’s turn', async () => {
    const lab = await openReadyLab();
    const desk = createStudyDesk({ createPool: openPool, lab });
    await lab.play();
    expect((await desk.run('figure', 'schemes', { passes: 2 }).outcome).state).toBe('done');
    expect(lab.running).toBe(true);
    desk.dispose();
  });

  test('a comparison may train beside a chapter', async () => {
    const lab = await openReadyLab();
    lab.store.getState().setView({ compare: { p: 0.2 } });
    const desk = createStudyDesk({ createPool: openPool, lab });
    await lab.play();
    const run = desk.run('figure', 'equivalence', { steps: 20 });
    expect((await run.outcome).state).toBe('done');
    expect(lab.running).toBe(true);
    desk.dispose();
  });
});
