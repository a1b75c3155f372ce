/**
 * The runs that the exports are held to: every mode, activation, optimiser, loss and data set shape at least once, p away from 0.5, live changes,
 * partial batches.
 */
import { DEFAULT_SETTINGS, type Settings } from '../../src/protocol/settings';
import type { Change } from '../../src/protocol/snapshot';

export interface Experiment {
  readonly name: string;
  readonly settings: Settings;
  readonly changes: readonly Change[];
}

function experiment(name: string, patch: Partial<Settings>, changes: readonly Change[] = []): Experiment {
  return { name, settings: { ...DEFAULT_SETTINGS, p: 0.3, ...patch }, changes };
}

/** Changed while it runs: p to 0 and 1 and back with one mask for the batch, and Adam's own settings. */
const ADAM_CHANGES: readonly Change[] = [
  { step: 3, patch: { momentum: 0.6 } },
  { step: 10, patch: { p: 0 } },
  { step: 25, patch: { p: 1 } },
  { step: 28, patch: { p: 0.7, learningRate: 0.005 } },
  { step: 60, patch: { momentum: 0.95, weightDecay: 0.02 } },
  { step: 80, patch: { momentum: 0 } },
];

export const EXPERIMENTS: readonly Experiment[] = [
  experiment('inverted-relu-momentum-moons', { p: 0.2, inputP: 0.1, layerP: [null, 0.4] }),
  experiment('standard-tanh-sgd-spiral', {
    dataset: 'spiral',
    mode: 'standard',
    activation: 'tanh',
    optimizer: 'sgd',
    learningRate: 0.2,
    seed: 0,
  }),
  experiment('gaussian-relu-adam-wave', {
    dataset: 'wave',
    mode: 'gaussian',
    activation: 'tanh',
    optimizer: 'adam',
    learningRate: 0.01,
    batchSize: 16,
    hidden: [16],
  }),
  experiment('inverted-relu-adam-digits', {
    dataset: 'digits',
    optimizer: 'adam',
    learningRate: 0.005,
    hidden: [24],
    trainSize: 100,
    p: 0.25,
    inputP: 0.1,
    maxNorm: 2,
    weightDecay: 0.001,
  }),
  experiment(
    'dropconnect-sigmoid-momentum-circles',
    {
      dataset: 'circles',
      mode: 'dropconnect',
      activation: 'sigmoid',
      p: 0.4,
      inputP: 0.2,
      weightDecay: 0.01,
      momentum: 0,
      seed: 4294967295,
    },
    [{ step: 12, patch: { momentum: 0.9 } }],
  ),
  experiment('alpha-selu-momentum-gaussians', {
    dataset: 'gaussians',
    mode: 'alpha',
    activation: 'selu',
    p: 0.15,
    learningRate: 0.02,
    hidden: [10, 10, 6],
  }),
  experiment('spatial-linear-sgd-xor', {
    dataset: 'xor',
    mode: 'spatial',
    activation: 'linear',
    optimizer: 'sgd',
    channelSize: 3,
    hidden: [10, 7],
    maskScope: 'batch',
  }),
  experiment('live-adam-batch-moons', { optimizer: 'adam', learningRate: 0.02, maskScope: 'batch' }, ADAM_CHANGES),
  experiment('unscaled-relu-no-hidden-moons', { mode: 'unscaled', hidden: [], inputP: 0.35 }),
  experiment('none-selu-adam-wave', {
    dataset: 'wave',
    mode: 'none',
    activation: 'selu',
    optimizer: 'adam',
    learningRate: 0.01,
    maxNorm: 1.5,
  }),
  experiment('live-changes-relu-momentum-moons', { maxNorm: 3 }, [
    { step: 7, patch: { p: 0.6 } },
    { step: 20, patch: { mode: 'gaussian', inputP: 0.05 } },
    { step: 31, patch: { mode: 'dropconnect', maskScope: 'batch', learningRate: 0.05 } },
    { step: 45, patch: { mode: 'alpha', momentum: 0.5, p: 0.2 } },
    { step: 60, patch: { mode: 'standard', layerP: [0.4], weightDecay: 0.01 } },
    { step: 75, patch: { mode: 'inverted', maxNorm: 0, p: 1, maskScope: 'example' } },
    { step: 80, patch: { mode: 'none', p: 0.3 } },
    { step: 90, patch: { mode: 'spatial' } },
  ]),
];
