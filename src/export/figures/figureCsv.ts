/** The data behind each figure as CSV: one row per mark, numbers in full. Reads a frame; the tables for people are in viz. */
import { DOMAIN, type Frame, NUM_BINS, NUM_WAVE_POINTS, readHeader, readStat, SURFACE_SIDE } from '../../protocol/frame';
import type { DataReport } from '../../protocol/messages';
import type { Mode } from '../../protocol/settings';
import { type Column, writeCsv } from '../csv';

type Cell = number | string | null;

/** Returns a table from its rows, each a list of cells as long as `names`. */
function fromRows(names: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const columns: Column[] = names.map((name, index) => ({ name, cells: rows.map((row) => row[index] ?? null) }));
  return writeCsv(columns);
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const at = (values: ArrayLike<number>, index: number) => values[index] ?? null;

/** Returns every unit of every layer for every example on show: z, a, mask, noise, outputs in train and eval, gradient. Layer 0 is the input. */
export function unitsCsv(frame: Frame, mode: Mode): string {
  const numRows = Math.min(readHeader(frame, 'numRows'), frame.shape.rows);
  const rows = frame.layers.flatMap((layer, layerIndex) =>
    range(numRows * layer.units).map((cell): Cell[] => {
      const row = Math.floor(cell / layer.units);
      const noise = mode === 'gaussian' ? at(layer.noise, cell) : null;
      const values = [at(layer.preActivation, cell), at(layer.activation, cell), at(layer.mask, cell), noise];
      const after = [at(layer.output, cell), at(layer.evalOutput, cell), at(layer.gradient, cell)];
      return [layerIndex, row, at(frame.examples, row), cell % layer.units, ...values, ...after];
    }),
  );
  const values = ['pre_activation', 'activation', 'mask', 'noise', 'output_train', 'output_eval', 'gradient'];
  return fromRows(['layer', 'row', 'example', 'unit', ...values], rows);
}

/** Returns every link on show for one row of the batch: weight, its gradient, and the mask of the link (1 unless the mode cuts links). */
export function linksCsv(frame: Frame, row: number): string {
  const rows = frame.links.flatMap((link, layerIndex) =>
    range(link.outputs * link.inputs).map((index): Cell[] => {
      const mask = at(link.mask, row * link.outputs * link.inputs + index);
      const place = [layerIndex, index % link.inputs, Math.floor(index / link.inputs)];
      return [...place, at(link.weights, index), at(link.gradients, index), mask];
    }),
  );
  return fromRows(['from_layer', 'from_unit', 'to_unit', 'weight', 'gradient', 'mask'], rows);
}

/** Returns every bin of every layer's histogram: its edges and the shares of the batch's outputs in train and eval. */
export function histogramsCsv(frame: Frame): string {
  const rows = frame.layers.flatMap((layer, layerIndex) => {
    const low = readStat(layer, 'binLow');
    const width = (readStat(layer, 'binHigh') - low) / NUM_BINS;
    return range(NUM_BINS).map((bin): Cell[] => {
      const edges = [low + bin * width, low + (bin + 1) * width];
      return [layerIndex, ...edges, at(layer.trainHistogram, bin), at(layer.evalHistogram, bin)];
    });
  });
  return fromRows(['layer', 'from', 'to', 'share_train', 'share_eval'], rows);
}

/** Returns what the network believes: on the grid of the plane, along the wave, or for each test digit. `spread`: sd over MC passes. */
export function beliefCsv(frame: Frame, data: DataReport): string {
  const { numSurface } = frame.shape;
  if (numSurface === 0) {
    const size = Math.min(data.testTargets.length, frame.testPredictions.length);
    return fromRows(
      ['test_example', 'digit', 'read_as'],
      range(size).map((index): Cell[] => [index, at(data.testTargets, index), at(frame.testPredictions, index)]),
    );
  }
  const place = (index: number, count: number) => -DOMAIN + (2 * DOMAIN * index) / (count - 1);
  if (numSurface === NUM_WAVE_POINTS) {
    const row = (index: number): Cell[] => [place(index, NUM_WAVE_POINTS), at(frame.surface, index), at(frame.surfaceSpread, index)];
    return fromRows(['x', 'prediction', 'spread'], range(NUM_WAVE_POINTS).map(row));
  }
  const row = (index: number): Cell[] => {
    const y = -place(Math.floor(index / SURFACE_SIDE), SURFACE_SIDE);
    return [place(index % SURFACE_SIDE, SURFACE_SIDE), y, at(frame.surface, index), at(frame.surfaceSpread, index)];
  };
  return fromRows(['x1', 'x2', 'probability_class_1', 'spread'], range(numSurface).map(row));
}

/** Returns the points of the curves as they are drawn: thinned out in a long run; the history has them all. */
export function curvesOnShowCsv(frame: Frame): string {
  const row = (index: number): Cell[] => [
    at(frame.curveStep, index),
    at(frame.curveTrainMasked, index),
    at(frame.curveTrainEval, index),
    at(frame.curveTest, index),
    at(frame.curveTrainAccuracy, index),
    at(frame.curveTestAccuracy, index),
  ];
  const names = ['step', 'train_loss_masked', 'train_loss_eval', 'test_loss', 'train_accuracy', 'test_accuracy'];
  return fromRows(names, range(readHeader(frame, 'curveCount')).map(row));
}
