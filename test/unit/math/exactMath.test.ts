import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exactCos, exactExp, exactLog, exactSin } from '../../../src/math/exactMath';

const range = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));
const relative = (actual: number, expected: number) => Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-300);

const worst = (points: number[], error: (x: number) => number) => points.reduce((most, x) => Math.max(most, error(x)), 0);

describe('exactMath agrees with the engine', () => {
  it('log to 1e-15 relative away from 1, 1e-16 absolute near it', () => {
    const away = [1e-300, 1e-20, 2 ** -23, ...range(0.001, 0.9, 1000), ...range(1.1, 50, 1000), 1e10, 1e300];
    expect(worst(away, (x) => relative(exactLog(x), Math.log(x)))).toBeLessThan(1e-15);
    expect(worst(range(0.9, 1.1, 1000), (x) => Math.abs(exactLog(x) - Math.log(x)))).toBeLessThanOrEqual(1e-16);
  });

  it('exp to 1e-15 relative', () => {
    expect(worst([...range(-50, 50, 4001), 700, -700], (x) => relative(exactExp(x), Math.exp(x)))).toBeLessThan(1e-15);
  });

  it('sin and cos to 1e-15 absolute', () => {
    expect(worst(range(-100, 100, 20_001), (x) => Math.abs(exactSin(x) - Math.sin(x)))).toBeLessThan(1e-15);
    expect(worst(range(-100, 100, 20_001), (x) => Math.abs(exactCos(x) - Math.cos(x)))).toBeLessThan(1e-15);
  });

  it('edges: 0, 1, infinities, NaN', () => {
    expect([exactLog(1), exactLog(0), exactLog(-1), exactLog(NaN), exactLog(Infinity)]).toEqual([0, -Infinity, NaN, NaN, Infinity]);
    expect([exactExp(0), exactExp(1000), exactExp(-1000), exactExp(NaN), exactExp(-Infinity)]).toEqual([1, Infinity, 0, NaN, 0]);
    expect([exactSin(0), exactCos(0), exactSin(NaN)]).toEqual([0, 1, NaN]);
  });
});

describe('seeded files', () => {
  const EXACT = new Set(['floor', 'ceil', 'fround', 'max', 'min', 'sqrt', 'imul', 'abs', 'SQRT2', 'SQRT1_2', 'LN2', 'PI']);

  it.each(['exactMath', 'threefry', 'masks'])('DT4 %s.ts asks nothing of the engine whose last digits the language leaves open', (name) => {
    const source = readFileSync(new URL(`../../../src/math/${name}.ts`, import.meta.url), 'utf8');
    const code = source.replace(/\/\*\*[\s\S]*?\*\//g, '');
    const used = [...code.matchAll(/Math\.(\w+)/g)].map(([, member]) => member as string);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((member) => !EXACT.has(member))).toEqual([]);
    expect(code.replace(/\b2 \*\* -?\d+/g, '')).not.toContain('**'); // powers of two between literals are exact
  });
});
