/** What every figure of a chapter has around its picture: a title, its numbers as a table, a summary for the ear, a caption. */
import { type ReactNode, useId, useState } from 'react';
import type { StudyName } from '../../../protocol/studyParams';
import { NumbersTable } from '../../figures/NumbersTable';
import { TableToggle } from '../../figures/TableToggle';
import { useSlowly } from '../../hooks/useSlowly';
import { SweepButton } from './SweepButton';
import type { StudyView } from './useStudy';

export interface NumberTable {
  readonly caption: string;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const SUMMARY_MS = 2000;

interface FigureBoxProps {
  readonly title: string;
  /** The present numbers in a sentence, for those who hear the page. */
  readonly summary: string;
  readonly table: NumberTable;
  /** Knobs of the figure, between title and picture. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
  readonly caption?: ReactNode;
  /** The study that the figure shows, to be taken along as a script. */
  readonly study?: StudyView<StudyName> | undefined;
  readonly className?: string;
}

export function FigureBox({ title, summary, table, controls, children, caption, study, className = '' }: FigureBoxProps) {
  const id = useId();
  const [isTable, setIsTable] = useState(false);
  const spoken = useSlowly(summary, SUMMARY_MS);
  return (
    <figure className={`chapter-figure ${className}`} aria-labelledby={`${id}-title`}>
      <div className="chapter-figure-head">
        <h3 className="chapter-figure-title" id={`${id}-title`}>
          {title}
        </h3>
        <TableToggle title={title} isTable={isTable} onChange={setIsTable} />
      </div>
      {controls !== undefined && <div className="figure-controls">{controls}</div>}
      {isTable ? <NumbersTable table={table} /> : children}
      {(caption !== undefined || study !== undefined) && (
        <figcaption className="chapter-caption">
          {caption} {study !== undefined && <SweepButton title={title} view={study} />}
        </figcaption>
      )}
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </figure>
  );
}
