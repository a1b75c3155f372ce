/**
 * Compiles the AssemblyScript core to WebAssembly and writes it as bytes and as a module that carries the bytes, so that worker,
 * tests and embeds load the very same core without a request.
 *
 * Runs as a program (`node src/kernels/build.mjs`) and from the build (`buildCore`). It must not be imported by anything that is shipped.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const sources = join(here, 'assembly');
const generated = join(here, 'generated');
const OUTPUTS = ['core.wasm', 'coreBytes.ts'];
/**
 * What is done to the code, in order. Not among it is anything that moves a value to where it is used: browsers keep the order they are
 * given, and sums or rounds that were interleaved so that their latencies overlap would come one chain after another, a fifth slower.
 */
const PASSES = [
  'inlining',
  'dce',
  'remove-unused-names',
  'remove-unused-brs',
  'precompute',
  'optimize-instructions',
  'merge-blocks',
  'vacuum',
  'coalesce-locals',
  'reorder-locals',
  'vacuum',
  'duplicate-function-elimination',
  'remove-unused-module-elements',
];
const OPTIONS = [
  '--runPasses',
  PASSES.join(','),
  '--noAssert',
  '--uncheckedBehavior',
  'always',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--use',
  'abort=',
  '--importMemory',
];

function newestSource() {
  const files = readdirSync(sources).map((name) => join(sources, name));
  return Math.max(...[...files, fileURLToPath(import.meta.url)].map((path) => statSync(path).mtimeMs));
}

function isFresh() {
  try {
    return Math.min(...OUTPUTS.map((name) => statSync(join(generated, name)).mtimeMs)) >= newestSource();
  } catch {
    return false; // an output is missing
  }
}

/**
 * Writes a whole file or nothing: readers at the same moment see the old one or the new one.
 * @type {(name: string, content: string | Uint8Array) => void}
 */
function writeAtomically(name, content) {
  const temporary = join(generated, `.${name}.${process.pid}`);
  writeFileSync(temporary, content);
  renameSync(temporary, join(generated, name));
}

/** Errors: the compiler's words. @returns {Promise<Uint8Array>} */
async function compile() {
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Uint8Array | null} */
  let binary = null;
  const { error, stderr } = await asc.main(['index.ts', '--baseDir', sources, '--outFile', 'core.wasm', ...OPTIONS], {
    readFile: (name, base) => {
      try {
        return readFileSync(resolve(base ?? sources, name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (name, content) => {
      if (name === 'core.wasm' && typeof content !== 'string') binary = content;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`the core does not compile: ${error?.message ?? ''}\n${stderr.toString()}`);
  return binary;
}

/** @type {(binary: Uint8Array) => string} */
function bytesModule(binary) {
  return `// Written by src/kernels/build.mjs. Do not edit.\nexport const CORE_BYTES =\n  '${Buffer.from(binary).toString('base64')}';\n`;
}

/** Builds the core unless what is there is newer than its sources. Returns whether it built. Errors: the compiler's words. */
export async function buildCore({ force = false } = {}) {
  if (!force && isFresh()) return false;
  mkdirSync(generated, { recursive: true });
  const { threefrySource, tileSource } = await import(`${pathToFileURL(join(sources, 'generate.mjs')).href}?${Date.now()}`);
  writeAtomically('tiles.ts', tileSource());
  writeAtomically('threefry16.ts', threefrySource());
  const binary = await compile();
  writeAtomically('coreBytes.ts', bytesModule(binary));
  writeAtomically('core.wasm', binary);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildCore({ force: process.argv.includes('--force') });
  const binary = readFileSync(join(generated, 'core.wasm'));
  console.log(`core.wasm ${binary.length} bytes, ${gzipSync(binary, { level: 9 }).length} gzip`);
}
