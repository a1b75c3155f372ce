/** A figure's study taken along as a JAX sweep: with what is on the screen, once the study is done, and not before. */
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import NoiseFigure from '../../../src/ui/chapters/family/NoiseFigure';
import MillionFigure from '../../../src/ui/chapters/million/MillionFigure';
import QuizFigure from '../../../src/ui/chapters/museum/QuizFigure';
import { catchDownloads } from '../code/downloads';
import { openAlone, textOf } from './openAlone';
import { until } from './openChapters';

const saved = catchDownloads();
const sweepOf = (container: Element) => container.querySelector<HTMLButtonElement>('.sweep-button');
const isReady = (container: Element) => sweepOf(container)?.ariaDisabled === 'false';

test('the script carries the parameters and the numbers of the screen', async () => {
  const container = await openAlone(<NoiseFigure />);
  await until(() => isReady(container), 'the first study is done');
  container.querySelector<HTMLInputElement>('.knob input')?.focus();
  await userEvent.keyboard('{ArrowRight>3/}');
  await until(() => container.querySelector('.knob-value')?.textContent?.startsWith('0.45') === true && isReady(container), 'p is 0.45');
  const shown = [...container.querySelectorAll('tr')]
    .find((row) => row.textContent?.startsWith('variance'))
    ?.querySelector('td')?.textContent;
  await userEvent.click(sweepOf(container) as Element);
  await until(() => saved.length === 1, 'it is saved');
  expect(saved[0]).toMatchObject({ name: 'dropout_lab_moments.py', type: 'text/x-python' });
  const text = (await saved[0]?.text()) ?? '';
  expect(text).toMatch(/^PS = \(.*\b0\.45\b.*\)/m);
  expect(text).toMatch(/^DRAWS = 20000 /m);
  expect(text).toMatch(/^ {4}0\.45: \{$/m);
  expect(Number(/"bernoulli_variance": \(([\d.]+),/.exec(text)?.[1]).toFixed(3)).toBe(shown);
  expect(textOf(container, '.sweep-words')).toBe('Saved dropout_lab_moments.py.');
});

test('a study that has not run says so instead, and what was said goes when it no longer holds', async () => {
  const container = await openAlone(<MillionFigure />);
  await until(() => sweepOf(container) !== null, 'the figure is there');
  const trials = page.getByRole('slider', { name: 'trials' }).element() as HTMLInputElement;
  trials.focus();
  await userEvent.keyboard('{End}');
  await until(() => container.textContent?.includes('Run') === true && sweepOf(container)?.ariaDisabled === 'true', 'the long run waits');
  sweepOf(container)?.focus();
  await userEvent.keyboard('{Enter}');
  expect(textOf(container, '.sweep-words')).toBe('The study has not run yet.');
  trials.focus();
  await userEvent.keyboard('{Home}');
  await until(() => isReady(container), 'the short run is done');
  expect(textOf(container, '.sweep-words')).toBe('');
  expect(saved).toEqual([]);
});

test('the quiz does not give its bug away', async () => {
  const container = await openAlone(<QuizFigure />);
  await page.getByRole('button', { name: 'Ask me' }).click();
  await until(() => container.querySelector('.quiz-choices button') !== null, 'it asks');
  expect(sweepOf(container)).toBeNull();
  container.querySelector<HTMLButtonElement>('.quiz-choices button')?.click();
  await until(() => sweepOf(container) !== null, 'after the answer it is offered');
});
