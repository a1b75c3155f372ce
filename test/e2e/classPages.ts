/** The pages of a class: windows of one browser, as large as a projector's. */
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright';
import * as pages from './pages';

export { openBrowser, type PageLab, ready } from './pages';

export function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return pages.newContext({ viewport: { width: 1280, height: 720 }, ...options });
}

export async function open(context: BrowserContext, query = ''): Promise<Page> {
  return pages.visit(await context.newPage(), query);
}
