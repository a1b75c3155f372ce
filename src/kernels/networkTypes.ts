/** What a network is made of and what may change while it trains, in the words of the core. Types and names only. */

export const ACTIVATION_NAMES = ['relu', 'tanh', 'sigmoid', 'selu', 'linear'] as const;
export const LOSS_NAMES = ['binary', 'softmax', 'squared'] as const;
export const OPTIMIZER_NAMES = ['sgd', 'momentum', 'adam'] as const;

export type ActivationName = (typeof ACTIVATION_NAMES)[number];
export type LossName = (typeof LOSS_NAMES)[number];
export type OptimizerName = (typeof OPTIMIZER_NAMES)[number];
export type DropMode = 'none' | 'standard' | 'inverted' | 'unscaled' | 'gaussian' | 'dropconnect' | 'alpha' | 'spatial';

/** Fixed for the life of a network. */
export interface NetworkSpec {
  readonly sizes: readonly number[]; // units of each layer, input first
  readonly activation: ActivationName; // of the hidden layers
  readonly loss: LossName;
  readonly optimizer: OptimizerName;
  readonly batchSize: number;
  readonly seed: number;
  readonly channelSize: number; // 'spatial': consecutive units that share their fate
  readonly shuffle: boolean; // a new order each epoch; else batches are consecutive examples
  readonly weightMasks: WeightMasks; // what there is room for: 'dropconnect' needs it
}

type WeightMasks = 'none' | 'batch' | 'example';

/** What may change from one step to the next. */
export interface LiveSpec {
  readonly mode: DropMode;
  readonly dropProbabilities: readonly number[]; // per layer, input first; the output has none
  readonly maskScope: 'example' | 'batch';
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly maxNorm: number;
}

/** Examples: inputs `[count, inputs]` row-major, targets `[count]`: the class (0-based) or the value. */
export interface Examples {
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

/** Which weight masks a mode needs. */
export function weightMasksOf(live: Pick<LiveSpec, 'mode' | 'maskScope'>): WeightMasks {
  return live.mode === 'dropconnect' ? live.maskScope : 'none';
}
