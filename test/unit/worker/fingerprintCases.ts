/** Experiments whose fingerprints are on record: between them every mode, data set, activation and optimiser, never p = 0.5 alone. */
import { MAX_SEED, type Settings } from '../../../src/protocol/settings';

export const FINGERPRINT_STEPS = 120;

export const FINGERPRINT_CASES: Readonly<Record<string, Partial<Settings>>> = {
  defaults: {},
  'none, xor, tanh, sgd': { mode: 'none', dataset: 'xor', activation: 'tanh', optimizer: 'sgd', seed: 0 },
  'standard, circles, sigmoid': { mode: 'standard', dataset: 'circles', activation: 'sigmoid', p: 0.2, learningRate: 0.4, seed: 1 },
  'inverted, spiral, adam': {
    mode: 'inverted',
    dataset: 'spiral',
    optimizer: 'adam',
    learningRate: 0.01,
    p: 0.37,
    inputP: 0.1,
    hidden: [33, 17, 9],
  },
  'unscaled, gaussians, batch mask': { mode: 'unscaled', dataset: 'gaussians', maskScope: 'batch', p: 0.8, learningRate: 0.02 },
  'gaussian, wave': { mode: 'gaussian', dataset: 'wave', p: 0.25, learningRate: 0.02, trainSize: 61, batchSize: 7 },
  'dropconnect, moons': { mode: 'dropconnect', p: 0.3, hidden: [10, 6], weightDecay: 0.001 },
  'dropconnect, batch mask, max-norm': { mode: 'dropconnect', maskScope: 'batch', p: 0.6, maxNorm: 2 },
  'alpha, selu': { mode: 'alpha', activation: 'selu', p: 0.1, learningRate: 0.02, hidden: [16, 16, 16, 16] },
  'spatial, the last channel smaller': { mode: 'spatial', channelSize: 3, p: 0.4, layerP: [null, 0.15], hidden: [11, 8] },
  'digits, softmax, one hidden layer': { dataset: 'digits', hidden: [40], p: 0.35, batchSize: 32, trainSize: 200, learningRate: 0.05 },
  'no hidden layer, input dropout, the last seed': { hidden: [], inputP: 0.45, seed: MAX_SEED, activation: 'linear' },
  'p = 1': { p: 1, seed: 7 },
  'own points, label noise, another draw': {
    dataSeed: 0,
    labelNoise: 0.25,
    noise: 0.4,
    points: [
      [0.5, -0.25, 1],
      [-1, 1, 0],
    ],
    p: 0.7,
  },
};
