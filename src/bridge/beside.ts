/**
 * What stands beside a lab that is compared: how it differs, and the fingerprint of its weights wherever it rests. It only looks, also while
 * pairs come and go, and keeps none alive.
 */
import type { Settings } from '../protocol/settings';
import { onPaired, pairOf } from './companions';
import { type Fingerprint, watchFingerprint } from './fingerprint';
import type { Lab, LabPair } from './types';

interface Beside {
  readonly difference: Partial<Settings>;
  /** Null while it moves. */
  readonly print: Fingerprint | null;
}

export interface BesideWatch {
  /** Null where nothing is compared, or nothing differs. */
  get(): Beside | null;
  dispose(): void;
}

/** Watches what stands beside a lab; `onChange` hears of another difference and another fingerprint. */
export function watchBeside(a: Lab, onChange: () => void): BesideWatch {
  let watched: { readonly pair: LabPair; readonly print: () => Fingerprint | null; readonly release: () => void } | null = null;
  let last: Beside | null = null;

  const read = (): Beside | null => {
    if (watched === null || Object.keys(watched.pair.difference).length === 0) return null;
    return { difference: watched.pair.difference, print: watched.print() };
  };
  const look = () => {
    const next = read();
    if (next?.difference === last?.difference && next?.print === last?.print) return;
    last = next;
    onChange();
  };
  const take = () => {
    watched?.release();
    const pair = pairOf(a);
    watched = pair === undefined ? null : watchB(pair, look);
  };
  const unsubscribe = onPaired(a, () => {
    take();
    look();
  });
  take();
  last = read(); // whoever begins to watch asks for what is there
  return {
    get: read,
    dispose: () => {
      unsubscribe();
      watched?.release();
      watched = null;
    },
  };
}

function watchB(pair: LabPair, look: () => void) {
  const watch = watchFingerprint(pair.b);
  const cleanups = [watch.subscribe(look), pair.b.store.subscribe(look), watch.dispose];
  return {
    pair,
    print: watch.get,
    release: () => {
      for (const cleanup of cleanups) cleanup();
    },
  };
}
