/** What the public handle hands out: full copies of what the worker holds. See the README for the contract. */
import type { Phase, Settings } from './settings';

/** One layer of the newest training step. Row-major `[size, units]`; layer 0 is the input, the last is the output. */
export interface LayerSnapshot {
  units: number;
  preActivation: Float32Array; // z; for layer 0 the input itself
  activation: Float32Array; // a, before the mask
  mask: Uint8Array | null; // 1 kept, 0 dropped; null where the mode has no unit mask here (and for p = 0)
  weightMask: Uint8Array | null; // 'dropconnect': mask of the weights out of this layer, [outputs, units] or [size, outputs, units]
  noise: Float32Array | null; // the multiplier drawn, for 'gaussian'
  output: Float32Array; // what the next layer reads (after mask and scale)
  gradient: Float32Array; // dLoss/d(output)
}

/** The newest training step, whose 0-based number is `step − 1`. */
export interface StepSnapshot {
  inputs: Float32Array;
  targets: Float32Array; // class (0-based) or value, [size]
  size: number;
  layers: LayerSnapshot[];
  loss: number; // mean over the batch, as trained (masks on)
  weightGradients: Float32Array[]; // [units of layer l+1, units of layer l]; the loss alone, without weight decay
  biasGradients: Float32Array[];
}

export interface CurvePoint {
  step: number;
  trainMasked: number; // mean batch loss with masks since the previous point
  trainEval: number;
  test: number;
  trainAccuracy: number; // NaN for regression
  testAccuracy: number;
}

/** A live change: `patch` is in force from step number `step` (0-based) on. */
export interface Change {
  step: number;
  patch: Partial<Settings>;
}

export interface Snapshot {
  settings: Settings;
  step: number;
  epoch: number;
  fingerprint: string; // 16 hex digits: hash of all weights and biases, bit for bit
  weights: Float32Array[]; // [units of layer l+1, units of layer l]
  biases: Float32Array[];
  last: StepSnapshot | null; // null at step 0
  curves: CurvePoint[];
  changes: Change[];
}

/** Options of `predict`. Default: the phase on show, `settings.passes`. */
export interface PredictOptions {
  phase?: Phase;
  passes?: number;
}

export interface Prediction {
  size: number; // examples
  numOutputs: number;
  outputs: Float32Array; // probability (binary, softmax) or value (regression), [size, numOutputs]; in 'mc' the mean over the passes
  variance: Float32Array | null; // over the passes, divided by their number; 'mc' only
  passes: number; // passes averaged; 1 unless 'mc'
}
