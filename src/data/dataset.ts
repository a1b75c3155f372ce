/**
 * What a data set is to those who train on it: inputs and targets, split once, drawn from a seed.
 *
 * Only the type lives here, so that every room above the data may name it without the drawing.
 */
import type { Loss } from '../protocol/network';

/** A training set and a test set. Shape: inputs `[examples, numInputs]`, row-major; everything else `[examples]`. */
export interface Dataset {
  readonly numInputs: number;
  readonly numOutputs: number;
  readonly loss: Loss;
  readonly trainInputs: Float32Array; // [trainSize + own points, numInputs]
  readonly trainTargets: Float32Array; // class (0-based) or value
  readonly trainFlipped: Uint8Array; // 1: label noise turned this label
  readonly testInputs: Float32Array;
  readonly testTargets: Float32Array;
}
