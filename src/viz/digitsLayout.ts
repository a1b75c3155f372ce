/** Layout of the digits view, and which digit or pair of classes a point is on. Pure; loaded with the digits. */
import type { Box, Size } from './view';

/** The digits view: some test digits and, beneath, the confusion matrix. */
export interface DigitsLayout extends Size {
  readonly numShown: number;
  readonly perRow: number;
  readonly tile: number; // edge of one digit with its gap
  readonly digit: number; // edge of the picture inside
  readonly matrix: Box & { readonly cell: number; readonly classes: number };
}

const TILE = 34;
const DIGIT_CAPTION = 12;
const MATRIX_LABEL = 14;

/** Lays out up to `rows` rows of test digits and the confusion matrix of `classes` classes in `width` CSS pixels. */
export function digitsLayout(width: number, testSize: number, classes = 10, rows = 2): DigitsLayout {
  const perRow = Math.max(Math.floor(width / TILE), 1);
  const tile = width / perRow;
  const numShown = Math.min(testSize, perRow * rows);
  const usedRows = Math.ceil(numShown / perRow);
  const gridHeight = usedRows * (tile + DIGIT_CAPTION);
  const cell = Math.min((width - MATRIX_LABEL) / classes, 16);
  const matrix = {
    x: MATRIX_LABEL,
    y: gridHeight + 12 + MATRIX_LABEL,
    width: cell * classes,
    height: cell * classes,
    cell,
    classes,
  };
  return { width, height: matrix.y + matrix.height + 2, numShown, perRow, tile, digit: tile - 6, matrix };
}

/** Returns the top left of the picture of the `position`-th shown digit. */
export function digitOrigin(layout: DigitsLayout, position: number): { x: number; y: number } {
  const row = Math.floor(position / layout.perRow);
  return { x: (position - row * layout.perRow) * layout.tile + 3, y: row * (layout.tile + DIGIT_CAPTION) + 3 };
}

export type DigitsHit =
  | { readonly kind: 'digit'; readonly index: number }
  | { readonly kind: 'pair'; readonly target: number; readonly read: number };

/** Returns the test digit, or the cell of the confusion matrix, under a point, or null. */
export function hitDigits(layout: DigitsLayout, x: number, y: number): DigitsHit | null {
  const { matrix } = layout;
  if (x >= matrix.x && y >= matrix.y && x < matrix.x + matrix.width && y < matrix.y + matrix.height) {
    return { kind: 'pair', target: Math.floor((y - matrix.y) / matrix.cell), read: Math.floor((x - matrix.x) / matrix.cell) };
  }
  if (x < 0 || y < 0 || x >= layout.width) return null;
  const index = Math.floor(y / (layout.tile + DIGIT_CAPTION)) * layout.perRow + Math.floor(x / layout.tile);
  return index < layout.numShown ? { kind: 'digit', index } : null;
}
