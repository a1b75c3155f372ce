/** What the reader asked for last and how it went, in words. One thing at a time: a new wish ends the one under way. */
import { useCallback, useEffect, useRef, useState } from 'react';

interface Progress {
  readonly share: number;
  readonly words: string;
}

interface TaskState {
  readonly isBusy: boolean;
  /** What is under way, or how it ended; '' at first. */
  readonly text: string;
  readonly isError: boolean;
  /** How far it has come, in [0, 1], and in words; null where it cannot be told. */
  readonly progress: Progress | null;
}

interface TaskReport {
  readonly text: string;
  readonly progress?: Progress;
}

/** Does the work and returns what to say at its end. `tell` reports progress; `signal` is aborted when the work is no longer wanted. */
export type Work = (tell: (report: TaskReport) => void, signal: AbortSignal) => Promise<string> | string;

export interface Task extends TaskState {
  run(work: Work): void;
  cancel(): void;
}

const REST: TaskState = { isBusy: false, text: '', isError: false, progress: null };

export function useTask(): Task {
  const [state, setState] = useState(REST);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);
  const run = useCallback((work: Work) => {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    const show = (next: TaskState) => {
      if (controller.current === own && !own.signal.aborted) setState(next);
    };
    const tell = ({ text, progress }: TaskReport) => show({ isBusy: true, text, isError: false, progress: progress ?? null });
    tell({ text: '' });
    // Also work that fails before it waits for anything becomes a sentence.
    Promise.resolve()
      .then(() => work(tell, own.signal))
      .then(
        (text) => show({ ...REST, text }),
        (error: unknown) => show({ ...REST, isError: true, text: error instanceof Error ? error.message : String(error) }),
      );
  }, []);
  const cancel = useCallback(() => {
    controller.current?.abort();
    setState({ ...REST, text: 'Cancelled.' });
  }, []);
  return { ...state, run, cancel };
}
