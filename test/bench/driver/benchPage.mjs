/** Builds the bench's page for production, serves it from this machine without isolation headers, and opens it in a real Chromium. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { launchBrowser } from '../../setup/findBrowser.mjs';
import { benchFolder } from './peers.mjs';

/** Compiles the SIMD probe. Errors: the compiler's words. */
async function compileProbe() {
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Uint8Array | null} */
  let binary = null;
  const { error, stderr } = await asc.main(
    ['probe.ts', '--outFile', 'probe.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='],
    {
      readFile: (name) => {
        try {
          return readFileSync(join(benchFolder, 'probe', name), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (name, content) => {
        if (name === 'probe.wasm' && typeof content !== 'string') binary = content;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) throw new Error(`the probe does not compile: ${error?.message ?? ''}\n${String(stderr)}`);
  return Buffer.from(binary).toString('base64');
}

/**
 * Serves the compiled probe as a module, and an empty module for each peer that is left out, which is then never imported at run time.
 * @param {string} probe
 * @returns {import('vite').Plugin}
 */
const virtualPlugin = (probe) => ({
  name: 'bench:probe',
  resolveId: (id) => (id === 'virtual:probe' ? '\0probe' : undefined),
  load: (id) => (id === '\0probe' ? `export const PROBE = ${JSON.stringify(probe)};` : undefined),
});

/** No GPU, so that painting is the processor's everywhere, and exact memory figures. */
export const FLAGS = ['--disable-gpu', '--enable-precise-memory-info'];

/** @typedef {{ ask(name: string, request: object): Promise<any>, end(name: string): Promise<void> }} BenchPage */

/**
 * Builds and opens the bench's page, and closes everything behind `measure`.
 * @template Result
 * @param {(page: BenchPage, browserVersion: string) => Promise<Result>} measure
 */
export async function withBenchPage(measure) {
  const outDir = mkdtempSync(join(tmpdir(), 'dropout-lab-bench-'));
  const probe = await compileProbe();
  const root = join(benchFolder, 'page');
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    worker: { format: 'es', plugins: () => [virtualPlugin(probe)] },
    build: { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 10_000 },
  });
  const server = await preview({ configFile: false, root, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const browser = await launchBrowser(FLAGS);
  try {
    const tab = await browser.newPage();
    tab.on('pageerror', (error) => console.error(`page: ${error.message}`));
    const bound = server.httpServer.address();
    await tab.goto(`http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/`);
    await tab.waitForFunction('window.bench !== undefined');
    const page = {
      /** @type {BenchPage['ask']} */
      ask: (name, request) =>
        tab.evaluate(([to, what]) => /** @type {any} */ (window).bench.ask(to, what), /** @type {const} */ ([name, request])),
      /** @type {BenchPage['end']} */
      end: (name) => tab.evaluate((which) => /** @type {any} */ (window).bench.end(which), name),
    };
    return await measure(page, browser.version());
  } finally {
    await browser.close();
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}
