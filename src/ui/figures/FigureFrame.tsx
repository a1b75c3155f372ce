/** What every figure has around its picture: a title, a switch to the table of the same numbers, a sentence, and a summary for the ear. */
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { lateLazy } from '../hooks/whenReader';
import { FIGURE_TITLES, type FigureKind } from './figureKind';
import { TableToggle } from './TableToggle';

const FigureSummary = lateLazy(() => import('./FigureSummary'));
const FigureTable = lazy(() => import('./FigureTable'));

interface FigureFrameProps {
  readonly kind: FigureKind;
  /** Lines under the title: what rows and columns are. */
  readonly legend?: ReactNode;
  readonly controls?: ReactNode;
  readonly children: (summaryId: string) => ReactNode;
  readonly caption?: ReactNode;
}

export function FigureFrame({ kind, legend, controls, children, caption }: FigureFrameProps) {
  const title = FIGURE_TITLES[kind];
  const id = useId();
  const [isTable, setIsTable] = useState(false);
  return (
    <figure className={`figure figure-${kind}`} aria-labelledby={`${id}-title`}>
      <div className="figure-head">
        <h2 className="figure-title" id={`${id}-title`}>
          {title}
        </h2>
        {legend}
        <TableToggle title={title} isTable={isTable} onChange={setIsTable} />
        {controls}
      </div>
      <div className="figure-body">
        {isTable ? (
          <Suspense fallback={<p className="figure-wait">Loading the table.</p>}>
            <FigureTable kind={kind} />
          </Suspense>
        ) : (
          children(`${id}-summary`)
        )}
      </div>
      {caption !== undefined && <figcaption className="figure-caption">{caption}</figcaption>}
      <Suspense>
        <FigureSummary id={`${id}-summary`} kind={kind} />
      </Suspense>
    </figure>
  );
}
