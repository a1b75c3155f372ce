/** The pages of a class: windows of one browser that a test opens, and that go when it ends. */
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { launchBrowser } from '../setup/findBrowser.mjs';

export interface PageLab {
  readonly ready: Promise<void>;
  readonly step: number;
  readonly running: boolean;
  configure(patch: object): Promise<void>;
  advance(count: number): Promise<number>;
  seek(step: number): Promise<void>;
  play(): Promise<void>;
  pause(): Promise<void>;
  snapshot(): Promise<{ step: number; fingerprint: string }>;
}

let browser: Browser;
const contexts: BrowserContext[] = [];

/** Opens a browser for the tests of a file, and closes after each what it has opened. */
export function openBrowser(): void {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });
  afterAll(() => browser.close());
}

export async function newContext(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 720 }, ...options });
  contexts.push(context);
  return context;
}

export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => 'dropoutLab' in window);
  await page.evaluate(() => (window as unknown as { dropoutLab: PageLab }).dropoutLab.ready);
}

export async function open(context: BrowserContext, query = ''): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${inject('baseUrl')}${query}`);
  await ready(page);
  return page;
}
