/** Play, step, epoch, slow motion, reset: what moves the run. */
import { Button } from '../controls/Button';
import { useAsk, useLabState } from '../hooks/labContext';
import { useTransport } from '../hooks/transport';

interface TransportBarProps {
  readonly onSlowMotion: () => void;
  readonly isSlowMotion: boolean;
  /** Compare has no slow motion: it walks one lab. */
  readonly hasSlowMotion: boolean;
}

export function TransportBar({ onSlowMotion, isSlowMotion, hasSlowMotion }: TransportBarProps) {
  const phase = useLabState((state) => state.run.phase);
  const ask = useAsk();
  const transport = useTransport();
  const isOut = phase === 'booting' || phase === 'failed';
  const isRunning = phase === 'running';
  return (
    <fieldset className="transport" aria-label="Training">
      <Button kind="main" className="play-button" disabled={isOut} aria-keyshortcuts="Space" onClick={() => ask(() => transport.toggle())}>
        <span className={isRunning ? 'glyph-pause' : 'glyph-play'} aria-hidden="true" />
        {isRunning ? 'Pause' : 'Play'}
      </Button>
      <Button disabled={isOut} aria-keyshortcuts="ArrowRight" title="One training step (→)" onClick={() => ask(() => transport.advance(1))}>
        Step
      </Button>
      <Button
        disabled={isOut}
        aria-keyshortcuts="Shift+ArrowRight"
        title="To the end of the epoch (shift →)"
        onClick={() => ask(() => transport.advanceEpoch())}
      >
        Epoch
      </Button>
      {hasSlowMotion && (
        <Button disabled={isOut} aria-label="Slow motion" aria-pressed={isSlowMotion} title="Walk through one step" onClick={onSlowMotion}>
          Slow<span className="wide-only"> motion</span>
        </Button>
      )}
      <Button
        disabled={isOut}
        aria-keyshortcuts="R"
        title="Back to step 0, the same initial weights (R)"
        onClick={() => ask(() => transport.reset())}
      >
        Reset
      </Button>
    </fieldset>
  );
}
