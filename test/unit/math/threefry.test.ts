import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bernoulli, bits, erfinv, foldIn, key, normal, split, threefry2x32, uniform, uniformBetween } from '../../../src/math/threefry';

interface Draw {
  seed: number | string;
  step: number;
  shape: number[];
}
interface JaxFixture {
  keys: { seed: string; key: [number, number] }[];
  fold: { seed: number; data: number; key: [number, number] }[];
  split: { seed: number; n: number; keys: [number, number][] }[];
  bits: { seed: number; n: number; bits: number[] }[];
  uniform: (Draw & { hex: string[] })[];
  uniform_range: (Draw & { lo: number; hi: number; hex: string[] })[];
  bernoulli: (Draw & { keep: number; mask: string })[];
  normal: (Draw & { hex: string[] })[];
  bernoulli_big: Draw & { keep: number; ones: number; sha256_of_bytes01: string };
  uniform_big: Draw & { sha256_f32le: string };
}
interface KerasFixture {
  keras_dropout: { seed: number; rate: number; call: number; shape: number[]; mask: string }[];
  nnx: { rngs: string; layer_ordinal: number; call: number; rate: number; mask: string }[];
  keras_noise_shape: { seed: number; rate: number; noise_shape: number[]; mask_noise: string };
}
const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8'));
const jax = fixture('jax_threefry') as JaxFixture;
const keras = fixture('keras_nnx_masks') as KerasFixture;

const count = (shape: number[]) => shape.reduce((product, length) => product * length, 1);
const indices = (length: number) => Array.from({ length }, (_, index) => index);
const stepKey = (draw: Draw) => foldIn(key(Number(draw.seed)), draw.step);
const floatBits = (value: number) => new Uint32Array(new Float32Array([value]).buffer)[0] ?? NaN;
const hex = (value: number) => floatBits(value).toString(16).padStart(8, '0');
const maskText = (mask: (0 | 1)[]) => mask.join('');

describe('threefry2x32', () => {
  it('gives the known answers of Random123', () => {
    expect(threefry2x32([0, 0], 0, 0)).toEqual([0x6b200159, 0x99ba4efe]);
    expect(threefry2x32([0xffffffff, 0xffffffff], 0xffffffff, 0xffffffff)).toEqual([0x1cb996fc, 0xbb002be7]);
    expect(threefry2x32([0x13198a2e, 0x03707344], 0x243f6a88, 0x85a308d3)).toEqual([0xc4923a9c, 0x483df7a0]);
  });
});

describe('keys', () => {
  it('RN1 equal those of JAX for every seed in range', () => {
    const inRange = jax.keys.filter(({ seed }) => Number(seed) >= 0 && Number(seed) < 2 ** 32);
    expect(inRange.length).toBe(7);
    for (const { seed, key: expected } of inRange) expect(key(Number(seed))).toEqual(expected);
  });

  it.each([-1, 2 ** 32, 1.5, NaN, Infinity])('refuse the seed %s, naming range and value', (seed) => {
    expect(() => key(seed)).toThrow(new RangeError(`seed must be an integer in [0, 4294967295], got ${seed}`));
  });

  it('RN1 fold in as in JAX', () => {
    for (const { seed, data, key: expected } of jax.fold) expect(foldIn(key(seed), data)).toEqual(expected);
  });

  it('RN1 split as in JAX', () => {
    for (const { seed, n, keys } of jax.split) expect(split(key(seed), n)).toEqual(keys);
  });
});

describe('draws', () => {
  it('RN1 bits equal those of JAX', () => {
    for (const { seed, n, bits: expected } of jax.bits) expect(indices(n).map((index) => bits(key(seed), index))).toEqual(expected);
  });

  it('bits go on beyond a counter of 32 bits', () => {
    const [a, b] = threefry2x32([1, 2], 3, 7);
    expect(bits([1, 2], 3 * 2 ** 32 + 7)).toBe((a ^ b) >>> 0);
  });

  it('RN1 uniforms equal those of JAX, bit for bit', () => {
    for (const draw of jax.uniform) {
      expect(indices(count(draw.shape)).map((index) => hex(uniform(stepKey(draw), index)))).toEqual(draw.hex);
    }
  });

  it('RN1 uniforms in a range equal those of JAX, bit for bit', () => {
    for (const draw of jax.uniform_range) {
      const drawn = indices(count(draw.shape)).map((index) => hex(uniformBetween(stepKey(draw), draw.lo, draw.hi, index)));
      expect(drawn).toEqual(draw.hex);
    }
  });

  it('RN1 all 288 masks equal those of JAX', () => {
    expect(jax.bernoulli.length).toBe(288);
    for (const draw of jax.bernoulli) {
      expect(maskText(indices(count(draw.shape)).map((index) => bernoulli(stepKey(draw), draw.keep, index)))).toBe(draw.mask);
    }
  });

  it('RN1 65,536 mask bits and uniforms have the hashes that JAX gives', () => {
    const { bernoulli_big: mask, uniform_big: floats } = jax;
    const maskKey = stepKey(mask);
    const drawn = Uint8Array.from(indices(count(mask.shape)), (index) => bernoulli(maskKey, mask.keep, index));
    expect(drawn.reduce((sum, kept) => sum + kept, 0)).toBe(mask.ones);
    expect(createHash('sha256').update(drawn).digest('hex')).toBe(mask.sha256_of_bytes01);
    const floatKey = stepKey(floats);
    const uniforms = Float32Array.from(indices(count(floats.shape)), (index) => uniform(floatKey, index));
    expect(createHash('sha256').update(new Uint8Array(uniforms.buffer)).digest('hex')).toBe(floats.sha256_f32le);
  });

  it('normals equal those of JAX to 4 units in the last place', () => {
    let exact = 0;
    let total = 0;
    for (const draw of jax.normal) {
      draw.hex.forEach((expected, index) => {
        const drawn = floatBits(normal(stepKey(draw), index));
        const away = Math.abs(drawn - Number.parseInt(expected, 16));
        expect(away).toBeLessThanOrEqual(4);
        exact += Number(away === 0);
        total += 1;
      });
    }
    expect(exact / total).toBeGreaterThan(0.95);
  });

  it('normals have mean 0 and variance 1 within 4 standard errors', () => {
    const numDraws = 40_000;
    const drawn = indices(numDraws).map((index) => normal(foldIn(key(0), 5), index));
    const mean = drawn.reduce((sum, value) => sum + value, 0) / numDraws;
    const variance = drawn.reduce((sum, value) => sum + value * value, 0) / numDraws;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(numDraws));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / numDraws));
  });

  it('erfinv is odd, 0 at 0, and finite at the ends of the range', () => {
    expect(erfinv(0)).toBe(0);
    expect(erfinv(-0.3)).toBe(-erfinv(0.3));
    expect(erfinv(0.5)).toBeCloseTo(0.4769362762044699, 6);
    expect(erfinv(1 - 2 ** -24)).toBeCloseTo(3.8325069, 4);
  });
});

describe('masks of other frameworks on the same generator', () => {
  it('equal those of Keras 3 on JAX: raw key [seed, call]', () => {
    for (const { seed, rate, call, shape, mask } of keras.keras_dropout) {
      expect(maskText(indices(count(shape)).map((index) => bernoulli([seed, call], 1 - rate, index)))).toBe(mask);
    }
    const { seed, rate, noise_shape: shape, mask_noise: mask } = keras.keras_noise_shape;
    expect(maskText(indices(count(shape)).map((index) => bernoulli([seed, 0], 1 - rate, index)))).toBe(mask);
  });

  it('equal those of Flax nnx: fold_in(fold_in(key(seed), ordinal), call)', () => {
    for (const { rngs, layer_ordinal: ordinal, call, rate, mask } of keras.nnx) {
      const seed = Number(/dropout=(\d+)/.exec(rngs)?.[1]);
      const layerKey = foldIn(foldIn(key(seed), ordinal), call);
      expect(maskText(indices(mask.length).map((index) => bernoulli(layerKey, 1 - rate, index)))).toBe(mask);
    }
  });
});
