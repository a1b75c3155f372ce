/**
 * A study as a figure sees it: runs while the figure is in view, starts anew when its parameters change, ends when it scrolls away, and is
 * not repeated once it is done. The answer to the parameters before stays on screen until the first words of the new one.
 */
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { StudyPatch } from '../../../protocol/study';
import { defaultParams, type StudyName, type StudyParamsMap } from '../../../protocol/studyParams';
import type { StudyResultMap } from '../../../protocol/studyResults';
import { useHost, useIsActive } from './host';

export type StudyState = 'idle' | 'queued' | 'running' | 'done' | 'cancelled' | 'failed';

export interface StudyView<Name extends StudyName> {
  readonly study: Name;
  /** All that is asked for, defaults included. */
  readonly params: StudyParamsMap[Name];
  readonly state: StudyState;
  /** What is known so far; null before the first words. */
  readonly result: StudyResultMap[Name] | null;
  /** The result answers parameters that have changed since. */
  readonly isStale: boolean;
  readonly progress: number; // in [0, 1]
  readonly secondsLeft: number | null;
  /** Why it failed, in words; else ''. */
  readonly message: string;
  /** Starts it, again if need be. */
  start(): void;
  cancel(): void;
}

interface UseStudyOptions {
  /** Starts by itself when in view; default true. Otherwise `start` does. */
  readonly isAuto?: boolean;
}

interface Seen<Name extends StudyName> {
  readonly key: string;
  readonly resultKey: string;
  readonly state: StudyState;
  readonly result: StudyResultMap[Name] | null;
  readonly progress: number;
  readonly secondsLeft: number | null;
  readonly message: string;
}

const NOTHING = { key: '', resultKey: '', state: 'idle', result: null, progress: 0, secondsLeft: null, message: '' } as const;

/** Asks for a study with `patch` over its defaults. */
export function useStudy<Name extends StudyName>(
  study: Name,
  patch: StudyPatch<Name>,
  { isAuto = true }: UseStudyOptions = {},
): StudyView<Name> {
  const { desk } = useHost();
  const isActive = useIsActive();
  const figure = useId();
  const key = JSON.stringify(patch);
  const [seen, setSeen] = useState<Seen<Name>>(NOTHING);
  const [startedKey, setStartedKey] = useState<string | null>(null);
  const [stoppedKey, setStoppedKey] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const doneToken = useRef<string | null>(null);
  const token = `${attempt} ${key}`;
  const isWanted = stoppedKey !== key && (isAuto || startedKey === key);

  useEffect(() => {
    if (!isActive || !isWanted || doneToken.current === token) return;
    let isOver = false;
    doneToken.current = null; // what was done before is no longer what is shown
    const note = (next: Partial<Seen<Name>>, result: StudyResultMap[Name] | null) => {
      if (isOver) return;
      setSeen((before) => ({ ...before, key, ...next, ...(result === null ? {} : { result, resultKey: key }) }));
    };
    const run = desk.run(figure, study, JSON.parse(key) as StudyPatch<Name>, ({ state, progress, secondsLeft, result }) =>
      note({ state, progress, secondsLeft, message: '' }, result),
    );
    void run.outcome.then((outcome) => {
      if (isOver) return;
      if (outcome.state === 'done') doneToken.current = token;
      else setStoppedKey(key);
      const message = outcome.state === 'failed' ? outcome.message : '';
      note({ state: outcome.state, message, secondsLeft: null, ...(outcome.state === 'done' && { progress: 1 }) }, outcome.result);
    });
    return () => {
      isOver = true;
      run.cancel();
      setSeen((before) => (before.state === 'running' || before.state === 'queued' ? { ...before, state: 'idle', progress: 0 } : before));
    };
  }, [desk, figure, study, key, token, isActive, isWanted]);

  const start = useCallback(() => {
    setAttempt((before) => before + 1);
    setStoppedKey(null);
    setStartedKey(key);
  }, [key]);
  const cancel = useCallback(() => {
    setStoppedKey(key);
    setSeen((before) => ({ ...before, state: 'cancelled', secondsLeft: null }));
  }, [key]);
  const params = useMemo(() => ({ ...defaultParams(study), ...(JSON.parse(key) as StudyPatch<Name>) }), [study, key]);
  const isCurrent = seen.key === key;
  return {
    study,
    params,
    state: isCurrent ? seen.state : 'idle',
    result: seen.result,
    isStale: seen.resultKey !== key,
    progress: isCurrent ? seen.progress : 0,
    secondsLeft: isCurrent ? seen.secondsLeft : null,
    message: isCurrent ? seen.message : '',
    start,
    cancel,
  };
}
