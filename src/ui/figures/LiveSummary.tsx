/** The text of a figure for those who hear the page: renewed every two seconds at most, read aloud only while the lab stands still. */
import { useLabState } from '../hooks/labContext';
import { useSlowly } from '../hooks/useSlowly';

const INTERVAL_MS = 2000;

interface LiveSummaryProps {
  readonly id: string;
  readonly text: string;
}

export function LiveSummary({ id, text }: LiveSummaryProps) {
  const shown = useSlowly(text, INTERVAL_MS);
  const isRunning = useLabState((state) => state.run.phase === 'running');
  return (
    <p className="visually-hidden" id={id} aria-live={isRunning ? 'off' : 'polite'}>
      {shown}
    </p>
  );
}
