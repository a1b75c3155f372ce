/**
 * Undo and redo of settings. Changes of the same settings that follow each other closely, as a drag makes them, are one entry.
 *
 * Undo puts settings back; it does not turn back the run: a live setting changes it as it goes, as by hand. What a seek brings into the
 * store is no change of the user's and is not kept.
 */
import { type TemporalState, temporal } from 'zundo';
import type { StateCreator, StoreApi } from 'zustand/vanilla';
import { changedNames } from '../protocol/changes';
import type { Settings } from '../protocol/settings';

/** A pause this long ends a group of changes. */
export const GROUP_MS = 600;
const MAX_ENTRIES = 200;

interface Remembered {
  readonly settings: Settings;
}

/** What a store has beside its state. */
export interface SettingsHistory {
  readonly temporal: StoreApi<TemporalState<Remembered>>;
}

type WithHistory<State> = StateCreator<State, [], [['temporal', SettingsHistory['temporal']]]>;

/** Lays the history over a store's state. */
export function withHistory<State extends Remembered>(create: StateCreator<State, [['temporal', unknown]]>): WithHistory<State> {
  return temporal<State, [], [], Remembered>(create, {
    partialize: ({ settings }): Remembered => ({ settings }),
    equality: (before, after) => before.settings === after.settings,
    limit: MAX_ENTRIES,
    handleSet: (keep) => {
      let lastMs = Number.NEGATIVE_INFINITY;
      let lastNames = '';
      return (before, _replace, after) => {
        const nowMs = performance.now();
        const names = changedNames((before as Remembered).settings, after.settings).join();
        const isNew = nowMs - lastMs > GROUP_MS || names !== lastNames;
        lastMs = nowMs;
        lastNames = names;
        if (isNew) keep(before);
      };
    },
  });
}

/** Changes settings without an entry in the history. */
export function adoptQuietly(history: SettingsHistory, adopt: () => void): void {
  const { pause, resume } = history.temporal.getState();
  pause();
  adopt();
  resume();
}
