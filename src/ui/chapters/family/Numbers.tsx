/** A few numbers that stay in sight below a picture, without a frame. */
import type { NumberTable } from '../shell/FigureBox';

/** Greatest p on a slider of 0.05 steps where p = 1 has no meaning. */
export const MAX_P = 0.95;

export function Numbers({ table }: { readonly table: NumberTable }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="family-scroll" aria-label={table.caption} tabIndex={0}>
      <table className="family-numbers">
        <thead>
          <tr>
            {table.headers.map((header, column) =>
              header === '' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity but their place
                <td key={column} />
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <th key={column} scope="col">
                  {header}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([head, ...cells]) => (
            <tr key={head}>
              <th scope="row">{head}</th>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity but their place
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
