/** The core's random numbers against real JAX's, bit for bit, and against the readable ones of math. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/kernels/random';
import { bits, foldIn, key, normal, uniform } from '../../../src/math/threefry';
import { core } from './setup';

interface Fixture {
  bits: { seed: number | string; n: number; bits: number[] }[];
  uniform: { seed: number | string; step: number | string; shape: number[]; hex: string[] }[];
  bernoulli: { seed: number; step: number; keep: number; shape: number[]; mask: string }[];
  normal: { seed: number; step: number; val: number[] }[];
  bernoulli_big: { seed: number; step: number; keep: number; shape: number[]; ones: number; sha256_of_bytes01: string };
  uniform_big: { seed: number; step: number; shape: number[]; sha256_f32le: string };
}
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/jax_threefry.json', import.meta.url), 'utf8')) as Fixture;
const random = createRandom(core);
const count = (shape: number[]) => shape.reduce((product, size) => product * size, 1);
const stepKey = ({ seed, step }: { seed: number | string; step: number | string }) => foldIn(key(Number(seed)), Number(step));
const sha256 = (cells: Uint8Array) => createHash('sha256').update(cells).digest('hex');

describe('random numbers of the core', () => {
  it('draws the bits of JAX', () => {
    for (const { seed, n, bits: expected } of fixture.bits) expect([...random.bits(key(Number(seed)), n)]).toEqual(expected);
  });

  it('draws the uniforms of JAX', () => {
    for (const entry of fixture.uniform) {
      const drawn = random.uniform(stepKey(entry), count(entry.shape));
      const words = [...new Uint32Array(drawn.buffer)].map((word) => word.toString(16).padStart(8, '0'));
      expect(words).toEqual(entry.hex);
    }
    const big = fixture.uniform_big;
    const drawn = random.uniform(stepKey(big), count(big.shape));
    expect(sha256(new Uint8Array(drawn.buffer))).toBe(big.sha256_f32le);
  });

  it('draws all masks of JAX, keep 0 and 1 among them', () => {
    for (const entry of fixture.bernoulli) {
      const mask = random.bernoulli(stepKey(entry), entry.keep, count(entry.shape));
      expect(mask.join('')).toBe(entry.mask);
    }
    const big = fixture.bernoulli_big;
    const mask = random.bernoulli(stepKey(big), big.keep, count(big.shape));
    expect(sha256(mask)).toBe(big.sha256_of_bytes01);
  });

  it('draws normals within 1e-6 of JAX', () => {
    for (const entry of fixture.normal) {
      const drawn = random.normal(stepKey(entry), entry.val.length);
      entry.val.forEach((expected, index) => {
        expect(Math.abs((drawn[index] as number) - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected)));
      });
    }
  });

  it('starts anywhere, and agrees with the readable generator across chunks', () => {
    const drawKey = foldIn(key(0xffffffff), 0x80000002);
    const start = 16380;
    const words = random.bits(drawKey, 40, start);
    const reals = random.uniform(drawKey, 40, start);
    for (let i = 0; i < 40; i++) {
      expect(words[i]).toBe(bits(drawKey, start + i));
      expect(reals[i]).toBe(uniform(drawKey, start + i));
    }
    const long = random.bits(drawKey, 40_000);
    for (const i of [0, 16383, 16384, 39_999]) expect(long[i]).toBe(bits(drawKey, i));
    const normals = random.normal(drawKey, 5000);
    for (let i = 0; i < 5000; i++) expect(Math.abs((normals[i] as number) - normal(drawKey, i))).toBeLessThan(2e-6);
  });
});
