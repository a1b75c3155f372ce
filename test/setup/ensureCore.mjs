/**
 * Builds the WebAssembly core when its sources are newer than what was built from them. What the build does is the kernels' own affair
 * (src/kernels/build.mjs); this file only knows when.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const coreSources = join(root, 'src/kernels/assembly');
const generated = join(root, 'src/kernels/generated');
const build = join(root, 'src/kernels/build.mjs');

/** @type {(path: string) => number[]} */
function modificationTimes(path) {
  if (!existsSync(path)) return [];
  const stats = statSync(path);
  return stats.isDirectory() ? readdirSync(path).flatMap((name) => modificationTimes(join(path, name))) : [stats.mtimeMs];
}

function isFresh() {
  const built = modificationTimes(generated);
  return built.length > 0 && Math.min(...built) >= Math.max(...modificationTimes(coreSources), ...modificationTimes(build));
}

/** Builds the core if need be, or in any case with `force`. Returns whether it built. */
export async function ensureCore(force = false) {
  if (!existsSync(build) || (!force && isFresh())) return false;
  const { buildCore } = await import(pathToFileURL(build).href);
  await buildCore();
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await ensureCore(true);
