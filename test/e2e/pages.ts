/** The pages of the end-to-end tests: one browser for each file, contexts that go when their test ends, what a page complains of. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import type { Settings } from '../../src/protocol/settings';
import { launchBrowser } from '../setup/findBrowser.mjs';

/** The handle, as far as these tests use it. */
export interface PageLab {
  readonly ready: Promise<void>;
  readonly step: number;
  readonly running: boolean;
  readonly settings: Settings;
  configure(patch: object): Promise<void>;
  advance(count?: number): Promise<number>;
  reset(): Promise<void>;
  seek(step: number): Promise<void>;
  play(): Promise<void>;
  pause(): Promise<void>;
  snapshot(): Promise<{ step: number; fingerprint: string; changes: unknown[] }>;
}

let browser: Browser;
const contexts: BrowserContext[] = [];

/** Opens a browser for the tests of a file, and closes after each what it has opened. Returns what gives the browser, inside a test. */
export function openBrowser(): () => Browser {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(() => browser.close());
  return () => browser;
}

/** Makes a context that stands still, at 1440 × 900 unless told otherwise. */
export async function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1440, height: 900 }, ...options });
  contexts.push(context);
  return context;
}

export async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  return (await newContext(options)).newPage();
}

/** Waits until the lab of the page stands where its address asks. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => 'dropoutLab' in window);
  await page.evaluate(() => (window as unknown as { dropoutLab: PageLab }).dropoutLab.ready);
}

/** Goes to an address of the built page, as '?p=0.2', or to a whole one. */
export async function visit(page: Page, address = ''): Promise<Page> {
  await page.goto(new URL(address, inject('baseUrl')).href);
  await ready(page);
  return page;
}

/** Opens an address in a context of its own. */
export async function openPage(address = '', options: BrowserContextOptions = {}): Promise<Page> {
  return visit(await newPage(options), address);
}

/** Notes, from now on, errors of a page and its console, breaches of its policy, failed requests, and requests to anywhere else. */
export function listenTo(page: Page): string[] {
  const complaints: string[] = [];
  const home = new URL(inject('baseUrl')).origin;
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && new URL(request.url()).origin !== home) complaints.push(request.url());
  });
  return complaints;
}

/** Runs a function, which may name nothing but its argument, on the lab of the page. */
export function ask<Result>(page: Page, call: (lab: PageLab) => Promise<Result> | Result): Promise<Result> {
  return page.evaluate(`(${call.toString()})(window.dropoutLab)`) as Promise<Result>;
}
