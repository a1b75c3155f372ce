/** A row of texts, one per layer, each centred under (or over) its column. */
import type { CSSProperties, ReactNode } from 'react';
import type { ColumnsLayout } from '../../viz/columns';

interface ColumnRowProps {
  readonly columns: ColumnsLayout;
  readonly className: string;
  /** What stands at the column of this layer; null leaves it empty. */
  readonly content: (layer: number) => ReactNode;
}

export function ColumnRow({ columns, className, content }: ColumnRowProps) {
  const style: CSSProperties = {
    paddingLeft: columns.gutter,
    gridTemplateColumns: columns.columns.map((column) => `${column.width}px`).join(' '),
    columnGap: columns.gap,
    width: columns.width,
  };
  const reach = -Math.max(columns.gap / 2 - 4, 0);
  return (
    <div className={`column-row ${className}`} style={style}>
      {columns.columns.map((column) => (
        <div key={column.layer} style={{ marginInline: reach }}>
          {content(column.layer)}
        </div>
      ))}
    </div>
  );
}
