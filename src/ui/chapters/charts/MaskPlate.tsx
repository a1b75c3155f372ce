/** A mask as a grid of cells: kept filled, dropped hatched. With a gradient on it: a square up, a disc down, as large as it is strong. */
import './plates.css';
import { memo } from 'react';

/** Side of a cell in units of the drawing. */
const CELL = 10;
const GAP = 1;

interface MaskPlateProps {
  /** 1 = kept [rows, columns]. */
  readonly mask: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  /** Drawn on the cells, which are then left empty where kept [rows, columns]. */
  readonly gradient?: ArrayLike<number>;
  readonly className?: string;
}

function boxAt(row: number, column: number): string {
  return `M${column * CELL} ${row * CELL}h${CELL - GAP}v${CELL - GAP}h${GAP - CELL}z`;
}

function hatchAt(row: number, column: number): string {
  const [x, y, side] = [column * CELL, row * CELL, CELL - GAP];
  return `M${x} ${y + side / 2}l${side / 2} ${-side / 2}M${x} ${y + side}l${side} ${-side}M${x + side / 2} ${y + side}l${side / 2} ${-side / 2}`;
}

function markAt(row: number, column: number, share: number, isUp: boolean): string {
  const half = ((CELL - GAP) / 2) * Math.sqrt(share);
  const [x, y] = [column * CELL + (CELL - GAP) / 2, row * CELL + (CELL - GAP) / 2];
  if (isUp) return `M${x - half} ${y - half}h${2 * half}v${2 * half}h${-2 * half}z`;
  return `M${x - half} ${y}a${half} ${half} 0 1 0 ${2 * half} 0a${half} ${half} 0 1 0 ${-2 * half} 0z`;
}

function gradientPaths(gradient: ArrayLike<number>, columns: number): { readonly up: string; readonly down: string } {
  let largest = 0;
  for (let index = 0; index < gradient.length; index++) largest = Math.max(largest, Math.abs(gradient[index] ?? 0));
  let [up, down] = ['', ''];
  for (let index = 0; index < gradient.length; index++) {
    const value = gradient[index] ?? 0;
    if (value === 0 || !Number.isFinite(value)) continue;
    const mark = markAt(Math.floor(index / columns), index % columns, Math.abs(value) / largest, value > 0);
    if (value > 0) up += mark;
    else down += mark;
  }
  return { up, down };
}

export const MaskPlate = memo(function MaskPlate({ mask, rows, columns, gradient, className = '' }: MaskPlateProps) {
  let [kept, dropped, hatch] = ['', '', ''];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (mask[row * columns + column]) kept += boxAt(row, column);
      else {
        dropped += boxAt(row, column);
        hatch += hatchAt(row, column);
      }
    }
  }
  const marks = gradient && gradientPaths(gradient, columns);
  return (
    <svg
      className={`plate ${className}`}
      viewBox={`0 0 ${columns * CELL - GAP} ${rows * CELL - GAP}`}
      preserveAspectRatio="xMinYMin meet"
      aria-hidden="true"
    >
      <path className={marks ? 'plate-ground' : 'plate-kept'} d={kept} />
      <path className="plate-dropped" d={dropped} />
      <path className="plate-hatch" d={hatch} />
      {marks && <path className="plate-positive" d={marks.up} />}
      {marks && <path className="plate-negative" d={marks.down} />}
    </svg>
  );
});
