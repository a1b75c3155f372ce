/** What follows from the settings about the shape of data and network. Pure arithmetic that both wings need. */
import type { DatasetName, Settings } from './settings';

/** Which loss the output is read by: binary cross-entropy, softmax cross-entropy, or squared error `(y − t)²`, mean over the batch. */
export type Loss = 'binary' | 'softmax' | 'squared';

interface DatasetShape {
  readonly numInputs: number;
  readonly numOutputs: number;
  readonly loss: Loss;
}

/** Side of the square that a drawn digit fills, in pixels. */
export const DIGIT_SIDE = 8;

/** Returns the inputs, outputs and loss of a data set. */
export function datasetShape(dataset: DatasetName): DatasetShape {
  if (dataset === 'wave') return { numInputs: 1, numOutputs: 1, loss: 'squared' };
  if (dataset === 'digits') return { numInputs: DIGIT_SIDE * DIGIT_SIDE, numOutputs: 10, loss: 'softmax' };
  return { numInputs: 2, numOutputs: 1, loss: 'binary' };
}

/** Returns the units of each layer, input first, output last. */
export function layerSizes(settings: Pick<Settings, 'dataset' | 'hidden'>): readonly number[] {
  const { numInputs, numOutputs } = datasetShape(settings.dataset);
  return [numInputs, ...settings.hidden, numOutputs];
}
