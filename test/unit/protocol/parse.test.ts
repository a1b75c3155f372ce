import { describe, expect, test } from 'vitest';
import { changedNames, changeEffect, restarts, settingsPatch } from '../../../src/protocol/changes';
import { allowedWords, parseSettings, SettingsError, showValue } from '../../../src/protocol/parse';
import {
  DEFAULT_SETTINGS,
  MAX_HIDDEN_LAYERS,
  MAX_SEED,
  MAX_UNITS,
  SETTING_NAMES,
  SETTINGS,
  type Settings,
} from '../../../src/protocol/settings';

function refusal(patch: unknown, base: Settings = DEFAULT_SETTINGS): SettingsError {
  const before = JSON.stringify(base);
  let caught: unknown;
  try {
    parseSettings(patch, base);
  } catch (error) {
    caught = error;
  }
  expect(JSON.stringify(base)).toBe(before);
  if (!(caught instanceof SettingsError)) throw new Error(`not refused as it should be: ${String(caught)}`);
  return caught;
}

describe('values that are taken', () => {
  test.each<[string, Partial<Settings>]>([
    ['p = 0', { p: 0 }],
    ['p = 1', { p: 1 }],
    ['seed 0', { seed: 0 }],
    ['the last seed', { seed: MAX_SEED }],
    ['no hidden layer', { hidden: [] }],
    ['the largest network', { hidden: Array(MAX_HIDDEN_LAYERS).fill(MAX_UNITS) }],
    ['layer overrides with gaps and zeros', { layerP: [null, 0, 1] }],
    ['more overrides than hidden layers: kept, not used', { hidden: [3], layerP: [0.1, 0.2, 0.3, 0.4] }],
    ['learning rate 0', { learningRate: 0 }],
    ['own points', { points: [[0, -1.5, 1]] }],
    ['gaussian just below 1', { mode: 'gaussian', p: 0.999999, inputP: 0 }],
  ])('ST2 %s', (_, patch) => {
    expect(parseSettings(patch, DEFAULT_SETTINGS)).toEqual({ ...DEFAULT_SETTINGS, ...patch });
  });

  test('ST2 every default passes its own rule, and every end of a range is in it', () => {
    expect(parseSettings({ ...DEFAULT_SETTINGS }, DEFAULT_SETTINGS)).toBe(DEFAULT_SETTINGS);
    for (const name of SETTING_NAMES) {
      const field = SETTINGS[name];
      if (field.kind !== 'number') continue;
      for (const value of [field.min, field.max]) expect(parseSettings({ [name]: value }, DEFAULT_SETTINGS)[name]).toBe(value);
    }
  });

  test('what comes back is frozen through and through and shares nothing with the patch', () => {
    const hidden = [4, 5];
    const point: [number, number, number] = [1, 2, 0];
    const settings = parseSettings({ hidden, points: [point] }, DEFAULT_SETTINGS);
    hidden[0] = 99;
    point[0] = 9;
    expect(settings.hidden).toEqual([4, 5]);
    expect(settings.points).toEqual([[1, 2, 0]]);
    expect([settings, settings.hidden, settings.points, settings.points[0]].every(Object.isFrozen)).toBe(true);
  });

  test('−0 reads as 0', () => {
    expect(Object.is(parseSettings({ p: -0 }, DEFAULT_SETTINGS).p, 0)).toBe(true);
  });

  test('a patch that changes nothing gives back the very same settings', () => {
    const base = parseSettings({ hidden: [7] }, DEFAULT_SETTINGS);
    expect(parseSettings({ hidden: [7], p: base.p }, base)).toBe(base);
  });
});

describe('values that are refused', () => {
  test.each<[unknown, string, string]>([
    [{ p: 1.5 }, 'p', 'p must be between 0 and 1, got 1.5'],
    [{ p: -0.1 }, 'p', 'p must be between 0 and 1, got -0.1'],
    [{ p: Number.NaN }, 'p', 'p must be between 0 and 1, got NaN'],
    [{ p: Number.POSITIVE_INFINITY }, 'p', 'p must be between 0 and 1, got Infinity'],
    [{ p: '0.5' }, 'p', 'p must be between 0 and 1, got "0.5"'],
    [{ p: null }, 'p', 'p must be between 0 and 1, got null'],
    [{ p: undefined }, 'p', 'p must be between 0 and 1, got undefined'],
    [{ p: true }, 'p', 'p must be between 0 and 1, got true'],
    [{ p: 1n }, 'p', 'p must be between 0 and 1, got 1'],
    [{ inputP: 1.0000001 }, 'inputP', 'inputP must be between 0 and 1, got 1.0000001'],
    [{ seed: -1 }, 'seed', 'seed must be an integer between 0 and 4294967295, got -1'],
    [{ seed: 0.5 }, 'seed', 'seed must be an integer between 0 and 4294967295, got 0.5'],
    [{ seed: MAX_SEED + 1 }, 'seed', 'seed must be an integer between 0 and 4294967295, got 4294967296'],
    [{ seed: Number.NaN }, 'seed', 'seed must be an integer between 0 and 4294967295, got NaN'],
    [
      { mode: 'dropout' },
      'mode',
      "mode must be one of 'none', 'standard', 'inverted', 'unscaled', 'gaussian', 'dropconnect', 'alpha', 'spatial', got \"dropout\"",
    ],
    [
      { mode: 2 },
      'mode',
      "mode must be one of 'none', 'standard', 'inverted', 'unscaled', 'gaussian', 'dropconnect', 'alpha', 'spatial', got 2",
    ],
    [{ hidden: [0] }, 'hidden[0]', 'hidden[0] must be an integer between 1 and 512, got 0'],
    [{ hidden: [513] }, 'hidden[0]', 'hidden[0] must be an integer between 1 and 512, got 513'],
    [{ hidden: [2.5] }, 'hidden[0]', 'hidden[0] must be an integer between 1 and 512, got 2.5'],
    [{ hidden: [1, 1, 1, 1, 1] }, 'hidden', 'hidden must be a list of at most 4 integers between 1 and 512, got [1, 1, 1, 1, 1]'],
    [{ hidden: [4, null] }, 'hidden[1]', 'hidden[1] must be an integer between 1 and 512, got null'],
    [{ hidden: 12 }, 'hidden', 'hidden must be a list of at most 4 integers between 1 and 512, got 12'],
    [{ hidden: '12,8' }, 'hidden', 'hidden must be a list of at most 4 integers between 1 and 512, got "12,8"'],
    [{ hidden: { length: 1, 0: 3 } }, 'hidden', 'hidden must be a list of at most 4 integers between 1 and 512, got an object'],
    [{ layerP: [null, 1.5] }, 'layerP[1]', 'layerP[1] must be between 0 and 1, or null, got 1.5'],
    [{ layerP: [undefined] }, 'layerP[0]', 'layerP[0] must be between 0 and 1, or null, got undefined'],
    [
      { points: [[0, 0, 2]] },
      'points[0]',
      'points[0] must be [x, y, label] with x and y between -10 and 10 and label 0 or 1, got [0, 0, 2]',
    ],
    [{ points: [[0, 0]] }, 'points[0]', 'points[0] must be [x, y, label] with x and y between -10 and 10 and label 0 or 1, got [0, 0]'],
    [
      { points: [[0, 0, 1, 1]] },
      'points[0]',
      'points[0] must be [x, y, label] with x and y between -10 and 10 and label 0 or 1, got [0, 0, 1, 1]',
    ],
    [{ momentum: 1 }, 'momentum', 'momentum must be between 0 and 0.999, got 1'],
    [{ dropout: 0.5 }, 'dropout', `there is no setting "dropout"; settings are ${SETTING_NAMES.join(', ')}`],
    [{ P: 0.5 }, 'P', `there is no setting "P"; settings are ${SETTING_NAMES.join(', ')}`],
    [JSON.parse('{"__proto__": {"p": 0.1}}'), '__proto__', `there is no setting "__proto__"; settings are ${SETTING_NAMES.join(', ')}`],
    [{ toString: 1 }, 'toString', `there is no setting "toString"; settings are ${SETTING_NAMES.join(', ')}`],
    [null, 'settings', 'settings must be an object of settings, got null'],
    [undefined, 'settings', 'settings must be an object of settings, got undefined'],
    [0.5, 'settings', 'settings must be an object of settings, got 0.5'],
    ['p=0.5', 'settings', 'settings must be an object of settings, got "p=0.5"'],
    [[{ p: 0.5 }], 'settings', 'settings must be an object of settings, got [an object]'],
  ])('ST2 %o', (patch, field, message) => {
    const error = refusal(patch);
    expect(error.message).toBe(message);
    expect(error.field).toBe(field);
    expect(error.name).toBe('SettingsError');
  });

  test('the error carries the value and the allowed range', () => {
    const error = refusal({ p: 1.5 });
    expect(error.value).toBe(1.5);
    expect(error.allowed).toBe('between 0 and 1');
  });

  test('HD1 one bad value refuses the whole patch', () => {
    expect(refusal({ seed: 3, p: 2, learningRate: 0.5 }).field).toBe('p');
  });

  test.each<[string, Partial<Settings>, Partial<Settings>, string]>([
    ['p with the mode', {}, { mode: 'gaussian', p: 1 }, "p must be at least 0 and below 1 in mode 'gaussian', got 1"],
    ['the mode, when p is there already', { p: 1 }, { mode: 'alpha' }, "p must be at least 0 and below 1 in mode 'alpha', got 1"],
    ['p, when the mode is there already', { mode: 'gaussian' }, { p: 1 }, "p must be at least 0 and below 1 in mode 'gaussian', got 1"],
    ['input p', { mode: 'alpha' }, { inputP: 1 }, "inputP must be at least 0 and below 1 in mode 'alpha', got 1"],
    ['one layer', { mode: 'gaussian' }, { layerP: [null, 1] }, "layerP[1] must be at least 0 and below 1 in mode 'gaussian', got 1"],
  ])('DR4 p = 1 where noise would be infinite: %s', (_, base, patch, message) => {
    expect(refusal(patch, parseSettings(base, DEFAULT_SETTINGS)).message).toBe(message);
  });

  test.each(['none', 'standard', 'inverted', 'unscaled', 'dropconnect', 'spatial'] as const)('DR4 p = 1 is a value in mode %s', (mode) => {
    expect(parseSettings({ mode, p: 1, inputP: 1, layerP: [1] }, DEFAULT_SETTINGS).p).toBe(1);
  });
});

describe('what a change does', () => {
  test('ST3 the strongest effect decides', () => {
    const change = (patch: Partial<Settings>) => changeEffect(DEFAULT_SETTINGS, parseSettings(patch, DEFAULT_SETTINGS));
    expect(change({ phase: 'mc' })).toBe('view');
    expect(change({ phase: 'mc', p: 0.2 })).toBe('live');
    expect(change({ p: 0.2, seed: 1 })).toBe('restart');
    expect(change({ p: DEFAULT_SETTINGS.p })).toBeNull();
  });

  test('ST3 exactly these settings are live, exactly these only change the view', () => {
    const withEffect = (effect: string) => SETTING_NAMES.filter((name) => SETTINGS[name].effect === effect).sort();
    expect(withEffect('live')).toEqual([
      'inputP',
      'layerP',
      'learningRate',
      'maskScope',
      'maxNorm',
      'mode',
      'momentum',
      'p',
      'weightDecay',
    ]);
    expect(withEffect('view')).toEqual(['passes', 'phase']);
    expect(restarts({ p: 0.1, mode: 'none' })).toBe(false);
    expect(restarts({ p: 0.1, batchSize: 3 })).toBe(true);
  });

  test('lists are compared by their items', () => {
    const a = parseSettings({ hidden: [3, 4], layerP: [null] }, DEFAULT_SETTINGS);
    const b = parseSettings({ hidden: [3, 5] }, a);
    expect(changedNames(a, b)).toEqual(['hidden']);
    expect(settingsPatch(a, b)).toEqual({ hidden: [3, 5] });
  });
});

test('any value can be shown in a message', () => {
  const cycle: unknown[] = [];
  cycle.push(1, {}, () => 0, Symbol('s'), 'x'.repeat(100));
  expect(showValue(cycle).length).toBeLessThanOrEqual(60);
  expect(showValue(Object.create(null))).toBe('an object');
  expect(showValue('')).toBe('""');
});

test('every setting can say what it takes', () => {
  for (const name of SETTING_NAMES) expect(allowedWords(name)).toMatch(/between|one of/);
});
