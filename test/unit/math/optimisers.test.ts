import { describe, expect, it } from 'vitest';
import { createMemory, limitNorms, OPTIMIZERS, type UpdateRule, updateParameters } from '../../../src/math/optimisers';
import * as contract from '../../../src/protocol/settings';

const rule = (change: Partial<UpdateRule>): UpdateRule => ({
  optimizer: 'sgd',
  learningRate: 0.1,
  momentum: 0.9,
  weightDecay: 0,
  maxNorm: 0,
  ...change,
});

/** Applies gradients one after another to a single parameter and returns its path. */
function path(change: Partial<UpdateRule>, start: number, gradients: number[]): number[] {
  const parameters = Float64Array.of(start);
  const memory = createMemory(1);
  return gradients.map((g, i) => {
    updateParameters(rule(change), i + 1, parameters, [g], memory);
    return parameters[0] as number;
  });
}
const expectPath = (actual: number[], expected: number[]) =>
  actual.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] as number, 12);
  });

describe('updates', () => {
  it('are those of the settings', () => {
    expect(OPTIMIZERS).toEqual(contract.OPTIMIZERS);
  });

  it('NT3 sgd: w − ηg', () => {
    expectPath(path({}, 1, [2, -4]), [0.8, 1.2]);
  });

  it('NT3 momentum: v = μv + g', () => {
    expectPath(path({ optimizer: 'momentum' }, 1, [2, -4, 0]), [0.8, 1.02, 1.218]);
  });

  it('NT3 momentum 0 is sgd', () => {
    expect(path({ optimizer: 'momentum', momentum: 0 }, 1, [2, -4])).toEqual(path({}, 1, [2, -4]));
  });

  it('NT3 adam: the first step has length η, whatever the gradient; the second follows the corrected means', () => {
    const [first, second] = path({ optimizer: 'adam' }, 1, [1e-3, -2e-3]);
    expect(first).toBeCloseTo(0.9, 5);
    const mean = (0.9 * 0.1 * 1e-3 + 0.1 * -2e-3) / (1 - 0.81);
    const square = (0.999 * 0.001 * 1e-6 + 0.001 * 4e-6) / (1 - 0.999 ** 2);
    expect(second).toBeCloseTo((first ?? NaN) - (0.1 * mean) / (Math.sqrt(square) + 1e-8), 12);
  });

  it('NT3 adam with a gradient of 0 stays where it is', () => {
    expect(path({ optimizer: 'adam' }, 1, [0, 0])).toEqual([1, 1]);
  });

  it('NT3 weight decay is coupled: λw is part of the gradient, so momentum carries it', () => {
    expectPath(path({ weightDecay: 0.5 }, 1, [0, 0]), [0.95, 0.9025]);
    expectPath(path({ optimizer: 'momentum', weightDecay: 0.5 }, 1, [0, 0]), [0.95, 0.95 - 0.1 * (0.45 + 0.475)]);
  });
});

describe('max-norm', () => {
  it('NT3 shortens the incoming vectors that are too long, and no others', () => {
    const weights = Float64Array.of(3, 4, 0.3, 0.4, 0, 0);
    limitNorms(weights, 2, 1);
    expectPath([...weights], [0.6, 0.8, 0.3, 0.4, 0, 0]);
  });

  it('NT3 is off at 0', () => {
    const weights = Float64Array.of(3, 4);
    limitNorms(weights, 2, 0);
    expect([...weights]).toEqual([3, 4]);
  });
});
