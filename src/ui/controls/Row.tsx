/** One line of a panel: the label at the left, the control at the right, a dotted rule below. */
import type { ReactNode } from 'react';

interface RowProps {
  readonly label: string;
  /** A second, smaller line under the label. */
  readonly detail?: string;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

export function Row({ label, detail = '', title, children }: RowProps) {
  return (
    <div className="row" title={title}>
      <span className="row-label">
        {label}
        {detail !== '' && <span className="row-detail">{detail}</span>}
      </span>
      <span className="row-control">{children}</span>
    </div>
  );
}
