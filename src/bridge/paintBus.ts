/**
 * The frame bus of one lab: takes frames in, paints the newest once per animation frame, gives the buffers back.
 *
 * It keeps the frame on screen until the next one has been painted, so that a hover can repaint it. Frames never leave it for the store.
 */
import { type Frame, readHeader } from '../protocol/frame';
import { guard, requestPaint } from './animationLoop';
import { CHANNELS, type Channel, type FrameBus, type Painter } from './types';

/**
 * Which figures keep their older picture, in turn, while frames follow each other; the first frame without a follower paints what waits.
 * They are the dear ones to draw, and change least; with the curve goes the text of the counters, which lays the page out anew.
 */
const TURNS: readonly (readonly Channel[])[] = [['surface', 'curve'], ['histogram', 'curve'], ['surface', 'curve'], ['histogram']];
/** A frame that comes later than this after the one before is painted whole at once. */
const FOLLOW_MS = 100;

interface Waiter {
  isDone(frame: Frame, received: number): boolean;
  resolve(): void;
  reject(reason: Error): void;
}

/** The bus with the doors that only its lab uses. */
export class PaintBus implements FrameBus {
  latest: Frame | null = null;
  numPainted = 0;
  numSkipped = 0;
  /** Counts frames taken in; a promise may wait until the present one has been painted. */
  numReceived = 0;

  private pending: Frame | null = null;
  private readonly spent: Frame[] = [];
  private revision = 0;
  private readonly painters = new Map<Channel, Set<Painter>>(CHANNELS.map((channel) => [channel, new Set()]));
  private readonly dirty = new Set<Painter>();
  /** Whether painters wait for their turn with the frame on screen. */
  private isOwing = false;
  private turn = 0;
  private shownMs = Number.NEGATIVE_INFINITY;
  private readonly listeners = new Set<(frame: Frame) => void>();
  private waiters: Waiter[] = [];
  private withdraw: (() => void) | null = null;

  /** `release` is called with each frame whose buffer the page no longer needs. */
  constructor(private readonly release: (frame: Frame) => void) {}

  /** Takes a frame in. One of older settings is given back unpainted. */
  receive(frame: Frame): void {
    this.numReceived += 1;
    if (readHeader(frame, 'revision') < this.revision) {
      this.skip(frame);
      return;
    }
    if (this.pending !== null) {
      this.numSkipped += 1;
      this.spent.push(this.pending);
    }
    this.pending = frame;
    this.requestPaint();
  }

  /** Says which settings frames must belong to from now on. */
  expect(revision: number): void {
    this.revision = revision;
    if (this.pending === null) return;
    const stale = this.pending;
    this.pending = null;
    this.skip(stale);
  }

  /** Resolves when the newest frame taken in so far, or a later one, has been painted. */
  whenCaughtUp(): Promise<void> {
    const target = this.numReceived;
    if (this.pending === null && !this.isOwing && this.isPainted(target)) return Promise.resolve();
    return this.wait((_frame, received) => received >= target);
  }

  /** Resolves when a frame of these or later settings has been painted. */
  whenPainted(revision: number): Promise<void> {
    if (this.latest !== null && readHeader(this.latest, 'revision') >= revision) return Promise.resolve();
    return this.wait((frame) => readHeader(frame, 'revision') >= revision);
  }

  /** Rejects all who wait for a paint; what is on screen stays. */
  fail(reason: Error): void {
    this.withdraw?.();
    this.withdraw = null;
    this.pending = null;
    this.spent.length = 0;
    this.isOwing = false;
    const waiters = this.waiters;
    this.waiters = [];
    for (const waiter of waiters) waiter.reject(reason);
  }

  subscribe(channel: Channel, painter: Painter): () => void {
    this.paintersOf(channel).add(painter);
    this.dirty.add(painter);
    if (this.latest !== null) this.requestPaint();
    return () => {
      this.paintersOf(channel).delete(painter);
      this.dirty.delete(painter);
    };
  }

  invalidate(...channels: Channel[]): void {
    for (const channel of channels.length === 0 ? CHANNELS : channels) {
      for (const painter of this.paintersOf(channel)) this.dirty.add(painter);
    }
    if (this.latest !== null && this.dirty.size > 0) this.requestPaint();
  }

  onPainted(listener: (frame: Frame) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private paintersOf(channel: Channel): Set<Painter> {
    return this.painters.get(channel) as Set<Painter>;
  }

  private isPainted(received: number): boolean {
    return this.latest !== null && this.paintedReceived >= received;
  }
  private paintedReceived = 0;

  private wait(isDone: Waiter['isDone']): Promise<void> {
    return new Promise((resolve, reject) => this.waiters.push({ isDone, resolve, reject }));
  }

  private requestPaint(): void {
    this.withdraw = requestPaint(this.paint);
  }

  private skip(frame: Frame): void {
    this.numSkipped += 1;
    this.release(frame);
  }

  private readonly paint = (): void => {
    const fresh = this.pending;
    if (fresh !== null) this.show(fresh);
    const frame = this.latest;
    if (frame === null) return;
    const later = fresh === null ? [] : this.takeTurn();
    const painters = fresh === null ? [...this.dirty] : CHANNELS.flatMap((channel) => [...this.paintersOf(channel)]);
    this.dirty.clear();
    for (const painter of later) this.dirty.add(painter);
    for (const painter of painters) if (!later.includes(painter)) guard(() => painter(frame));
    this.isOwing = later.length > 0;
    if (this.isOwing) this.requestPaint();
    for (const spent of this.spent.splice(0)) this.release(spent);
    if (fresh !== null) {
      this.numPainted += 1;
      for (const listener of [...this.listeners]) guard(() => listener(frame));
    }
    if (!this.isOwing) this.settle(frame);
  };

  /** Returns the painters that may wait for the next animation frame: none when somebody waits for this frame, or it follows no other. */
  private takeTurn(): Painter[] {
    const now = performance.now();
    const isFollowing = now - this.shownMs < FOLLOW_MS;
    this.shownMs = now;
    if (!isFollowing || this.waiters.length > 0) return [];
    this.turn = (this.turn + 1) % TURNS.length;
    return (TURNS[this.turn] ?? []).flatMap((channel) => [...this.paintersOf(channel)]);
  }

  private show(fresh: Frame): void {
    this.pending = null;
    this.paintedReceived = this.numReceived;
    if (this.latest !== null) this.spent.push(this.latest);
    this.latest = fresh;
  }

  private settle(frame: Frame): void {
    const isDone = (waiter: Waiter) => waiter.isDone(frame, this.paintedReceived);
    const done = this.waiters.filter(isDone);
    this.waiters = this.waiters.filter((waiter) => !done.includes(waiter));
    for (const waiter of done) waiter.resolve();
  }
}
