/**
 * The public handle of a lab: one EventTarget for the page's own scripts, the custom element and the messages of an embed.
 *
 * Versioned public API (see the README): names and meanings stay. It adds nothing to a lab but events, and steers both of two labs that
 * are compared; whoever makes one registers it.
 */

import { readHeader } from '../protocol/frame';
import type { Settings } from '../protocol/settings';
import type { Prediction, PredictOptions, Snapshot } from '../protocol/snapshot';
import { pairOf } from './companions';
import type { DropoutLabEvents } from './events';
import type { Lab, LabPair } from './types';

/** The handle of `window.dropoutLab` and of `<dropout-lab>`. */
export class DropoutLab extends EventTarget {
  /** Raised when a member changes its meaning. */
  readonly version = 1;
  readonly #lab: Lab;
  readonly #opened: Promise<void>;

  /** `opened`: settled once the lab stands at the step that its address or attributes ask for. */
  constructor(lab: Lab, opened: Promise<void> = Promise.resolve()) {
    super();
    this.#lab = lab;
    this.#opened = opened;
    lab.frames.onPainted((frame) => this.emit('frame', { step: readHeader(frame, 'step') }));
    lab.store.subscribe((state, before) => {
      if (state.settings !== before.settings) this.emit('settingschange', { settings: state.settings });
      if (state.run.error !== before.run.error && state.run.error !== null) this.emit('error', state.run.error);
    });
  }

  /** Worker up, wasm loaded, first frame painted, and the step reached that an address asks for; rejects with a readable Error. */
  get ready(): Promise<void> {
    return this.#lab.ready.then(() => this.#opened);
  }
  /** A frozen copy of the settings. */
  get settings(): Settings {
    return this.#lab.store.getState().settings;
  }
  /** Training steps done since reset. */
  get step(): number {
    return this.#lab.step;
  }
  get running(): boolean {
    return this.#lab.running;
  }
  /** Changes settings, all or nothing. Errors: SettingsError naming field, value and allowed range. */
  async configure(patch: Partial<Settings>): Promise<void> {
    await this.#lab.configure(patch);
    await pairOf(this.#lab)?.settle();
  }
  play(): Promise<void> {
    return this.steered.play();
  }
  pause(): Promise<void> {
    return this.steered.pause();
  }
  /** Trains exactly `count` minibatch steps (default 1); resolves to `step` when done and painted. A running run is paused first. */
  advance(count = 1): Promise<number> {
    return this.steered.advance(count);
  }
  /** Goes to step 0: the same initial weights, data and order; paused. */
  reset(): Promise<void> {
    return this.steered.reset();
  }
  /** Goes to any step, back or forward: the same bits as a fresh run to that step; paused. */
  seek(step: number): Promise<void> {
    return this.steered.seek(step);
  }
  predict(inputs: Float32Array, options: PredictOptions = {}): Promise<Prediction> {
    return this.#lab.predict(inputs, options);
  }
  /** Copies what the worker holds; never disturbs training. */
  snapshot(): Promise<Snapshot> {
    return this.#lab.snapshot();
  }

  override addEventListener<Name extends keyof DropoutLabEvents>(
    type: Name,
    listener: ((event: DropoutLabEvents[Name]) => void) | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    super.addEventListener(type, listener, options);
  }

  /** The lab, or while it is compared with another, both. */
  private get steered(): Lab | LabPair {
    return pairOf(this.#lab) ?? this.#lab;
  }

  private emit<Name extends keyof DropoutLabEvents>(name: Name, detail: DropoutLabEvents[Name]['detail']): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
