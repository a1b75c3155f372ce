import { describe, expect, it } from 'vitest';
import { type DataPart, dataKey, exampleKeys } from '../../../src/data/streams';
import { stepKey, WEIGHT_MASK_OFFSET } from '../../../src/math/masks';
import { foldIn } from '../../../src/math/threefry';

const PARTS: readonly DataPart[] = ['trainShape', 'trainNoise', 'testShape', 'testNoise', 'flip', 'wrongLabel'];

describe('the streams of the data', () => {
  it('RN3 meet neither each other nor any mask of the first 500 steps, with the same number as both seeds', () => {
    for (const seed of [0, 7, 2 ** 32 - 1]) {
      const keys = PARTS.map((part) => String(dataKey(seed, part)));
      for (let step = 0; step < 500; step++) {
        for (let layerIndex = 0; layerIndex < 5; layerIndex++) {
          keys.push(String(foldIn(stepKey(seed, step), layerIndex)), String(foldIn(stepKey(seed, step), layerIndex + WEIGHT_MASK_OFFSET)));
        }
      }
      expect(new Set(keys).size).toBe(PARTS.length + 500 * 5 * 2);
    }
  });

  it('of training and test examples are apart', () => {
    const [train, test] = [exampleKeys(7, 'train'), exampleKeys(7, 'test')];
    expect(new Set([train.shape, train.noise, test.shape, test.noise].map(String)).size).toBe(4);
  });

  it('refuse a data seed that is none', () => {
    expect(() => dataKey(-1, 'flip')).toThrow(new RangeError('seed must be an integer in [0, 4294967295], got -1'));
  });
});
