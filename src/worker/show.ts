/**
 * Decides what the next frame shows and when it may be made: which pass, how much of the surface, how often.
 *
 * It holds the page's buffers. Showing takes at most a small share of the time while the run is running, and all it needs when it is
 * paused, in pieces. It must not train.
 */
import type { Evaluation, Pass, Run } from '../model/types';
import { type FrameShape, frameBytes, frameShape, openFrame } from '../protocol/frame';
import type { Report } from '../protocol/messages';
import type { Settings } from '../protocol/settings';
import { Credits } from './credits';
import { FrameWriter } from './frameWriter';
import { Throttle } from './pacer';
import { Surface } from './surface';

/** Shares of the worker's time while training: for the frames themselves, the surface, the evaluations of whole sets. */
const FRAME_SHARE = 0.1;
const SURFACE_SHARE = 0.05;
const EVALUATION_SHARE = 0.03;
/** How long showing may work before the worker looks for commands. */
const PIECE_MS = 6;
/** Frames are counted as skipped at the rate at which a screen would have shown them. */
const SKIP_MS = 16;

/** What a show needs of its surroundings. */
interface Clock {
  now(): number;
}

/** The show of one frame shape. */
export class Show {
  /** False once a loss was not a number, until the run jumps elsewhere. */
  isSound = true;

  private readonly shape: FrameShape;
  private readonly credits: Credits;
  private surface: Surface;
  private writer = new FrameWriter();
  private evaluations: { train: Evaluation; test: Evaluation } | null = null;
  /** The pass on show; null when it is to be fetched anew. */
  private pass: Pass | null = null;
  /** Live settings have changed since the newest training step: its masks are not what these settings would draw. */
  private isPassStale = false;
  /** The pass of the newest step is at hand; else the run has to train it again to show it. */
  private isCaptured = true;
  /** Something has changed since the last frame. */
  private hasNews = true;
  /** Somebody waits for a frame of what is now. */
  private isDemanded = true;
  private isEvaluationStale = true;
  private isSurfaceStale = false;

  private readonly frameThrottle = new Throttle(FRAME_SHARE);
  private surfaceThrottle = new Throttle(SURFACE_SHARE);
  private readonly evaluationThrottle = new Throttle(EVALUATION_SHARE);
  private numFrames = 0;
  private numSkipped = 0;
  private nextSkipMs = 0;
  private sliceMs = 0;

  constructor(
    private readonly clock: Clock,
    private run: Run,
    private settings: Settings,
    buffers: readonly ArrayBuffer[],
  ) {
    this.shape = frameShape(settings);
    this.credits = new Credits(buffers, frameBytes(this.shape));
    this.surface = new Surface(run, settings);
  }

  giveBack(buffer: ArrayBuffer): void {
    this.credits.give(buffer);
  }

  /** Another run of the same shape begins. */
  startOver(run: Run, settings: Settings): void {
    this.run = run;
    this.surface = new Surface(run, settings);
    this.surfaceThrottle = new Throttle(SURFACE_SHARE);
    this.evaluations = null;
    this.writer = new FrameWriter();
    this.jumped(settings);
  }

  /** The run has gone to another step. */
  jumped(settings: Settings): void {
    this.settings = settings;
    this.isSound = true;
    this.isCaptured = true;
    this.isPassStale = false;
    this.weightsMoved();
    this.demand();
  }

  /** Settings have changed without a jump; `isLive`: the run's, not only the view's. */
  changeSettings(settings: Settings, isLive: boolean): void {
    this.settings = settings;
    if (isLive) {
      this.isPassStale = true;
      this.weightsMoved();
    }
    this.surface.invalidate(settings);
    this.demand();
  }

  /** Whether the next slice should capture its newest step, because a frame will follow it. Capturing slows a step down. */
  wantsPass(): boolean {
    return this.hasCredit() && (this.isDemanded || this.frameThrottle.isDue(this.clock.now()));
  }

  private hasCredit(): boolean {
    return this.isDemanded ? this.credits.hasOne : this.credits.hasSpare;
  }

  /** The run has trained; `isCaptured`: with the pass of the newest step at hand. */
  tookSteps(isSound: boolean, isCaptured: boolean, sliceMs: number): void {
    this.isSound = isSound;
    this.isCaptured = isCaptured;
    this.sliceMs = sliceMs;
    this.isPassStale = false;
    this.weightsMoved();
  }

  /** Shows the pass of step `stepIndex` under the present weights, until something changes. */
  rehearse(stepIndex: number): void {
    this.pass = this.run.rehearse(stepIndex);
    this.hasNews = true;
  }

  /** Asks for a frame of what is now, whatever its cost. */
  demand(): void {
    this.hasNews = true;
    this.isDemanded = true;
  }

  private weightsMoved(): void {
    this.pass = null;
    this.hasNews = true;
    this.isEvaluationStale = true;
    this.isSurfaceStale = true;
  }

  /** Returns the next frame, when one is due and a buffer is free. `isBusy`: training waits for it, so that it must be brief. */
  offer(revision: number, stepsPerSecond: number, isBusy: boolean): (Report & { type: 'frame' }) | null {
    this.workOnSurface(isBusy);
    if (!this.hasNews) return null;
    const startMs = this.clock.now();
    if (!this.isDemanded && !this.frameThrottle.isDue(startMs)) return null;
    if (isBusy && !this.isCaptured && this.hasCredit()) return null; // the next slice brings one
    const buffer = this.hasCredit() ? this.credits.take() : undefined;
    if (buffer === undefined) {
      this.countSkip(startMs);
      return null;
    }
    this.fill(buffer, revision, stepsPerSecond, isBusy);
    this.hasNews = false;
    this.isDemanded = false;
    this.frameThrottle.record(startMs, this.clock.now());
    this.numFrames += 1;
    return { type: 'frame', revision, frameId: this.numFrames, buffer };
  }

  /** Returns how long an idle worker has nothing to show unless a message comes, in ms; Infinity when only a message helps. */
  waitMs(): number {
    const isSurfaceWaiting = this.isSurfaceStale || !this.surface.isComplete;
    if (isSurfaceWaiting) return 0;
    if (!this.hasNews || !this.credits.hasSpare) return Number.POSITIVE_INFINITY;
    return this.frameThrottle.dueMs - this.clock.now();
  }

  private countSkip(nowMs: number): void {
    if (nowMs < this.nextSkipMs) return;
    this.numSkipped += 1;
    this.nextSkipMs = nowMs + SKIP_MS;
  }

  /** Busy: what fits a piece, now and then, of weights that move. Else piece by piece until it is complete, with a frame after each. */
  private workOnSurface(isBusy: boolean): void {
    const startMs = this.clock.now();
    const isLate = () => this.clock.now() - startMs > PIECE_MS;
    if (isBusy) {
      if (!this.isSurfaceStale || !this.surfaceThrottle.isDue(startMs) || !this.credits.hasOne) return;
      this.isSurfaceStale = !this.surface.keepUp(this.settings, isLate);
    } else {
      if (this.isSurfaceStale) this.surface.invalidate(this.settings);
      this.isSurfaceStale = false;
      if (this.surface.isComplete) return;
      this.surface.work(isLate);
    }
    this.surfaceThrottle.record(startMs, this.clock.now());
    this.hasNews = true;
  }

  private fill(buffer: ArrayBuffer, revision: number, stepsPerSecond: number, isBusy: boolean): void {
    const frame = openFrame(this.shape, buffer);
    this.pass ??= this.currentPass();
    const evaluations = this.evaluate(isBusy);
    this.writer.fill(frame, {
      run: this.run,
      settings: this.settings,
      pass: this.pass,
      surface: this.surface,
      ...evaluations,
      revision,
      stepsPerSecond,
      sliceMs: this.sliceMs,
      skippedFrames: this.numSkipped,
    });
  }

  private currentPass(): Pass {
    const { run } = this;
    const trained = this.isPassStale ? null : run.lastPass();
    return trained ?? run.rehearse(Math.max(0, run.step - 1));
  }

  private evaluate(isBusy: boolean): { train: Evaluation; test: Evaluation } {
    const startMs = this.clock.now();
    const isDue = !isBusy || this.evaluationThrottle.isDue(startMs);
    if (this.evaluations === null || (this.isEvaluationStale && isDue)) {
      this.evaluations = { train: this.run.evaluate('train'), test: this.run.evaluate('test') };
      this.isEvaluationStale = false;
      this.evaluationThrottle.record(startMs, this.clock.now());
    }
    return this.evaluations;
  }
}
