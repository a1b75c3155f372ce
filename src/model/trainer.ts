/**
 * A network that trains on given arrays, without settings, curves or checkpoints: what a study, a benchmark or a test needs.
 *
 * A run (run.ts) is this and a timeline around it.
 */
import type { Core } from '../kernels/core';
import { Network } from '../kernels/network';
import type { ActivationName, DropMode, Examples, LossName, OptimizerName } from '../kernels/networkTypes';
import { weightMasksOf } from '../kernels/networkTypes';
import { createRandom } from '../kernels/random';
import { drawInitialWeights } from './initialWeights';

interface TrainerOptions {
  readonly sizes: readonly number[]; // units of each layer, input first, output last
  readonly activation: ActivationName; // of the hidden layers
  readonly loss: LossName;
  readonly train: Examples; // inputs [examples, sizes[0]], targets [examples]
  readonly batchSize: number;
  readonly test?: Examples;
  readonly mode?: DropMode; // 'inverted'
  readonly p?: number; // of the hidden layers: 0.5
  readonly inputP?: number; // 0
  readonly maskScope?: 'example' | 'batch'; // 'example'
  readonly channelSize?: number; // 2
  readonly optimizer?: OptimizerName; // 'sgd'
  readonly learningRate?: number; // 0.1
  readonly momentum?: number; // 0.9
  readonly weightDecay?: number; // 0
  readonly maxNorm?: number; // 0 = off
  readonly seed?: number; // 0
  readonly shuffle?: boolean; // true: a new order each epoch; false: batches are consecutive examples, over and over
}

/**
 * Makes a network with initial weights drawn from `seed`, ready to train: `trainer.train(1000, false)` makes 1000 steps,
 * `trainer.batchLoss` is the loss of the last, `trainer.evaluate('train')` that of the whole set.
 *
 * Example: `createTrainer(await compileCore(), { sizes: [784, 512, 512, 10], activation: 'relu', loss: 'softmax', train: { inputs,
 * targets }, batchSize: 64, shuffle: false })` steps through `inputs` 64 rows at a time.
 * Errors: RangeError naming field, value and range.
 * Determinism: weights are a function of options and step.
 */
export function createTrainer(core: Core, options: TrainerOptions): Network {
  const { sizes, activation, loss, batchSize, mode = 'inverted', maskScope = 'example', seed = 0, p = 0.5 } = options;
  const spec = {
    sizes,
    activation,
    loss,
    batchSize,
    seed,
    optimizer: options.optimizer ?? 'sgd',
    channelSize: options.channelSize ?? 2,
    shuffle: options.shuffle ?? true,
    weightMasks: weightMasksOf({ mode, maskScope }),
  };
  const network = new Network(core, spec, options.train, options.test ?? null);
  network.configure({
    mode,
    maskScope,
    dropProbabilities: sizes.slice(0, -1).map((_, layerIndex) => (layerIndex === 0 ? (options.inputP ?? 0) : p)),
    learningRate: options.learningRate ?? 0.1,
    momentum: options.momentum ?? 0.9,
    weightDecay: options.weightDecay ?? 0,
    maxNorm: options.maxNorm ?? 0,
  });
  initialize(core, network);
  return network;
}

/** Puts a network at step 0: initial weights from its seed, biases and moments zero. */
export function initialize(core: Core, network: Network): void {
  const { sizes, activation, seed } = network.spec;
  network.clear();
  drawInitialWeights(createRandom(core), sizes, activation, seed).forEach((weights, layerIndex) => {
    network.setParameters(layerIndex, weights, new Float32Array(sizes[layerIndex + 1] as number));
  });
  network.lossSum = { sum: 0, count: 0 };
  network.step = 0;
}
