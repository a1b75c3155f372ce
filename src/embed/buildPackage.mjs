/**
 * Builds what the npm package carries: `dist/lib` with the React component, the element and their types. React stays outside; all else,
 * worker and core too, is inside, so that any bundler takes it. A program (`npm run build:package`), and `buildPackage` for the test.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { buildAsShipped, buildEmbed, inlinePlugin, SINGLE_FILE } from './build.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
/** Where the compiler leaves declarations, by project (see the tsconfig files). */
const declarations = join(root, 'node_modules/.cache/types');

/** Finds the declaration of a module of `src`. @type {(path: string) => string | null} */
function findDeclaration(path) {
  const places = [join(declarations, path), join(declarations, 'page', path)];
  const candidates = places.flatMap((place) => [`${place}.d.ts`, join(place, 'index.d.ts')]);
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

/** Copies the declarations that `entries` reach, each import with its file's full name. @type {(entries: string[], outDir: string) => Promise<void>} */
async function copyTypes(entries, outDir) {
  const waiting = [...entries];
  const seen = new Set(waiting);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const file = findDeclaration(path);
    if (file === null) throw new Error(`no declaration of src/${path}: run tsc -b first`);
    const folder = dirname(path);
    const text = (await readFile(file, 'utf8')).replace(/(from |import\()(['"])(\.[^'"]+)\2/g, (_match, before, quote, specifier) => {
      const target = join(folder, specifier);
      const isFolder = findDeclaration(target)?.endsWith(join(target, 'index.d.ts'));
      const module = isFolder ? join(target, 'index') : target;
      if (!seen.has(module)) waiting.push(module);
      seen.add(module);
      const name = relative(folder, module).replaceAll('\\', '/');
      return `${before}${quote}${name.startsWith('.') ? name : `./${name}`}.js${quote}`;
    });
    const target = join(outDir, `${path}.d.ts`);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text.replace(/\n\/\/# sourceMappingURL=.*/, ''));
  }
}

/** Writes the package's files into `outDir`. The declarations of the compiler must be there. @param {{ outDir?: string }} [options] */
export async function buildPackage({ outDir = join(root, 'dist/lib') } = {}) {
  await buildAsShipped({
    ...SINGLE_FILE,
    logLevel: 'warn',
    plugins: [inlinePlugin(), react()],
    define: { 'process.env.NODE_ENV': 'process.env.NODE_ENV' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 600,
      // What preloads is the consumer's own bundler: of ours it would ask for parts that are there under other names.
      modulePreload: false,
      rolldownOptions: {
        input: { index: join(here, 'package/index.tsx'), element: join(here, 'package/element.ts') },
        external: /^react(-dom)?(\/|$)/,
        preserveEntrySignatures: 'strict',
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'parts/[name]-[hash].js',
          // Where React renders on a server, the component asks for a browser.
          banner: ({ isEntry }) => (isEntry ? "'use client';" : ''),
        },
      },
    },
  });
  await copyTypes(['embed/package/index', 'embed/package/element'], join(outDir, 'types'));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildPackage();
  await buildEmbed();
}
