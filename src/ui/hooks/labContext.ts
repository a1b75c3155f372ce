/** The lab of this part of the page, and hooks to read it. Several labs may share a page; each has its own provider. */
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Lab } from '../../bridge';
import type { Frame } from '../../protocol/frame';
import type { DataReport } from '../../protocol/messages';
import type { Settings } from '../../protocol/settings';
import type { LabState, ViewState } from '../../store/labStore';
import { type Numbers, readNumbers } from '../words/numbers';
import type { Pointing, PointingState } from './pointing';

interface LabContextValue {
  readonly lab: Lab;
  readonly pointing: Pointing;
  /** Tells the user in a sentence why something was refused; null takes it away. */
  readonly notify: (message: string | null) => void;
}

export const LabContext = createContext<LabContextValue | null>(null);

function useLabContext(): LabContextValue {
  const value = useContext(LabContext);
  if (!value) throw new Error('this component must stand inside a LabProvider');
  return value;
}

export function useLab(): Lab {
  return useLabContext().lab;
}

export function usePointing(): Pointing {
  return useLabContext().pointing;
}

export function usePointingState(): PointingState {
  const { get, subscribe } = usePointing();
  return useSyncExternalStore(subscribe, get);
}

export function useNotify(): (message: string | null) => void {
  return useLabContext().notify;
}

/** Reads a part of the store; renders when that part changes. */
export function useLabState<Part>(select: (state: LabState) => Part): Part {
  return useStore(useLab().store, select);
}

export function useSettings(): Settings {
  return useLabState((state) => state.settings);
}

/** Returns the function that changes settings. A refusal becomes a notice; nothing has changed then. Returns whether it was taken. */
export function useChange(): (patch: Partial<Settings>) => boolean {
  const { lab, notify } = useLabContext();
  return useCallback(
    (patch) => {
      try {
        lab.store.getState().setSettings(patch);
        notify(null);
        return true;
      } catch (error) {
        notify(error instanceof Error ? error.message : String(error));
        // Whatever changes next, by whatever route, the refusal is of settings that are no more.
        const unsubscribe = lab.store.subscribe((state, before) => {
          if (state.settings === before.settings) return;
          unsubscribe();
          notify(null);
        });
        return false;
      }
    },
    [lab, notify],
  );
}

export function useSetView(): (patch: Partial<ViewState>) => void {
  const lab = useLab();
  return useCallback((patch) => lab.store.getState().setView(patch), [lab]);
}

/** Returns the newest frame that words are made of: at most four a second. */
export function useReadout(): Frame | null {
  const { readout } = useLab();
  return useSyncExternalStore(readout.subscribe, readout.get);
}

/** Returns the numbers of the newest readout, or null before the first frame. */
export function useNumbers(): Numbers | null {
  const frame = useReadout();
  return useMemo(() => (frame ? readNumbers(frame) : null), [frame]);
}

export function useData(): DataReport | null {
  const { data } = useLab();
  return useSyncExternalStore(data.subscribe, data.get);
}

/** Runs a call to the lab; what it rejects with becomes a notice, for the store already says when the worker is lost. */
export function useAsk(): (call: (lab: Lab) => Promise<unknown>) => void {
  const { lab, notify } = useLabContext();
  return useCallback(
    (call) => {
      call(lab).catch((error: unknown) => {
        if (lab.store.getState().run.phase !== 'failed') notify(error instanceof Error ? error.message : String(error));
      });
    },
    [lab, notify],
  );
}
