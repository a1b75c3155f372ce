/** The museum at work: one click each, one half that hides, and the quiz with its score kept. */
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { BUGS } from '../../../src/protocol/bugs';
import MuseumChapter from '../../../src/ui/chapters/museum/Chapter';
import MuseumFigure from '../../../src/ui/chapters/museum/MuseumFigure';
import QuizFigure from '../../../src/ui/chapters/museum/QuizFigure';
import { quizQuestion } from '../../../src/ui/chapters/museum/quiz';
import { createProgress } from '../../../src/ui/chapters/shell/progress';
import { openAlone, textOf } from './openAlone';
import { until, violationsOf } from './openChapters';

const FIRST_SEED = 1;

describe('the museum', () => {
  test('one choice runs a bug beside the right thing, shows its story, code and source, and what gives it away', async () => {
    const container = await openAlone(<MuseumFigure />);
    const verdict = () => textOf(container, '.museum-verdict');
    await until(() => verdict().startsWith('It gives itself away. Eval mean over train mean'), 'the first bug has run');
    await page.getByRole('radio', { name: BUGS.backwardWithoutMask.title }).click();
    await until(
      () => verdict().includes('Share of dropped cells with a gradient, step 0: 0.00 done right, 1.00 with the bug'),
      'its verdict',
    );
    expect(textOf(container, '.reading:has(:checked)')).toMatch(/^Gradientsgives it away/);
    expect(container.querySelector('.bug-story a')?.getAttribute('href')).toBe(BUGS.backwardWithoutMask.source.link);
    for (const line of BUGS.backwardWithoutMask.rightCode) expect(textOf(container, '.bug-story-code')).toContain(line);
    await userEvent.keyboard('{ArrowDown}');
    await until(() => textOf(container, '.bug-story-title') === BUGS.maskFromZeros.title, 'arrow keys walk the list');
  });

  test('one half hides what the card says it hides', async () => {
    const container = await openAlone(<MuseumFigure />);
    await page.getByRole('radio', { name: /^one half/ }).click();
    await until(() => textOf(container, '.museum-verdict').startsWith('Nothing to see at p = 0.50'), 'it is hidden');
    expect(container.querySelector('.reading-tell')).toBeNull();
    await page.getByRole('radio', { name: BUGS.scaledTwice.title }).click();
    await page.getByRole('radio', { name: /^one half/ }).click();
    await until(() => /0\.\d\d with the bug, foretold 0\.50\.$/.test(textOf(container, '.museum-verdict')), 'this one is not');
  });

  test('a narrow page has a menu in the place of the list', async () => {
    await page.viewport(390, 844);
    const container = await openAlone(<MuseumFigure />);
    await page.getByRole('combobox', { name: 'bug' }).selectOptions('nothingKeptNaN');
    await until(() => textOf(container, '.museum-verdict').endsWith('NaN with the bug.'), 'it has run');
    expect(container.querySelector('.bug-list')).toBeNull();
    await page.viewport(1440, 900);
  });
});

describe('the quiz', () => {
  test('asks, keeps what it knows to itself, marks the answer, and keeps the score', async () => {
    const kept = new Map<string, string>();
    const open = () =>
      createProgress({
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, text) => void kept.set(key, text),
        removeItem: (key) => void kept.delete(key),
      });
    const container = await openAlone(<QuizFigure />, open());
    await page.getByRole('button', { name: 'Ask me' }).click();
    await until(() => container.querySelector('.evidence') !== null, 'the evidence');
    expect(container.querySelector('.reading-tell')).toBeNull();
    const { bug, choices } = quizQuestion(FIRST_SEED, 0);
    expect([...container.querySelectorAll('.choice')].map((choice) => choice.textContent)).toEqual(choices.map((id) => BUGS[id].title));
    await page.getByRole('button', { name: BUGS[bug].title }).click();
    expect(textOf(container, '.quiz-reveal')).toMatch(/^Yes\./);
    expect(textOf(container, '.quiz-score')).toBe('score 1 of 1 right');
    expect(container.querySelector('.reading-tell')).not.toBeNull();

    await page.getByRole('button', { name: 'Next question' }).click();
    const next = quizQuestion(FIRST_SEED, 1);
    const wrong = next.choices.find((id) => id !== next.bug) ?? next.bug;
    await page.getByRole('button', { name: BUGS[wrong].title }).click();
    (page.getByRole('button', { name: BUGS[next.bug].title }).element() as HTMLElement).click(); // an answer that was given stays
    expect(textOf(container, '.quiz-reveal')).toContain(`No, it is “${BUGS[next.bug].title}”.`);
    expect(textOf(container, '.quiz-score')).toBe('score 1 of 2 right');

    const again = await openAlone(<QuizFigure />, open());
    expect(textOf(again, '.quiz-score')).toBe('score 1 of 2 right');
    again.querySelector<HTMLButtonElement>('.figure-controls .button-quiet')?.click();
    await until(() => textOf(again, '.quiz-score') === 'score no answer yet', 'the score starts again');
  });

  test('leads to the bug in the museum; axe knows no violation in a revealed question', async () => {
    const container = await openAlone(<MuseumChapter />);
    await page.getByRole('button', { name: 'Ask me', exact: true }).click();
    const { bug } = quizQuestion(FIRST_SEED, 0);
    await page.getByRole('group', { name: 'Which bug is it?' }).getByRole('button', { name: BUGS[bug].title }).click();
    await until(() => container.querySelectorAll('.evidence').length === 2 && !container.querySelector('progress'), 'both have run');
    expect(await violationsOf(container)).toEqual([]);
    await page.getByRole('button', { name: 'See it in the museum' }).click();
    await until(() => textOf(container, '.bug-story-title') === BUGS[bug].title, 'it is on show');
    expect(document.activeElement?.className).toBe('museum-top');
  });
});
