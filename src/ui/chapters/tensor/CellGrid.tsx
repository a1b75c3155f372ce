/** A 3 × 4 tensor as a grid that pointer and arrow keys walk. All grids of the figure show the same cell as chosen. */
import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { COLUMNS, NUM_CELLS, ROWS } from './tensor';

interface CellGridProps {
  readonly title: string;
  readonly label: string;
  readonly className: string;
  readonly cells: readonly string[];
  /** 1 = kept: a dropped cell is hatched; null hatches nothing. */
  readonly mask: readonly (0 | 1)[] | null;
  readonly chosen: number | null;
  readonly onChoose: (index: number | null) => void;
  /** Cells to type in take the place of the texts. */
  readonly edit?: (index: number) => ReactNode;
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Returns the cell that an arrow key leads to; the same one at an edge. */
export function neighbour(index: number, key: string): number | null {
  const move = MOVES[key];
  if (!move) return null;
  const row = Math.min(Math.max(Math.floor(index / COLUMNS) + move[0], 0), ROWS - 1);
  const column = Math.min(Math.max((index % COLUMNS) + move[1], 0), COLUMNS - 1);
  return row * COLUMNS + column;
}

export function CellGrid({ title, label, className, cells, mask, chosen, onChoose, edit }: CellGridProps) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLTableCellElement>, index: number) => {
    const next = neighbour(index, event.key);
    if (next === null) return;
    event.preventDefault();
    event.currentTarget.closest('table')?.querySelectorAll('td')[next]?.focus();
  };
  const cell = (index: number) => {
    const isDropped = mask !== null && mask[index] === 0;
    const names = ['tensor-cell', isDropped ? 'is-dropped' : '', index === chosen ? 'is-chosen' : ''].filter(Boolean).join(' ');
    if (edit)
      return (
        <td key={index} className={names}>
          {edit(index)}
        </td>
      );
    return (
      <td
        key={index}
        className={names}
        tabIndex={index === (chosen ?? 0) ? 0 : -1}
        aria-label={`${label}, row ${Math.floor(index / COLUMNS) + 1}, column ${(index % COLUMNS) + 1}: ${cells[index]}${isDropped ? ', dropped' : ''}`}
        onFocus={() => onChoose(index)}
        onPointerEnter={() => onChoose(index)}
        onKeyDown={(event) => onKeyDown(event, index)}
      >
        {cells[index]}
      </td>
    );
  };
  const indices = Array.from({ length: NUM_CELLS }, (_, index) => index);
  return (
    <div className={`tensor-grid ${className}`}>
      <p className="tensor-grid-title" id={id}>
        {title}
      </p>
      <table role={edit ? 'presentation' : 'grid'} aria-labelledby={id}>
        <tbody>
          {Array.from({ length: ROWS }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={row}>{indices.slice(row * COLUMNS, (row + 1) * COLUMNS).map(cell)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
