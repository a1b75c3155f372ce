import { describe, expect, test } from 'vitest';
import { EXPERIMENT_FORMAT, ExperimentFileError, readExperiment, writeExperiment } from '../../../src/export/experimentFile';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/protocol/settings';

const settings: Settings = {
  ...DEFAULT_SETTINGS,
  p: 0,
  seed: 0,
  layerP: [null, 0.3],
  points: [[0.5, -1, 1]],
  mode: 'alpha',
  activation: 'selu',
};
const changes = [
  { step: 0, patch: { p: 0.25 } },
  { step: 12, patch: { mode: 'standard' as const, momentum: 0 } },
  { step: 12, patch: { p: 1 } },
];

test('an experiment opens again as it was saved, zeros included', () => {
  expect(readExperiment(writeExperiment({ settings, changes, step: 40 }))).toEqual({ settings, changes, step: 40 });
});

test('a file of few words takes the defaults', () => {
  const text = JSON.stringify({ format: EXPERIMENT_FORMAT, version: 1, settings: { p: 0.2 } });
  expect(readExperiment(text)).toEqual({ settings: { ...DEFAULT_SETTINGS, p: 0.2 }, changes: [], step: 0 });
});

describe('what is wrong is refused in words', () => {
  const file = (patch: Record<string, unknown>) => JSON.stringify({ format: EXPERIMENT_FORMAT, version: 1, settings: {}, ...patch });
  test.each([
    ['no JSON', '{', /^this file is not JSON: /],
    ['another file', '{"format": "notes"}', /^this file is not an experiment: its "format" must be "dropout-lab-experiment"$/],
    ['a list', '[]', /^this file is not an experiment/],
    ['a version in words', file({ version: 'one' }), /^"version" must be a whole number from 1 up, got "one"$/],
    ['a later version', file({ version: 2 }), /^this experiment is of version 2; this page reads up to version 1\./],
    ['a value out of range', file({ settings: { p: 1.5 } }), /^settings: p must be between 0 and 1, got 1\.5$/],
    [
      'several values out of range, each of them named',
      file({ settings: { p: 1.5, seed: 1, hidden: [0], activation: 'gelu' } }),
      /^settings: p must be .*, got 1\.5; hidden\[0\] must be .*, got 0; activation must be one of .*, got "gelu"$/,
    ],
    ['an unknown setting', file({ settings: { rate: 0.5 } }), /^settings: there is no setting "rate"; settings are dataset, /],
    ['settings that are none', file({ settings: 7 }), /^settings: settings must be an object of settings, got 7$/],
    ['p = 1 where noise would be infinite', file({ settings: { mode: 'gaussian', p: 1 } }), /below 1 in mode 'gaussian', got 1$/],
    ['changes that are no list', file({ changes: {} }), /^changes must be a list, got an object$/],
    ['a change without a step', file({ changes: [{ patch: {} }] }), /^changes\[0\]\.step must be a whole number from 0 up, got undefined$/],
    [
      'a change out of range',
      file({ changes: [{ step: 1, patch: { p: -1 } }] }),
      /^changes\[0\]\.patch: p must be between 0 and 1, got -1$/,
    ],
    [
      'changes out of order',
      file({
        changes: [
          { step: 9, patch: { p: 0.1 } },
          { step: 3, patch: { p: 0.2 } },
        ],
      }),
      /^changes\[1\]\.step must not be before the change above it \(step 9\), got 3$/,
    ],
    [
      'a change that would restart',
      file({ changes: [{ step: 1, patch: { seed: 3 } }] }),
      /^changes\[0\]\.patch may only hold settings that change while/,
    ],
    ['a step that is none', file({ step: 1.5 }), /^step must be a whole number from 0 up, got 1\.5$/],
  ])('%s', (_, text, message) => {
    expect(() => readExperiment(text)).toThrow(ExperimentFileError);
    expect(() => readExperiment(text)).toThrow(message);
  });
});
