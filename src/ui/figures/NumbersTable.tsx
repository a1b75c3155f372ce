/** Numbers as a table that can be walked and scrolled: the table view of every figure, of the lab and of the chapters. */
import { useId } from 'react';
import type { Table } from '../../viz/tables';

interface NumbersTableProps {
  /** A header of '' leaves the corner empty. */
  readonly table: Table;
}

export function NumbersTable({ table }: NumbersTableProps) {
  const captionId = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-labelledby={captionId}>
      <table>
        <caption id={captionId}>{table.caption}</caption>
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
