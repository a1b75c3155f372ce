import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { syncAddress } from '../../../src/store/addressSync';
import { ADDRESS_PACE } from '../../../src/store/addressView';
import { createLabStore, type RunState, updateRun } from '../../../src/store/labStore';

/** What of a browser holds an address. */
const place = { origin: 'null', pathname: '/', search: '', hash: '' };
let numEntries = 0;
const replaceState = (_state: unknown, _title: string, address: string) => {
  place.search = new URL(address, 'file:///').search;
};
const pushState: typeof replaceState = (...entry) => {
  numEntries += 1;
  replaceState(...entry);
};

beforeEach(() => {
  place.search = '';
  numEntries = 0;
  vi.useFakeTimers();
  vi.stubGlobal('location', place);
  vi.stubGlobal('history', { state: null, pushState, replaceState });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function addressAfter(run: Partial<RunState>): string {
  const store = createLabStore({ view: { pace: ADDRESS_PACE } });
  const stop = syncAddress(store, { open: async () => undefined });
  updateRun(store, run);
  vi.runAllTimers();
  stop();
  return place.search;
}

test.each<[string, Partial<RunState>, string]>([
  ['has yet to begin', { phase: 'booting', stepsPerSecond: 0 }, ''],
  ['is just under way', { phase: 'running' }, ''],
  ['has lost its worker', { phase: 'failed' }, ''],
  ['has passed step 0', { phase: 'running', step: 7 }, '?v=1&step=7'],
  ['stands at step 0', { phase: 'idle' }, '?v=1&step=0'],
  ['was taken back to step 0', { phase: 'paused', lastStep: 9 }, '?v=1&step=0'],
])('AD4 AD5 the address of a run that %s', (_, run, search) => {
  expect(addressAfter(run)).toBe(search);
});

test('AD1 what was changed and undone before another step is in no address', () => {
  const { start } = createLabStore().getState().run;
  const changes = [
    { step: 5, patch: { p: 0.2, learningRate: 0.1 } },
    { step: 9, patch: { p: 0.2, layerP: [] } },
    { step: 12, patch: { layerP: [null, 0], p: 0.5 } },
  ];
  expect(addressAfter({ phase: 'paused', start, step: 12, changes })).toBe('?v=1&at=p:5:0.2:7:0.5;pl:12:,0&step=12');
  expect(addressAfter({ phase: 'paused', start, step: 9, changes: [{ step: 9, patch: { p: 0.5 } }] })).toBe('?v=1&step=9');
});

test('AD5 what a comparison differs in is an entry, but not when the page says it of an old address', () => {
  const store = createLabStore({ view: { pace: ADDRESS_PACE, compare: {} } });
  const stop = syncAddress(store, { open: async () => undefined });
  store.getState().setView({ compare: { mode: 'none' } });
  vi.advanceTimersByTime(3000);
  expect([place.search, numEntries]).toEqual(['?v=1&b=mode:none', 0]);
  store.getState().setView({ compare: { p: 0 } });
  vi.advanceTimersByTime(3000);
  store.getState().setView({ compare: null });
  vi.advanceTimersByTime(3000);
  stop();
  expect([place.search, numEntries]).toEqual(['', 2]);
});
