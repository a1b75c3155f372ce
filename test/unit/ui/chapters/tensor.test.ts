/** The twelve cells of "One tensor": against the lab's masks (JAX's), the readable dropout of src/math, and what PyTorch prints. */
import { describe, expect, test } from 'vitest';
import { CONVENTION_NAMES } from '../../../../src/math/conventions';
import { dropUnit } from '../../../../src/math/dropout';
import { drawUnitMask, stepKey } from '../../../../src/math/masks';
import { neighbour } from '../../../../src/ui/chapters/tensor/CellGrid';
import { cellArithmetic } from '../../../../src/ui/chapters/tensor/TensorFigure';
import {
  drawCells,
  drawMask,
  multiplyCell,
  NUM_CELLS,
  printCell,
  readArgument,
  selectCell,
  survivorScale,
} from '../../../../src/ui/chapters/tensor/tensor';

const PS = [0, 0.2, 0.37, 0.5, 0.8, 1];

describe('the mask', () => {
  test.each([0, 25, 4_294_967_295])('of seed %i is that of the lab’s first step, input layer', (seed) => {
    for (const p of PS) {
      const plan = { mode: 'inverted', p, maskScope: 'example', channelSize: 1, size: 3, units: 4 } as const;
      const expected = drawUnitMask(stepKey(seed, 0), 0, plan) ?? new Uint8Array(NUM_CELLS).fill(1);
      expect(drawMask(seed, p)).toEqual([...expected]);
    }
  });

  test('is nested: a larger p only drops more', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [few, many] = [drawMask(seed, 0.2), drawMask(seed, 0.7)];
      expect(many.every((kept, index) => kept <= (few[index] ?? 0))).toBe(true);
    }
  });
});

describe('a cell', () => {
  test.each(PS)('at p = %d is what src/math makes of it, to float32', (p) => {
    for (const value of [1.37, -0.59, 0, -2.5]) {
      for (const mask of p === 0 ? ([1] as const) : p === 1 ? ([0] as const) : ([0, 1] as const)) {
        const expected = dropUnit({ mode: 'inverted', p }, value, mask);
        expect(selectCell(value, mask, p)).toBeCloseTo(expected, 6);
        expect(multiplyCell(value, mask, p)).toBeCloseTo(expected, 6);
      }
    }
  });

  test('a negative value that is dropped prints as PyTorch prints it: -0.0000; selected, it is 0.0000', () => {
    expect(printCell(multiplyCell(-1.3, 0, 0.2))).toBe('-0.0000');
    expect(printCell(multiplyCell(1.3, 0, 0.2))).toBe('0.0000');
    expect(printCell(multiplyCell(-1.3, 0, 1))).toBe('-0.0000');
    expect(printCell(selectCell(-1.3, 0, 0.2))).toBe('0.0000');
    expect(printCell(multiplyCell(-1.3, 1, 0))).toBe('-1.3000');
  });

  test('nothing is divided at p = 1', () => {
    expect(survivorScale(1)).toBe(0);
    expect(drawMask(3, 1)).toEqual(Array(NUM_CELLS).fill(0));
    expect(selectCell(5, 0, 1)).toBe(0);
  });

  test('of input and gradient come from different draws, of two decimals', () => {
    const [input, gradient] = [drawCells(25, 'input'), drawCells(25, 'gradient')];
    expect(input).not.toEqual(gradient);
    for (const value of [...input, ...gradient]) expect(Math.abs(value * 100 - Math.round(value * 100))).toBeLessThan(1e-9);
  });

  test('says its arithmetic', () => {
    expect(cellArithmetic(0.62, 1, 0.2, multiplyCell(0.62, 1, 0.2), 'multiply')).toBe('0.62 × 1 ÷ 0.80 = 0.7750');
    expect(cellArithmetic(-1.43, 0, 0.2, multiplyCell(-1.43, 0, 0.2), 'multiply')).toBe('−1.43 × 0 = -0.0000');
    expect(cellArithmetic(-1.43, 0, 0.2, selectCell(-1.43, 0, 0.2), 'select')).toBe('−1.43, dropped: 0 = 0.0000');
    expect(cellArithmetic(-1.43, 1, 0, multiplyCell(-1.43, 1, 0), 'multiply')).toBe('−1.43, untouched = -1.4300');
  });
});

describe('the wrong one', () => {
  test.each(CONVENTION_NAMES)('passed to %s turns 0.2 into 0.8, and hides at 0.5', (convention) => {
    expect(readArgument(convention, 0.2, false)).toMatchObject({ meant: 0.2, got: 0.2 });
    expect(readArgument(convention, 0.2, true)).toMatchObject({ meant: 0.2, got: 0.8 });
    expect(readArgument(convention, 0.5, true)).toMatchObject({ meant: 0.5, got: 0.5 });
  });

  test('is written as the framework has it', () => {
    expect(readArgument('keep_prob', 0.2, false).call).toBe('tf.nn.dropout(x, keep_prob=0.8)');
    expect(readArgument('keep_prob', 0.2, true).call).toBe('tf.nn.dropout(x, keep_prob=0.2)');
    expect(readArgument('level', 0.2, false).call).toBe('K.dropout(x, level=0.2)');
    expect(readArgument('rate', 0.2, true).call).toBe('tf.nn.dropout(x, rate=0.8)');
  });
});

describe('the arrow keys', () => {
  test('walk the grid and stop at its edges', () => {
    expect(neighbour(0, 'ArrowRight')).toBe(1);
    expect(neighbour(0, 'ArrowDown')).toBe(4);
    expect(neighbour(0, 'ArrowLeft')).toBe(0);
    expect(neighbour(3, 'ArrowRight')).toBe(3);
    expect(neighbour(11, 'ArrowDown')).toBe(11);
    expect(neighbour(5, 'ArrowUp')).toBe(1);
    expect(neighbour(5, 'Enter')).toBeNull();
  });
});
