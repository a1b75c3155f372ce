import { expect, test } from 'vitest';
import { SettingsError } from '../../../src/protocol/parse';
import { DEFAULT_SETTINGS } from '../../../src/protocol/settings';
import { createLabStore, updateRun } from '../../../src/store/labStore';

test('ST2 a refused patch changes nothing and tells nobody', () => {
  const store = createLabStore({ settings: { seed: 0 } });
  const before = store.getState();
  let calls = 0;
  store.subscribe(() => calls++);
  expect(() => store.getState().setSettings({ p: 0.1, seed: -1 })).toThrow(SettingsError);
  expect(store.getState()).toBe(before);
  expect(calls).toBe(0);
  expect(store.getState().settings.seed).toBe(0);
});

test('ST2 bad settings at creation are refused by name', () => {
  expect(() => createLabStore({ settings: { p: Number.NaN } })).toThrow('p must be between 0 and 1, got NaN');
});

test('ST4 stores share nothing', () => {
  const a = createLabStore();
  const b = createLabStore();
  a.getState().setSettings({ p: 0.1 });
  a.getState().setView({ pace: 3 });
  updateRun(a, { step: 5 });
  expect(b.getState().settings).toEqual(DEFAULT_SETTINGS);
  expect(b.getState().view.pace).toBe(Number.POSITIVE_INFINITY);
  expect(b.getState().run.step).toBe(0);
});

test('slices change one at a time', () => {
  const store = createLabStore();
  const { settings, run } = store.getState();
  store.getState().setView({ hovered: { layer: 0, unit: 0 } });
  expect(store.getState().settings).toBe(settings);
  expect(store.getState().run).toBe(run);
  updateRun(store, { error: { code: 'non-finite', message: 'm', fatal: false } });
  expect(store.getState().run.phase).toBe('booting');
  expect(store.getState().view.hovered).toEqual({ layer: 0, unit: 0 });
});
