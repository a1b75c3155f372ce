/** The Vite plugin that writes the service worker of a build: which files it keeps, and the hash of each. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { root } from './ensureCore.mjs';

const SOURCE = join(root, 'src/app/serviceWorker.js');
/** Not part of the page: the worker itself, the element for other people's pages, what is said to hosts, licences, source maps, pictures of the README. */
const LEFT_OUT = /^(?:sw\.js|embed\.js|_headers|lab\.png)$|\.(?:map|txt|md)$/;

/** Returns the files of a folder that the page is made of, as paths with '/', in order. @type {(outDir: string) => string[]} */
export function pageFiles(outDir) {
  return readdirSync(outDir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(outDir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !LEFT_OUT.test(path))
    .sort();
}

/** Writes `sw.js` into a built folder. The same files make the same worker, to the byte. @type {(outDir: string) => void} */
export function writeServiceWorker(outDir) {
  const files = pageFiles(outDir).map((path) => {
    const digest = createHash('sha256')
      .update(readFileSync(join(outDir, path)))
      .digest('base64');
    return [path, `sha256-${digest}`];
  });
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 12);
  const source = readFileSync(SOURCE, 'utf8').replace('__BUILD__', () => JSON.stringify({ version, files }));
  writeFileSync(join(outDir, 'sw.js'), source);
}

/**
 * Writes the service worker once the rest of a build is there. A server has none: what is being worked on must never come from a cache.
 * @returns {import('vite').Plugin}
 */
export function offlinePlugin() {
  let outDir = '';
  return {
    name: 'dropout-lab:offline',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        writeServiceWorker(outDir);
      },
    },
  };
}
