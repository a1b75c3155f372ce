/**
 * Which labs have another beside them, so that whoever holds a lab can steer both. It keeps no lab alive, and knows nothing of how pairs
 * work: that is loaded only when there is one.
 */
import type { Lab, LabPair } from './types';

const pairs = new WeakMap<Lab, LabPair>();
const listeners = new Set<(a: Lab) => void>();

function tell(a: Lab): void {
  for (const listener of [...listeners]) listener(a);
}

/** Returns the pair in which a lab is A; undefined when it is alone. */
export function pairOf(lab: Lab): LabPair | undefined {
  return pairs.get(lab);
}

/** Notes that a lab is A of a pair. Returns the function that forgets it. */
export function enterPair(pair: LabPair): () => void {
  pairs.set(pair.a, pair);
  tell(pair.a);
  return () => {
    if (pairs.get(pair.a) !== pair) return;
    pairs.delete(pair.a);
    tell(pair.a);
  };
}

/** Calls back when another comes to stand beside a lab, or goes. Returns the function that unsubscribes. */
export function onPaired(lab: Lab, onChange: () => void): () => void {
  const listener = (a: Lab) => {
    if (a === lab) onChange();
  };
  listeners.add(listener);
  return () => listeners.delete(listener);
}
