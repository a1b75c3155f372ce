/** What every figure has around its picture: a title, a switch to the table of the same numbers, a sentence, and a summary for the ear. */
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import type { Frame } from '../../protocol/frame';
import type { Table } from '../../viz';
import { LiveSummary } from './LiveSummary';

const FigureTable = lazy(() => import('./FigureTable'));

interface FigureFrameProps {
  readonly title: string;
  /** Lines under the title: what rows and columns are. */
  readonly legend?: ReactNode;
  readonly summary: string;
  /** The figure's numbers, one or more tables (one per layer). */
  readonly tables: (frame: Frame) => readonly Table[];
  readonly children: (summaryId: string) => ReactNode;
  readonly caption?: ReactNode;
  readonly className?: string;
}

export function FigureFrame({ title, legend, summary, tables, children, caption, className = '' }: FigureFrameProps) {
  const id = useId();
  const [isTable, setIsTable] = useState(false);
  return (
    <figure className={`figure ${className}`} aria-labelledby={`${id}-title`}>
      <div className="figure-head">
        <h2 className="figure-title" id={`${id}-title`}>
          {title}
        </h2>
        {legend}
        <button
          type="button"
          className="table-toggle"
          aria-pressed={isTable}
          aria-label={`${title} as a table`}
          onClick={() => setIsTable(!isTable)}
        >
          table
        </button>
      </div>
      <div className="figure-body">
        {isTable ? (
          <Suspense fallback={<p className="figure-wait">Loading the table.</p>}>
            <FigureTable tables={tables} />
          </Suspense>
        ) : (
          children(`${id}-summary`)
        )}
      </div>
      {caption !== undefined && <figcaption className="figure-caption">{caption}</figcaption>}
      <LiveSummary id={`${id}-summary`} text={summary} />
    </figure>
  );
}
