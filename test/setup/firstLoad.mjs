/**
 * Loads the built page as a first visitor has it, and sums what a host that compresses would send until the lab trains and all is quiet.
 * Shared by the end-to-end tests and the bench. `node firstLoad.mjs [outDir]` builds, or takes a build, and prints the list.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launchBrowser } from './findBrowser.mjs';

/** What the first load may send, in bytes after gzip. */
export const FIRST_LOAD_BYTES = 170_000;
/** Names of files that are compressed already. */
const COMPRESSED = /\.(?:woff2|png)$/;

/** Returns what the host sends of each file. @type {(outDir: string, paths: Iterable<string>) => { path: string, bytes: number }[]} */
function transferSizes(outDir, paths) {
  return [...new Set(paths)].map((path) => {
    const content = readFileSync(join(outDir, path));
    return { path, bytes: COMPRESSED.test(path) ? content.length : gzipSync(content, { level: 9 }).length };
  });
}

/**
 * Visits `address`, where the build in `outDir` is served, and lists each file of the first load with its bytes. Nobody touches the page:
 * what the first sign of a reader fetches comes later.
 * @type {(browser: import('playwright').Browser, address: string, outDir: string) => Promise<{ path: string, bytes: number }[]>}
 */
export async function measureFirstLoad(browser, address, outDir) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'no-preference' });
  try {
    const page = await context.newPage();
    /** @type {Set<string>} */
    const paths = new Set();
    // The browser does not tell of its request for the icon, so that is counted here.
    if (existsSync(join(outDir, 'favicon.svg'))) paths.add('favicon.svg');
    context.on('request', (request) => {
      if (request.url().startsWith(address))
        paths.add(new URL(request.url()).pathname.slice(new URL(address).pathname.length) || 'index.html');
    });
    await page.goto(address);
    await page.waitForFunction(() => /** @type {any} */ (window).dropoutLab?.step > 20, undefined, { timeout: 30_000, polling: 20 });
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(500);
    return transferSizes(outDir, paths);
  } finally {
    await context.close();
  }
}

/** @type {(files: { bytes: number }[]) => number} */
export const sumBytes = (files) => files.reduce((sum, { bytes }) => sum + bytes, 0);

async function main() {
  const { build, preview } = await import('vite');
  const given = process.argv[2];
  const outDir = given ? resolve(given) : mkdtempSync(join(tmpdir(), 'dropout-lab-load-'));
  if (!given) await build({ build: { outDir, emptyOutDir: true }, logLevel: 'error' });
  const server = await preview({ build: { outDir }, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  const browser = await launchBrowser();
  try {
    const bound = server.httpServer.address();
    const files = await measureFirstLoad(browser, `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/`, outDir);
    for (const { path, bytes } of files.sort((a, b) => b.bytes - a.bytes)) console.log(String(bytes).padStart(8), path);
    console.log(String(sumBytes(files)).padStart(8), `of ${FIRST_LOAD_BYTES}`);
  } finally {
    await browser.close();
    await server.close();
    if (!given) rmSync(outDir, { recursive: true, force: true });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
