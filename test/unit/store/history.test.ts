/** Undo and redo of settings, on the store alone and under a lab. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLab } from '../../../src/bridge';
import { adoptQuietly, GROUP_MS } from '../../../src/store/history';
import { createLabStore, type LabStore, updateRun } from '../../../src/store/labStore';
import { channelWorker } from '../bridge/channelWorker';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const p = (store: LabStore) => store.getState().settings.p;
const set = (store: LabStore, value: number) => store.getState().setSettings({ p: value });
const pause = () => vi.advanceTimersByTime(GROUP_MS + 1);

test('AD6 undo and redo go through the entries; a new change forgets what was undone', () => {
  const store = createLabStore();
  const { undo, redo } = store.temporal.getState();
  set(store, 0.3);
  pause();
  set(store, 0);
  undo();
  expect(p(store)).toBe(0.3);
  undo();
  expect(p(store)).toBe(0.5);
  undo();
  expect(p(store)).toBe(0.5);
  redo();
  redo();
  expect(p(store)).toBe(0);
  undo();
  pause();
  set(store, 0.9);
  redo();
  expect(p(store)).toBe(0.9);
});

test('AD6 a drag is one entry, another setting is another', () => {
  const store = createLabStore();
  for (let step = 1; step <= 40; step++) {
    set(store, 0.5 + step / 100);
    vi.advanceTimersByTime(16);
  }
  store.getState().setSettings({ mode: 'standard' });
  expect(store.temporal.getState().pastStates).toHaveLength(2);
  store.temporal.getState().undo();
  expect(store.getState().settings).toMatchObject({ mode: 'inverted', p: 0.9 });
  store.temporal.getState().undo();
  expect(p(store)).toBe(0.5);
});

test('AD6 a drag with pauses is one entry as long as the pointer is down; the next press is another', () => {
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  const store = createLabStore();
  for (const [down, values] of [
    [1, [0.3, 0.2, 0.1]],
    [2, [0.6, 0.7]],
  ] as const) {
    page.dispatchEvent(new Event('pointerdown'));
    for (const value of values) {
      pause();
      set(store, value);
    }
    page.dispatchEvent(new Event('pointerup'));
    expect(store.temporal.getState().pastStates).toHaveLength(down);
  }
  pause();
  set(store, 0.9);
  expect(store.temporal.getState().pastStates).toHaveLength(3);
});

test('AD6 a change right after an undo is an entry of its own, however quickly it comes', () => {
  const store = createLabStore();
  const { undo, redo } = store.temporal.getState();
  set(store, 0.3);
  vi.advanceTimersByTime(100);
  undo();
  vi.advanceTimersByTime(100);
  set(store, 0.4);
  expect(store.temporal.getState().futureStates).toEqual([]);
  undo();
  expect(p(store)).toBe(0.5);
  redo();
  expect(p(store)).toBe(0.4);
});

test('AD6 what is refused, the run and the view make no entry', () => {
  const store = createLabStore();
  expect(() => set(store, 2)).toThrow();
  set(store, 0.5);
  updateRun(store, { step: 3 });
  store.getState().setView({ pace: 4 });
  adoptQuietly(store, () => set(store, 0.1));
  expect(store.temporal.getState().pastStates).toEqual([]);
});

test('AD6 a seek over a live change makes no entry, and undo reaches the run', async () => {
  vi.useRealTimers();
  const lab = createLab({ connect: channelWorker, settings: { hidden: [4], trainSize: 20, testSize: 10, batchSize: 8 } });
  await lab.advance(5);
  await lab.configure({ p: 0.8 });
  await lab.advance(5);
  await lab.seek(2);
  expect(p(lab.store)).toBe(0.5);
  await lab.seek(8);
  expect(lab.store.temporal.getState().pastStates).toHaveLength(1);
  lab.store.temporal.getState().undo();
  expect((await lab.snapshot()).changes).toEqual([
    { step: 5, patch: { p: 0.8 } },
    { step: 8, patch: { p: 0.5 } },
  ]);
  lab.dispose();
});
