/**
 * Where the random numbers of a data set come from: keys apart from those of training, so that the same data can be trained on under
 * any seed, and the same seed can train on any data.
 *
 * Example i reads its own counters. So a larger set begins with the smaller one, and more noise moves each point further the same way.
 */
import { FIRST_TAG } from '../math/masks';
import { foldIn, type Key, key } from '../math/threefry';

/** Folded in where a training step would stand. */
const DATA_TAG = FIRST_TAG + 2;

/** Each part folds in its place in this list, so new ones go to the end. */
const PARTS = ['trainShape', 'trainNoise', 'testShape', 'testNoise', 'flip', 'wrongLabel'] as const;
export type DataPart = (typeof PARTS)[number];

/** Makes the key of one part of a data set, `fold_in(fold_in(key(dataSeed), 0x80000002), part)`. */
export function dataKey(dataSeed: number, part: DataPart): Key {
  return foldIn(foldIn(key(dataSeed), DATA_TAG), PARTS.indexOf(part));
}

/** The two keys that a set of examples is drawn from. */
export interface ExampleKeys {
  readonly shape: Key;
  readonly noise: Key;
}

/** Makes the keys of the training or the test examples. */
export function exampleKeys(dataSeed: number, set: 'train' | 'test'): ExampleKeys {
  return { shape: dataKey(dataSeed, `${set}Shape`), noise: dataKey(dataSeed, `${set}Noise`) };
}
