/**
 * What the cells and units of a frame stand for: dropped, silent or a value, in the phase on show. The one place that decides it, so that
 * diagram, heatmap, words and tables cannot disagree. It computes no network value.
 */
import { type Frame, type FrameLayer, readStat, SURFACE_SIDE } from '../protocol/frame';
import type { DataReport } from '../protocol/messages';
import type { Loss } from '../protocol/network';
import type { Phase } from '../protocol/settings';

/** Reads an element that the layout guarantees to exist. */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}

/** Returns which loss a frame's network is read by; the layout of the frame tells. */
export function lossOf(frame: Frame): Loss {
  const { numSurface } = frame.shape;
  if (numSurface === 0) return 'softmax';
  return numSurface === SURFACE_SIDE * SURFACE_SIDE ? 'binary' : 'squared';
}

/** Tells whether frame and data are of the same set: for a moment after a switch one of the two is still the old set's. */
export function isOfData(frame: Frame, data: DataReport): boolean {
  return frame.shape.sizes[0] === data.numInputs && frame.testPredictions.length === data.testTargets.length;
}

/** Returns what a layer hands on in the phase shown: its eval output in eval, else the output with masks on. */
export function shownOutput(layer: FrameLayer, phase: Phase): Float32Array {
  return phase === 'eval' ? layer.evalOutput : layer.output;
}

/** Tells whether the mask dropped the unit in the phase shown; nothing is dropped in eval. */
export function isDropped(layer: FrameLayer, phase: Phase, cell: number): boolean {
  return phase !== 'eval' && layer.mask[cell] === 0;
}

/** Returns the magnitude that is painted darkest in a layer: the larger end of its histograms, which is steadier than the batch's maximum. */
export function layerReach(layer: FrameLayer): number {
  const reach = Math.max(Math.abs(readStat(layer, 'binLow')), Math.abs(readStat(layer, 'binHigh')));
  return reach > 0 && Number.isFinite(reach) ? reach : 1;
}

/** Returns the largest magnitude in `values`, at least a hair above 0. */
export function largestMagnitude(values: Float32Array): number {
  let largest = 1e-12;
  for (const value of values) {
    const magnitude = Math.abs(value);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

/** What the focused example's output unit says, for its fill: sign and strength in [0, 1]. */
export function outputStrength(frame: Frame, phase: Phase, row: number, unit: number): { sign: number; strength: number } {
  const outputs = phase === 'eval' ? frame.evalOutputs : frame.outputs;
  const value = at(outputs, row * frame.shape.numOutputs + unit);
  const loss = lossOf(frame);
  if (loss === 'binary') return { sign: value < 0.5 ? -1 : 1, strength: Math.abs(value - 0.5) * 2 };
  return { sign: value < 0 ? -1 : 1, strength: Math.min(Math.abs(value), 1) };
}
