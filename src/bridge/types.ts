/**
 * What a page may do with a lab: the public surface of the bridge. Types only.
 *
 * Views read three things: `lab.store` (settings, run, view: React renders), `lab.frames` (painters: canvas, no render) and
 * `lab.readout` / `lab.data` (external stores for useSyncExternalStore: words and tables, at most 4 renders a second).
 */
import type { Frame } from '../protocol/frame';
import type { DataReport } from '../protocol/messages';
import type { Settings } from '../protocol/settings';
import type { Change, Prediction, PredictOptions, Snapshot } from '../protocol/snapshot';
import type { LabStore, LabStoreOptions } from '../store/labStore';

/** An external store: `useSyncExternalStore(readable.subscribe, readable.get)`. Both functions are bound. */
export interface Readable<Value> {
  readonly get: () => Value;
  /** Calls `onChange` after each change. Returns the function that unsubscribes. */
  readonly subscribe: (onChange: () => void) => () => void;
}

/** Named redraw channels: a new frame repaints them all, `invalidate` only the named ones (a hover, a resize, a theme). */
export const CHANNELS = ['network', 'mask', 'gradient', 'histogram', 'surface', 'curve', 'data', 'debug'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Draws the newest frame. Runs in the shared animation frame; must not keep the frame or a view of it beyond the call. */
export type Painter = (frame: Frame) => void;

/** Carries frames from the worker to the painters, one per animation frame, newest wins. */
export interface FrameBus {
  /** The frame on screen; its buffer is reused after the next animation frame, so read it at once or not at all. Null before the first. */
  readonly latest: Frame | null;
  /** Counts frames painted since the start. */
  readonly numPainted: number;
  /** Frames that arrived but were overtaken before an animation frame came, or belonged to older settings. */
  readonly numSkipped: number;
  /** Registers a painter, which also paints the frame on screen at the next animation frame. Returns the function that unsubscribes. */
  subscribe(channel: Channel, painter: Painter): () => void;
  /** Repaints these channels (all, when none is named) with the frame on screen, at the next animation frame. */
  invalidate(...channels: Channel[]): void;
  /** Calls back after each newly painted frame, once all painters have run; at most once per animation frame. */
  onPainted(listener: (frame: Frame) => void): () => void;
}

export interface PlayOptions {
  /** Steps per second; default: `view.pace` of the store, which also changes it later. */
  readonly pace?: number;
  /** Never trains past this step number; default Infinity. */
  readonly limit?: number;
}

/**
 * One lab: its worker, its store, its frames. Calls are taken in order. Every promise rejects with a readable Error (LabError with a
 * `code`, SettingsError, or RangeError/TypeError for bad arguments) when the worker is lost or the lab is disposed.
 */
export interface Lab {
  readonly store: LabStore;
  readonly frames: FrameBus;
  /** A copy of the frame on screen for words and tables: at most 4 a second while running, at once when paused. Never reused: it may be kept. */
  readonly readout: Readable<Frame | null>;
  /** The drawn data; replaced when the run restarts. */
  readonly data: Readable<DataReport | null>;
  /** Worker up, wasm loaded, first frame painted. After a crash and `restart`, a new promise. */
  readonly ready: Promise<void>;
  /** Training steps done, as fresh as the page knows it (`store.run.step` lags up to a quarter second while running). */
  readonly step: number;
  readonly running: boolean;
  /**
   * Changes settings, all or nothing; resolves when a frame of these settings has been painted. Live settings apply from the next step on,
   * 'restart' settings start over at step 0 (a running run goes on running), values that do not differ change nothing.
   * The same as `store.getState().setSettings`, with a promise.
   * Errors: SettingsError.
   */
  configure(patch: Partial<Settings>): Promise<void>;
  /** Trains until paused. Called again while running, it changes pace and limit. */
  play(options?: PlayOptions): Promise<void>;
  /**
   * Holds every run at `step` until it is moved; Infinity lets go. It neither starts a run nor stops one: there it waits, still running.
   * Calls that name a number of steps or a step are not held. Errors: RangeError unless a whole number ≥ 0 or Infinity.
   */
  leash(step: number): void;
  /** Stops after the slice under way; `step` is exact once it resolves. */
  pause(): Promise<void>;
  /** Pauses, trains exactly `count` steps (default 1) and resolves to `step` when they are done and painted. Errors: RangeError unless a whole number ≥ 0. */
  advance(count?: number): Promise<number>;
  /** Pauses and goes back to step 0: the same initial weights, data and order, under the settings as they are; forgets the list of changes. */
  reset(): Promise<void>;
  /**
   * Repeats a run that was changed as it went: starts over from the settings as they are, trains to `step` with `changes` on the way, pauses.
   * Errors: RangeError for a step that is none; SettingsError for a change that is none, or that would restart the run.
   */
  replay(changes: readonly Change[], step: number): Promise<void>;
  /** Pauses and goes to any step, back or forward: the same bits as a fresh run to that step. Errors: RangeError unless a whole number ≥ 0. */
  seek(step: number): Promise<void>;
  /** Shows the pass of training step `step` (0-based) under the present weights; trains nothing. Resolves when painted. */
  rehearse(step: number): Promise<void>;
  /** Predicts `[size, numInputs]` inputs. Errors: TypeError unless a Float32Array, RangeError unless its length is a multiple of the inputs. */
  predict(inputs: Float32Array, options?: PredictOptions): Promise<Prediction>;
  /** Hashes the weights as they are; `snapshot().fingerprint` without the copy. */
  fingerprint(): Promise<{ step: number; fingerprint: string }>;
  /** Copies what the worker holds; never disturbs training. */
  snapshot(): Promise<Snapshot>;
  /** Starts a new worker with the same settings, after a failure or at will. Resolves when it is ready. */
  restart(): Promise<void>;
  /** Ends the worker and rejects what is pending. For good. */
  dispose(): void;
}

export interface LabOptions extends LabStoreOptions {
  /** Starts the channel to a session; default: a Web Worker. For tests and for builds that carry the worker inline. */
  readonly connect?: Connect;
  /** How long to wait for the worker's first word, in ms. */
  readonly readyTimeoutMs?: number;
  /** How often to look whether the worker has spoken, in ms; after ten such times of silence where a word is due it is lost. Default 1000. */
  readonly heartbeatMs?: number;
}

/** What the bridge needs of a worker; `Worker` is one. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

export type Connect = () => WorkerLike;

/**
 * Two labs in lockstep: B is A's run from step 0 on with `difference` laid over its settings, live changes included. B goes where A goes,
 * also when A is called by others: whatever is done to A, `settle` tells when B stands there too. A is never moved for B's sake.
 */
export interface LabPair {
  readonly a: Lab;
  readonly b: Lab;
  readonly difference: Partial<Settings>;
  /** Changes what differs in B, which runs anew to the step of A. Errors: SettingsError; nothing has changed then. */
  setDifference(difference: Partial<Settings>): Promise<void>;
  /** Resolves when B is where A is; a B that cannot follow says so in its store. */
  settle(): Promise<void>;
  play(): Promise<void>;
  pause(): Promise<void>;
  /** Pauses both and trains exactly `count` steps of each. */
  advance(count?: number): Promise<number>;
  reset(): Promise<void>;
  seek(step: number): Promise<void>;
  /** Ends B and the lockstep; A lives on as it is. */
  dispose(): void;
}
