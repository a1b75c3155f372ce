/**
 * How the build cuts the page into files: what the first load needs is one file, which compresses better than many; the rest comes on demand.
 * It counts on `sideEffects` in package.json: our modules act only when they are called, so a room's index brings along nothing unused.
 */

/** @typedef {{ getModuleInfo: (id: string) => { isEntry: boolean, importers: readonly string[] } | null }} Modules */

/** Whether a module is reached from an entry by static imports alone. @type {(id: string, modules: Modules, seen?: Set<string>) => boolean} */
function isReached(id, modules, seen = new Set()) {
  if (seen.has(id)) return false;
  seen.add(id);
  const info = modules.getModuleInfo(id);
  if (info === null) return false;
  return info.isEntry || info.importers.some((importer) => !isIndex(importer) && isReached(importer, modules, seen));
}

/** An index hands on what others use; that it names a module does not mean that the first load needs it. @type {(id: string) => boolean} */
const isIndex = (id) => /\/src\/(?:viz|bridge|ui)\/index\.ts$/.test(id);

/** The bundler's own few lines. @type {(id: string) => boolean} */
const isRuntime = (id) => id.includes('rolldown/runtime');

/** @type {import('rolldown').CodeSplittingOptions} */
export const firstLoadInOneFile = {
  groups: [{ name: (id, modules) => (isRuntime(id) || (/\.(?:[jt]sx?|mjs)$/.test(id) && isReached(id, modules)) ? 'lab' : null) }],
};
