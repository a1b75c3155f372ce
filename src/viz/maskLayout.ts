/**
 * Where the cells of the heatmaps lie: rows are examples, columns are units, within the layer's shared column. Pure arithmetic, no canvas.
 *
 * With DropConnect the mask lies on the links: the block of a layer is then the matrix [outputs × inputs] of the links out of it, for the
 * focused example, and its columns still are the layer's units.
 */
import { type FrameShape, MAX_SHOWN_UNITS } from '../protocol/frame';
import type { Mode } from '../protocol/settings';
import { type Column, type ColumnsLayout, shownLayers } from './columns';
import { type Box, type Hit, isInside, type Size } from './view';

export interface MaskBlock extends Box {
  readonly column: Column;
  /** 'cells': [examples × units]. 'weights': [outputs × inputs] of the links out of this layer. */
  readonly kind: 'cells' | 'weights';
  readonly rows: number;
  readonly units: number; // columns drawn: all units, or of weights the first 32
  readonly cellWidth: number;
  readonly cellHeight: number;
}

export interface MaskLayout extends Size {
  readonly blocks: readonly MaskBlock[];
}

const PAD = 4; // room for the frame of the focused row
const MAX_CELL_HEIGHT = 14;

/** Returns the height that shows `rows` examples at `cellHeight` CSS pixels each. */
export function maskHeight(rows: number, cellHeight = 7): number {
  return rows * cellHeight + 2 * PAD;
}

/**
 * Lays out one block per layer of `layers` (see `shownLayers`), all of one height.
 *
 * `mode` 'dropconnect' gives blocks of weights; the gradient heatmap passes 'none' to get cells in every mode.
 */
export function maskLayout(
  columns: ColumnsLayout,
  shape: FrameShape,
  height: number,
  options: { readonly mode: Mode; readonly inputP: number },
): MaskLayout {
  const blocks = shownLayers(shape.sizes, options.inputP).map((layer): MaskBlock => {
    const column = columns.columns[layer] as Column;
    const outputs = shape.sizes[layer + 1];
    const isWeights = options.mode === 'dropconnect' && outputs !== undefined;
    const rows = isWeights ? Math.min(outputs, MAX_SHOWN_UNITS) : shape.rows;
    const units = isWeights ? Math.min(column.units, MAX_SHOWN_UNITS) : column.units;
    const cellHeight = Math.min((height - 2 * PAD) / rows, MAX_CELL_HEIGHT);
    return {
      column,
      kind: isWeights ? 'weights' : 'cells',
      rows,
      units,
      x: column.x,
      y: PAD,
      width: column.width,
      height: cellHeight * rows,
      cellWidth: column.width / units,
      cellHeight,
    };
  });
  return { width: columns.width, height, blocks };
}

/** Returns the cell (or the weight) under a point, or null. */
export function hitMask(layout: MaskLayout, x: number, y: number): Hit | null {
  for (const block of layout.blocks) {
    if (!isInside(block, x, y)) continue;
    const row = Math.min(Math.floor((y - block.y) / block.cellHeight), block.rows - 1);
    const unit = Math.min(Math.floor((x - block.x) / block.cellWidth), block.units - 1);
    const { layer } = block.column;
    return block.kind === 'cells' ? { kind: 'cell', layer, row, unit } : { kind: 'weight', layer, unit, target: row };
  }
  return null;
}

/** Returns the box of a cell: `row` is the example, or with weights the output unit. */
export function cellBox(block: MaskBlock, row: number, unit: number): Box {
  return {
    x: block.x + unit * block.cellWidth,
    y: block.y + row * block.cellHeight,
    width: block.cellWidth,
    height: block.cellHeight,
  };
}

/** Cuts off the rows that a short last batch leaves empty; cells keep their height, so that nothing jumps. */
export function withoutEmptyRows(layout: MaskLayout, numRows: number): MaskLayout {
  const blocks = layout.blocks.map((block) => {
    const rows = block.kind === 'cells' ? Math.min(block.rows, numRows) : block.rows;
    return { ...block, rows, height: rows * block.cellHeight };
  });
  return { ...layout, blocks };
}
