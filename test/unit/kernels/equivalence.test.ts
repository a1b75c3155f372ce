/**
 * Standard and inverted dropout are one network under the exact rule (semantics 2.1): weights fed by dropout V₀ = W₀ / q, their learning
 * rate η / q², biases alone. Forward and backward are the core's; the two-rate update is made here.
 */
import { describe, expect, it } from 'vitest';
import type { Network } from '../../../src/kernels/network';
import type { ActivationName } from '../../../src/kernels/networkTypes';
import { makeNetwork } from './setup';

interface Rule {
  readonly weightScale: (q: number) => number; // V₀ = W₀ · scale
  readonly rateScale: (q: number) => number; // η_V = η · scale
}
const EXACT: Rule = { weightScale: (q) => 1 / q, rateScale: (q) => 1 / (q * q) };
const NAIVE: Rule = { weightScale: () => 1, rateScale: () => 1 };
const RATE = 0.125;

/** Trains both for a while. Returns the largest relative difference of their outputs in eval, over every step. */
function difference(p: readonly number[], activation: ActivationName, rule: Rule): number {
  const sizes = [5, 8, 7, 3];
  const dropProbabilities = [...p];
  const inverted = makeNetwork({ sizes, activation, batchSize: 6 }, { mode: 'inverted', dropProbabilities }, 30);
  const standard = makeNetwork({ sizes, activation, batchSize: 6 }, { mode: 'standard', dropProbabilities }, 30);
  const keep = p.map((drop) => Math.fround(1 - drop));
  const weights = inverted.weights.map((values) => Float32Array.from(values));
  const scaled = inverted.weights.map((values, l) => values.map((w) => w * rule.weightScale(keep[l] as number)));
  const biases = [inverted.biases, inverted.biases].map((list) => list.map((values) => Float32Array.from(values)));
  let worst = 0;
  const update = (network: Network, parameters: Float32Array[], ownBiases: Float32Array[], rateOf: (l: number) => number) => {
    parameters.forEach((values, l) => {
      network.setParameters(l, values, ownBiases[l] as Float32Array);
    });
    return (step: number) => {
      network.rehearse(step);
      parameters.forEach((values, l) => {
        const [gradients, biasGradients] = [network.weightGradients(l), network.biasGradients(l)];
        values.forEach((w, i) => {
          values[i] = w - Math.fround(rateOf(l) * (gradients[i] as number));
        });
        const bias = ownBiases[l] as Float32Array;
        bias.forEach((b, i) => {
          bias[i] = b - Math.fround(RATE * (biasGradients[i] as number));
        });
        network.setParameters(l, values, bias);
      });
      return network.read(3, 'evalOut');
    };
  };
  const stepInverted = update(inverted.network, weights, biases[0] as Float32Array[], () => RATE);
  const stepStandard = update(standard.network, scaled, biases[1] as Float32Array[], (l) => RATE * rule.rateScale(keep[l] as number));
  for (let step = 0; step < 60; step++) {
    const [a, b] = [stepInverted(step), stepStandard(step)];
    const size = Math.max(...a.map(Math.abs));
    a.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(value - (b[i] as number)) / size);
    });
  }
  return worst;
}

describe('standard and inverted dropout', () => {
  it('DR7 are the same network to the bit when every keep is 1/2', () => {
    for (const activation of ['relu', 'tanh', 'sigmoid'] as const) expect(difference([0.5, 0.5, 0.5], activation, EXACT)).toBe(0);
  });

  it('DR7 are the same network to rounding for any keep', () => {
    for (const activation of ['relu', 'tanh', 'sigmoid'] as const) {
      expect(difference([0.2, 0.5, 0.4], activation, EXACT)).toBeLessThan(2e-4);
    }
  });

  it('DR7 go apart visibly under the same weights and learning rate', () => {
    for (const activation of ['relu', 'tanh'] as const) expect(difference([0.2, 0.5, 0.4], activation, NAIVE)).toBeGreaterThan(0.1);
  });
});
