/**
 * Walks one training step in six stages on a clock, or stage by stage by hand where motion is unwelcome. The pass on show is a rehearsal
 * of the step to come; once the last stage is over, that very step is trained.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { STAGES, type Stage, type StageName } from '../../viz';
import { useAsk, useLab } from '../hooks/labContext';
import { REDUCED_MOTION, useMedia } from '../hooks/useMedia';

const STAGE_MS = 2400;

interface SlowMotion {
  /** Stage on show; null once the step has been trained. */
  readonly stageName: StageName | null;
  readonly isPaused: boolean;
  readonly isManual: boolean;
  next(): void;
  togglePause(): void;
  /** Trains the step at once. */
  skip(): void;
}

/** `show` is told where the walk is, whenever that changes; it repaints. */
export function useSlowMotion(show: (stage: Stage | null) => void): SlowMotion {
  const lab = useLab();
  const ask = useAsk();
  const isManual = useMedia(REDUCED_MOTION);
  const [index, setIndex] = useState(0);
  const [isPaused, setIsPaused] = useState(false);
  const progress = useRef(0);
  const stageName = STAGES[index] ?? null;

  useEffect(() => {
    ask(async (target) => {
      await target.pause();
      await target.rehearse(target.step);
    });
  }, [ask]);

  const finish = useCallback(() => {
    setIndex(STAGES.length);
    show(null);
    ask((target) => target.advance(1));
  }, [ask, show]);

  const next = useCallback(() => {
    progress.current = 0;
    if (index >= STAGES.length - 1) finish();
    else setIndex(index + 1);
  }, [index, finish]);

  useEffect(() => {
    if (stageName === null) return;
    if (isManual) {
      show({ name: stageName, progress: 1 });
      return;
    }
    show({ name: stageName, progress: progress.current });
    if (isPaused) return;
    let last = performance.now();
    let handle = requestAnimationFrame(function tick(now: number) {
      progress.current += (now - last) / STAGE_MS;
      last = now;
      if (progress.current >= 1) {
        next();
        return;
      }
      show({ name: stageName, progress: progress.current });
      handle = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(handle);
  }, [stageName, isManual, isPaused, show, next]);

  useEffect(() => () => show(null), [show]);

  // Playing ends the walk: the figures belong to training again.
  useEffect(
    () =>
      lab.store.subscribe((state, before) => {
        if (state.run.phase === 'running' && before.run.phase !== 'running') setIndex(STAGES.length);
      }),
    [lab],
  );

  return {
    stageName,
    isPaused,
    isManual,
    next,
    togglePause: () => setIsPaused(!isPaused),
    skip: finish,
  };
}
