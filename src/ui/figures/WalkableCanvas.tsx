/**
 * A canvas that can be pointed at and walked with the arrow keys. To assistive technology it is a grid of which only the current cell is
 * in the page (aria-rowcount and aria-colcount tell the rest); its text is the caller's.
 */
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import type { Channel } from '../../bridge';
import type { Size } from '../../viz/view';
import { type Paint, usePainter } from '../hooks/usePainter';
import { pointOn } from '../hooks/zoomOf';

export interface Cursor {
  readonly row: number;
  readonly column: number;
}

interface WalkableCanvasProps {
  readonly channel: Channel;
  readonly label: string;
  /** Id of the text that sums up the figure. */
  readonly summaryId: string;
  readonly size: Size;
  readonly paint: Paint;
  readonly numRows: number;
  readonly numColumns: number;
  readonly cursor: Cursor | null;
  /** The current cell in words. */
  readonly cellText: ReactNode;
  readonly onWalk: (cursor: Cursor | null) => void;
  /** Enter or space on the current cell. */
  readonly onActivate?: () => void;
  /** Pointer over this point of the canvas, in CSS pixels; null when it leaves. */
  readonly onPoint?: (point: { x: number; y: number } | null) => void;
  readonly onPress?: (point: { x: number; y: number; shiftKey: boolean }) => void;
  readonly className?: string;
}

const MOVES: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-5, 0],
  PageDown: [5, 0],
};

const clamp = (value: number, count: number) => Math.min(Math.max(value, 0), Math.max(count - 1, 0));

function moved(key: string, cursor: Cursor | null, numRows: number, numColumns: number): Cursor | null {
  const from = cursor ?? { row: 0, column: 0 };
  if (key === 'Home') return { row: from.row, column: 0 };
  if (key === 'End') return { row: from.row, column: numColumns - 1 };
  const move = MOVES[key];
  if (!move) return null;
  if (cursor === null) return from;
  return { row: clamp(from.row + move[0], numRows), column: clamp(from.column + move[1], numColumns) };
}

export function WalkableCanvas(props: WalkableCanvasProps) {
  const { channel, label, size, paint, numRows, numColumns, cursor, cellText, onWalk, onActivate, onPoint, onPress } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const id = useId();
  usePainter(canvas, channel, size, paint);
  const cell = cursor ?? { row: 0, column: 0 };
  const cellId = `${id}-${cell.row}-${cell.column}`;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moved(event.key, cursor, numRows, numColumns);
    if (next) onWalk(next);
    else if (event.key === 'Escape') onWalk(null);
    else if ((event.key === 'Enter' || event.key === ' ') && onActivate) onActivate();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot hold a canvas that stands for all of its cells
    <div
      className={`walkable ${props.className ?? ''}`}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-describedby={props.summaryId}
      aria-rowcount={numRows}
      aria-colcount={numColumns}
      aria-activedescendant={cellId}
      style={{ width: size.width, height: size.height }}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => onPoint?.(pointOn(event.currentTarget, event))}
      onPointerLeave={() => onPoint?.(null)}
      onPointerDown={(event) => {
        if (event.button === 0) onPress?.({ ...pointOn(event.currentTarget, event), shiftKey: event.shiftKey });
      }}
    >
      <canvas ref={canvas} />
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names this row's cell by aria-activedescendant */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="row" className="visually-hidden" aria-rowindex={cell.row + 1}>
        {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div role="gridcell" id={cellId} aria-colindex={cell.column + 1}>
          {cellText}
        </div>
      </div>
    </div>
  );
}
