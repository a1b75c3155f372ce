/**
 * Builds the WebAssembly core when its sources are newer than what was built from them. How, and whether there is need, is the kernels'
 * own affair (src/kernels/build.mjs); this file only asks.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const coreSources = join(root, 'src/kernels/assembly');

/** Builds the core if need be, or in any case with `force`. Returns whether it built. Errors: the compiler's words. */
export async function ensureCore(force = false) {
  const { buildCore } = await import('../../src/kernels/build.mjs');
  return buildCore({ force });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await ensureCore();
