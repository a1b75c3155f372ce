/**
 * The streams of random numbers that studies draw from: apart from each other, from the lab's and from its data.
 *
 * Masks of a training step need no tag: they have the lab's own keys (seed, step, layer), so a mask seen here is the mask seen there.
 */
import { FIRST_TAG } from '../math/masks';
import { foldIn, type Key, key } from '../math/threefry';

/** Well above the tags of the lab. */
const STUDY_TAG = FIRST_TAG + 0x10000;

const STREAMS = [
  'weights', // initial weights, and weights that stay as they are
  'inputs', // drawn inputs
  'targets', // drawn targets
  'order', // which examples a step takes
  'passes', // masks of passes that are no training steps
  'evaluation', // masks in evaluation, where a bug leaves them on
  'choice', // which of many are shown
] as const;

/** Makes the key of a stream of a study. */
export function streamKey(seed: number, stream: (typeof STREAMS)[number]): Key {
  return foldIn(foldIn(key(seed), STUDY_TAG), STREAMS.indexOf(stream));
}
