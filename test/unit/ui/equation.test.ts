/** The equation line: in every mode and phase it writes the arithmetic that the numbers obey. */
import { describe, expect, test } from 'vitest';
import { MODES } from '../../../src/protocol/settings';
import { equation } from '../../../src/ui/words/equation';
import type { Reading } from '../../../src/ui/words/reading';

function reading(patch: Partial<Reading> = {}): Reading {
  return {
    layerIndex: 1,
    unitIndex: 2,
    rowIndex: 4,
    numLayers: 4,
    mode: 'inverted',
    activation: 'relu',
    phase: 'train',
    loss: 'binary',
    p: 0.2,
    keepProb: 0.8,
    scale: 1.25,
    isMasked: true,
    kept: true,
    noise: 1,
    preActivation: 0.44,
    activationValue: 0.44,
    output: 0.55,
    evalPreActivation: 0.44,
    evalOutput: 0.44,
    prediction: Number.NaN,
    evalPrediction: Number.NaN,
    bias: 0.1,
    linksKept: 5,
    linksDrawn: 12,
    linkScale: 1.25,
    gradient: 0,
    example: 17,
    channelSize: 2,
    ...patch,
  };
}
const formula = (patch: Partial<Reading>) => equation('drop', reading(patch)).formula;

describe('train', () => {
  test.each([
    ['none', { mode: 'none', isMasked: false, output: 0.44 }, 'a = relu(0.44) = 0.44'],
    ['standard', { mode: 'standard', scale: 1, output: 0.44 }, 'a = 1 × relu(0.44) = 0.44'],
    ['standard, dropped', { mode: 'standard', scale: 1, kept: false, output: 0 }, 'a = 0 × relu(0.44) = 0.00'],
    ['inverted', {}, 'a = 1.25 × 1 × relu(0.44) = 0.55'],
    ['inverted, dropped', { kept: false, output: 0 }, 'a = 1.25 × 0 × relu(0.44) = 0.00'],
    ['inverted, p = 1', { p: 1, scale: 0, kept: false, output: 0 }, 'a = 0 × relu(0.44) = 0.00'],
    ['inverted, p = 0', { p: 0, isMasked: false, output: 0.44 }, 'a = relu(0.44) = 0.44'],
    ['unscaled', { mode: 'unscaled', scale: 1, output: 0.44 }, 'a = 1 × relu(0.44) = 0.44'],
    ['gaussian', { mode: 'gaussian', noise: 1.5, output: 0.66 }, 'a = 1.50 × relu(0.44) = 0.66'],
    ['spatial', { mode: 'spatial' }, 'a = 1.25 × 1 × relu(0.44) = 0.55'],
    ['dropconnect', { mode: 'dropconnect', output: 0.44 }, 'a = relu(1.25 × ∑(5 of 12 w·x) + 0.10) = relu(0.44) = 0.44'],
    ['linear', { activation: 'linear' }, 'a = 1.25 × 1 × 0.44 = 0.55'],
  ] as const)('%s', (_, patch, expected) => {
    expect(formula(patch)).toBe(expected);
  });
  test('alpha: kept and dropped go through the same affine step', () => {
    // A = 0.879…, B = 0.309… at p = 0.2: a kept 0.44 gives 0.696, a dropped one SELU's floor, −1.236.
    const alpha = { mode: 'alpha', activation: 'selu', scale: 0.8792, activationValue: 0.44 } as const;
    expect(formula({ ...alpha, output: 0.8792 * 0.44 + 0.3091 })).toBe('a = 0.88 × selu(0.44) + 0.31 = 0.70');
    expect(formula({ ...alpha, kept: false, output: 0.8792 * -1.7580993 + 0.3091 })).toBe('a = 0.88 × (−1.76) + 0.31 = −1.24');
  });
  test('the input has no nonlinearity', () => {
    expect(formula({ layerIndex: 0, preActivation: 0.4, output: 0.5 })).toBe('a = 1.25 × 1 × 0.40 = 0.50');
  });
});

describe('eval', () => {
  test.each(MODES)('%s', (mode) => {
    const evalOutput = mode === 'standard' ? 0.352 : 0.44;
    const expected = mode === 'standard' ? 'a = 0.80 × relu(0.44) = 0.35' : 'a = relu(0.44) = 0.44';
    expect(formula({ mode, phase: 'eval', evalOutput, isMasked: mode !== 'none' && mode !== 'dropconnect' })).toBe(expected);
  });
  test('a sum that the frame does not carry stays z', () => {
    expect(formula({ phase: 'eval', evalPreActivation: null })).toBe('a = relu(z) = 0.44');
  });
});

describe('the output', () => {
  const output = { layerIndex: 3, prediction: 0.61, evalPrediction: 0.58 };
  test('probability, value or class', () => {
    expect(formula(output)).toBe('P(green) = sigmoid(0.44) = 0.61');
    expect(formula({ ...output, phase: 'eval' })).toBe('P(green) = sigmoid(0.44) = 0.58');
    expect(formula({ ...output, loss: 'squared', prediction: 0.44 })).toBe('output = z = 0.44');
    expect(formula({ ...output, loss: 'softmax', unitIndex: 7 })).toContain('P(7) = softmax(0.44');
  });
});

describe('notes', () => {
  const note = (patch: Partial<Reading>, convention: Parameters<typeof equation>[0] = 'drop') => equation(convention, reading(patch)).note;
  test('dropped and silent are two things', () => {
    expect(note({ kept: false })).toBe('dropped by the mask');
    expect(note({ activationValue: 0 })).toBe('kept, but silent: relu gives 0');
  });
  test('the factor is written in the convention', () => {
    expect(note({})).toBe('kept; 1.25 = 1 ÷ (1 − p)');
    expect(note({}, 'keep_prob')).toBe('kept; 1.25 = 1 ÷ keep_prob');
  });
  test('a Monte-Carlo pass says that it is one of many', () => {
    expect(note({ phase: 'mc' })).toMatch(/^one of the masked passes/);
  });
  test('NaN is said, not hidden', () => {
    expect(formula({ preActivation: Number.NaN, output: Number.NaN })).toBe('a = 1.25 × 1 × relu(not a number) = not a number');
  });
});
