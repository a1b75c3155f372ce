/**
 * Builds `embed.js`, the one file that makes `<dropout-lab>` on any page: worker and core inside, no fonts, no chapters.
 *
 * Runs as a program (`node src/embed/build.mjs`) after the page's build, and from the end-to-end tests (`buildEmbed`). It must not be imported
 * by anything that is shipped.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import * as vite from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');

/** What the embed may weigh, in bytes of gzip. */
export const MAX_GZIP_BYTES = 130_000;

const WORKER_TEXT = '\0dropout-lab:worker-text';

/** Returns the worker and all it needs as one classic script. A blob's address is let go of by the script that came from it. */
async function bundleWorker() {
  const built = await vite.build({
    ...SINGLE_FILE,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      rolldownOptions: { input: join(root, 'src/worker/worker.ts'), output: { format: 'iife', codeSplitting: false } },
    },
  });
  const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (Array.isArray(built) ? built[0] : built);
  return `URL.revokeObjectURL(self.location.href);${output[0].code}`;
}

/**
 * Puts the worker inside, as text, and leaves the fonts out.
 * @returns {import('vite').Plugin}
 */
export function inlinePlugin() {
  return {
    name: 'dropout-lab:inline',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source.endsWith('/startWorker') && importer?.includes('/bridge/')) return join(root, 'src/bridge/startInlineWorker.ts');
      return source.endsWith('?worker&text') ? WORKER_TEXT : null;
    },
    async load(id) {
      return id === WORKER_TEXT ? `export default ${JSON.stringify(await bundleWorker())}` : null;
    },
    transform(code, id) {
      if (!id.includes('/theme/tokens.css')) return null;
      return { code: code.replace(/@import\s+["']\.\/fonts\.css["'];/, ''), map: null };
    },
  };
}

/** The embed carries its own small stand-in for React: half of what it may weigh would go to React itself. */
const PREACT = {
  'react-dom/client': 'preact/compat/client',
  'react-dom': 'preact/compat',
  'react/jsx-runtime': 'preact/jsx-runtime',
  react: 'preact/compat',
};

/** The settings that the embed and the package share. */
export const SINGLE_FILE = {
  configFile: /** @type {const} */ (false),
  root,
  publicDir: /** @type {const} */ (false),
};

/**
 * Builds as it ships, whatever NODE_ENV says: under a test runner's own, JSX would be React's for development.
 * @param {import('vite').InlineConfig} config
 */
export async function buildAsShipped(config) {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await vite.build(config);
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

/** Writes `embed.js` into a folder. @param {{ outDir?: string, logLevel?: 'info' | 'warn' }} [options] */
export async function buildEmbed({ outDir = join(root, 'dist'), logLevel = 'warn' } = {}) {
  await buildAsShipped({
    ...SINGLE_FILE,
    logLevel,
    plugins: [inlinePlugin(), react()],
    resolve: { alias: PREACT },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 600,
      rolldownOptions: {
        input: join(here, 'index.ts'),
        preserveEntrySignatures: 'strict',
        output: { codeSplitting: false, format: 'es', entryFileNames: 'embed.js' },
      },
    },
  });
  return gzipSync(readFileSync(join(outDir, 'embed.js')), { level: 9 }).length;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const bytes = await buildEmbed();
  console.log(`embed.js ${(bytes / 1000).toFixed(1)} kB gzip`);
  if (bytes > MAX_GZIP_BYTES) throw new Error(`embed.js weighs ${bytes} bytes of gzip, more than ${MAX_GZIP_BYTES}`);
}
