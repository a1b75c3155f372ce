/**
 * The random numbers of the house: JAX's threefry2x32 with partitionable counters, bit for bit.
 *
 * A counter-based generator has no state: the random number at (key, index) is a hash of the two. So a mask can be looked up for any
 * step in any order, and a run can be sought, sliced or repeated without a change. Nothing here may keep state between calls.
 *
 * Source: Salmon et al. 2011, Random123; jax/_src/random/threefry2x32.py of JAX 0.10. JAX before 0.5 gives the same only with
 * `jax_threefry_partitionable`.
 */
import { exactLog } from './exactMath';

/** A key is the pair of 32-bit words that JAX calls `key_data`. */
export type Key = readonly [high: number, low: number];

const MAX_SEED = 2 ** 32 - 1;
const PARITY = 0x1bd11bda; // the third key word is the parity of the other two, offset by this constant
const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/**
 * Hashes the pair (x0, x1) under a key: 20 rounds of add, rotate, xor, with the key mixed in after every fourth.
 *
 * Range: all words are taken modulo 2³² and come out in [0, 2³² − 1].
 */
export function threefry2x32(key: Key, x0: number, x1: number): Key {
  type Word = 0 | 1 | 2;
  const words = [key[0] | 0, key[1] | 0, key[0] ^ key[1] ^ PARITY] as const;
  let a = (x0 + words[0]) | 0;
  let b = (x1 + words[1]) | 0;
  for (let group = 0; group < 5; group++) {
    for (const rotation of ROTATIONS[(group & 1) as 0 | 1]) {
      a = (a + b) | 0; // `| 0` keeps 32 bits
      b = ((b << rotation) | (b >>> (32 - rotation))) ^ a;
    }
    a = (a + words[((group + 1) % 3) as Word]) | 0;
    b = (b + words[((group + 2) % 3) as Word] + group + 1) | 0;
  }
  return [a >>> 0, b >>> 0];
}

/**
 * Makes the key of a seed: `[0, seed]`, as `jax.random.key(seed)`.
 *
 * Errors: RangeError "seed must be an integer in [0, 4294967295], got -1"; beyond that range JAX itself depends on a flag.
 */
export function key(seed: number): Key {
  if (!Number.isInteger(seed) || seed < 0 || seed > MAX_SEED) {
    throw new RangeError(`seed must be an integer in [0, ${MAX_SEED}], got ${seed}`);
  }
  return [0, seed];
}

/** Derives the key of a part, `jax.random.fold_in(parent, data)`: the hash of (0, data). `data` is taken modulo 2³². */
export function foldIn(parent: Key, data: number): Key {
  return threefry2x32(parent, 0, data);
}

/** Derives `count` keys, `jax.random.split(parent, count)`. The i-th is `foldIn(parent, i)`. */
export function split(parent: Key, count: number): Key[] {
  return Array.from({ length: count }, (_, index) => foldIn(parent, index));
}

/** Draws 32 random bits at a row-major `index`: both words of the hash of the 64-bit counter, xored. */
export function bits(key: Key, index: number): number {
  const [a, b] = threefry2x32(key, Math.floor(index / 2 ** 32), index);
  return (a ^ b) >>> 0;
}

/** Draws from [0, 1): `k / 2²³` for k the upper 23 bits. It is a float32, the same as `jax.random.uniform`. */
export function uniform(key: Key, index: number): number {
  return (bits(key, index) >>> 9) / 2 ** 23;
}

/** Draws from [low, high) in float32, rounded once, as XLA does with a fused multiply and add. */
export function uniformBetween(key: Key, low: number, high: number, index: number): number {
  const start = Math.fround(low);
  const span = Math.fround(Math.fround(high) - start);
  return Math.max(start, Math.fround(uniform(key, index) * span + start));
}

/**
 * Draws 1 with probability `keepProb`, else 0: `uniform < fround(keepProb)`, as `jax.random.bernoulli(key, float32(keepProb))`.
 *
 * The uniform at an index is the same for every keepProb, so masks are nested: raising p only ever drops more.
 */
export function bernoulli(key: Key, keepProb: number, index: number): 0 | 1 {
  return uniform(key, index) < Math.fround(keepProb) ? 1 : 0;
}

/**
 * Draws from N(0, 1): `√2 · erfinv(u)` with u uniform in (−1, 1). Agrees with `jax.random.normal` within 7e-7 of its size up to 3, and
 * within 6e-6 beyond, where JAX takes 1 − u² in float32.
 */
export function normal(key: Key, index: number): number {
  const afterMinusOne = -1 + 2 ** -24; // the float32 next to −1
  return Math.fround(Math.fround(Math.SQRT2) * erfinv(uniformBetween(key, afterMinusOne, 1, index)));
}

const ERFINV_CENTRE = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164, 0.246640727, 1.50140941,
];
const ERFINV_TAIL = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047, 1.00167406, 2.83297682,
];

/**
 * Returns the inverse of the error function in float32: a polynomial in `w = −log(1 − x²)`, one for the centre and one for the tails.
 *
 * Range: x in (−1, 1). Source: Giles 2010, "Approximating the erfinv function", with the coefficients that XLA uses.
 */
export function erfinv(x: number): number {
  const w = Math.fround(-exactLog(1 - x * x));
  const isTail = w >= 5;
  const t = Math.fround(isTail ? Math.sqrt(w) - 3 : w - 2.5);
  let sum = 0;
  for (const coefficient of isTail ? ERFINV_TAIL : ERFINV_CENTRE) sum = Math.fround(Math.fround(coefficient) + sum * t);
  return Math.fround(sum * x);
}
