/** The element on React, as the package has it: its look in a page that is narrow, dark or of small type, and for those who do not see it. */
import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { DropoutLabElement } from '../../../src/embed/element';
import { register } from '../../../src/embed/register';
import { shadowSheet, toShadow } from '../../../src/embed/shadowStyles';
import { LAB_FIGURE_NAMES } from '../../../src/ui/share/figureNames';

register();
afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.removeAttribute('style');
});

async function show(attributes: Record<string, string>, width = 700): Promise<DropoutLabElement> {
  const box = document.createElement('div');
  box.style.width = `${width}px`;
  const lab = document.createElement('dropout-lab');
  for (const [name, value] of Object.entries({ step: '3', ...attributes })) lab.setAttribute(name, value);
  box.append(lab);
  document.body.append(box);
  await lab.advance(0);
  await expect.poll(() => shadow(lab).querySelector('figure')).not.toBeNull();
  return lab;
}
const shadow = (lab: DropoutLabElement): ShadowRoot => lab.shadowRoot as ShadowRoot;
const scope = (lab: DropoutLabElement) => shadow(lab).querySelector('.embed') as HTMLElement;
const paper = (lab: DropoutLabElement) => getComputedStyle(scope(lab)).backgroundColor;

describe('SC5 axe finds nothing', () => {
  test.each(LAB_FIGURE_NAMES.flatMap((figure) => (['light', 'dark'] as const).map((theme) => [figure, theme] as const)))(
    'in %s, %s',
    async (figure, theme) => {
      const lab = await show({ figure, theme, site: 'https://github.com/' }, 900);
      const { violations } = await axe.run(lab, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'],
        rules: { region: { enabled: false } },
      });
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))).toEqual([]);
    },
  );
});

describe('it fits its box', () => {
  test.each(LAB_FIGURE_NAMES)('%s in a narrow column of a wide page', async (figure) => {
    const lab = await show({ figure, units: '12,8,4,2' }, 340);
    await expect.poll(() => lab.getBoundingClientRect().height).toBeGreaterThan(200);
    const right = scope(lab).getBoundingClientRect().right;
    const outside = [...shadow(lab).querySelectorAll('button, input, select, canvas, p, figcaption')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden'))
      .filter((element) => element.getBoundingClientRect().right > right + 0.5)
      .map((element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 40)}`);
    expect(outside).toEqual([]);
  });

  test('a page with small type at its root does not shrink it; large type grows it', async () => {
    document.documentElement.style.fontSize = '10px';
    const lab = await show({ figure: 'masks' });
    const size = () => Number.parseFloat(getComputedStyle(shadow(lab).querySelector('.button') as Element).fontSize);
    expect(size()).toBe(13);
    document.documentElement.style.fontSize = '24px';
    expect(size()).toBeCloseTo(19.5);
  });
});

describe('what the styles ask', () => {
  test.each([
    ['@media (max-width: 699px) { a { b: c } }', '@container lab (max-width: 699px){ a { b: c } }'],
    [
      '@layer x { @media (pointer: coarse), (width<=699px) { a { b: c } } d { e: f } }',
      '@layer x { @media (pointer: coarse){ a { b: c } }\n@container lab (width<=699px){ a { b: c } } d { e: f } }',
    ],
    [
      '@media (min-width: 700px) and (max-width: 1099px) and (pointer: coarse) { a { & b { c: d } } }',
      '@container lab (min-width: 700px) and (max-width: 1099px){@media (pointer: coarse){ a { & b { c: d } } }}',
    ],
    [
      '@media (prefers-reduced-motion: reduce) { a { b: 2rem } }',
      '@media (prefers-reduced-motion: reduce) { a { b: calc(2 * var(--lab-rem)) } }',
    ],
  ])('%s', (page, element) => {
    expect(toShadow(page)).toBe(element);
  });

  test('no width of the window, anywhere', () => {
    const media = [...shadowSheet(document).cssRules].flatMap(function list(rule): string[] {
      const inner = 'cssRules' in rule ? [...(rule as CSSGroupingRule).cssRules].flatMap(list) : [];
      return rule instanceof CSSMediaRule ? [rule.conditionText, ...inner] : inner;
    });
    expect(media.length).toBeGreaterThan(3);
    expect(media.filter((text) => text.includes('width'))).toEqual([]);
  });

  test('a narrow element on a wide page has targets for fingers, a wide one for mice', async () => {
    const heights = async (width: number) => {
      const lab = await show({ figure: 'masks' }, width);
      return [...shadow(lab).querySelectorAll('.button, .select-field')].map((target) => target.getBoundingClientRect().height);
    };
    expect(Math.min(...(await heights(360)))).toBeGreaterThanOrEqual(44);
    expect(Math.min(...(await heights(900)))).toBeLessThan(44);
  });
});

describe('its theme', () => {
  test('is that of the page around, also when that changes; its own comes first', async () => {
    document.documentElement.style.colorScheme = 'light';
    const lab = await show({ figure: 'loss' });
    const light = paper(lab);
    document.documentElement.style.colorScheme = 'dark';
    await expect.poll(() => paper(lab)).not.toBe(light);
    lab.setAttribute('theme', 'light');
    await expect.poll(() => paper(lab)).toBe(light);
    lab.removeAttribute('theme');
    await expect.poll(() => paper(lab)).not.toBe(light);
  });

  test('leaves the theme of the page alone', async () => {
    const before = document.documentElement.outerHTML.slice(0, 200);
    const lab = await show({ figure: 'masks', theme: 'dark' });
    await lab.advance(1);
    expect(document.documentElement.outerHTML.slice(0, 200)).toBe(before);
  });
});

test('EM4 in another document of the page it keeps its run and its looks', async () => {
  const lab = await show({ figure: 'masks' });
  const frame = document.createElement('iframe');
  document.body.append(frame);
  (frame.contentDocument as Document).body.append(lab);
  expect(await lab.advance(2)).toBe(5);
  expect(getComputedStyle(shadow(lab).querySelector('.button') as Element).fontSize).toBe('13px');
  lab.remove();
});

test('EM4 put away into a template and taken out again it is there as before, and no error of the page', async () => {
  const complaints: string[] = [];
  const listen = (event: ErrorEvent) => {
    event.preventDefault();
    complaints.push(event.message);
  };
  addEventListener('error', listen);
  const lab = await show({ figure: 'masks' });
  const template = document.createElement('template');
  template.content.append(lab);
  document.body.append(lab);
  expect(await lab.advance(2)).toBe(5);
  expect(getComputedStyle(shadow(lab).querySelector('.button') as Element).fontSize).toBe('13px');
  removeEventListener('error', listen);
  expect(complaints).toEqual([]);
});

test.each(['lab', 'masks'])('EM3 hide takes controls of %s away, commas or spaces between them', async (figure) => {
  const lab = await show({ figure, hide: 'mode, seed phase' });
  expect(shadow(lab).querySelector('.phase-choice')?.checkVisibility()).toBe(false);
  expect(shadow(lab).querySelector('.mode-choice')?.checkVisibility()).toBe(false);
  lab.setAttribute('hide', 'p');
  await expect.poll(() => shadow(lab).querySelector('.mode-choice')?.checkVisibility()).toBe(true);
  expect(shadow(lab).querySelector('.drop-control')?.checkVisibility()).toBe(false);
});

test('EM3 at may change, and be taken away: the run is always that of the attributes, from step 0 on', async () => {
  const fingerprintOf = async (attributes: Record<string, string>) =>
    (await (await show({ seed: '3', step: '10', ...attributes })).snapshot()).fingerprint;
  const lab = await show({ seed: '3', step: '10' });
  const run = async () => {
    await expect.poll(() => lab.step).toBe(10);
    const { changes, fingerprint } = await lab.snapshot();
    return [changes.length, fingerprint];
  };
  const nextChange = () => new Promise((resolve) => lab.addEventListener('settingschange', resolve, { once: true }));
  for (const [at, numChanges] of [
    ['p:3:0.1;lr:5:0.02', 2],
    ['p:3:0.1:30:0.9', 2],
    ['mode:2:none', 1],
    ['', 0],
  ] as const) {
    const changed = nextChange();
    lab.setAttribute('at', at);
    await changed;
    await lab.advance(0);
    expect(await run(), at).toEqual([numChanges, await fingerprintOf({ at })]);
  }
});

test('EM3 one that stands at a step stands there after a change that starts it over, and calls wait for it', async () => {
  const lab = await show({ seed: '3', step: '10', at: 'p:4:0.2' });
  lab.setAttribute('seed', '0');
  lab.setAttribute('units', '5');
  expect(await lab.advance(2)).toBe(12);
  const other = await show({ seed: '0', units: '5', step: '12', at: 'p:4:0.2' });
  expect(await lab.snapshot()).toMatchObject({
    fingerprint: (await other.snapshot()).fingerprint,
    changes: [{ step: 4, patch: { p: 0.2 } }],
  });
  // What stops does not wait for a step that is far.
  lab.setAttribute('step', '2000000000');
  await lab.pause();
  expect(lab.step).toBeLessThan(2_000_000_000);
  // One that runs begins anew, and runs on.
  await lab.play();
  lab.setAttribute('seed', '1');
  await lab.snapshot();
  expect([lab.running, lab.settings.seed]).toEqual([true, 1]);
});

test('EM3 focus may change, and be taken away', async () => {
  const lab = await show({ figure: 'network', focus: '1.3' });
  dispatchEvent(new Event('pointermove'));
  const equation = () => shadow(lab).querySelector('.equation-line')?.textContent;
  await expect.poll(equation).toContain('Hidden 1, unit 4');
  lab.setAttribute('focus', '2.1');
  await expect.poll(equation).toContain('Hidden 2, unit 2');
  lab.removeAttribute('focus');
  await expect.poll(equation).not.toContain('Hidden 2');
});

test('EM3 figure and step may change while it runs', async () => {
  const lab = await show({ figure: 'loss' });
  expect(lab.step).toBe(3);
  lab.setAttribute('figure', 'masks');
  await expect.poll(() => shadow(lab).querySelector('.figure-masks')).not.toBeNull();
  lab.setAttribute('step', '20');
  await expect.poll(() => lab.step).toBe(20);
  await page.viewport(1440, 900);
});
