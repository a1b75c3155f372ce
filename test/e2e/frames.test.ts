/** Figures in frames on pages of another origin, by the address of the built page: they fit, they rest, and they answer. */
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../setup/findBrowser.mjs';
import { type Hosts, startHosts } from './embedHosts';

interface Answer {
  readonly result?: unknown;
  readonly error?: { name: string; message: string; field?: string };
}
interface HostWindow extends Window {
  heights: number[];
  events: string[];
  ask(message: Record<string, unknown>): Promise<Answer>;
}

let browser: Browser;
let hosts: Hosts;
const opened: Page[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
  hosts = await startHosts(inject('outDir'), 'test/gallery/examples', (text, library) =>
    text.replaceAll('/src/embed/index.ts', `${library}/embed.js`).replaceAll('"/?embed', `"${inject('baseUrl')}?embed`),
  );
});
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close();
});
afterAll(async () => {
  await browser.close();
  hosts.close();
});

/** What a host does by hand: it keeps heights and events, and asks with a number. */
const HOST_SCRIPT = `<script>
  heights = []; events = []; const waiting = new Map();
  addEventListener('message', ({ data }) => {
    if (data?.dropoutLab !== 1) return;
    if (data.event === 'height') heights.push(data.detail.height);
    else if (data.event) events.push(data.event);
    else waiting.get(data.id)?.(data);
  });
  let next = 0;
  ask = (message) => new Promise((resolve) => {
    const request = { dropoutLab: 1, id: ++next, ...message };
    waiting.set(request.id, resolve);
    document.querySelector('iframe').contentWindow.postMessage(request, '*');
  });
</script>`;

const frameOf = (query: string, style = 'width:700px;height:600px', more = '', page = inject('baseUrl')) =>
  `<iframe src="${page}?${query.replaceAll('&', '&amp;')}" style="${style}" ${more}></iframe>`;

/** A frame whose host gives it no origin, from a server that lets everyone have its files. */
const sandboxed = (query: string) => frameOf(query, 'width:700px;height:600px', 'sandbox="allow-scripts"', `${hosts.library}/index.html`);

async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  opened.push(page);
  await page.goto(address);
  return page;
}
const hostOf = (page: Page) => ({
  ask: (message: Record<string, unknown>) => page.evaluate((each) => (window as unknown as HostWindow).ask(each), message),
  heights: () => page.evaluate(() => (window as unknown as HostWindow).heights),
  events: () => page.evaluate(() => (window as unknown as HostWindow).events),
});
const inner = (page: Page): Frame => page.frames()[1] as Frame;
const originOf = (address: string) => new URL(address).origin;

describe('a frame', () => {
  test.each(['lab', 'network', 'masks', 'activations', 'belief', 'loss', 'one-tensor'])(
    'EM8 %s fits its box, tells its height, leads back',
    async (figure) => {
      const page = await open(hosts.page(HOST_SCRIPT + frameOf(`embed=${figure}&p=0.2&step=3`)));
      await inner(page).locator('figure').first().waitFor();
      await expect.poll(async () => (await hostOf(page).heights()).at(-1) ?? 0).toBeGreaterThan(150);
      const overflow = await inner(page).evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow).toBe(0);
      if (figure !== 'one-tensor') {
        const step = () => inner(page).evaluate(() => (window as unknown as { dropoutLab: { step: number } }).dropoutLab.step);
        await expect.poll(step).toBe(3);
      }
      const link = inner(page).getByRole('link', { name: 'Dropout Lab' });
      await link.focus();
      const href = await link.getAttribute('href');
      if (figure !== 'one-tensor') {
        expect(href).toBe(`${inject('baseUrl')}?v=1&p=0.2&step=3`);
        expect(
          await inner(page).evaluate(() => (window as unknown as { dropoutLab: { settings: { p: number } } }).dropoutLab.settings.p),
        ).toBe(0.2);
      } else expect(href).toBe(inject('baseUrl'));
    },
  );

  test('EM8 the first height that it tells is that of a figure', async () => {
    const page = await open(hosts.page(HOST_SCRIPT + frameOf('embed=masks&step=3')));
    await expect.poll(async () => (await hostOf(page).heights()).length).toBeGreaterThan(0);
    expect((await hostOf(page).heights())[0]).toBeGreaterThan(200);
  });

  test.each([
    ['a lab', 'masks', /add allow-same-origin to the sandbox/],
    ['a study', 'four-schemes', /the sandbox of its frame lacks allow-same-origin, and its host must add that/],
  ])('EM2 in a sandbox without an origin %s says what is missing', async (_, figure, words) => {
    const page = await open(hosts.page(sandboxed(`embed=${figure}`)));
    await inner(page).getByRole('alert').getByText(words).first().waitFor();
  });

  test('AD3 a figure that there is not is said, and the whole lab shown', async () => {
    const page = await open(hosts.page(frameOf('embed=door&p=9')));
    await inner(page)
      .getByText(/embed=door: must be one of lab, network/)
      .waitFor();
    await inner(page)
      .getByText(/p=9: p must be between 0 and 1/)
      .waitFor();
    await inner(page).getByRole('region', { name: 'Dropout' }).waitFor();
  });

  test('EM5 it starts when it is seen, rests when it is not, takes no focus and no scrolling, writes no history', async () => {
    const page = await open(
      hosts.page(`<input id="own"><div style="height:2500px"></div>${frameOf('embed=loss')}<div style="height:2500px"></div>`),
      { reducedMotion: 'no-preference' },
    );
    await page.locator('#own').focus();
    const step = () => inner(page).evaluate(() => (window as unknown as { dropoutLab?: { step: number } }).dropoutLab?.step ?? 0);
    await page.waitForTimeout(700);
    expect(await step()).toBe(0);
    const entries = await page.evaluate(() => history.length);
    await page.evaluate(() => scrollTo(0, 2200));
    await expect.poll(step, { timeout: 10_000 }).toBeGreaterThan(5);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('own');
    await page.mouse.move(300, 500);
    await page.mouse.wheel(0, 1800);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(2300);
    await page.evaluate(() => scrollTo(0, 4900));
    await expect
      .poll(() => inner(page).evaluate(() => (window as unknown as { dropoutLab: { running: boolean } }).dropoutLab.running))
      .toBe(false);
    expect(await page.evaluate(() => history.length)).toBe(entries);
    expect(new URL(inner(page).url()).search).toBe('?embed=loss');
  });
});

describe('messages', () => {
  test('EM5 folded away, to no size at all, it rests and tells no height of nothing', async () => {
    const empty = hosts.page('');
    const page = await open(hosts.page(HOST_SCRIPT + frameOf(`embed=network&origins=${originOf(empty)}`)), {
      reducedMotion: 'no-preference',
    });
    const { ask, heights } = hostOf(page);
    const running = async () => (await ask({ member: 'running' })).result;
    await expect.poll(running).toBe(true);
    const fold = (size: string) =>
      page.evaluate((css) => {
        const frame = document.querySelector('iframe') as HTMLIFrameElement;
        frame.style.width = css;
        frame.style.height = css;
      }, size);
    await fold('0');
    await expect.poll(running).toBe(false);
    await fold('700px');
    await expect.poll(running).toBe(true);
    // In no width at all, the words alone are twice as high.
    expect(Math.max(...(await heights()))).toBeLessThan(800);
  });

  test('EM7 a host may ask as soon as the frame has loaded', async () => {
    const frame = frameOf('embed=masks&step=3&origins=*', 'width:700px;height:600px', 'onload="first = ask({ member: \'step\' })"');
    const page = await open(hosts.page(HOST_SCRIPT + frame));
    expect(await page.evaluate(() => (window as unknown as { first: Promise<Answer> }).first)).toMatchObject({ result: 3 });
  });

  test('EM7 a host without an origin is told how it may ask', async () => {
    const host = `${HOST_SCRIPT}${frameOf('embed=loss&step=0', 'width:700px;height:600px', '', `${hosts.library}/index.html`)}`;
    const page = await open(hosts.page(host, 'sandbox allow-scripts'));
    await inner(page).locator('.problem').waitFor();
    expect(await hostOf(page).ask({ member: 'step' })).toMatchObject({
      error: { name: 'OriginError', message: expect.stringContaining('origins=*') },
    });
  });

  test('EM7 an origin that the address names is answered, with results and with named errors', async () => {
    const empty = hosts.page('');
    const page = await open(hosts.page(HOST_SCRIPT + frameOf(`embed=masks&seed=0&step=0&origins=${originOf(empty)}`)));
    const { ask, events } = hostOf(page);
    await inner(page).locator('figure').first().waitFor();
    expect(await ask({ member: 'ready' })).toMatchObject({ result: undefined });
    expect(await ask({ member: 'configure', args: [{ p: 0 }] })).not.toHaveProperty('error');
    expect(await ask({ member: 'addEventListener', args: ['frame'] })).not.toHaveProperty('error');
    expect(await ask({ member: 'advance', args: [7] })).toMatchObject({ result: 7 });
    expect(await ask({ member: 'step' })).toMatchObject({ result: 7 });
    expect(await ask({ member: 'settings' })).toMatchObject({ result: { p: 0, seed: 0 } });
    expect(await ask({ member: 'snapshot' })).toMatchObject({ result: { step: 7, fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) } });
    expect(await events()).toContain('frame');
    const refused = [
      [
        { member: 'configure', args: [{ p: 2 }] },
        { name: 'SettingsError', field: 'p', message: 'p must be between 0 and 1, got 2' },
      ],
      [{ member: 'seek', args: [-1] }, { name: 'RangeError' }],
      [
        { member: 'seek', args: ['1'] },
        { name: 'RequestError', message: expect.stringContaining('args of seek') },
      ],
      [{ member: 'constructor' }, { name: 'RequestError', message: expect.stringContaining('member must be one of') }],
      [{ member: 'step', args: [1] }, { name: 'RequestError' }],
      [
        { member: 'step', dropoutLab: 2 },
        { name: 'RequestError', message: expect.stringContaining('dropoutLab must be 1') },
      ],
    ] as const;
    for (const [message, error] of refused) expect(await ask(message)).toMatchObject({ error });
    await page.evaluate(() => {
      const target = document.querySelector('iframe')?.contentWindow;
      for (const junk of [null, 7, 'x', {}, { dropoutLab: 1 }, { dropoutLab: 1, id: {} }, { id: 3, member: 'play' }])
        target?.postMessage(junk, '*');
    });
    expect(await ask({ member: 'ignored' })).toMatchObject({ result: 7 });
    expect(await ask({ member: 'step' })).toMatchObject({ result: 7 });
  });

  test('EM7 without a list, or from an origin that is not on it, requests are refused by name; junk does nothing', async () => {
    for (const origins of ['', '&origins=https://doi.org']) {
      const page = await open(hosts.page(HOST_SCRIPT + frameOf(`embed=masks&step=0${origins}`)));
      await inner(page).locator('figure').first().waitFor();
      const answer = await hostOf(page).ask({ member: 'advance', args: [5] });
      expect(answer.error).toMatchObject({ name: 'OriginError', message: expect.stringContaining(`add origins=${originOf(page.url())}`) });
      await page.evaluate(() => {
        const target = document.querySelector('iframe')?.contentWindow;
        for (const junk of [null, 7, 'x', {}, { dropoutLab: 1 }, { dropoutLab: 1, id: {} }, { type: 'other' }])
          target?.postMessage(junk, '*');
      });
      expect(await inner(page).evaluate(() => (window as unknown as { dropoutLab: { step: number } }).dropoutLab.step)).toBe(0);
    }
  });

  test('EM7 a figure without a lab says so', async () => {
    const page = await open(hosts.page(HOST_SCRIPT + frameOf('embed=one-tensor&origins=*')));
    await inner(page).locator('figure').first().waitFor();
    expect(await hostOf(page).ask({ member: 'play' })).toMatchObject({ error: { message: 'This frame shows a figure that has no lab.' } });
  });
});

describe('examples', () => {
  test('the blog page: elements and a frame in a column of text, under small type at the root', async () => {
    const page = await open(hosts.file('blog.html'));
    await page
      .locator('dropout-lab')
      .first()
      .getByText(/kept \d+/)
      .first()
      .waitFor();
    const frame = page.locator('iframe');
    await frame.scrollIntoViewIfNeeded();
    await expect.poll(async () => (await frame.boundingBox())?.height ?? 0).not.toBe(560);
    const size = await page
      .locator('dropout-lab')
      .first()
      .getByRole('button', { name: 'Step' })
      .evaluate((button) => getComputedStyle(button).fontSize);
    expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(13);
  });

  test('the course page asks the frame of a task for its result', async () => {
    const page = await open(hosts.file('course.html'));
    await inner(page).locator('figure').first().waitFor();
    await page.getByRole('button', { name: 'Hand in' }).click();
    await page.getByText(/p 0\.5, test loss \d\.\d\d, weights [0-9a-f]{16}: /).waitFor();
  });

  test('the slides keep their arrow keys, until the focus is inside the embed', async () => {
    const page = await open(hosts.file('slides.html'));
    const lab = page.locator('dropout-lab');
    const step = () => lab.evaluate((element) => (element as unknown as { step: number }).step);
    await page.keyboard.press('ArrowRight');
    await lab.getByRole('grid').waitFor();
    await expect.poll(step).toBe(1);
    await lab.getByRole('button', { name: 'Step' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(step).toBe(2);
    expect(await lab.isVisible()).toBe(true);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('ArrowRight');
    await page.getByText('Everyone is back').waitFor();
    expect(await lab.isVisible()).toBe(false);
  });
});
