/**
 * Which labs have another beside them, so that whoever holds a lab can steer both. It keeps no lab alive, and knows nothing of how pairs
 * work: that is loaded only when there is one.
 */
import type { Lab, LabPair } from './types';

const pairs = new WeakMap<Lab, LabPair>();

/** Returns the pair in which a lab is A; undefined when it is alone. */
export function pairOf(lab: Lab): LabPair | undefined {
  return pairs.get(lab);
}

/** Notes that a lab is A of a pair. Returns the function that forgets it. */
export function enterPair(pair: LabPair): () => void {
  pairs.set(pair.a, pair);
  return () => {
    if (pairs.get(pair.a) === pair) pairs.delete(pair.a);
  };
}
