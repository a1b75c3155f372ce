/** What every figure of a chapter has around its picture: a title, its numbers as a table, a summary for the ear, a caption. */
import { type ReactNode, useId, useState } from 'react';
import { useSlowly } from '../../hooks/useSlowly';

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
  readonly className?: string;
}

export function FigureBox({ title, summary, table, controls, children, caption, className = '' }: FigureBoxProps) {
  const id = useId();
  const [isTable, setIsTable] = useState(false);
  const spoken = useSlowly(summary, SUMMARY_MS);
  return (
    <figure className={`chapter-figure ${className}`} aria-labelledby={`${id}-title`}>
      <div className="chapter-figure-head">
        <h3 className="chapter-figure-title" id={`${id}-title`}>
          {title}
        </h3>
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
      {controls !== undefined && <div className="figure-controls">{controls}</div>}
      {isTable ? <TableView table={table} label={`${title}: ${table.caption}`} /> : children}
      {caption !== undefined && <figcaption className="chapter-caption">{caption}</figcaption>}
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </figure>
  );
}

/** Shows numbers as a table that can be walked and scrolled. */
function TableView({ table, label }: { readonly table: NumberTable; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={label}>
      <table>
        <caption>{table.caption}</caption>
        <thead>
          <tr>
            {table.headers.map((header, index) =>
              header === '' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity but their place
                <td key={index} />
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <th key={index} scope="col">
                  {header}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, rowIndex) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <tr key={rowIndex}>
              {row.map((cell, index) =>
                index === 0 ? (
                  <th key="head" scope="row">
                    {cell}
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={index}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
