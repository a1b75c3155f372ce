import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, activate, activationSlope, sigmoid } from '../../../src/math/activations';
import { exampleLoss, lossGradient, predict, softmax } from '../../../src/math/losses';

describe('activations', () => {
  it.each([
    ['relu', [-2, 0, 1.5], [0, 0, 1.5]],
    ['tanh', [-20, 0, 0.5], [-1, 0, 0.46211715726]],
    ['sigmoid', [-800, 0, 2], [0, 0.5, 0.8807970779778823]],
    ['selu', [-1, 0, 2], [-1.1113307378125625, 0, 2.101401974710961]],
    ['linear', [-2, 0, 1.5], [-2, 0, 1.5]],
  ] as const)('%s of %j is %j', (activation, z, expected) => {
    z.forEach((value, i) => {
      expect(activate(activation, value)).toBeCloseTo(expected[i] as number, 12);
    });
  });

  it('slopes are those of finite differences, away from the corners', () => {
    for (const activation of ACTIVATIONS) {
      for (const z of [-3, -0.4, 0.2, 2.5]) {
        const slope = (activate(activation, z + 1e-6) - activate(activation, z - 1e-6)) / 2e-6;
        expect(activationSlope(activation, z)).toBeCloseTo(slope, 8);
      }
    }
    expect(activationSlope('relu', 0)).toBe(0);
  });

  it('NaN stays NaN', () => {
    for (const activation of ACTIVATIONS) expect(activate(activation, NaN)).toBeNaN();
  });
});

describe('losses', () => {
  it('binary is −log of the probability of the class', () => {
    expect(exampleLoss('binary', [0.7], 1)).toBeCloseTo(-Math.log(sigmoid(0.7)), 14);
    expect(exampleLoss('binary', [0.7], 0)).toBeCloseTo(-Math.log(1 - sigmoid(0.7)), 14);
    expect(lossGradient('binary', [0.7], 1)[0]).toBeCloseTo(sigmoid(0.7) - 1, 14);
    expect(predict('binary', [0])).toEqual([0.5]);
  });

  it('softmax is −log of the probability of the class, and its gradient sums to 0', () => {
    const z = [0.3, -1.2, 2];
    expect(exampleLoss('softmax', z, 1)).toBeCloseTo(-Math.log(softmax(z)[1] as number), 14);
    expect(softmax(z).reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 14);
    expect(lossGradient('softmax', z, 1).reduce((sum, g) => sum + g, 0)).toBeCloseTo(0, 14);
  });

  it('squared is (z − t)², with gradient 2 (z − t)', () => {
    expect(exampleLoss('squared', [3], 1)).toBe(4);
    expect(lossGradient('squared', [3], 1)).toEqual([4]);
    expect(predict('squared', [3])).toEqual([3]);
  });

  it('sure predictions overflow nowhere: the loss is then the distance in logits', () => {
    expect(exampleLoss('binary', [-1000], 1)).toBe(1000);
    expect(exampleLoss('binary', [1000], 1)).toBe(0);
    expect(exampleLoss('softmax', [1000, 0], 1)).toBe(1000);
    expect(softmax([1000, -1000])).toEqual([1, 0]);
  });
});
