/** The two words of a lab's fingerprint, wherever its run rests. */
import { useMemo, useSyncExternalStore } from 'react';
import type { Lab } from '../../../bridge';
import { type FingerprintWatch, watchFingerprint } from '../../../bridge/fingerprint';
import { wordPair } from './wordPair';

interface Words {
  readonly step: number;
  readonly words: string;
  readonly fingerprint: string;
}

/** One watch per lab, however many places show its words; it sleeps while nobody looks. */
const watches = new WeakMap<Lab, { watch: FingerprintWatch | null; numReaders: number }>();

function subscribeTo(lab: Lab, onChange: () => void): () => void {
  const entry = watches.get(lab) ?? { watch: null, numReaders: 0 };
  watches.set(lab, entry);
  entry.watch ??= watchFingerprint(lab);
  entry.numReaders += 1;
  const unsubscribe = entry.watch.subscribe(onChange);
  return () => {
    unsubscribe();
    entry.numReaders -= 1;
    if (entry.numReaders > 0) return;
    entry.watch?.dispose();
    entry.watch = null;
  };
}

/** Returns the words where the run rests; null while it moves. */
export function useWords(lab: Lab): Words | null {
  const [subscribe, read] = useMemo(
    () => [(onChange: () => void) => subscribeTo(lab, onChange), () => watches.get(lab)?.watch?.get() ?? null] as const,
    [lab],
  );
  const print = useSyncExternalStore(subscribe, read);
  return useMemo(() => print && { ...print, words: wordPair(print.fingerprint) }, [print]);
}
