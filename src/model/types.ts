/**
 * What a run is to the rest of the worker: the network, its data and its training, one step at a time.
 *
 * `createRun` (run.ts) makes one. A run knows nothing of time slices, messages or pixels; everything it does is a function of
 * (settings, data, step), so that the same calls in any grouping leave the same bits.
 */
import type { Dataset } from '../data/dataset';
import type { Settings } from '../protocol/settings';
import type { Change, CurvePoint, Prediction, PredictOptions, Snapshot, StepSnapshot } from '../protocol/snapshot';

export type { Dataset };

/** One whole pass of a batch, copied out of the core: masks on, its backward pass, and the same batch with masks off under the same weights. */
export interface Pass {
  readonly stepIndex: number; // 0-based number of the training step whose batch and masks these are
  readonly rehearsal: boolean; // true: nothing was trained by it
  readonly examples: Uint32Array; // indices into the training set
  readonly step: StepSnapshot; // masks on
  readonly outputs: Float32Array; // predictions (probabilities or values), masks on [size, numOutputs]
  readonly evalLayers: readonly Float32Array[]; // output of each layer in eval [size, units]; for the output layer the pre-activation
  readonly evalOutputs: Float32Array; // predictions in eval [size, numOutputs]
  readonly evalLoss: number;
}

export interface Evaluation {
  readonly loss: number; // mean, in eval
  readonly accuracy: number; // share right; NaN for regression
  readonly predictions: Float32Array; // class read, or value [size]
}

export interface Run {
  readonly settings: Settings; // in force for the next step
  readonly dataset: Dataset;
  readonly sizes: readonly number[];
  readonly step: number; // training steps done
  readonly lastStep: number; // furthest step reached since reset, or since a live change that forgot what lay ahead
  readonly epoch: number; // floor(step / stepsPerEpoch)
  readonly changes: readonly Change[];
  readonly curves: readonly CurvePoint[]; // up to `step`
  /** Trains `count` steps. The last one's pass is kept for `lastPass` when `capture` is set. Stops early, and returns false, when the loss is not finite. */
  train(count: number, capture: boolean): boolean;
  /** The pass of the newest training step; recomputed exactly (from a checkpoint) if it was not captured; null at step 0. */
  lastPass(): Pass | null;
  /** Runs the pass of training step `stepIndex` under the present weights and settings, without training. */
  rehearse(stepIndex: number): Pass;
  /** Puts live settings in force from the present step on; forgets changes that lay ahead. The caller has validated `settings`. */
  applyLive(settings: Settings): void;
  /** Goes to any step, back or forward; replays the list of changes. Large distances may be split: call until it returns true. */
  seek(step: number, budgetMs: number, now: () => number): boolean;
  reset(): void;
  /** Resets to these live settings, and takes over a list of changes, in order of steps, for `train` and `seek` to meet. The caller has validated both. */
  replay(start: Settings, changes: readonly Change[]): void;
  /** Mean loss, accuracy and predictions in eval. */
  evaluate(set: 'train' | 'test'): Evaluation;
  /** Predicts `[size, numInputs]` inputs; in 'train' by one sub-network, pass 0. In 'mc', pass t draws from fold_in(fold_in(fold_in(key(seed), TAG_MC), t), layer). */
  predict(inputs: Float32Array, options: Required<PredictOptions>): Prediction;
  /**
   * Adds MC passes `from … from + count − 1` over `inputs`, one sub-network per pass shared by all inputs, into `sum` and `sumOfSquares` `[size, numOutputs]`.
   * One pass is one function, so that the band over a grid is made of whole functions.
   */
  accumulatePasses(inputs: Float32Array, from: number, count: number, sum: Float64Array, sumOfSquares: Float64Array): void;
  fingerprint(): string;
  snapshot(): Snapshot;
  /** Weights `[units of layer l+1, units of layer l]` and biases, copied. */
  parameters(): { weights: Float32Array[]; biases: Float32Array[] };
}
