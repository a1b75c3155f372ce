/** A section of settings: open beside the figures on wide screens, folded to one line where room is short. */
import { createContext, type ReactNode, useContext, useState } from 'react';
import { useMedia } from '../hooks/useMedia';

/** Keep in step with lab.css. */
const WIDE_PX = 1200;
const WIDE = `(min-width: ${WIDE_PX}px)`;

/** How wide the lab is, in pixels, where it does not have the window to itself. */
export const RoomContext = createContext<number | null>(null);

interface PanelProps {
  readonly title: string;
  /** The settings in one line, shown while folded. */
  readonly summary: string;
  /** What changes here do to the run. */
  readonly note: string;
  readonly children: ReactNode;
}

export function Panel({ title, summary, note, children }: PanelProps) {
  const isWindowWide = useMedia(WIDE);
  const room = useContext(RoomContext);
  const isWide = room === null ? isWindowWide : room >= WIDE_PX;
  const [choice, setChoice] = useState<boolean | null>(null);
  const isOpen = choice ?? isWide;
  return (
    <details
      className="panel"
      open={isOpen}
      onToggle={(event) => setChoice(event.currentTarget.open === isWide ? null : event.currentTarget.open)}
    >
      <summary>
        <h2>{title}</h2>
        <span className="panel-summary">{isOpen ? '' : summary}</span>
      </summary>
      <div className="panel-body">
        {children}
        <p className="panel-note">{note}</p>
      </div>
    </details>
  );
}
