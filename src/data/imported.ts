/**
 * What every importer hands over, and how it becomes a data set: shuffled by the data seed and split into training and test.
 */
import { bits } from '../math/threefry';
import type { Loss } from '../protocol/network';
import { MAX_OUTPUTS } from '../protocol/settings';
import type { Dataset } from './dataset';
import { dataKey } from './streams';

/** Examples of a file in its own order. */
export interface ImportedExamples {
  readonly numInputs: number;
  readonly numOutputs: number;
  readonly loss: Loss;
  readonly inputs: Float32Array; // [examples, numInputs]
  readonly targets: Float32Array; // class (0-based) or value
  readonly inputNames: readonly string[]; // one per input; empty when the file has none
  readonly classNames: readonly string[]; // one per class; empty for regression
  readonly leftOut: number; // examples beyond the limit
}

/** Examples read from one file at most; the rest is counted as left out. */
export const MAX_EXAMPLES = 10_000;

/** Returns outputs and loss for a number of classes. Errors: RangeError "classes must be in [2, 10], got 12". */
export function classShape(numClasses: number): { numOutputs: number; loss: Loss } {
  if (numClasses < 2 || numClasses > MAX_OUTPUTS) throw new RangeError(`classes must be in [2, ${MAX_OUTPUTS}], got ${numClasses}`);
  return numClasses === 2 ? { numOutputs: 1, loss: 'binary' } : { numOutputs: numClasses, loss: 'softmax' };
}

/**
 * Shuffles examples by the data seed and keeps `round(testShare · n)` of them aside to test on, at least one of each.
 *
 * Errors: RangeError "testShare must be in [0, 1], got 2"; RangeError "examples must be 2 or more, got 1".
 * Determinism: the order depends on the data seed and the number of examples alone.
 */
export function splitExamples(examples: ImportedExamples, testShare: number, dataSeed: number): Dataset {
  const { numInputs, numOutputs, loss, inputs, targets } = examples;
  const size = targets.length;
  if (!(testShare >= 0 && testShare <= 1)) throw new RangeError(`testShare must be in [0, 1], got ${testShare}`);
  if (size < 2) throw new RangeError(`examples must be 2 or more, got ${size}`);
  const lotKey = dataKey(dataSeed, 'split');
  const lots = Array.from(targets, (_, index) => ({ index, lot: bits(lotKey, index) }));
  const order = lots.sort((a, b) => a.lot - b.lot || a.index - b.index).map(({ index }) => index);
  const testSize = Math.min(size - 1, Math.max(1, Math.round(testShare * size)));
  const pick = (chosen: readonly number[]) => {
    const picked = new Float32Array(chosen.length * numInputs);
    chosen.forEach((index, place) => {
      picked.set(inputs.subarray(index * numInputs, (index + 1) * numInputs), place * numInputs);
    });
    return { inputs: picked, targets: Float32Array.from(chosen, (index) => targets[index] as number) };
  };
  const [train, test] = [pick(order.slice(testSize)), pick(order.slice(0, testSize))];
  return {
    numInputs,
    numOutputs,
    loss,
    trainInputs: train.inputs,
    trainTargets: train.targets,
    trainFlipped: new Uint8Array(size - testSize),
    testInputs: test.inputs,
    testTargets: test.targets,
  };
}
