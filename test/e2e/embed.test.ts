/** `<dropout-lab>` from the built embed.js, on plain pages of another origin, in a real browser. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { MAX_GZIP_BYTES } from '../../src/embed/build.mjs';
import { launchBrowser } from '../setup/findBrowser.mjs';
import { type Hosts, startHosts, strictPolicy } from './embedHosts';

interface Element extends HTMLElement {
  readonly ready: Promise<void>;
  readonly settings: Record<string, unknown>;
  step: number;
  readonly running: boolean;
  configure(patch: Record<string, unknown>): Promise<void>;
  play(): Promise<void>;
  pause(): Promise<void>;
  advance(count?: number): Promise<number>;
  seek(step: number): Promise<void>;
  snapshot(): Promise<{ fingerprint: string; step: number; changes: unknown[] }>;
}

let browser: Browser;
let hosts: Hosts;
let fingerprint = '';
const opened: Page[] = [];
const SETTINGS = 'p="0.37" seed="0" data="xor"';

beforeAll(async () => {
  browser = await launchBrowser();
  hosts = await startHosts(inject('outDir'), 'test/gallery/examples', (text) => text);
  const page = await open(`${inject('baseUrl')}?p=0.37&seed=0&data=xor&step=60`, true);
  await page.waitForFunction(() => (window as unknown as { dropoutLab?: Element }).dropoutLab?.step === 60);
  fingerprint = await page.evaluate(async () => (await (window as unknown as { dropoutLab: Element }).dropoutLab.snapshot()).fingerprint);
});
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close();
});
afterAll(async () => {
  await browser.close();
  hosts.close();
});

async function open(address: string, isStill = false): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, reducedMotion: isStill ? 'reduce' : 'no-preference' });
  const page = await context.newPage();
  opened.push(page);
  await page.goto(address);
  return page;
}

const TRUSTED = "require-trusted-types-for 'script'";
const script = () => `<script type="module" src="${hosts.library}/embed.js"></script>`;
const quote = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const sandbox = (inner: string) =>
  `<iframe sandbox="allow-scripts" style="width:900px;height:700px" srcdoc="${quote(`<!doctype html>${inner}`)}"></iframe>`;
const element = (page: Page | Frame) => page.locator('dropout-lab').first();
const evaluate = <Result>(page: Page | Frame, call: (lab: Element) => Result | Promise<Result>): Promise<Result> =>
  element(page).evaluate(call as (lab: unknown) => Result | Promise<Result>);

describe('wherever it stands', () => {
  const lab = () => `${script()}<dropout-lab figure="masks" ${SETTINGS} step="0"></dropout-lab>`;
  test.each<[string, () => [string, string?], boolean]>([
    ['a plain page', () => [lab()], false],
    ['the strict policy', () => [lab(), strictPolicy(hosts.library)], false],
    ['the strict policy with trusted types', () => [lab(), `${strictPolicy(hosts.library)}; ${TRUSTED}; trusted-types dropout-lab`], false],
    ['a sandboxed frame', () => [sandbox(lab())], true],
    ['the strict policy in a sandboxed frame', () => [sandbox(lab()), `${strictPolicy(hosts.library)}; style-src 'unsafe-inline'`], true],
  ])('EM1 on %s it trains the bits of the page', async (_, host, isFramed) => {
    const page = await open(hosts.page(...host()));
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    const place = isFramed ? (page.frames()[1] as Frame) : page;
    const found = await evaluate(place, async (target) => {
      await customElements.whenDefined('dropout-lab');
      await target.ready;
      await target.advance(60);
      const painted = [...(target.shadowRoot?.querySelectorAll('canvas') ?? [])].filter(({ width }) => width > 0).length;
      return { fingerprint: (await target.snapshot()).fingerprint, painted };
    });
    expect(found).toEqual({ fingerprint, painted: 1 });
    expect(complaints).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    ['the worker', "script-src LIBRARY 'wasm-unsafe-eval'; worker-src 'none'", /add blob: to worker-src/],
    ['WebAssembly', 'script-src LIBRARY; worker-src blob:', /'wasm-unsafe-eval' to script-src/],
    [
      'the policy of the trusted types',
      `script-src LIBRARY 'wasm-unsafe-eval'; worker-src blob:; ${TRUSTED}; trusted-types other`,
      /add dropout-lab to trusted-types/,
    ],
  ])('EM2 where %s is blocked, it says what the host must allow', async (_, policy, words) => {
    const page = await open(
      hosts.page(`${script()}<dropout-lab></dropout-lab>`, `default-src 'none'; ${policy.replace('LIBRARY', hosts.library)}`),
    );
    await page.getByText(words).first().waitFor();
    const refused = await evaluate(page, (target) =>
      target.advance().then(
        () => 'trained',
        (error: Error) => error.message,
      ),
    );
    expect(refused).toMatch(/wasm-unsafe-eval|worker-src/);
  });

  test('EM6 it is one file of its weight that asks for nothing', async () => {
    const bytes = gzipSync(await readFile(join(inject('outDir'), 'embed.js')), { level: 9 }).length;
    expect(bytes).toBeLessThanOrEqual(MAX_GZIP_BYTES);
    const context = await browser.newContext();
    const page = await context.newPage();
    opened.push(page);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const address = hosts.page(`${script()}<dropout-lab></dropout-lab>`);
    await page.goto(address);
    await evaluate(page, (target) => target.ready);
    expect(requests.filter((url) => !url.startsWith('blob:') && !url.endsWith('/favicon.ico'))).toEqual([
      address,
      `${hosts.library}/embed.js`,
    ]);
  });
});

describe('attributes', () => {
  test('EM3 by key and by name; 0 is a value; changes are live, removal is the default', async () => {
    const body = '<dropout-lab p="0" seed="0" trainsize="30" units="5,4" mode="gaussian" hide="mode seed" step="0"></dropout-lab>';
    const page = await open(hosts.page(`${script()}${body}`));
    const settings = await evaluate(page, async (target) => {
      await target.ready;
      return target.settings;
    });
    expect(settings).toMatchObject({ p: 0, seed: 0, trainSize: 30, hidden: [5, 4], mode: 'gaussian' });
    const after = await evaluate(page, async (target) => {
      await target.advance(3);
      target.setAttribute('p', '0.25');
      target.setAttribute('pin', '0.1');
      target.removeAttribute('mode');
      await new Promise((resolve) => target.addEventListener('settingschange', resolve, { once: true }));
      await target.advance(2);
      return target.snapshot();
    });
    expect(after).toMatchObject({ step: 5, changes: [{ step: 3, patch: { p: 0.25, inputP: 0.1, mode: 'inverted' } }] });
  });

  test('EM3 a bad one is an event and a sentence, and what was in force stays', async () => {
    const page = await open(hosts.page(`${script()}<dropout-lab p="0.3" seed="x" figure="door" step="0"></dropout-lab>`));
    await page.getByText(/^figure="door": must be one of lab, network/).waitFor();
    const told = await evaluate(page, async (target) => {
      await target.ready;
      const events: { attribute: string; value: string; message: string }[] = [];
      target.addEventListener('error', (event) => events.push((event as unknown as CustomEvent).detail));
      target.setAttribute('p', '1.5');
      target.setAttribute('lr', '0.2');
      await target.advance(0);
      return { events, settings: target.settings };
    });
    expect(told.events).toMatchObject([{ code: 'bad-attribute', attribute: 'p', value: '1.5' }]);
    expect(told.events[0]?.message).toMatch(/^p="1\.5": p must be between 0 and 1, got 1\.5/);
    expect(told.settings).toMatchObject({ p: 0.3, learningRate: 0.2, seed: 42 });
    await page.getByText(/p="1\.5": p must be between 0 and 1/).waitFor();
  });

  test('EM3 all that is refused is said, and told once each', async () => {
    const listen =
      '<script>told = []; document.querySelector("dropout-lab").addEventListener("error", ({ detail }) => told.push(detail.attribute))</script>';
    const body = `<dropout-lab p="NaN" seed="-1" figure="door" hide="mode, gate" step="0"></dropout-lab>${listen}`;
    const page = await open(hosts.page(script() + body));
    const told = await evaluate(page, async (target) => {
      await target.ready;
      return (window as unknown as { told: string[] }).told.sort();
    });
    expect(told).toEqual(['figure', 'hide', 'p', 'seed']);
    for (const words of [/p="NaN": p must be/, /seed="-1": seed must be/, /figure="door": must be one of/, /there is no control "gate"/])
      await page.getByRole('alert').getByRole('listitem').filter({ hasText: words }).waitFor();
    await evaluate(page, (target) => target.setAttribute('p', '2'));
    await page.getByText(/p="2": p must be between 0 and 1, got 2\. Nothing has changed\./).waitFor();
    await evaluate(page, (target) => target.setAttribute('p', '1'));
    await expect.poll(() => page.getByText(/must be/).count()).toBe(0);
    // Good alone, and not with that p: the attribute is told by its own name.
    await evaluate(page, (target) => target.setAttribute('mode', 'alpha'));
    await page.getByText(/^p="1": p must be at least 0 and below 1 in mode 'alpha', got 1\. Nothing has changed\.$/).waitFor();
  });

  test('EM3 step is a property too, also before the element is defined; what would hide a member is put right', async () => {
    const early =
      '<dropout-lab figure="loss"></dropout-lab><script>Object.assign(document.querySelector("dropout-lab"), { step: 4, settings: 1 })</script>';
    const page = await open(hosts.page(early + script()));
    const found = await evaluate(page, async (target) => {
      await customElements.whenDefined('dropout-lab');
      await target.ready;
      const before = [target.step, target.getAttribute('step'), target.settings.seed];
      target.step = 9;
      return before;
    });
    expect(found).toEqual([4, '4', 42]);
    await expect.poll(() => evaluate(page, (target) => target.step)).toBe(9);
    expect(await evaluate(page, (target) => target.running)).toBe(false);
  });
});

describe('on a page with others', () => {
  test('EM4 several share nothing; a removed one ends its worker, a moved one keeps its run', async () => {
    const body =
      '<div id="a"><dropout-lab figure="loss" seed="1" step="0"></dropout-lab></div><dropout-lab figure="loss" seed="2" step="0"></dropout-lab><div id="b"></div>';
    const page = await open(hosts.page(`${script()}${body}`));
    const run = await page.evaluate(async () => {
      const [first, second] = [...document.querySelectorAll('dropout-lab')] as unknown as Element[];
      if (!first || !second) throw new Error('two labs were expected');
      await Promise.all([first.advance(5), second.advance(9)]);
      await first.configure({ p: 0.9 });
      document.getElementById('b')?.append(first);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { steps: [first.step, second.step], p: [first.settings.p, second.settings.p] };
    });
    expect(run).toEqual({ steps: [5, 9], p: [0.9, 0.5] });
    expect(page.workers()).toHaveLength(2);
    const refused = await page.evaluate(async () => {
      const [first, second] = [...document.querySelectorAll('dropout-lab')] as unknown as Element[];
      const asked = second?.advance(1_000_000_000).then(
        () => 'done',
        (error: Error) => error.message,
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      first?.remove();
      second?.remove();
      return [
        await asked,
        await first?.advance().then(
          () => 'done',
          (error: Error) => error.message,
        ),
      ];
    });
    expect(refused).toEqual([expect.stringContaining('disposed'), expect.stringContaining('not on a page')]);
    await expect.poll(() => page.workers().length).toBe(0);
    const back = await page.evaluate(async () => {
      const lab = document.createElement('dropout-lab') as unknown as Element;
      lab.setAttribute('step', '4');
      document.body.append(lab);
      await lab.ready;
      while (lab.step !== 4) await new Promise((resolve) => setTimeout(resolve, 20));
      return lab.running;
    });
    expect(back).toBe(false);
  });

  test('EM4 nothing of it stays when it is removed: no node, no listener', async () => {
    const page = await open(hosts.page(`${script()}<div id="box"></div>`), true);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const count = async () => {
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      return metrics.filter(({ name }) => name === 'Nodes' || name === 'JSEventListeners').map(({ value }) => value);
    };
    const show = (query: string) =>
      page.evaluate(async (attributes) => {
        await customElements.whenDefined('dropout-lab');
        const lab = document.createElement('dropout-lab') as unknown as Element;
        for (const [name, value] of new URLSearchParams(attributes)) lab.setAttribute(name, value);
        document.getElementById('box')?.append(lab);
        await lab.ready;
        lab.remove();
      }, query);
    const [numNodes = 0, numListeners = 0] = await count();
    for (const query of ['figure=lab', 'figure=lab&b=mode:none&step=3', 'figure=masks&step=0', 'figure=belief&p=1']) await show(query);
    // What the file as a whole waits for once, the first sign of a reader.
    await page.keyboard.press('x');
    await expect.poll(async () => (await count())[0]).toBeLessThan(numNodes + 20);
    await expect.poll(async () => (await count())[1]).toBeLessThan(numListeners + 10);
    expect(page.workers()).toHaveLength(0);
  });

  test('EM4 no width that it is given is an error of the page', async () => {
    const listen = '<script>errors = []; addEventListener("error", ({ message }) => errors.push(message))</script>';
    const body = `<div>${['lab', 'network', 'masks', 'belief'].map((figure) => `<dropout-lab figure="${figure}" step="3"></dropout-lab>`).join('')}</div>`;
    const page = await open(hosts.page(listen + script() + body));
    const errors = await page.evaluate(async () => {
      await customElements.whenDefined('dropout-lab');
      const labs = [...document.querySelectorAll('dropout-lab')] as unknown as Element[];
      await Promise.all(labs.map((lab) => lab.ready));
      const box = document.querySelector('div') as HTMLElement;
      for (const width of [340, 900, 500, 700]) {
        box.style.width = `${width}px`;
        for (const lab of labs) lab.setAttribute('units', width < 600 ? '20,10,5' : '6');
        await Promise.all(labs.map((lab) => lab.advance(1)));
        // The widths of an animation frame are told after it.
        for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return (window as unknown as { errors: string[] }).errors;
    });
    expect(errors).toEqual([]);
  });

  test('EM5 it starts when it is seen, rests when it is not, goes on where it was', async () => {
    const page = await open(hosts.page(`${script()}<div style="height:3000px">above</div><dropout-lab figure="loss"></dropout-lab>`));
    await page.waitForTimeout(400);
    expect(page.workers()).toHaveLength(0);
    await element(page).scrollIntoViewIfNeeded();
    const step = () => evaluate(page, (target) => target.step);
    await expect.poll(step, { timeout: 10_000 }).toBeGreaterThan(5);
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(() => evaluate(page, (target) => target.running)).toBe(false);
    // An attribute that says no more where the run stands lets it go, but not before somebody looks.
    await evaluate(page, (target) => target.setAttribute('step', '4'));
    await expect.poll(step).toBe(4);
    await evaluate(page, (target) => target.removeAttribute('step'));
    const rested = await step();
    await page.waitForTimeout(300);
    expect(await step()).toBe(rested);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await expect.poll(step).toBeGreaterThan(rested);
  });

  test('EM5 on a slide that waits its turn it waits too', async () => {
    const page = await open(
      hosts.page(
        `${script()}<style>.future { visibility: hidden }</style><div class="future"><dropout-lab figure="loss"></dropout-lab></div>`,
      ),
    );
    const running = () => evaluate(page, (target) => target.running);
    await evaluate(page, async (target) => {
      await new Promise((resolve) => new IntersectionObserver(([entry]) => entry?.isIntersecting && resolve(null)).observe(target));
    });
    expect(page.workers()).toHaveLength(0);
    const turn = () => page.evaluate(() => document.querySelector('div')?.classList.toggle('future'));
    await turn();
    await expect.poll(running).toBe(true);
    await turn();
    await expect.poll(running).toBe(false);
    await turn();
    await expect.poll(running).toBe(true);
  });

  test('EM5 a run that its host pauses while nobody looks stays paused', async () => {
    const page = await open(hosts.page(`${script()}<dropout-lab figure="loss"></dropout-lab><div style="height:3000px"></div>`));
    const running = () => evaluate(page, (target) => target.running);
    await expect.poll(running).toBe(true);
    await page.evaluate(() => scrollTo(0, 3000));
    await expect.poll(running).toBe(false);
    await evaluate(page, (target) => target.pause());
    await page.evaluate(() => scrollTo(0, 0));
    // Both wait for the same worker: what the element would start comes before.
    const steps = await evaluate(page, async (target) => {
      await new Promise((resolve) => {
        const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && requestAnimationFrame(resolve));
        observer.observe(target);
      });
      return [target.step, (await target.snapshot()).step, (await target.snapshot()).step];
    });
    expect(new Set(steps).size).toBe(1);
    expect(await running()).toBe(false);
  });

  test('EM5 keys that it has a use for do not reach its host; all others do', async () => {
    const listen = '<script>seen = []; addEventListener("keydown", ({ key }) => seen.push(key))</script>';
    const page = await open(hosts.page(`${script()}${listen}<dropout-lab figure="masks" step="0"></dropout-lab>`));
    const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen.splice(0));
    await evaluate(page, (target) => target.ready);
    const p = () => evaluate(page, (target) => target.settings.p as number);
    await element(page).getByRole('slider').first().focus();
    for (const key of ['ArrowLeft', 'ArrowLeft', 'Home']) await page.keyboard.press(key);
    await expect.poll(p).toBeLessThan(0.5);
    expect(await seen()).toEqual([]);
    await element(page).getByRole('button', { name: 'Step' }).focus();
    for (const key of ['Space', 'ArrowRight', 'e', 'Escape', 'x', 'Tab']) await page.keyboard.press(key);
    expect(await seen()).toEqual(['Escape', 'x', 'Tab']);
  });

  test('EM5 it takes no focus, no key and no wheel of its host', async () => {
    const body = '<input id="own" aria-label="own"><dropout-lab step="0"></dropout-lab><div style="height:3000px"></div>';
    const page = await open(hosts.page(`${script()}${body}`));
    await page.locator('#own').focus();
    await evaluate(page, (target) => target.ready);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('own');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    for (const key of ['Space', 'ArrowRight', 'r', '3', 'e']) await page.keyboard.press(key);
    await evaluate(page, (target) => target.advance(0));
    expect(await evaluate(page, (target) => [target.step, target.settings.phase, target.settings.mode])).toEqual([0, 'train', 'inverted']);
    await page.evaluate(() => scrollTo(0, 0));
    await page.mouse.move(500, 400);
    await page.mouse.wheel(0, 600);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
    // With the focus inside, its keys are its own.
    await element(page).getByRole('button', { name: 'Step' }).focus();
    await page.keyboard.press('e');
    await expect.poll(() => evaluate(page, (target) => target.settings.phase)).toBe('eval');
  });
});
