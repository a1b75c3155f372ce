/**
 * Serves each worker to the browser tests as one module, as the build makes it: loaded as sixty, it takes longer to start than a test takes.
 *
 * The code is the same, unminified; what is tested as it ships is test/e2e's affair. Not for the development server, whose modules reload.
 */
import { build } from 'vite';
import { root } from './ensureCore.mjs';

/**
 * Bundles one entry into one module; returns its code and the files it is made of.
 * @type {(entry: string) => Promise<{ code: string, moduleIds: string[] }>}
 */
async function bundle(entry) {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: { write: false, minify: false, target: 'es2022', rolldownOptions: { input: entry, output: { codeSplitting: false } } },
  });
  const outputs = 'output' in built ? built.output : [];
  const chunk = outputs[0];
  if (outputs.length !== 1 || chunk?.type !== 'chunk')
    throw new Error(`${entry} makes ${outputs.length} files where one module was expected`);
  return { code: chunk.code, moduleIds: chunk.moduleIds };
}

/** @returns {import('vite').Plugin} */
export function workerBundlePlugin() {
  return {
    name: 'dropout-lab:worker-bundle',
    apply: 'serve',
    enforce: 'pre',
    async load(id) {
      const [entry = '', query] = id.split('?');
      if (!new URLSearchParams(query).has('worker_file')) return null;
      const { code, moduleIds } = await bundle(entry);
      for (const file of moduleIds) if (file.startsWith(root)) this.addWatchFile(file);
      return { code, map: null };
    },
  };
}
