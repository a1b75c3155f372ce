/**
 * A layer is a column: the one place that says where each layer stands from left to right.
 *
 * Network diagram, mask heatmaps and histograms all take their x-ranges from here, so that the eye falls straight down from a dropped unit
 * to its hatched column to the shift in the distribution. Pure arithmetic; it must not know of any figure's height.
 */

export interface Column {
  readonly layer: number; // 0 = input
  readonly units: number;
  readonly x: number; // left edge, CSS pixels
  readonly width: number;
  readonly centre: number;
}

export interface ColumnsLayout {
  readonly width: number;
  /** Room at the left for the names of the rows ("Masks", "Activations"); 0 on narrow screens, where they stand above. */
  readonly gutter: number;
  readonly gap: number;
  readonly columns: readonly Column[];
}

const GUTTER = 104;
/** Below this width the row names stand above the figures. */
const NARROW_WIDTH = 600;
const MAX_HIDDEN_WIDTH = 280;
const MAX_OUTER_WIDTH = 150;

/** Share of the width that a layer asks for: hidden layers 1, the outer ones less, by how many units they have to show. */
function columnWeight(units: number, isOuter: boolean): number {
  if (!isOuter) return 1;
  return units <= 4 ? 0.34 : units <= 16 ? 0.5 : 0.72;
}

/**
 * Lays out the columns of a network: one per layer of `sizes` (input first), within `width` CSS pixels.
 *
 * Range: any width > 0; columns never overlap and stay inside [gutter, width].
 */
export function columnsLayout(width: number, sizes: readonly number[]): ColumnsLayout {
  const gutter = width >= NARROW_WIDTH ? GUTTER : 0;
  const last = sizes.length - 1;
  const isOuter = (layer: number) => layer === 0 || layer === last;
  const weights = sizes.map((units, layer) => columnWeight(units, isOuter(layer)));
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  const numGaps = Math.max(last, 1);
  const room = Math.max(width - gutter, 1);
  const minGap = Math.min(Math.max(room * 0.05, 8), 44, (room * 0.3) / numGaps);
  const scale = Math.max(room - minGap * last, 1) / totalWeight;
  const widths = weights.map((weight, layer) => Math.min(weight * scale, isOuter(layer) ? MAX_OUTER_WIDTH : MAX_HIDDEN_WIDTH));
  const used = widths.reduce((sum, columnWidth) => sum + columnWidth, 0);
  const gap = last > 0 ? (room - used) / last : 0;
  let x = gutter;
  const columns = sizes.map((units, layer) => {
    const columnWidth = widths[layer] as number;
    const column: Column = { layer, units, x, width: columnWidth, centre: x + columnWidth / 2 };
    x += columnWidth + gap;
    return column;
  });
  return { width, gutter, gap, columns };
}

/** Returns the left edge of a unit's strip within its column: `x + width·unit/units`. */
export function unitLeft(column: Column, unit: number): number {
  return column.x + (column.width * unit) / column.units;
}

/** Returns the unit whose strip contains `x`, or null outside the column. */
export function unitAt(column: Column, x: number): number | null {
  if (x < column.x || x >= column.x + column.width) return null;
  return Math.min(Math.floor(((x - column.x) / column.width) * column.units), column.units - 1);
}

/**
 * Returns the layers that have a heatmap and a histogram: every hidden layer, and the input where it is masked.
 *
 * A network without hidden layers shows its input, so that there is always a column to read.
 */
export function shownLayers(sizes: readonly number[], inputP: number): readonly number[] {
  const last = sizes.length - 1;
  const hidden = sizes.map((_, layer) => layer).filter((layer) => layer > 0 && layer < last);
  return inputP > 0 || hidden.length === 0 ? [0, ...hidden] : hidden;
}

/** Returns what a layer is called: `Input`, `Hidden 1` …, `Output`. */
export function layerName(layer: number, numLayers: number): string {
  if (layer === 0) return 'Input';
  return layer === numLayers - 1 ? 'Output' : `Hidden ${layer}`;
}
