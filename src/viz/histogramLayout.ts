/**
 * Where the activation histograms lie: one panel per shown layer, as wide as the layer's shared column. Pure arithmetic, no canvas.
 */
import { type FrameLayer, NUM_BINS, readStat } from '../protocol/frame';
import { type Column, type ColumnsLayout, shownLayers } from './columns';
import { type Box, type Hit, isInside, type Size } from './view';

export interface HistogramPanel extends Box {
  readonly column: Column;
}

export interface HistogramLayout extends Size {
  readonly panels: readonly HistogramPanel[];
}

const TOP = 12; // room for the mark of a cut bar
const AXIS_HEIGHT = 23; // the mark of the theory, and under it the ticks' text

/** Lays out a panel per shown layer; the plot ends `AXIS_HEIGHT` above the bottom. */
export function histogramLayout(
  columns: ColumnsLayout,
  sizes: readonly number[],
  height: number,
  options: { readonly inputP: number },
): HistogramLayout {
  const panels = shownLayers(sizes, options.inputP).map((layer): HistogramPanel => {
    const column = columns.columns[layer] as Column;
    return { column, x: column.x, y: TOP, width: column.width, height: Math.max(height - TOP - AXIS_HEIGHT, 1) };
  });
  return { width: columns.width, height, panels };
}

/** Returns the bin under a point, or null. */
export function hitHistogram(layout: HistogramLayout, x: number, y: number): Hit | null {
  for (const panel of layout.panels) {
    if (!isInside(panel, x, y)) continue;
    const bin = Math.min(Math.floor(((x - panel.x) / panel.width) * NUM_BINS), NUM_BINS - 1);
    return { kind: 'bin', layer: panel.column.layer, bin };
  }
  return null;
}

/** Returns the range of values of a bin: `low + (high − low)·[bin, bin + 1]/NUM_BINS`. */
export function binRange(low: number, high: number, bin: number): readonly [from: number, to: number] {
  const step = (high - low) / NUM_BINS;
  return [low + step * bin, low + step * (bin + 1)];
}

/** Returns the bin that a value falls into; values outside the range fall into the outer bins, as in the worker. */
export function binOf(low: number, high: number, value: number): number {
  return Math.min(Math.max(Math.floor(((value - low) / (high - low)) * NUM_BINS), 0), NUM_BINS - 1);
}

/** Returns the range of a layer's bin in the present frame; the outer bins reach to infinity, for they hold what lies beyond. Null for no bin. */
export function binRangeOf(layer: FrameLayer, bin: number | null): readonly [from: number, to: number] | null {
  if (bin === null) return null;
  const [from, to] = binRange(readStat(layer, 'binLow'), readStat(layer, 'binHigh'), bin);
  return [bin === 0 ? Number.NEGATIVE_INFINITY : from, bin === NUM_BINS - 1 ? Number.POSITIVE_INFINITY : to];
}
