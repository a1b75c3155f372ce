/** How long the worker may be unable to answer, on the slowest machine: it looks for commands between pieces of work, and some are long. */
import { datasetShape, layerSizes } from '../protocol/network';
import type { Settings } from '../protocol/settings';
import type { PredictOptions } from '../protocol/snapshot';

/** Multiply-adds a millisecond of a slow telephone; a laptop makes ten times as many. */
const WORK_PER_MS = 200_000;

/** Multiply-adds of one example through all links. */
function exampleWork(settings: Settings): number {
  const sizes = layerSizes(settings);
  return sizes.slice(1).reduce((sum, units, index) => sum + units * (sizes[index] ?? 0), 0);
}

/** Returns how long a step and an evaluation of both sets may take together. */
export function evaluationMs(settings: Settings): number {
  const { trainSize, testSize, points, batchSize } = settings;
  return ((trainSize + testSize + points.length + 3 * batchSize) * exampleWork(settings)) / WORK_PER_MS;
}

/** Returns how long a prediction may take. */
export function predictionMs(settings: Settings, inputs: Float32Array, { phase, passes }: Required<PredictOptions>): number {
  const size = inputs.length / datasetShape(settings.dataset).numInputs;
  return (size * (phase === 'mc' ? passes : 1) * exampleWork(settings)) / WORK_PER_MS;
}
