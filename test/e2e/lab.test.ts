/** The whole lab as it ships: it boots and trains, can be walked by keyboard, passes axe in both themes, fits a phone, stays at home. */
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { ask, listenTo, newPage, openBrowser, openPage as openStill, type PageLab, visit } from './pages';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
openBrowser();

/** The policy of the page forbids injected scripts, axe's too; that it holds is tested in served.test.ts. */
const openPage = (query = '', options: BrowserContextOptions = {}) => openStill(query, { bypassCSP: true, ...options });
const labOf = (page: Page) => ask(page, ({ step, running, settings }) => ({ step, running, settings }));

async function axe(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axePath });
  return page.evaluate(async () => {
    const runner = (
      window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } }
    ).axe;
    const { violations } = await runner.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 4).map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
    );
  });
}

const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('the lab', () => {
  test('boots, trains by itself, and falls: no error, nothing from elsewhere', async () => {
    const page = await newPage({ reducedMotion: 'no-preference' });
    const complaints = listenTo(page);
    await visit(page);
    await page.waitForFunction(() => (window as unknown as { dropoutLab: PageLab }).dropoutLab.step > 20);
    expect(await labOf(page)).toMatchObject({ running: true });
    await expect.poll(() => page.locator('.figure-loss figcaption').textContent()).toMatch(/Train \d+\.\d\d with masks/);
    expect(complaints).toEqual([]);
  });

  test('under reduced motion it stands still after one step', async () => {
    const page = await openPage();
    await expect.poll(async () => (await labOf(page)).step).toBe(1);
    expect((await labOf(page)).running).toBe(false);
  });

  test('what the address asks for is there; what it asks for wrongly is said', async () => {
    const page = await openPage('?p=0.25&mode=gaussian&seed=0&lr=99');
    expect((await labOf(page)).settings).toMatchObject({ p: 0.25, mode: 'gaussian', seed: 0, learningRate: 0.1 });
    await page.getByText(/learningRate must be between 0 and 10, got 99/).waitFor();
  });

  test('SC4 every control and figure is reached by Tab, in the order of the page, and shows its focus', async () => {
    const page = await openPage();
    const seen: { name: string; hasRing: boolean }[] = [];
    for (let press = 0; press < 120; press++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const shown = element.matches('.segment input') ? element.nextElementSibling : element;
        const style = getComputedStyle(shown ?? element);
        const name = element.getAttribute('aria-label') ?? element.getAttribute('value') ?? element.textContent ?? '';
        return { name: name.trim().slice(0, 60), hasRing: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0 };
      });
      if (stop === null || (seen.length > 0 && stop.name === seen[0]?.name)) break;
      seen.push(stop);
    }
    expect(seen.filter((stop) => !stop.hasRing)).toEqual([]);
    const names = seen.map((stop) => stop.name).join(' | ');
    const order = [
      'Skip to the figures',
      'Play',
      'Slow motion',
      'step of the run',
      'speed',
      'seed',
      'Compare A | B',
      'inverted',
      'drop rate p',
      'train',
      'data seed',
      'learning rate',
      'Network: columns',
      'Masks: rows',
      'Activations: rows',
      'Decision surface',
      'Loss curves',
    ];
    const places = order.map((name) => names.indexOf(name));
    expect(places.filter((place) => place < 0)).toEqual([]);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  test.each(['light', 'dark'] as const)(
    'SC5 axe finds nothing in the %s theme, with tables, comparison, slow motion or the list of keys open',
    async (colorScheme) => {
      const page = await openPage('?mode=alpha&pin=0.1', { colorScheme });
      expect(await axe(page)).toEqual([]);
      for (const toggle of await page.getByRole('button', { name: / as a table$/ }).all()) await toggle.click();
      await page.getByRole('button', { name: 'Slow motion' }).click();
      await page.getByText(/are taken for step/).waitFor();
      expect(await axe(page)).toEqual([]);
      await page.getByRole('button', { name: 'Compare A | B' }).click();
      await page.getByRole('region', { name: 'Lab B' }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
      expect(await axe(page)).toEqual([]);
    },
  );

  test.each([
    [390, 844, 1],
    [768, 1024, 1],
    [1024, 768, 1],
    [1440, 900, 1],
    [720, 450, 2],
  ])('SC7 nothing scrolls sideways at %i × %i (pixel ratio %i), also when comparing', async (width, height, deviceScaleFactor) => {
    const page = await openPage('?data=digits&hidden=64,32,16,8', { viewport: { width, height }, deviceScaleFactor });
    expect(await overflow(page)).toBe(0);
    if (width < 700) await page.getByRole('button', { name: 'Menu' }).click();
    expect(await overflow(page)).toBe(0);
    await page.getByRole('button', { name: 'Compare A | B' }).click();
    await page.getByRole('region', { name: 'Lab B' }).waitFor();
    expect(await overflow(page)).toBe(0);
  });

  test('on a phone every target is at least 44 pixels high, and the transport stays in reach', async () => {
    const page = await openPage('', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const network = await page.getByRole('grid', { name: /^Network/ }).boundingBox();
    const barTop = (await page.locator('.transport-bar').boundingBox())?.y ?? 0;
    expect(network && network.y + network.height / 2).toBeLessThan(barTop);
    await page.getByRole('button', { name: 'Menu' }).click();
    for (const summary of await page.locator('.panel summary').all()) await summary.click();
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, select, summary, .number-field input, .segment, .slider, .toggle')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.skip-link'))
        .map((element) => ({
          what: element.getAttribute('aria-label') ?? element.textContent,
          height: Math.round(element.getBoundingClientRect().height),
        }))
        .filter(({ height }) => height < 44),
    );
    expect(small).toEqual([]);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const bar = await page.getByRole('button', { name: 'Play' }).boundingBox();
    expect(bar && bar.y + bar.height).toBeLessThanOrEqual(844);
  });

  test('the theme can be chosen against the system', async () => {
    const page = await openPage('', { colorScheme: 'light' });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.getByRole('combobox', { name: 'theme' }).selectOption('dark');
    await expect.poll(paper).not.toBe(light);
    await page.getByRole('combobox', { name: 'theme' }).selectOption('auto');
    await expect.poll(paper).toBe(light);
  });

  test('what is dark on the screen is light on paper', async () => {
    const page = await openPage('?step=40', { colorScheme: 'dark' });
    const surface = page.locator('.figure-belief canvas');
    const brightness = async () =>
      page.evaluate(
        async (bytes) => {
          const picture = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
          const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
          context?.drawImage(picture, 0, 0);
          const { data } = context?.getImageData(0, 0, picture.width, picture.height) ?? { data: new Uint8ClampedArray() };
          const colours = data.filter((_, index) => index % 4 < 3);
          return colours.reduce((sum, value) => sum + value, 0) / colours.length;
        },
        [...(await surface.screenshot())],
      );
    expect(await brightness()).toBeLessThan(100);
    await page.keyboard.press('Shift'); // what is for paper comes with the reader
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => surface.evaluate((canvas) => getComputedStyle(canvas).filter)).not.toBe('none');
    expect(await brightness()).toBeGreaterThan(155);
  });

  test('?debug lays its numbers over the page', async () => {
    const page = await openPage('?debug&p=0.3');
    await expect
      .poll(() => page.getByRole('complementary', { name: 'Debug' }).textContent())
      .toMatch(/Hidden 1 dropped0\.\d{3}, p 0\.300, 3σ 0\.219 to 0\.381/);
  });
});
