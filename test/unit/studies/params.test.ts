/** Every study runs at its defaults' ranges and refuses what lies outside, by name. */
import { describe, expect, test } from 'vitest';
import { defaultParams, STUDIES, type StudyName } from '../../../src/protocol/studyParams';
import { parseParams } from '../../../src/studies/params';
import { findStudy } from '../../../src/studies/registry';

const NAMES = Object.keys(STUDIES) as StudyName[];

describe('parameters of studies', () => {
  test.each(NAMES)('%s: its defaults pass its own checks, and its study has its name', (name) => {
    const params = parseParams(name, {});
    expect(params).toEqual(defaultParams(name));
    expect(parseParams(name, params)).toEqual(params);
    expect(findStudy(name).name).toBe(name);
    expect(() => findStudy(name).check?.(params)).not.toThrow();
    expect(
      findStudy(name)
        .jobs(params)
        .every((weight) => weight > 0),
    ).toBe(true);
  });

  test('ST2 zero, false and the ends of a range are values', () => {
    expect(parseParams('subnetworks', { p: 0, seed: 0, steps: 0, thumbnails: 0 })).toMatchObject({
      p: 0,
      seed: 0,
      steps: 0,
      thumbnails: 0,
    });
    expect(parseParams('recurrence', { variational: false, stateP: 1 })).toMatchObject({ variational: false, stateP: 1 });
  });

  test.each([
    ['schemes', { p: 1.5 }, 'p must be between 0 and 1, got 1.5'],
    ['schemes', { p: Number.NaN }, 'p must be between 0 and 1, got NaN'],
    ['schemes', { units: 2.5 }, 'units must be an integer between 1 and 256, got 2.5'],
    ['schemes', { seed: -1 }, 'seed must be an integer between 0 and 4294967295, got -1'],
    ['schemes', { scheme: 'both' }, "there is no parameter 'scheme' in study 'schemes'"],
    ['schemes', { toString: 1 }, "there is no parameter 'toString'"],
    ['recurrence', { variational: 1 }, 'variational must be true or false, got 1'],
    ['bug', { bug: 'typo' }, "bug must be one of 'evalScaledByDrop'"],
    ['millionWeights', { ps: [] }, 'ps must be a list of 1 to 4 numbers, each between 0 and 1'],
    ['millionWeights', { ps: [0.5, 2] }, 'ps must be a list of 1 to 4 numbers'],
  ] as const)('ST2 %s refuses %o', (name, patch, message) => {
    expect(() => parseParams(name, patch)).toThrow(message);
  });

  test('an unknown study is refused', () => {
    expect(() => findStudy('nothing' as StudyName)).toThrow("there is no study 'nothing'");
    expect(() => findStudy('toString' as StudyName)).toThrow("there is no study 'toString'");
  });
});
