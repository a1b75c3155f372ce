/** The built page without a network: kept after the first visit, with the same bits; a newer version is announced and never forced. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchBrowser } from '../setup/findBrowser.mjs';
import { pageFiles, writeServiceWorker } from '../setup/offline.mjs';

interface PageLab {
  readonly ready: Promise<void>;
  seek(step: number): Promise<void>;
  snapshot(): Promise<{ step: number; fingerprint: string }>;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};
const FOLDER = '/a/folder/';

/** A host of the built page, in a folder, that can be switched off and redeployed. Other folders are `others`. */
class Host {
  private server: Server | null = null;
  private port = 0;
  readonly asked: string[] = [];
  readonly others = new Map<string, string>();
  /** As hosts with "clean addresses" do: what names index.html is sent to its folder. */
  hidesIndex = false;

  constructor(readonly outDir: string) {}

  get address(): string {
    return `http://127.0.0.1:${this.port}${FOLDER}`;
  }

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://host').pathname;
      this.asked.push(path);
      if (this.hidesIndex && path.endsWith('/index.html')) {
        response.writeHead(308, { location: './' }).end();
        return;
      }
      const [folder, outDir] = [[FOLDER, this.outDir] as const, ...this.others].find(([name]) => path.startsWith(name)) ?? [];
      const file = folder !== undefined && !path.includes('..') ? path.slice(folder.length) || 'index.html' : null;
      const send = async () => {
        if (file === null || outDir === undefined) throw new Error('outside the folder');
        const body = await readFile(join(outDir, file));
        response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body);
      };
      send().catch(() => response.writeHead(404).end());
    });
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    this.server = null;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

let browser: Browser;
const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  browser = await launchBrowser();
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(() => browser.close());

async function copyBuild(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'dropout-lab-host-'));
  cleanups.push(() => rm(outDir, { recursive: true, force: true }));
  await cp(inject('outDir'), outDir, { recursive: true });
  return outDir;
}

async function openHost(): Promise<Host> {
  const host = new Host(await copyBuild());
  await host.start();
  cleanups.push(() => host.stop());
  return host;
}

/** Puts a newer version into a folder: its title says which. Files whose names hold one of `gone` are no part of it. */
async function deploy(outDir: string, title: string, gone: readonly string[] = []): Promise<void> {
  const file = join(outDir, 'index.html');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/<title>.*<\/title>/, `<title>${title}</title>`));
  for (const path of pageFiles(outDir)) if (gone.some((name) => path.includes(`/${name}-`))) await rm(join(outDir, path));
  writeServiceWorker(outDir);
}

/** Opens the page anew, which finds the version that waits, and takes it. */
async function update(page: Page, title: string): Promise<void> {
  await page.reload();
  await ready(page);
  await page.mouse.move(60, 60);
  await page.getByRole('button', { name: 'Use it now' }).click({ timeout: 20_000 });
  await expect.poll(() => page.title(), { timeout: 20_000 }).toBe(title);
  await ready(page);
}

async function openContext(host: Host): Promise<{ context: BrowserContext; foreign: string[] }> {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } });
  cleanups.push(() => context.close());
  const foreign: string[] = [];
  const home = new URL(host.address).origin;
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.origin !== home) foreign.push(url.href);
  });
  return { context, foreign };
}

async function visit(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await ready(page);
  return page;
}

async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => 'dropoutLab' in window);
  await page.evaluate(() => (window as unknown as { dropoutLab: PageLab }).dropoutLab.ready);
}

/** A sign of a reader, and then until the worker of the page has taken over. */
async function keep(page: Page): Promise<void> {
  await page.mouse.move(40, 40);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 20_000 });
}

/** Goes to a step and tells its weights; no step stays where the page is. */
const fingerprintAt = (page: Page, wanted: number | null) =>
  page.evaluate(async (target) => {
    const lab = (window as unknown as { dropoutLab: PageLab }).dropoutLab;
    if (target !== null) await lab.seek(target);
    const { step, fingerprint } = await lab.snapshot();
    return `${step} ${fingerprint}`;
  }, wanted);

describe('OF1 without a network', () => {
  test('OF1 after the first visit everything opens without one, from a folder, with the same bits, and nothing is asked of others', async () => {
    const host = await openHost();
    const { context, foreign } = await openContext(host);
    const first = await visit(context, host.address);
    await keep(first);
    const before = await fingerprintAt(first, 50);
    await host.stop();
    await context.setOffline(true);
    host.asked.length = 0;

    await first.reload();
    await ready(first);
    expect(await fingerprintAt(first, 50)).toBe(before);
    // What nobody had fetched before: the chapters, present mode, a lesson, Share with its code.
    await first.evaluate(() => scrollTo(0, innerHeight));
    await first.getByRole('heading', { name: 'One tensor' }).first().waitFor();
    await first.getByRole('button', { name: 'Share', exact: true }).click();
    await first.getByRole('img', { name: 'The link as a code for cameras' }).waitFor();
    await first.keyboard.press('Escape');
    await first.keyboard.press('p');
    await first.getByRole('button', { name: 'Freeze' }).waitFor();

    // An address that was never opened here.
    const second = await visit(context, `${host.address}?p=0.25&data=digits&hidden=16`);
    expect(await fingerprintAt(second, 3)).toMatch(/^3 [0-9a-f]{16}$/);
    expect(host.asked).toEqual([]);
    expect(foreign).toEqual([]);
  });

  test('OF1 from a host that hides index.html from its addresses, too; a later visit asks for the worker alone', async () => {
    const host = await openHost();
    host.hidesIndex = true;
    const { context } = await openContext(host);
    const first = await visit(context, host.address);
    await keep(first);
    host.asked.length = 0;
    await first.reload();
    await ready(first);
    await first.mouse.move(60, 60);
    await first.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    await expect.poll(() => host.asked, { timeout: 20_000 }).toContain(`${FOLDER}sw.js`);
    expect(host.asked.filter((path) => path !== `${FOLDER}sw.js`)).toEqual([]);
    await host.stop();
    const second = await visit(context, `${host.address}?p=0.25`);
    expect(await fingerprintAt(second, 3)).toMatch(/^3 [0-9a-f]{16}$/);
  });

  test('OF3 a part that cannot be fetched takes nothing else away, and the lab comes back with its run', async () => {
    const host = await openHost();
    const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
    cleanups.push(() => context.close());
    await deploy(host.outDir, 'Dropout Lab', ['UpdateNotice', 'UndoButtons', 'Chapters', 'ShareDialog']);
    const page = await visit(context, `${host.address}?step=30`);
    await page.mouse.move(40, 40);
    await page.getByRole('heading', { name: 'A part of the page did not come' }).waitFor();
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByRole('heading', { name: 'A part of the page did not come' }).nth(1).waitFor();
    await page.getByRole('button', { name: 'Show the lab again' }).first().click();
    await page.getByRole('button', { name: 'Share', exact: true }).waitFor();
    expect(await fingerprintAt(page, null)).toMatch(/^30 /);
  });

  test('OF1 the worker keeps every file of the page, and says each with its hash', async () => {
    const outDir = inject('outDir');
    const worker = await readFile(join(outDir, 'sw.js'), 'utf8');
    const files = pageFiles(outDir);
    expect(files).toContain('index.html');
    expect(files).toContain('manifest.webmanifest');
    expect(files.filter((path) => path.endsWith('.wasm')).length).toBeGreaterThan(0);
    expect(files.filter((path) => path.endsWith('.woff2')).length).toBeGreaterThan(0);
    for (const path of files) expect(worker).toContain(`["${path}","sha256-`);
    expect(worker).not.toContain('__BUILD__');
  });

  test('OF1 the manifest can be installed: name, start, icons that are there in the size they say', async () => {
    const host = await openHost();
    const { context } = await openContext(host);
    const page = await context.newPage();
    await page.goto(host.address);
    const manifest = JSON.parse(await readFile(join(host.outDir, 'manifest.webmanifest'), 'utf8')) as {
      start_url: string;
      scope: string;
      display: string;
      icons: { src: string; sizes: string; purpose?: string }[];
    };
    expect(manifest).toMatchObject({ start_url: './', scope: './', display: 'standalone' });
    expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
    const sizes = await page.evaluate(
      (icons) =>
        Promise.all(
          icons.map(async ({ src }) => {
            const image = new Image();
            image.src = src;
            await image.decode();
            return `${image.naturalWidth}x${image.naturalHeight}`;
          }),
        ),
      manifest.icons,
    );
    for (const [index, { sizes: said }] of manifest.icons.entries()) if (said !== 'any') expect(sizes[index]).toBe(said);
  });
});

describe('OF2 a newer version', () => {
  test('OF2 is announced, waits for the reader, and does not reload a page that did not ask', async () => {
    const host = await openHost();
    const { context } = await openContext(host);
    const asking = await visit(context, host.address);
    await keep(asking);
    const other = await visit(context, host.address);
    await other.mouse.move(40, 40);
    const before = await fingerprintAt(other, 20);

    await deploy(host.outDir, 'Dropout Lab, newer');
    await asking.reload();
    await ready(asking);
    expect(await asking.title()).toBe('Dropout Lab');
    await asking.mouse.move(60, 60);
    await asking.getByText('A new version is ready.').waitFor({ timeout: 20_000 });
    // Presenting, nothing is said.
    await asking.keyboard.press('p');
    await asking.getByRole('button', { name: 'Freeze' }).waitFor();
    expect(await asking.getByText('A new version is ready.').count()).toBe(0);
    await asking.keyboard.press('Escape');
    await asking.getByRole('button', { name: 'Use it now' }).click();
    await expect.poll(() => asking.title(), { timeout: 20_000 }).toBe('Dropout Lab, newer');

    expect(await other.title()).toBe('Dropout Lab');
    expect(await fingerprintAt(other, null)).toBe(before);
    // The other page still finds files of its own version.
    await other.getByRole('button', { name: 'Share', exact: true }).click();
    await other.getByRole('img', { name: 'The link as a code for cameras' }).waitFor();
    await other.keyboard.press('Escape');
    // Its reader may say so later: the newer version has been let in by then.
    await other.getByRole('button', { name: 'Use it now' }).click();
    await expect.poll(() => other.title(), { timeout: 20_000 }).toBe('Dropout Lab, newer');
  });

  test('OF2 a page that stays open while two more come and are used keeps the files of its own, which no host has any more', async () => {
    const host = await openHost();
    const { context } = await openContext(host);
    const old = await visit(context, host.address);
    await keep(old);
    const other = await visit(context, host.address);
    await deploy(host.outDir, 'second', ['ShareDialog', 'QrCode']);
    await update(other, 'second');
    await deploy(host.outDir, 'third', ['HelpDialog']);
    await update(other, 'third');
    await old.getByRole('button', { name: 'Share', exact: true }).click();
    await old.getByRole('img', { name: 'The link as a code for cameras' }).waitFor();
    expect(await old.title()).toBe('Dropout Lab');
    // Once nobody has the first two open, they go.
    await old.close();
    await deploy(host.outDir, 'fourth');
    await update(other, 'fourth');
    expect(await other.evaluate(async () => (await caches.keys()).length)).toBe(2);
  });

  test('OF1 OF2 another copy of the page on the same host keeps and renews its own files alone', async () => {
    const host = await openHost();
    const elsewhere = await copyBuild();
    host.others.set('/b/', elsewhere);
    await deploy(elsewhere, 'first');
    const { context } = await openContext(host);
    await keep(await visit(context, host.address));
    await context.pages()[0]?.close();
    const other = await visit(context, new URL('/b/', host.address).href);
    await keep(other);
    await deploy(elsewhere, 'second');
    await update(other, 'second');
    await host.stop();
    const page = await visit(context, host.address);
    expect(await page.title()).toBe('Dropout Lab');
    expect(await fingerprintAt(page, 3)).toMatch(/^3 [0-9a-f]{16}$/);
  });

  test('OF2 a frame on another page keeps nothing', async () => {
    const host = await openHost();
    const { context } = await openContext(host);
    const page = await context.newPage();
    await writeFile(join(host.outDir, 'host.html'), `<!doctype html><title>host</title><iframe src="./index.html"></iframe>`);
    await page.goto(`${host.address}host.html`);
    const frame = page.frames()[1] ?? page.mainFrame();
    await frame.waitForFunction(() => 'dropoutLab' in window);
    await page.mouse.move(60, 60);
    await frame.locator('.update-notice').waitFor({ state: 'attached' });
    expect(await frame.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  });
});
