/** Paints what is highlighted in a heatmap: the focused example, the unit's column, the cell, and the cells of a histogram's bin. */
import type { Context } from './canvas';
import { at } from './cells';
import { cellBox, type MaskBlock } from './maskLayout';
import type { ViewStyle } from './view';

const OVERHANG = 3;

/** `range` and `values`: the bin on show and the cells' values, or null. Writes: over the block. */
export function paintHeatHighlight(
  context: Context,
  block: MaskBlock,
  style: ViewStyle,
  range: readonly [from: number, to: number] | null,
  values: Float32Array | null,
): void {
  const { highlight, palette } = style;
  context.strokeStyle = palette.focus.css;
  if (range && values && block.kind === 'cells') frameCellsInRange(context, block, range, values);
  if (block.kind === 'cells') {
    frameRow(context, block, style.row, 1.25);
    if (highlight.row !== null && highlight.row !== style.row) frameRow(context, block, highlight.row, 0.75);
  }
  if (highlight.layer !== block.column.layer || highlight.unit === null || highlight.unit >= block.units) return;
  frameColumn(context, block, highlight.unit);
  const row = block.kind === 'cells' ? highlight.row : (highlight.target ?? null);
  if (row !== null && row < block.rows) frameCell(context, block, row, highlight.unit);
}

function frameRow(context: Context, block: MaskBlock, row: number, lineWidth: number): void {
  if (row < 0 || row >= block.rows) return;
  const top = Math.round(block.y + row * block.cellHeight);
  const bottom = Math.round(block.y + (row + 1) * block.cellHeight) - 1;
  context.lineWidth = lineWidth;
  context.beginPath();
  context.roundRect(block.x - OVERHANG - 0.5, top - 1.5, block.width + 2 * OVERHANG, bottom - top + 3, 2.5);
  context.stroke();
}

function frameColumn(context: Context, block: MaskBlock, unit: number): void {
  const left = Math.round(block.x + unit * block.cellWidth);
  const right = Math.round(block.x + (unit + 1) * block.cellWidth) - 1;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left - 1.5, block.y - OVERHANG + 0.5, Math.max(right - left, 1) + 3, block.height + 2 * OVERHANG - 2, 2.5);
  context.stroke();
}

function frameCell(context: Context, block: MaskBlock, row: number, unit: number): void {
  const box = cellBox(block, row, unit);
  context.lineWidth = 2;
  context.strokeRect(
    Math.round(box.x) - 1,
    Math.round(box.y) - 1,
    Math.max(Math.round(box.width), 3) + 1,
    Math.max(Math.round(box.height), 3) + 1,
  );
}

function frameCellsInRange(context: Context, block: MaskBlock, range: readonly [number, number], values: Float32Array): void {
  context.lineWidth = 1;
  context.beginPath();
  for (let row = 0; row < block.rows; row++) {
    for (let unit = 0; unit < block.units; unit++) {
      const value = at(values, row * block.units + unit);
      if (value < range[0] || value >= range[1]) continue;
      const box = cellBox(block, row, unit);
      context.rect(
        Math.round(box.x) - 0.5,
        Math.round(box.y) - 0.5,
        Math.max(Math.round(box.width), 2),
        Math.max(Math.round(box.height), 2),
      );
    }
  }
  context.stroke();
}
