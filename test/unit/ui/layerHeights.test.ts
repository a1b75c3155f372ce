/** The pictures of the layers share a window's height: they never overlap its fold, grow with it, and keep a size that can be read. */
import { describe, expect, test } from 'vitest';
import { fittedHeights } from '../../../src/ui/lab/layerHeights';

const CASES = [1, 2, 3, 4].flatMap((numHidden) => [false, true].map((hasGradients) => ({ numHidden, hasGradients })));
const total = (windowHeight: number, shown: (typeof CASES)[number]) => {
  const { network, cell, histogram } = fittedHeights(windowHeight, shown);
  return network + cell * 24 * (shown.hasGradients ? 2 : 1) + histogram;
};

describe('heights of the pictures', () => {
  test.each(CASES)('leave room for the words at 900 px: %o', (shown) => {
    expect(total(900, shown)).toBeLessThanOrEqual(900 - 366);
    expect(total(900, shown)).toBeGreaterThan(420);
  });
  test('of two compared labs are lower, and no lower than can be read', () => {
    const shown = { numHidden: 2, hasGradients: false };
    const [alone, compared] = [fittedHeights(900, shown), fittedHeights(900, { ...shown, isCompared: true })];
    expect(compared.network).toBeLessThan(alone.network);
    expect(compared.network).toBeGreaterThanOrEqual(110);
    expect(compared.cell).toBeGreaterThanOrEqual(3);
  });
  test.each(CASES)('grow with the window, up to a limit, and never below what can be read: %o', (shown) => {
    expect(total(1080, shown)).toBeGreaterThan(total(900, shown));
    expect(fittedHeights(5000, shown)).toEqual(fittedHeights(4000, shown));
    expect(fittedHeights(300, shown)).toEqual(fittedHeights(200, shown));
    expect(fittedHeights(0, shown).cell).toBeGreaterThanOrEqual(3);
    expect(fittedHeights(0, shown).network).toBeGreaterThanOrEqual(140);
  });
});
