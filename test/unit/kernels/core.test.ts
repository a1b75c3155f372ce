/** What the core refuses, in words; and what it says where WebAssembly is missing or forbidden. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CHUNK_ROWS } from '../../../src/kernels/network';
import { core, makeNetwork } from './setup';

async function compileAfresh() {
  vi.resetModules();
  const { compileCore } = await import('../../../src/kernels/core');
  return compileCore();
}

describe('a core that cannot run says why', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('without SIMD', async () => {
    vi.stubGlobal('WebAssembly', { ...WebAssembly, validate: () => false });
    await expect(compileAfresh()).rejects.toMatchObject({ code: 'no-simd', message: expect.stringContaining('SIMD') });
  });

  it('without WebAssembly', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    await expect(compileAfresh()).rejects.toMatchObject({ code: 'wasm-off' });
  });

  it('under a policy that forbids it, and tries again the next time', async () => {
    const { CompileError, validate } = WebAssembly;
    const compile = () => Promise.reject(new CompileError('refused by policy'));
    vi.stubGlobal('WebAssembly', { CompileError, validate, compile });
    vi.resetModules();
    const { compileCore } = await import('../../../src/kernels/core');
    await expect(compileCore()).rejects.toMatchObject({ code: 'wasm-blocked', message: expect.stringContaining('wasm-unsafe-eval') });
    vi.unstubAllGlobals();
    await expect(compileCore()).resolves.toBeDefined();
  });

  it('under a policy that is only asked when the module is to run, as Safari asks it', async () => {
    const { CompileError, validate, compile, Memory } = WebAssembly;
    const Instance = function refuse() {
      throw new CompileError('refused by policy');
    };
    vi.stubGlobal('WebAssembly', { CompileError, validate, compile, Memory, Instance });
    const late = await compileAfresh();
    expect(() => late.instantiate(1)).toThrow(expect.objectContaining({ code: 'wasm-blocked' }));
  });
});

describe('bad input is refused with field, value and range', () => {
  it('in what a network is made of', () => {
    expect(() => makeNetwork({ sizes: [3, 0, 3] }, {})).toThrow('units of layer 1 must be an integer in [1, 1024], got 0');
    expect(() => makeNetwork({ sizes: [3] }, {})).toThrow('number of layers must be an integer in [2, 8], got 1');
    expect(() => makeNetwork({ batchSize: Number.NaN }, {})).toThrow('batchSize must be an integer in [1, 1024], got NaN');
    expect(() => makeNetwork({ seed: -1 }, {})).toThrow('seed must be an integer in [0, 4294967295], got -1');
    expect(() => makeNetwork({ loss: 'binary', sizes: [3, 4, 2] }, {})).toThrow('outputs must be 1 with loss binary, got 2');
  });

  it('DR4 in drop probabilities', () => {
    for (const p of [-0.1, 1.1, Number.NaN]) {
      expect(() => makeNetwork({}, { mode: 'inverted', dropProbabilities: [0, p, 0] })).toThrow(`p must be in [0, 1], got ${p}`);
    }
    expect(() => makeNetwork({}, { mode: 'gaussian', dropProbabilities: [0, 1, 0] })).toThrow(
      'p must be in [0, 1) with mode gaussian, got 1',
    );
    expect(() => makeNetwork({}, { mode: 'alpha', dropProbabilities: [1, 0, 0] })).toThrow('p must be in [0, 1) with mode alpha, got 1');
  });

  it('in examples', () => {
    const { network } = makeNetwork({}, {});
    const make = (inputs: number, targets: number[]) => () =>
      new (network.constructor as typeof import('../../../src/kernels/network').Network)(
        core,
        network.spec,
        { inputs: new Float32Array(inputs), targets: Float32Array.from(targets) },
        null,
      );
    expect(make(0, [])).toThrow('train must have at least one example, got 0');
    expect(make(5, [0, 1])).toThrow('train inputs must have 2 × 3 values, got 5');
    expect(make(6, [0, 3])).toThrow('train targets must be classes in [0, 2], got 3');
  });
});

describe('evaluation and inference', () => {
  it('covers sets that are not whole chunks', () => {
    const { network, inputs } = makeNetwork({ sizes: [3, 6, 3] }, {}, CHUNK_ROWS + 7);
    const predictions = new Float32Array(CHUNK_ROWS + 7);
    const { loss, right } = network.evaluate('train', predictions);
    const rows = [...network.infer(inputs, CHUNK_ROWS, 7, 'eval')];
    const read = Array.from({ length: 7 }, (_, row) => {
      const row3 = rows.slice(3 * row, 3 * row + 3);
      return row3.indexOf(Math.max(...row3));
    });
    expect([...predictions.subarray(CHUNK_ROWS)]).toEqual(read);
    expect(right).toBeGreaterThan(0);
    expect(loss).toBeGreaterThan(0);
  });
});
