/** Chapters 4, 6 and 7 at work: a run that grows and can be cancelled, a crowd that is asked at a place, tabs that are walked. */
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import CrowdChapter from '../../../src/ui/chapters/crowd/Chapter';
import CrowdFigure from '../../../src/ui/chapters/crowd/CrowdFigure';
import FamilyChapter from '../../../src/ui/chapters/family/Chapter';
import MillionFigure from '../../../src/ui/chapters/million/MillionFigure';
import { openAlone, textOf } from './openAlone';
import { until, violationsOf } from './openChapters';

const rowsOf = (container: Element, selector: string) =>
  [...container.querySelectorAll(`${selector} tbody tr`)].map((row) => [...row.children].map((cell) => cell.textContent));

describe('a million weights', () => {
  test('the full run shows progress and growing estimates, and is cancelled with what it has', async () => {
    const container = await openAlone(<MillionFigure />);
    await page.getByRole('button', { name: 'Run it at full size, as published' }).click();
    await until(() => /here, \d/.test(textOf(container, '.million-sums')) && container.querySelector('progress') !== null, 'it runs');
    await until(() => (container.querySelector('progress')?.value ?? 0) > 0.02, 'it has a share');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await until(() => textOf(container, '.study-words').endsWith('stopped'), 'it is stopped');
    expect(container.querySelectorAll('.funnels svg')).toHaveLength(3);
    const half = rowsOf(container, '.million-sums').find(([head]) => head === 'drop 0.50 = keep 0.50');
    expect(half?.slice(5)).toEqual(['−512.16', '−0.64 SE', '−1024.32']);
    expect(half?.[2]).toMatch(/^−?\d+\.\d\d ± \d+\.\d\d$/);
  });

  test('one weight shrinks by keep as a million do', async () => {
    const container = await openAlone(<MillionFigure />);
    page.getByRole('slider', { name: 'weights' }).element().focus();
    await userEvent.keyboard('{Home}');
    page.getByRole('slider', { name: 'trials' }).element().focus();
    await userEvent.keyboard('{End}');
    await until(() => textOf(container, '.million-sums').includes('here, 10\u202f000 trials'), 'it has run');
    const [whole, ...dropped] = rowsOf(container, '.million-sums').map((row) => Number(row[1]?.replace('−', '-')));
    expect(dropped.map((expected) => Math.round((10 * expected) / (whole ?? 1)))).toEqual([7, 5, 3]);
    for (const row of rowsOf(container, '.million-sums').slice(1)) {
      expect(Math.abs(Number.parseFloat(row[3]?.replace('−', '-') ?? 'NaN'))).toBeLessThan(5);
    }
  });
});

describe('a crowd of sub-networks', () => {
  test('one masked layer is exact and two are not, side by side; the place can be moved by keys and by pointer', async () => {
    const container = await openAlone(<CrowdFigure />);
    await until(() => rowsOf(container, '.verdicts').length === 2, 'both structures have answered');
    const [one, two] = rowsOf(container, '.verdicts');
    expect(one?.[4]).toMatch(/, exact$/);
    expect(Number(two?.[4])).toBeGreaterThan(0.001);
    page.getByRole('slider', { name: 'place x' }).element().focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    await until(() => rowsOf(container, '.verdicts')[0]?.[0]?.endsWith('at (−0.60, −0.30)') ?? false, 'the place has moved');
    await until(() => rowsOf(container, '.verdicts')[0]?.[1] !== one?.[1], 'the crowd has answered');
    const plane = container.querySelector('.place-plane') as HTMLElement;
    await userEvent.click(plane, { position: { x: plane.clientWidth / 2, y: plane.clientHeight / 4 } });
    await until(() => rowsOf(container, '.verdicts')[0]?.[0]?.endsWith('at (0.00, 1.00)') ?? false, 'the pointer moves it too');
  });

  test('the wall has as many sub-networks as are asked for, and counts those that were trained', async () => {
    const container = await openAlone(<CrowdChapter />);
    await until(() => container.querySelectorAll('.wall li').length === 24, 'the wall');
    expect(textOf(container, '.distinct-count')).toMatch(/^1\u202f0\d\d of 1\u202f024$/);
    page.getByRole('slider', { name: 'hidden units' }).element().focus();
    await userEvent.keyboard('{Home}');
    await until(() => container.querySelectorAll('.wall li').length === 4, 'two units make four');
    await until(() => textOf(container, '.distinct-count') === '4 of 4', 'all of them trained');
  });
});

describe('the family', () => {
  test('tabs are walked by arrow keys, each shows its figures with numbers, and axe knows no violation in any', async () => {
    const container = await openAlone(<FamilyChapter />);
    await until(() => container.querySelector('.family-numbers') !== null, 'the first member');
    const sure: Readonly<Record<string, RegExp>> = {
      Gaussian: /variance0\.4\d\d0\.429/,
      DropConnect: /correlation−0\.2\d, in theory −0\.29/,
      'The one-line trick': /TF 1 reads keepTF 2 reads drop[\s\S]*70\s%30\s%/,
      'Alpha and SELU': /plain dropout 1\.\d\d/,
      Stripes: /shared over time \(B, 1, F\)[\s\S]*expected 60\s% ± 7\s%/,
      'Before or after': /relu 0\.000tanh 0\.\d+sigmoid 0\.500/,
      Recurrent: /state h/,
    };
    page.getByRole('tab', { name: 'Gaussian' }).element().focus();
    for (const [name, words] of Object.entries(sure)) {
      expect(document.activeElement?.textContent).toBe(name);
      await until(() => words.test(textOf(container, '.tab-panel').replaceAll('correlation ', 'correlation')), name);
      expect(await violationsOf(container), name).toEqual([]);
      await userEvent.keyboard('{ArrowRight}');
    }
    expect(document.activeElement?.textContent).toBe('Gaussian');
  });

  test.each([
    ['drop', ['p / (1 - p)', 'variance p over 1 minus p', '< 1 - p', 'a is 1 minus p, times 1 plus p']],
    ['keep-paper', ['(1 - p) / p', 'variance 1 minus p over p', '< p', 'a is p, times 1 plus 1 minus p']],
    ['keep_prob', ['(1 - keep_prob) / keep_prob', 'variance 1 minus keep prob over keep prob', '< keep_prob', 'a is keep prob, times']],
  ] as const)('code and formulas are in the letters of the convention %s', async (convention, [sd, variance, kept, scale]) => {
    const container = await openAlone(<FamilyChapter />, undefined, convention);
    const spoken = () => [...container.querySelectorAll('math')].map((math) => math.getAttribute('alttext')).join();
    expect(textOf(container, '.code-box')).toContain(`np.sqrt(${sd})`);
    expect(spoken()).toContain(variance);
    await page.getByRole('tab', { name: 'DropConnect' }).click();
    await until(() => textOf(container, '.code-box').includes(`rng.random(W.shape) ${kept}\n`), 'the code of DropConnect');
    await page.getByRole('tab', { name: 'Alpha and SELU' }).click();
    await until(() => spoken().includes(scale), 'the formula of alpha dropout');
  });

  test('one mask for all times and the batch is one state mask, for each example four', async () => {
    await openAlone(<FamilyChapter />);
    await page.getByRole('tab', { name: 'Recurrent' }).click();
    await page.getByRole('checkbox', { name: 'variational: one mask for all times' }).click();
    await expect.element(page.getByText(/Of 64 masks of the state 4 are different/)).toBeVisible();
    await page.getByRole('radio', { name: 'one for the batch' }).click();
    await expect.element(page.getByText(/Of 64 masks of the state 1 is different/)).toBeVisible();
  });
});
