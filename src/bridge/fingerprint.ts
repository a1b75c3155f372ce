/**
 * The fingerprint of the weights wherever a run rests, as an external store: null while it moves.
 *
 * Asked for at most four times a second, between slices, so that neither training nor stepping by a held key is disturbed.
 */
import { isStanding } from '../store/labStore';
import { Cell } from './readable';
import type { Lab, Readable } from './types';

export interface Fingerprint {
  readonly step: number;
  /** 16 hex digits. */
  readonly fingerprint: string;
}

const ASK_MS = 250;

/** What `watchFingerprint` hands out: null while the run goes on, or is being asked. */
export interface FingerprintWatch extends Readable<Fingerprint | null> {
  dispose(): void;
}

/** Watches a lab, and asks for its fingerprint whenever the run has come to rest at another step, or under other settings. */
export function watchFingerprint(lab: Lab): FingerprintWatch {
  const cell = new Cell<Fingerprint | null>(null);
  let isDisposed = false;
  let isAsking = false;
  let isStale = true;
  let nextMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isResting = () => isStanding(lab.store.getState().run);
  const ask = async () => {
    timer = undefined;
    if (isDisposed || isAsking || !isStale || !isResting()) return;
    isAsking = true;
    isStale = false;
    try {
      const answer = await lab.fingerprint();
      if (!isDisposed && !isStale && isResting()) cell.set(answer);
    } catch {
      // The worker is lost, which the store says; whatever brings it back is a change, and asks again.
    }
    isAsking = false;
    if (isStale) askSoon();
  };
  const askSoon = () => {
    if (timer !== undefined || !isResting() || isDisposed) return;
    const nowMs = performance.now();
    const waitMs = Math.max(0, nextMs - nowMs);
    nextMs = nowMs + waitMs + ASK_MS;
    timer = setTimeout(() => void ask(), waitMs);
  };
  const unsubscribe = lab.store.subscribe(({ run, settings }, before) => {
    const hasRestarted = run.numRestarts !== before.run.numRestarts;
    const isSame = run.step === before.run.step && run.phase === before.run.phase && settings === before.settings;
    if (isSame && !hasRestarted) return;
    isStale = true;
    if (cell.get() !== null && (hasRestarted || !isResting() || run.step !== cell.get()?.step)) cell.set(null);
    askSoon();
  });
  askSoon();
  return {
    get: cell.get,
    subscribe: cell.subscribe,
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
