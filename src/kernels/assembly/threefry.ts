/**
 * Random numbers: JAX's threefry2x32 with partitionable counters. Number i of a key is a hash of (key, i), so nothing here has state.
 *
 * Fills write whole blocks, of sixteen numbers: every target has that much room to spare.
 */
import { bitsLoop, fold16, listLoop, maskLoop, nibbleLoop } from '../generated/threefry16';
import { KEY_SLOT, KEY_WORD, NET_KEY_GROUP, NET_KEYS, NET_SEED, WEIGHT_MASK_OFFSET } from './layout';
import { erfinv4 } from './vectorMath';

const PARITY: u32 = 0x1bd11bda;

/** Hash of (0, data) under a key, both words: `fold_in`. The second word is in the upper half. */
export function foldIn(k0: u32, k1: u32, data: u32): u64 {
  const k2 = k0 ^ k1 ^ PARITY;
  let x0 = k0;
  let x1 = data + k1;
  for (let group: u32 = 0; group < 5; group++) {
    const odd = group & 1;
    x0 += x1; x1 = rotl<u32>(x1, odd ? 17 : 13) ^ x0;
    x0 += x1; x1 = rotl<u32>(x1, odd ? 29 : 15) ^ x0;
    x0 += x1; x1 = rotl<u32>(x1, odd ? 16 : 26) ^ x0;
    x0 += x1; x1 = rotl<u32>(x1, odd ? 24 : 6) ^ x0;
    const a = (group + 1) % 3;
    const b = (group + 2) % 3;
    x0 += a == 0 ? k0 : a == 1 ? k1 : k2;
    x1 += (b == 0 ? k0 : b == 1 ? k1 : k2) + group + 1;
  }
  return (<u64>x1 << 32) | x0;
}

/**
 * Address of the key of (step, slot), slot = layer: its first word, the second lies KEY_WORD further, the next slot KEY_SLOT. Keys are
 * made for sixteen steps at a time, one step per lane; `offset` is added to the layer (weight masks). The cache is dropped by setting
 * NET_KEY_GROUP to −1.
 */
export function layerKeys(net: usize, step: i32, numSlots: i32, hasWeightMasks: bool): usize {
  const stepKeys = <usize>load<i32>(net, NET_KEYS);
  const keys = stepKeys + KEY_SLOT;
  const group = step >> 4;
  if (load<i32>(net, NET_KEY_GROUP) != group) {
    store<i32>(net, group, NET_KEY_GROUP);
    const seed = i32x4.splat(load<i32>(net, NET_SEED));
    for (let at: usize = 0; at < <usize>KEY_WORD; at += 16) {
      v128.store(stepKeys + at, i32x4.splat(0));
      v128.store(stepKeys + at, seed, KEY_WORD);
    }
    fold16(stepKeys, group << 4, 1, stepKeys);
    const offset = hasWeightMasks ? WEIGHT_MASK_OFFSET : 0;
    for (let slot = 0; slot < numSlots; slot++) fold16(stepKeys, slot + offset, 0, keys + <usize>(slot * KEY_SLOT));
  }
  return keys + (<usize>(step & 15) << 2);
}

/** Draws 32-bit words start … of a key. */
export function fillBits(k0: u32, k1: u32, start: u32, count: u32, out: usize): void {
  bitsLoop(k0, k1, count, start, out);
}

/** Draws mask bytes: 255 where the upper 23 bits of a word are below `threshold` (kept), else 0. */
export function fillMask(k0: u32, k1: u32, count: u32, threshold: i32, out: usize): void {
  maskLoop(k0, k1, count, 0, threshold, out);
}

/** Replaces each of a list of counters by its mask: all ones where it is kept, else zero. */
export function maskList(k0: u32, k1: u32, count: i32, threshold: i32, at: usize): void {
  listLoop(k0, k1, count, threshold, at);
}

/**
 * Draws the weight mask of one matrix [outputs, inputs] (numbered so from `start`) as nibbles [inputs, columns of outputs]:
 * lane j of a nibble is output 4 · column + j. Lanes beyond the last output hold anything.
 */
export function fillWeightMask(k0: u32, k1: u32, start: u32, inputs: i32, columns: i32, threshold: i32, out: usize): void {
  for (let column = 0; column < columns; column++) {
    nibbleLoop(k0, k1, inputs, start + column * 4 * inputs, inputs, threshold, out + column, columns);
  }
}

// @ts-ignore: decorator
@inline
export function uniform4(words: v128): v128 {
  return f32x4.sub(v128.or(v128.shr<u32>(words, 9), i32x4.splat(0x3f800000)), f32x4.splat(1));
}

/** Turns words into uniforms in [0, 1), in place. */
export function bitsToUniform(at: usize, count: u32): void {
  for (const end = at + (<usize>count << 2); at < end; at += 16) v128.store(at, uniform4(v128.load(at)));
}

/** Turns words into normals `√2 · erfinv(u)`, u uniform in (−1, 1), in place. */
export function bitsToNormal(at: usize, count: u32): void {
  const low = f32x4.splat(-0.99999994);
  for (const end = at + (<usize>count << 2); at < end; at += 16) {
    const u = f32x4.pmax(f32x4.add(f32x4.mul(uniform4(v128.load(at)), f32x4.splat(2)), low), low);
    v128.store(at, f32x4.mul(f32x4.splat(1.4142135623730951), erfinv4(u)));
  }
}
