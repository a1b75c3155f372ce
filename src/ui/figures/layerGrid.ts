/** Turns grid positions (keyboard) into highlights (figures) and back, for the figures in which a layer is a column. Pure. */
import { MAX_SHOWN_UNITS } from '../../protocol/frame';
import type { Mode } from '../../protocol/settings';
import { shownLayers } from '../../viz/columns';
import type { Highlight } from '../../viz/view';
import type { Cursor } from './WalkableCanvas';

/** One column of cells in a heatmap: a unit of a layer. */
interface HeatmapColumn {
  readonly layer: number;
  readonly unit: number;
}

/** Lists the columns of the heatmaps from left to right, all layers in one row. */
export function heatmapColumns(sizes: readonly number[], inputP: number, mode: Mode): readonly HeatmapColumn[] {
  return shownLayers(sizes, inputP).flatMap((layer) => {
    const units = mode === 'dropconnect' ? Math.min(sizes[layer] ?? 0, MAX_SHOWN_UNITS) : (sizes[layer] ?? 0);
    return Array.from({ length: units }, (_, unit) => ({ layer, unit }));
  });
}

/** Returns the cursor on a heatmap for what is highlighted; null when the highlight is not one of its cells. */
export function heatmapCursor(columns: readonly HeatmapColumn[], highlight: Highlight | null, row: number): Cursor | null {
  if (!highlight || highlight.unit === null) return null;
  const column = columns.findIndex((each) => each.layer === highlight.layer && each.unit === highlight.unit);
  return column < 0 ? null : { row: highlight.target ?? highlight.row ?? row, column };
}

/** Returns the cursor on the diagram (rows are units, columns are layers). */
export function diagramCursor(highlight: Highlight | null): Cursor | null {
  return highlight?.layer == null || highlight.unit === null ? null : { row: highlight.unit, column: highlight.layer };
}

/** Returns the highlight of a cursor on the diagram; a unit beyond the end of its layer becomes the last. */
export function diagramHighlight(sizes: readonly number[], cursor: Cursor): Highlight {
  const units = sizes[cursor.column] ?? 1;
  return { layer: cursor.column, unit: Math.min(cursor.row, units - 1), row: null, bin: null };
}
