/** The four worlds and the many, against analytic.json and an enumeration of their own. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fourWorlds, manyWorlds, type TwoUnits, twoUnitMoments, UNIT_COUNTS } from '../../../../src/ui/chapters/worlds/worlds';

interface Case {
  readonly w: [number, number];
  readonly x: [number, number];
  readonly p: number;
  readonly states: readonly { readonly m: [0 | 1, 0 | 1]; readonly prob: number; readonly z: number; readonly z_inv: number }[];
  readonly E: number;
  readonly Var: number;
  readonly E_inv: number;
  readonly Var_inv: number;
}

const { two_unit: cases } = JSON.parse(readFileSync(new URL('../../../fixtures/analytic.json', import.meta.url), 'utf8')) as {
  readonly two_unit: readonly Case[];
};

describe.each(cases)('two units with w $w, x $x, p $p', ({ w, x, p, states, E, Var, E_inv, Var_inv }) => {
  test.each([false, true])('have the recorded masks, chances and sums (inverted: %s)', (isInverted) => {
    const worlds = fourWorlds({ w, x, p, isInverted });
    expect(worlds.map(({ mask }) => mask)).toEqual(states.map(({ m }) => m));
    states.forEach((state, index) => {
      expect(worlds[index]?.probability).toBeCloseTo(state.prob, 12);
      expect(worlds[index]?.z).toBeCloseTo(isInverted ? state.z_inv : state.z, 12);
    });
  });

  test('add up, term by term, to the recorded mean', () => {
    const worlds = fourWorlds({ w, x, p, isInverted: false });
    let sum = 0;
    for (const world of worlds) {
      sum += world.probability * world.z;
      expect(world.runningSum).toBeCloseTo(sum, 12);
    }
    expect(worlds.at(-1)?.runningSum).toBeCloseTo(E, 12);
    expect(fourWorlds({ w, x, p, isInverted: true }).at(-1)?.runningSum).toBeCloseTo(E_inv, 12);
  });

  test('have the recorded mean and variance by formula', () => {
    const [standard, inverted] = [false, true].map((isInverted) => twoUnitMoments({ w, x, p, isInverted }));
    expect([standard?.mean, standard?.variance].map((value) => value?.toFixed(10))).toEqual([E.toFixed(10), Var.toFixed(10)]);
    expect([inverted?.mean, inverted?.variance].map((value) => value?.toFixed(10))).toEqual([E_inv.toFixed(10), Var_inv.toFixed(10)]);
  });
});

describe('n units', () => {
  const units: TwoUnits = { w: [2, -3], x: [1.5, 0.5], p: 0.2, isInverted: false };
  const { mean, variance } = twoUnitMoments(units);

  test.each(UNIT_COUNTS)('%d of them keep the mean, and 2/n of the variance', (n) => {
    for (const isInverted of [false, true]) {
      const expected = twoUnitMoments({ ...units, isInverted });
      const found = manyWorlds({ ...units, isInverted }, n);
      expect(found.mean).toBeCloseTo(expected.mean, 7);
      expect(found.variance).toBeCloseTo((expected.variance * 2) / n, 7);
      expect(found.isEnumerated).toBe(n <= 16);
      expect(found.bins.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 7);
    }
  });

  test('the binomial beyond 16 continues what enumeration counts', () => {
    // 16 units by the binomial: K₁, K₂ ~ Bin(8, 0.8), z = K₁ · 3/8 − K₂ · 1.5/8
    const choose = [1, 8, 28, 56, 70, 56, 28, 8, 1];
    const chance = (kept: number) => (choose[kept] ?? 0) * 0.8 ** kept * 0.2 ** (8 - kept);
    const enumerated = manyWorlds(units, 16);
    const { low, high, bins } = enumerated;
    const expected = new Float64Array(bins.length);
    for (let i = 0; i <= 8; i++)
      for (let j = 0; j <= 8; j++) {
        const z = (i * 3) / 8 - (j * 1.5) / 8;
        const bin = Math.min(bins.length - 1, Math.floor(((z - low) / (high - low)) * bins.length));
        expected[bin] = (expected[bin] ?? 0) + chance(i) * chance(j);
      }
    bins.forEach((found, bin) => {
      expect(found).toBeCloseTo(expected[bin] ?? 0, 10);
    });
  });

  test('two of them are the four worlds', () => {
    const found = manyWorlds(units, 2);
    expect([found.mean, found.variance].map((value) => value.toFixed(10))).toEqual([mean.toFixed(10), variance.toFixed(10)]);
  });

  test.each([
    ['p = 0', { ...units, p: 0 }],
    ['no weights', { ...units, w: [0, 0] as const }],
    ['p near 1', { ...units, p: 0.95, isInverted: true }],
  ])('%s gives numbers', (_, edge) => {
    const found = manyWorlds(edge, 32);
    expect([found.mean, found.variance, found.low, found.high].every(Number.isFinite)).toBe(true);
    expect(found.high).toBeGreaterThan(found.low);
  });
});
