/**
 * The door to the WebAssembly core: compiles it once, says readably why it cannot, and hands out typed instances.
 *
 * This is the only file that names WebAssembly. It knows nothing of networks; network.ts lays them out.
 */
import { CoreUnavailableError } from './coreError';
import { loadCore } from './coreSource';

/** What the core exports. Addresses are byte offsets into `memory`; see assembly/layout.ts. */
export interface CoreExports {
  heapBase(): number;
  train(net: number, count: number, captures: number): number;
  pass(net: number, step: number, parts: number): number;
  prepareMc(net: number, index: number): void;
  infer(net: number, inputs: number, rows: number, phase: number): void;
  evaluate(net: number, inputs: number, targets: number, rows: number, out: number): void;
  readPass(net: number, isEval: number): void;
  fillBits(k0: number, k1: number, start: number, count: number, out: number): void;
  bitsToUniform(at: number, count: number): void;
  bitsToNormal(at: number, count: number): void;
  fillMask(k0: number, k1: number, count: number, threshold: number, out: number): void;
  addMasked(words: number, weights: number, count: number, threshold: number, out: number): number;
}

/** An instance of the core with memory of its own, of fixed size: views never detach. */
export interface CoreInstance {
  readonly exports: CoreExports;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly u8: Uint8Array;
}

/** The compiled core. One serves any number of networks. */
export interface Core {
  /** Makes an instance with at least `bytes` of memory, zeroed. Errors: RangeError when the machine has not that much; 'wasm-blocked', as below. */
  instantiate(bytes: number): CoreInstance;
}

/** First byte of an instance that is free; what the core keeps for itself lies below. */
export const HEAP_START = 4096;
const PAGE_BYTES = 65536;
const MAX_PAGES = 32768;

/** The smallest module that needs SIMD: one function that returns i32x4.splat(0). */
const SIMD_PROBE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 17, 11);

let compiled: Promise<Core> | null = null;

/**
 * Compiles the core, once; later calls share the result.
 *
 * Errors: CoreUnavailableError 'no-simd' when the browser lacks WebAssembly SIMD, 'wasm-off' when it is switched off, 'wasm-blocked' when a
 * content security policy forbids it, 'core-missing' when its file does not come. A failure is not remembered.
 */
export function compileCore(): Promise<Core> {
  compiled ??= compile().catch((error: unknown) => {
    compiled = null;
    throw error;
  });
  return compiled;
}

async function compile(): Promise<Core> {
  if (typeof WebAssembly === 'undefined') {
    throw new CoreUnavailableError(
      'wasm-off',
      'WebAssembly is switched off in this browser, so nothing can be trained. Switch it on (on iPhone and Mac: leave Lockdown Mode for this site) and reload.',
    );
  }
  if (!WebAssembly.validate(SIMD_PROBE)) {
    throw new CoreUnavailableError(
      'no-simd',
      'This browser has no WebAssembly SIMD, which training needs. Any Chrome, Edge or Firefox since 2021 and any Safari since 16.4 has it: please update.',
    );
  }
  const bytes = await loadCore();
  try {
    const module = await WebAssembly.compile(bytes);
    return { instantiate: (size) => instantiate(module, size) };
  } catch (error) {
    throw inWords(error);
  }
}

/** Returns what to throw for an error of the engine: a policy shows itself as a module that does not compile. */
function inWords(error: unknown): unknown {
  if (!(error instanceof WebAssembly.CompileError)) return error;
  return new CoreUnavailableError(
    'wasm-blocked',
    "The content security policy of this page blocks WebAssembly, so nothing can be trained. Its owner must add 'wasm-unsafe-eval' to script-src.",
    { cause: error },
  );
}

/** Makes the instance. Safari compiles for every page, and asks the policy only here. */
function makeInstance(module: WebAssembly.Module, memory: WebAssembly.Memory): CoreExports {
  try {
    return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as CoreExports;
  } catch (error) {
    throw inWords(error);
  }
}

function instantiate(module: WebAssembly.Module, bytes: number): CoreInstance {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  if (!(pages <= MAX_PAGES)) {
    throw new RangeError(
      `the network needs ${Math.ceil(bytes / 2 ** 20)} MB, more than ${(MAX_PAGES * PAGE_BYTES) / 2 ** 20} MB are not to be had`,
    );
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const exports = makeInstance(module, memory);
  if (exports.heapBase() > HEAP_START) throw new Error(`the core keeps ${exports.heapBase()} bytes for itself, more than ${HEAP_START}`);
  const { buffer } = memory;
  return {
    exports,
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
    i32: new Int32Array(buffer),
    u32: new Uint32Array(buffer),
    u8: new Uint8Array(buffer),
  };
}
