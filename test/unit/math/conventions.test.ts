import { describe, expect, it } from 'vitest';
import { asArgument, bothSides, CONVENTION_NAMES, fromDrop, misread, toDrop } from '../../../src/math/conventions';

describe('conventions', () => {
  it.each([
    ['drop', 0.2, 'p=0.2'],
    ['rate', 0.2, 'rate=0.2'],
    ['level', 0.2, 'level=0.2'],
    ['keep-paper', 0.8, 'p=0.8'],
    ['keep_prob', 0.8, 'keep_prob=0.8'],
  ] as const)('SC3 drop 0.2 is %s %d, in code %s', (name, value, argument) => {
    expect(fromDrop(name, 0.2)).toBe(value);
    expect(toDrop(name, value)).toBe(0.2);
    expect(asArgument(name, 0.2)).toBe(argument);
  });

  it('there and back is the same, edges included', () => {
    for (const name of CONVENTION_NAMES) for (const p of [0, 0.05, 0.1, 0.37, 0.5, 0.7, 1]) expect(toDrop(name, fromDrop(name, p))).toBe(p);
  });

  it('SC3 both sides in words', () => {
    expect([bothSides(0.2), bothSides(0), bothSides(1)]).toEqual([
      'drop 0.20 = keep 0.80',
      'drop 0.00 = keep 1.00',
      'drop 1.00 = keep 0.00',
    ]);
  });

  it('the wrong convention swaps drop and keep, and nothing shows at 0.5', () => {
    expect(misread(0.2, 'drop', 'keep_prob')).toEqual({ meant: 0.2, got: 0.8 });
    expect(misread(0.5, 'drop', 'keep_prob')).toEqual({ meant: 0.5, got: 0.5 });
    expect(misread(0.2, 'rate', 'level')).toEqual({ meant: 0.2, got: 0.2 });
  });
});
