/** The numbers of a figure as tables, four times a second at most. Loaded on demand. */
import { useId, useState } from 'react';
import type { Frame } from '../../protocol/frame';
import type { Table } from '../../viz';
import { SelectField } from '../controls/SelectField';
import { useReadout } from '../hooks/labContext';

interface FigureTableProps {
  readonly tables: (frame: Frame) => readonly Table[];
}

export default function FigureTable({ tables }: FigureTableProps) {
  const frame = useReadout();
  const id = useId();
  const [chosen, setChosen] = useState(0);
  if (!frame) return <p className="figure-wait">There are no numbers yet.</p>;
  const all = tables(frame);
  const shown = all[Math.min(chosen, all.length - 1)];
  if (!shown) return <p className="figure-wait">This figure is empty: there is no hidden layer.</p>;
  return (
    <div className="table-view">
      {all.length > 1 && (
        <div className="table-choice">
          <SelectField
            label="which table"
            choices={all.map((table, index) => ({ value: String(index), label: table.caption }))}
            value={String(Math.min(chosen, all.length - 1))}
            onChange={(value) => setChosen(Number(value))}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-labelledby={`${id}-caption`}>
        <table>
          <caption id={`${id}-caption`}>{shown.caption}</caption>
          <thead>
            <tr>
              {shown.headers.map((header, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity but their place
                <th key={index} scope="col">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.rows.map((row, rowIndex) => (
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
    </div>
  );
}
