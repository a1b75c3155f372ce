import { expect, test } from 'vitest';
import { parseSettings } from '../../../src/protocol/parse';
import { DEFAULT_SETTINGS, dropProbability, SETTING_NAMES, SETTINGS } from '../../../src/protocol/settings';
import { SETTING_HELP } from '../../../src/ui/words/help';

test('ST1 every setting has a default inside its range, a key, a label and a sentence', () => {
  for (const name of SETTING_NAMES) {
    const field = SETTINGS[name];
    expect(parseSettings({ [name]: field.default }, DEFAULT_SETTINGS)[name]).toEqual(field.default);
    expect(field.key).toMatch(/^[a-z]+$/);
    expect(field.label).not.toBe('');
    expect(SETTING_HELP[name]).toMatch(/^[A-Z].*\.$/);
    expect(['live', 'restart', 'view']).toContain(field.effect);
  }
});

test('ST1 keys are unique, and no reserved word of the address', () => {
  const keys = SETTING_NAMES.map((name) => SETTINGS[name].key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).not.toContain('debug');
});

test('the probability in force: input, override, common', () => {
  const settings = { p: 0.5, inputP: 0, layerP: [null, 0, 0.25] };
  expect([0, 1, 2, 3, 4].map((layerIndex) => dropProbability(settings, layerIndex))).toEqual([0, 0.5, 0, 0.25, 0.5]);
});
