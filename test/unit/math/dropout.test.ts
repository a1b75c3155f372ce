import { describe, expect, it } from 'vitest';
import {
  ALPHA_DROPPED,
  checkDropProbability,
  type Dropout,
  dropoutBackward,
  dropoutForward,
  dropUnit,
  dropUnitBackward,
  dropWeight,
  evalScale,
  evalUnit,
  MODES,
  type Mode,
  PHASES,
  trainScale,
} from '../../../src/math/dropout';
import { MODES as CONTRACT_MODES, PHASES as CONTRACT_PHASES, OPEN_MODES } from '../../../src/protocol/settings';

const VALUES = [0.7, -1.25, 0, -0, 3];
const train = (mode: Mode, p: number, a: number, draw: number) => dropUnit({ mode, p }, a, draw);

describe('the modes', () => {
  it('are those of the settings', () => {
    expect(MODES).toEqual(CONTRACT_MODES);
    expect(PHASES).toEqual(CONTRACT_PHASES);
  });

  // Table 1.0 at p = 0.2, a = 2: kept, dropped, eval.
  it.each([
    ['none', 2, 2, 2],
    ['standard', 2, 0, 1.6],
    ['unscaled', 2, 0, 2],
    ['inverted', 2.5, 0, 2],
    ['spatial', 2.5, 0, 2],
    ['dropconnect', 2, 2, 2],
  ] as const)('DR1 %s: kept %d, dropped %d, eval %d', (mode, kept, dropped, evaluated) => {
    expect(train(mode, 0.2, 2, 1)).toBe(kept);
    expect(train(mode, 0.2, 2, 0)).toBe(dropped);
    expect(evalUnit({ mode, p: 0.2 }, 2)).toBe(evaluated);
  });

  it('DR1 gaussian multiplies by the noise drawn, and leaves eval alone', () => {
    expect(train('gaussian', 0.2, 2, -0.75)).toBe(-1.5);
    expect(dropUnitBackward({ mode: 'gaussian', p: 0.2 }, 4, -0.75)).toBe(-3);
    expect(evalUnit({ mode: 'gaussian', p: 0.2 }, 2)).toBe(2);
  });

  it('DR1 alpha sends a dropped unit to scale · α′ + shift, whatever it was', () => {
    expect(train('alpha', 0.2, 5, 0)).toBeCloseTo(-1.2361598485763778, 14);
    expect(train('alpha', 0.5, -3, 0)).toBeCloseTo(-0.7791939305180317, 14);
    expect(train('alpha', 0.2, 1.5, 1)).toBeCloseTo(0.8789035834435328 * 1.5 + 0.30903996214409446, 14);
    expect(ALPHA_DROPPED).toBeCloseTo(-1.7580993408473766, 15);
  });

  it('DR1 dropconnect masks weights and scales what is kept', () => {
    expect(dropWeight(0.2, -3, 1)).toBe(-3.75);
    expect(dropWeight(0.2, -3, 0)).toBe(0);
    expect(dropWeight(1, -3, 0)).toBe(0);
  });

  it('DR2 backward is the derivative of forward under the same draw', () => {
    for (const mode of MODES) {
      for (const p of [0, 0.1, 0.37, 0.8]) {
        for (const draw of mode === 'gaussian' ? [-0.4, 0, 1.7] : [0, 1]) {
          const slope = (train(mode, p, 0.6 + 0.5, draw) - train(mode, p, 0.6 - 0.5, draw)) / 1;
          expect(dropUnitBackward({ mode, p }, 1, draw)).toBeCloseTo(slope, 12);
          expect(dropUnitBackward({ mode, p }, -2.5, draw)).toBeCloseTo(-2.5 * slope, 12);
        }
      }
    }
  });
});

describe('edges', () => {
  it('DR3 p = 0 is the identity, bit for bit, in every mode, phase and direction', () => {
    for (const mode of MODES) {
      for (const value of [...VALUES, NaN, Infinity]) {
        const dropout: Dropout = { mode, p: 0 };
        expect(dropUnit(dropout, value, 1)).toBe(value);
        expect(dropUnitBackward(dropout, value, 1)).toBe(value);
        expect(evalUnit(dropout, value)).toBe(value);
      }
    }
  });

  it('DR3 p = 1 gives +0 and no gradient, never NaN', () => {
    for (const mode of ['standard', 'inverted', 'unscaled', 'spatial'] as const) {
      expect([...dropoutForward({ mode, p: 1 }, 'train', VALUES, new Uint8Array(5))]).toEqual([0, 0, 0, 0, 0]);
      expect([...dropoutBackward({ mode, p: 1 }, 'train', VALUES, new Uint8Array(5))]).toEqual([0, 0, 0, 0, 0]);
      expect(Number.isFinite(trainScale({ mode, p: 1 }))).toBe(true);
    }
    expect([...dropoutForward({ mode: 'standard', p: 1 }, 'eval', VALUES, null)]).toEqual([0, 0, 0, 0, 0]);
    expect(evalScale({ mode: 'inverted', p: 1 })).toBe(1);
  });

  it('a dropped value is +0 and takes infinities and NaN with it; a kept −0 stays −0', () => {
    for (const mode of ['standard', 'inverted', 'unscaled', 'spatial'] as const) {
      for (const value of [-2, -0, NaN, Infinity, -Infinity]) expect(train(mode, 0.5, value, 0)).toBe(0);
      expect(dropUnitBackward({ mode, p: 0.5 }, -2, 0)).toBe(0);
      expect(train(mode, 0.5, -0, 1)).toBe(-0);
    }
  });

  it.each([1.5, -0.1, NaN, Infinity])('DR4 p = %s is refused in every mode, with value and range', (p) => {
    for (const mode of MODES) {
      expect(() => dropoutForward({ mode, p }, 'train', [1], [1])).toThrow(new RangeError(`p must be in [0, 1], got ${p}`));
    }
  });

  it('DR4 p = 1 is refused where it has no meaning, and only there', () => {
    for (const mode of MODES) {
      const check = () => checkDropProbability({ mode, p: 1 }, 'inputP');
      if (OPEN_MODES.includes(mode)) expect(check).toThrow(new RangeError(`inputP must be in [0, 1) with mode ${mode}, got 1`));
      else expect(check).not.toThrow();
    }
  });
});

describe('arrays', () => {
  it('go entry by entry', () => {
    const mask = Uint8Array.of(1, 0, 1, 1, 0);
    expect([...dropoutForward({ mode: 'inverted', p: 0.2 }, 'train', VALUES, mask)]).toEqual([0.875, 0, 0, -0, 0]);
    expect([...dropoutForward({ mode: 'inverted', p: 0.2 }, 'mc', VALUES, mask)]).toEqual([0.875, 0, 0, -0, 0]);
    expect([...dropoutForward({ mode: 'inverted', p: 0.2 }, 'eval', VALUES, null)]).toEqual(VALUES);
    expect([...dropoutForward({ mode: 'standard', p: 0.75 }, 'eval', [4, -8], null)]).toEqual([1, -2]);
    expect([...dropoutBackward({ mode: 'standard', p: 0.75 }, 'eval', [4, -8], null)]).toEqual([1, -2]);
    expect([...dropoutBackward({ mode: 'inverted', p: 0.2 }, 'train', VALUES, mask)]).toEqual([0.875, 0, 0, -0, 0]);
  });

  it('need their draw in train, and only where something is drawn', () => {
    const forward = (mode: Mode, p: number, draw: number[] | null) => () => dropoutForward({ mode, p }, 'train', VALUES, draw);
    expect(forward('inverted', 0.3, null)).toThrow(new RangeError('draw must have 5 entries, got none'));
    expect(forward('gaussian', 0.3, [1, 1])).toThrow(new RangeError('draw must have 5 entries, got 2'));
    for (const mode of ['none', 'dropconnect'] as const) expect([...forward(mode, 0.3, null)()]).toEqual(VALUES);
    expect([...forward('inverted', 0, null)()]).toEqual(VALUES);
  });
});
