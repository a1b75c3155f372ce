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
import { watchPress } from './press';

/** A pause this long ends a group of changes, unless a pointer is still down. */
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
      const pressNow = watchPress();
      let last = { ms: Number.NEGATIVE_INFINITY, press: null as number | null, names: '', settings: null as Settings | null };
      return (past, _replace, after) => {
        const before = past as Remembered;
        const ms = performance.now();
        const names = changedNames(before.settings, after.settings).join();
        // What was undone, or sought, since the last change is no part of a group: the next change is an entry of its own.
        const press = pressNow();
        const isClose = ms - last.ms <= GROUP_MS || (press !== null && press === last.press);
        const isSameGroup = isClose && names === last.names && before.settings === last.settings;
        last = { ms, press, names, settings: after.settings };
        if (!isSameGroup) keep(past);
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
