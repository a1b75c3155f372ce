/** Gradients against the loss itself: central differences along random directions, masks held still, activations without a corner. */
import { describe, expect, it } from 'vitest';
import type { DropMode } from '../../../src/kernels/networkTypes';
import { makeNetwork, plainRandom } from './setup';

const MODES: DropMode[] = ['none', 'standard', 'inverted', 'unscaled', 'gaussian', 'dropconnect', 'alpha', 'spatial'];
const EPSILON = 4e-3;

describe('gradients are slopes of the loss', () => {
  for (const mode of MODES) {
    it(`NT2 in mode ${mode}`, () => {
      const random = plainRandom(9);
      for (const activation of ['tanh', 'sigmoid', 'linear'] as const) {
        for (const loss of ['binary', 'softmax', 'squared'] as const) {
          const sizes = [3, 6, 5, loss === 'softmax' ? 4 : 1];
          const live = { mode, dropProbabilities: [0.1, 0.37, 0.2], maskScope: loss === 'binary' ? 'batch' : 'example' } as const;
          const { network, weights, biases } = makeNetwork({ sizes, activation, loss, batchSize: 8 }, live, 8, 5);
          network.rehearse(2);
          let slope = 0;
          const directions = weights.map((values, l) => {
            const gradients = network.weightGradients(l);
            return values.map((_, i) => {
              const step = random() * 2 - 1;
              slope += step * (gradients[i] as number);
              return step;
            });
          });
          const lossAt = (distance: number): number => {
            weights.forEach((values, l) => {
              const direction = directions[l] as Float32Array;
              const moved = values.map((weight, i) => weight + distance * (direction[i] as number));
              network.setParameters(l, moved, biases[l] as Float32Array);
            });
            network.rehearse(2);
            return network.batchLoss;
          };
          const measured = (lossAt(EPSILON) - lossAt(-EPSILON)) / (2 * EPSILON);
          expect(Math.abs(measured - slope), `${activation} ${loss}`).toBeLessThan(2e-3 * (1 + Math.abs(slope)));
        }
      }
    });
  }
});
