/**
 * Random numbers in bulk, by the core: the same bits as math/threefry.ts, many times as fast.
 *
 * Stateless like it: number i of a key is a hash of (key, i). Keys are made by `foldIn` of math/threefry.ts.
 */
import type { Key } from '../math/threefry';
import { type Core, type CoreInstance, HEAP_START } from './core';

const CHUNK = 16384;

/** Draws arrays of numbers `start … start + count − 1` of a key. `start` is 0 unless given. */
export interface Random {
  /** 32 random bits each, as `jax.random.bits`. */
  bits(key: Key, count: number, start?: number): Uint32Array;
  /** Float32 in [0, 1), as `jax.random.uniform`, bit for bit. */
  uniform(key: Key, count: number, start?: number): Float32Array;
  /** 1 with probability `keepProb`, else 0, as `jax.random.bernoulli(key, float32(keepProb))`, bit for bit. Always starts at number 0. */
  bernoulli(key: Key, keepProb: number, count: number): Uint8Array;
  /** Float32 from N(0, 1), as `normal` of math/threefry.ts draws it, within 2e-6. */
  normal(key: Key, count: number, start?: number): Float32Array;
}

/** Returns the number of 23-bit draws that are kept at a keep probability: `u < fround(keepProb)` counted in steps of 2⁻²³. */
export function keepThreshold(keepProb: number): number {
  return Math.ceil(Math.fround(keepProb) * 2 ** 23);
}

/** Makes a source of random numbers on a compiled core. */
export function createRandom(core: Core): Random {
  const instance = core.instantiate(HEAP_START + CHUNK * 4 + 64);
  const { exports, f32, u32, u8 } = instance;
  const first = HEAP_START / 4;
  const draw = <Cells extends Float32Array | Uint32Array>(cells: Cells, key: Key, start: number, from: Cells, convert: Convert): Cells => {
    for (let done = 0; done < cells.length; done += CHUNK) {
      const count = Math.min(CHUNK, cells.length - done);
      exports.fillBits(key[0], key[1], start + done, count, HEAP_START);
      convert(instance, count);
      cells.set(from.subarray(first, first + count), done);
    }
    return cells;
  };
  return {
    bits: (key, count, start = 0) => draw(new Uint32Array(count), key, start, u32, () => undefined),
    uniform: (key, count, start = 0) => draw(new Float32Array(count), key, start, f32, toUniform),
    normal: (key, count, start = 0) => draw(new Float32Array(count), key, start, f32, toNormal),
    bernoulli: (key, keepProb, count) => {
      const threshold = keepThreshold(keepProb);
      const room = count + 32; // it writes whole blocks
      const source = room > CHUNK * 4 ? core.instantiate(HEAP_START + room) : instance;
      source.exports.fillMask(key[0], key[1], count, threshold, HEAP_START);
      return (source === instance ? u8 : source.u8).slice(HEAP_START, HEAP_START + count).map((byte) => byte & 1);
    },
  };
}

type Convert = (instance: CoreInstance, count: number) => void;
const toUniform: Convert = (instance, count) => instance.exports.bitsToUniform(HEAP_START, count);
const toNormal: Convert = (instance, count) => instance.exports.bitsToNormal(HEAP_START, count);
