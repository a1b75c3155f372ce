/** The built page as a static host serves it: it loads under its own policy, from its own origin alone, from any folder. */
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../setup/plugins.mjs';
import { newPage, openBrowser, ready } from './pages';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};
const FOLDER = '/any/folder/of/a/host/';

let host: Server;
let address = '';

/** A host that knows nothing of the project: files of `outDir`, below a folder. */
async function serveFolder(outDir: string): Promise<void> {
  host = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    const file = path.startsWith(FOLDER) ? path.slice(FOLDER.length) || 'index.html' : null;
    const send = async () => {
      if (file === null || file.includes('..')) throw new Error('outside the folder');
      const body = await readFile(join(outDir, file));
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body);
    };
    send().catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const bound = host.address();
  if (bound === null || typeof bound === 'string') throw new Error('the host has no port');
  address = `http://127.0.0.1:${bound.port}${FOLDER}`;
}

openBrowser();
beforeAll(() => serveFolder(inject('outDir')));
afterAll(() => host.close());

describe('the built page', () => {
  test('BD1 works from any folder of a static host, without an error, a blocked resource or a request elsewhere', async () => {
    const page = await newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
    page.on('response', (response) => response.status() >= 400 && complaints.push(`${response.status()}: ${response.url()}`));
    page.on('request', (request) => requests.push(request.url()));
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
    await page.goto(address);
    await page.waitForFunction(() => document.querySelector('#root')?.childElementCount);
    await ready(page);
    expect(complaints).toEqual([]);
    const elsewhere = requests.filter((url) => !url.startsWith(address) && !url.startsWith('blob:') && !url.startsWith('data:'));
    expect(elsewhere).toEqual([]);
  });

  test('BD2 carries the strict policy, and no script or style in its own text', async () => {
    const html = await readFile(join(inject('outDir'), 'index.html'), 'utf8');
    expect(html.replaceAll('&#39;', "'")).toContain(`http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}"`);
    expect(html).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|style="/);
    expect(html).not.toMatch(/(?:src|href)="\//);
  });

  test('BD2 nothing becomes a script or markup but files of the page', async () => {
    const page = await newPage();
    await page.goto(address);
    const refused = await page.evaluate(() => {
      const isRefused = (attempt: () => unknown) => {
        try {
          attempt();
          return false;
        } catch (error) {
          return error instanceof TypeError;
        }
      };
      return [
        isRefused(() => new Worker('data:text/javascript,0')),
        isRefused(() => new Worker(URL.createObjectURL(new Blob(['0'])))),
        isRefused(() => new Worker('https://doi.org/worker.js')),
        isRefused(() => {
          document.createElement('p').innerHTML = '<b>no</b>';
        }),
      ];
    });
    expect(refused).toEqual([true, true, true, true]);
  });

  test('BD3 ships every asset as a file of its own, none as a data address', async () => {
    const assets = await readdir(join(inject('outDir'), 'assets'));
    for (const name of assets.filter((asset) => /\.(js|css)$/.test(asset))) {
      const text = await readFile(join(inject('outDir'), 'assets', name), 'utf8');
      expect(text.match(/data:(application\/wasm|font|text\/javascript)/g), name).toBeNull();
    }
  });
});
