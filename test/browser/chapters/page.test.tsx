/** The page of chapters: what loads when, contents and answers, keys, ways to the lab, and that every chapter can be read by all. */
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { DEFAULT_SETTINGS } from '../../../src/protocol/settings';
import { parseAddress } from '../../../src/store/address';
import { CHAPTER_IDS, goTo, openChapters, sectionOf, settle, until, violationsOf } from './openChapters';

const button = (section: Element, name: string) =>
  [...section.querySelectorAll('button')].find((element) => element.textContent?.startsWith(name)) as HTMLButtonElement;

describe('loading', () => {
  test('a chapter opens when it comes near, and not before', async () => {
    await openChapters();
    const last = sectionOf(CHAPTER_IDS.at(-1));
    expect(last.dataset.open).toBe('false');
    expect(last.querySelector('h2')?.textContent).toBe('In your framework');
    expect(last.querySelector('.prediction')).toBeNull();
    await goTo(last.id);
    expect(last.querySelector('.prediction')).not.toBeNull();
  });

  test('a deep link brings the reader to its chapter', async () => {
    history.replaceState(null, '', '#divide-by-keep');
    await openChapters();
    await until(() => sectionOf('divide-by-keep').querySelector('.prediction') !== null, 'the chapter opens');
    await until(() => Math.abs(sectionOf('divide-by-keep').getBoundingClientRect().top) < 60, 'it lies at the top');
  });

  test('the contents link to every chapter and mark the one that is read', async () => {
    const { screen } = await openChapters();
    const links = [...screen.container.querySelectorAll<HTMLAnchorElement>('.contents a')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual(CHAPTER_IDS.map((id) => `#${id}`));
    await goTo('four-worlds');
    await until(() => links.find((link) => link.ariaCurrent === 'location')?.hash === '#four-worlds', 'it is marked');
  });
});

describe('predictions', () => {
  test('are committed to, revealed, kept, and can be asked again or forgotten', async () => {
    const first = await openChapters();
    const section = await goTo('one-tensor');
    expect(section.querySelector('[role=status] p')).toBeNull();
    button(section, '0.80').click();
    await expect.element(page.getByText('Not quite.')).toBeVisible();
    expect(section.querySelector('.prediction-reveal')?.textContent).toContain('1.00 ÷ 0.80 = 1.25');
    button(section, '1.25').click(); // an answer that was given stays
    expect(button(section, '0.80').getAttribute('aria-pressed')).toBe('true');
    await expect.element(page.getByText(`1 of ${CHAPTER_IDS.length} answered`)).toBeInTheDocument();
    await first.screen.unmount();

    await openChapters();
    const again = await goTo('one-tensor');
    expect(button(again, '0.80').getAttribute('aria-pressed')).toBe('true');
    button(again, 'Ask me again').click();
    await until(() => again.querySelector('.prediction-reveal p') === null, 'the answer is taken back');
    expect(document.activeElement).toBe(button(again, '0.80'));
    button(again, '1.25').click();
    await expect.element(page.getByText('Yes.')).toBeVisible();
    await page.getByRole('button', { name: 'Forget my answers' }).click();
    expect(again.querySelector('.prediction-reveal p')).toBeNull();
    expect(localStorage.length).toBe(0);
  });

  test('a score of the quiz alone can be forgotten too', async () => {
    localStorage.setItem('dropout-lab.chapters', JSON.stringify({ 'bug-quiz': '2/3' }));
    await openChapters();
    await page.getByRole('button', { name: 'Forget my answers' }).click();
    expect(localStorage.length).toBe(0);
    await expect.element(page.getByRole('button', { name: 'Forget my answers' })).toBeDisabled();
  });
});

describe('the way to the lab', () => {
  test.each(CHAPTER_IDS)('from %s carries its settings, in the address and in place', async (id) => {
    const { lab } = await openChapters({ p: 0.37 });
    await lab.advance(3);
    const section = await goTo(id);
    const link = section.querySelector<HTMLAnchorElement>('.take-to-lab');
    if (!link) throw new Error('no link');
    const carried = parseAddress(link.search);
    expect(carried.notices).toEqual([]);
    link.click();
    await until(() => lab.step === 1, 'the lab starts anew: one still step, under reduced motion');
    expect(lab.store.getState().settings).toEqual(carried.settings);
    if (id !== 'in-your-framework') expect(carried.settings).not.toEqual(DEFAULT_SETTINGS);
    expect(document.activeElement?.id).toBe('figures');
    expect(scrollY).toBe(0);
  });

  test('opens elsewhere with a modifier key, and changes nothing here', async () => {
    const { lab } = await openChapters();
    const section = await goTo('one-tensor');
    const link = section.querySelector<HTMLAnchorElement>('.take-to-lab') as HTMLAnchorElement;
    const stay = (event: Event) => event.preventDefault();
    document.addEventListener('click', stay);
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }));
    document.removeEventListener('click', stay);
    expect(lab.store.getState().settings).toEqual(DEFAULT_SETTINGS);
  });
});

describe('keys', () => {
  test('pressed on the page steer the lab while it is in view, and scroll when it is not', async () => {
    const { lab } = await openChapters();
    const press = (key: string) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    };
    (document.activeElement as HTMLElement | null)?.blur();
    await goTo('one-tensor');
    expect([' ', 'e', '3', ']', 'ArrowRight'].map(press)).toEqual([false, false, false, false, false]);
    expect([lab.running, lab.step, lab.store.getState().settings]).toEqual([false, 0, DEFAULT_SETTINGS]);
    scrollTo({ top: 0 });
    expect(press('e')).toBe(true);
    await until(() => lab.store.getState().settings.phase === 'eval', 'the lab hears it');
  });

  test('pressed in a chapter do not steer the lab', async () => {
    const { lab } = await openChapters();
    const section = await goTo('one-tensor');
    section.querySelector<HTMLElement>('.take-to-lab')?.focus();
    await userEvent.keyboard('{ArrowRight}e3]');
    expect([lab.step, lab.store.getState().settings]).toEqual([0, DEFAULT_SETTINGS]);
  });
});

/** Walks a chapter by Tab: every control in order, focus always visible, and out again. */
async function walkByKeys(section: HTMLElement): Promise<void> {
  const before = document.createElement('button');
  section.prepend(before);
  before.focus();
  const seen: Element[] = [];
  for (let presses = 0; presses < 120; presses++) {
    await userEvent.tab();
    const focused = document.activeElement;
    if (!focused || !section.contains(focused)) break;
    seen.push(focused);
    const styled = focused.matches('.visually-hidden') ? (focused.nextElementSibling ?? focused) : focused;
    const { outlineStyle, boxShadow } = getComputedStyle(styled);
    expect(outlineStyle !== 'none' || boxShadow !== 'none', `focus shows on ${focused.outerHTML.slice(0, 90)}`).toBe(true);
  }
  const controls = [...section.querySelectorAll('button, a[href], select, input:not([type=radio]), [tabindex="0"]')].filter(
    (element) => element !== before && !(element as HTMLButtonElement).disabled && (element as HTMLElement).tabIndex >= 0,
  );
  const missed = controls.filter((control) => !seen.includes(control));
  expect(missed.map((control) => control.outerHTML.slice(0, 120))).toEqual([]);
  expect(new Set(seen).size).toBe(seen.length);
  expect(section.contains(document.activeElement)).toBe(false);
  before.remove();
}

/** Lays the page out at phones' and desks' widths: nothing is wider than the page. */
async function fitEveryWidth(): Promise<void> {
  for (const width of [390, 768, 1024, 1440]) {
    await page.viewport(width, 844);
    await until(() => innerWidth === width, 'the page has its width');
    // Charts take their new width when they have measured it.
    await until(() => document.documentElement.scrollWidth <= width, `nothing is wider than ${width} px`);
  }
  await page.viewport(1440, 900);
}

describe('for every reader', () => {
  test.each(CHAPTER_IDS)(
    'SC5 SC6 SC7 %s is walked by keys, fits every width, has nothing that axe knows in both themes, and tables and sentences',
    async (id) => {
      const { lab } = await openChapters();
      const section = await goTo(id);
      await settle(section);
      await walkByKeys(section);
      await fitEveryWidth();
      await goTo(id);
      section.querySelector<HTMLButtonElement>('.choice')?.click();
      await settle(section);
      for (const theme of ['light', 'dark'] as const) {
        lab.store.getState().setView({ theme });
        await until(() => document.documentElement.dataset.theme === theme, 'the theme');
        expect(await violationsOf(section), theme).toEqual([]);
      }
      for (const figure of section.querySelectorAll('figure')) {
        figure.querySelector<HTMLButtonElement>('.table-toggle')?.click();
        await until(() => /\w/.test(figure.querySelector('.table-scroll caption')?.textContent ?? ''), 'the table');
        expect(figure.querySelector('[aria-live]')?.textContent).toMatch(/\w/);
      }
      expect(await violationsOf(section), 'tables').toEqual([]);
    },
  );

  test('SC5 nor has the table of contents', async () => {
    const { screen } = await openChapters();
    expect(await violationsOf(screen.container.querySelector('.contents') as Element)).toEqual([]);
  });

  test('every formula has words', async () => {
    await openChapters();
    for (const id of CHAPTER_IDS) {
      const section = await goTo(id);
      for (const formula of section.querySelectorAll('math')) {
        expect(formula.getAttribute('alttext')).toMatch(/\w{3}/);
        expect(formula.getAttribute('aria-label')).toBe(formula.getAttribute('alttext'));
        expect(formula.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML');
      }
    }
  });
});
