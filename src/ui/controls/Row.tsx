/** One line of a panel: the label at the left, the control at the right, a dotted rule below. */
import type { ReactNode } from 'react';

interface RowProps {
  readonly label: string;
  /** What a change does to the run, when it is not harmless: "restarts". */
  readonly note?: string;
  readonly title?: string;
  readonly children: ReactNode;
}

export function Row({ label, note = '', title, children }: RowProps) {
  return (
    <div className="row" title={title}>
      <span className="row-label">
        {label}
        {note !== '' && <span className="row-note">{note}</span>}
      </span>
      <span className="row-control">{children}</span>
    </div>
  );
}
