/** Small external stores for words and tables, for useSyncExternalStore. They hold copies, never a frame whose buffer is reused. */
import { copyFrame, type Frame } from '../protocol/frame';
import type { FrameBus, Readable } from './types';

/** A value that is replaced whole. */
export class Cell<Value> implements Readable<Value> {
  private readonly listeners = new Set<() => void>();
  constructor(private value: Value) {}

  readonly get = (): Value => this.value;
  readonly subscribe = (onChange: () => void): (() => void) => {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  };
  set(value: Value): void {
    this.value = value;
    for (const listener of [...this.listeners]) listener();
  }
}

/** Words that change faster cannot be read. */
const READOUT_MS = 250;

/** Copies the painted frame for words: at most 4 times a second while running, at once when paused, not at all when nobody reads. */
export class Readout implements Readable<Frame | null> {
  private readonly listeners = new Set<() => void>();
  private copy: Frame | null = null;
  private copied = 0;
  private nextMs = 0;

  constructor(
    private readonly bus: FrameBus,
    private readonly isRunning: () => boolean,
  ) {
    bus.onPainted(() => {
      if (this.listeners.size > 0 && (!this.isRunning() || performance.now() >= this.nextMs)) this.refresh();
    });
  }

  readonly get = (): Frame | null => {
    if (this.listeners.size === 0) this.takeCopy();
    return this.copy;
  };

  readonly subscribe = (onChange: () => void): (() => void) => {
    if (this.listeners.size === 0) this.takeCopy();
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  };

  /** Brings the copy up to what is on screen. */
  refresh(): void {
    if (!this.takeCopy()) return;
    for (const listener of [...this.listeners]) listener();
  }

  private takeCopy(): boolean {
    const { latest, numPainted } = this.bus;
    if (latest === null || numPainted === this.copied) return false;
    this.copied = numPainted;
    this.nextMs = performance.now() + READOUT_MS;
    this.copy = copyFrame(latest);
    return true;
  }
}
