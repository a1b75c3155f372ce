/**
 * The state of one lab that is worth a React render: settings, run, view. One store per lab, so that several labs share a page.
 *
 * Frames never enter it, and nothing here knows of workers. The bridge mirrors `settings` to the worker and alone writes `run`.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LabFailure } from '../protocol/failure';
import { parseSettings } from '../protocol/parse';
import { DEFAULT_SETTINGS, type Settings } from '../protocol/settings';
import type { Change } from '../protocol/snapshot';
import type { ControlName } from './controls';
import { type SettingsHistory, withHistory } from './history';

export type { LabFailure };

/** Where the run is. 'idle': ready, no step done yet; 'failed': the worker is gone, `run.error` says why and `lab.restart()` starts it anew. */
type RunPhase = 'booting' | 'idle' | 'running' | 'paused' | 'failed';

/** State of the run. Written by the bridge only: on every change, and at most 4 times a second while running. */
export interface RunState {
  readonly phase: RunPhase;
  /** Training steps done. */
  readonly step: number;
  /** Furthest step reached since the last reset: the end of the scrubber. */
  readonly lastStep: number;
  /** Measured over the last half second; 0 when paused. */
  readonly stepsPerSecond: number;
  /** The settings in force when this run was at step 0; what was changed since is in `changes`. */
  readonly start: Settings;
  /** Live changes of this run, in order of steps. */
  readonly changes: readonly Change[];
  /** Counts starts over at step 0 (reset, or a setting that restarts), so that views can say so. */
  readonly numRestarts: number;
  readonly error: LabFailure | null;
}

/** Returns whether a run stands where it is, at step 0 too: then its step is worth naming. One that moves has left step 0 before it is read. */
export function isStanding({ phase }: Pick<RunState, 'phase'>): boolean {
  return phase === 'idle' || phase === 'paused';
}

/**
 * How a probability is written: `drop` = today's p, `rate` = the same number under Keras' and TF 2's name,
 * `keep-paper` = the paper's p (kept), `keep_prob` = TF 1's. Settings always hold the drop probability.
 */
export const CONVENTIONS = ['drop', 'rate', 'keep-paper', 'keep_prob'] as const;
export type Convention = (typeof CONVENTIONS)[number];

/** A unit of a layer; layer 0 is the input. */
export interface UnitRef {
  readonly layer: number;
  readonly unit: number;
}

/** What only this page knows: never sent to the worker. */
export interface ViewState {
  readonly convention: Convention;
  /** Training steps per second while running; Infinity = as fast as the machine can. */
  readonly pace: number;
  /** Unit under the pointer; gone when the pointer leaves. */
  readonly hovered: UnitRef | null;
  /** Unit chosen by click or keyboard; stays. */
  readonly focused: UnitRef | null;
  /** Row of the frame (an example of the batch) under the pointer or chosen. */
  readonly exampleRow: number | null;
  readonly showGradients: boolean;
  readonly theme: 'system' | 'light' | 'dark';
  /** Compare A | B: what differs in B; null when there is no B. */
  readonly compare: Partial<Settings> | null;
  /** Parts of the screen that are taken away. */
  readonly hidden: readonly ControlName[];
  /** The `?debug` overlay. */
  readonly debug: boolean;
  /** Large type for a projector, no panels. */
  readonly present: boolean;
  /** The room whose leading window this page follows, '' for any; null when it follows none. */
  readonly follow: string | null;
}

export const DEFAULT_VIEW: ViewState = {
  convention: 'drop',
  pace: Number.POSITIVE_INFINITY,
  hovered: null,
  focused: null,
  exampleRow: null,
  showGradients: false,
  theme: 'system',
  compare: null,
  hidden: [],
  debug: false,
  present: false,
  follow: null,
};

export const INITIAL_RUN: RunState = {
  phase: 'booting',
  step: 0,
  lastStep: 0,
  stepsPerSecond: 0,
  start: DEFAULT_SETTINGS,
  changes: [],
  numRestarts: 0,
  error: null,
};

export interface LabState {
  readonly settings: Settings;
  readonly run: RunState;
  readonly view: ViewState;
  /** Takes a patch whole or refuses it whole. Errors: SettingsError naming field, value and allowed range; nothing has changed then. */
  setSettings(patch: Partial<Settings>): void;
  setView(patch: Partial<ViewState>): void;
}

export type LabStore = StoreApi<LabState> & SettingsHistory;

export interface LabStoreOptions {
  /** Laid over the defaults. Errors: SettingsError. */
  readonly settings?: Partial<Settings>;
  readonly view?: Partial<ViewState>;
}

/** Creates the store of one lab. Errors: SettingsError when the given settings are refused. */
export function createLabStore(options: LabStoreOptions = {}): LabStore {
  const settings = parseSettings(options.settings ?? {}, DEFAULT_SETTINGS);
  return createStore<LabState>()(
    withHistory((set, get) => ({
      settings,
      run: { ...INITIAL_RUN, start: settings },
      view: { ...DEFAULT_VIEW, ...options.view },
      setSettings: (patch) => set({ settings: parseSettings(patch, get().settings) }),
      setView: (patch) => set({ view: { ...get().view, ...patch } }),
    })),
  );
}

/** Writes the run. For the bridge alone. */
export function updateRun(store: LabStore, patch: Partial<RunState>): void {
  store.setState({ run: { ...store.getState().run, ...patch } });
}
