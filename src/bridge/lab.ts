/**
 * The engine of one lab: keeps a worker and a store in step, brings frames to the bus, and turns calls into commands.
 *
 * It computes nothing that the worker knows. Everything that can wait has a promise, and every promise ends, also when the worker dies.
 */

import { changeEffect } from '../protocol/changes';
import { type Frame, type FrameShape, frameBytes, frameShape, openFrame, readHeader } from '../protocol/frame';
import type { DataReport, Query, QueryResults, Report } from '../protocol/messages';
import { PROTOCOL_VERSION } from '../protocol/messages';
import { parseSettings } from '../protocol/parse';
import type { Settings } from '../protocol/settings';
import type { Change, Prediction, PredictOptions, Snapshot } from '../protocol/snapshot';
import { adoptQuietly } from '../store/history';
import { createLabStore, INITIAL_RUN, type LabFailure, type LabStore, updateRun } from '../store/labStore';
import { checkChanges, checkLimit, checkPace, checkPrediction, checkWhole } from './checkArguments';
import { LabError } from './labError';
import { evaluationMs, predictionMs } from './longestWork';
import { PaintBus } from './paintBus';
import { Cell, Readout } from './readable';
import { startWorker } from './startWorker';
import type { Lab, LabOptions, PlayOptions } from './types';
import { WorkerLink } from './workerLink';

/** One buffer is on screen, one is on its way, one is free so that an answer never waits. */
const NUM_BUFFERS = 3;
const READY_TIMEOUT_MS = 8000;
const HEARTBEAT_MS = 1000;
/** The store hears of a running run no more often, however often the worker speaks. */
const STATUS_MS = 240;

/** Creates a lab and starts its worker. Errors: SettingsError when the given settings are refused. */
export function createLab(options: LabOptions = {}): Lab {
  return new WorkerLab(options);
}

class WorkerLab implements Lab {
  readonly store: LabStore;
  readonly frames: PaintBus;
  readonly readout: Readout;
  readonly data = new Cell<DataReport | null>(null);
  ready: Promise<void> = Promise.resolve();
  step = 0;
  running = false;

  private link: WorkerLink | null = null;
  private lost: LabError | null = null;
  private isDisposed = false;
  private isAdopting = false;
  private revision = 0;
  private shape: FrameShape;
  /** The first revision of the present frame shape and worker: buffers of older frames are not given back. */
  private shapeRevision = 0;
  private numTickets = 0;
  private tickets: { ticket: number; resolve: () => void; reject: (reason: Error) => void }[] = [];
  private playing: PlayOptions = {};
  private leashStep = Number.POSITIVE_INFINITY;
  private nextStatusMs = 0;
  /** The run has been told to start over with this revision, and reports may still be of the one before; null when they are not. */
  private beginning: number | null = null;
  private readonly unsubscribe: () => void;

  constructor(private readonly options: LabOptions) {
    this.store = createLabStore(options);
    this.shape = frameShape(this.settings);
    this.frames = new PaintBus((frame) => this.release(frame));
    this.readout = new Readout(this.frames, () => this.running);
    this.unsubscribe = this.store.subscribe((state, before) => {
      if (state.settings !== before.settings && !this.isAdopting) this.mirror(before.settings, state.settings);
      if (state.view.pace !== before.view.pace && this.running && this.playing.pace === undefined) this.sendRun();
    });
    this.start();
  }

  async configure(patch: Partial<Settings>): Promise<void> {
    const settings = parseSettings(patch, this.settings);
    this.checkAlive();
    this.store.setState({ settings });
    await this.frames.whenPainted(this.revision);
  }

  async play(options: PlayOptions = {}): Promise<void> {
    if (options.pace !== undefined) checkPace(options.pace);
    if (options.limit !== undefined) checkLimit(options.limit);
    this.checkAlive();
    this.clearError();
    this.playing = options;
    await this.ticket(() => this.sendRun());
  }

  leash(step: number): void {
    checkLimit(step);
    if (step === this.leashStep) return;
    this.leashStep = step;
    this.link?.send({ type: 'limit', limit: this.limit });
  }

  async pause(): Promise<void> {
    this.checkAlive();
    await this.ticket((ticket) => this.link?.send({ type: 'pause', ticket }));
  }

  async advance(count = 1): Promise<number> {
    checkWhole('count', count);
    const { step } = await this.ask({ type: 'advance', count });
    await this.frames.whenCaughtUp();
    return step;
  }

  async reset(): Promise<void> {
    this.checkAlive();
    this.beginRun();
    await this.askToBegin({ type: 'reset' });
    await this.frames.whenCaughtUp();
  }

  async replay(changes: readonly Change[], step: number): Promise<void> {
    checkWhole('step', step);
    checkChanges(changes, this.settings);
    this.checkAlive();
    this.beginRun();
    await this.askToBegin({ type: 'replay', start: this.settings, changes, step });
    await this.frames.whenCaughtUp();
  }

  async seek(step: number): Promise<void> {
    checkWhole('step', step);
    this.checkAlive();
    this.clearError();
    await this.ask({ type: 'seek', step });
    await this.frames.whenCaughtUp();
  }

  async rehearse(step: number): Promise<void> {
    checkWhole('step', step);
    await this.ask({ type: 'rehearse', step });
    await this.frames.whenCaughtUp();
  }

  async predict(inputs: Float32Array, options: PredictOptions = {}): Promise<Prediction> {
    const checked = checkPrediction(inputs, options, this.settings);
    return this.ask({ type: 'predict', inputs, options: checked }, predictionMs(this.settings, inputs, checked));
  }

  async fingerprint(): Promise<{ step: number; fingerprint: string }> {
    return this.ask({ type: 'fingerprint' });
  }

  async snapshot(): Promise<Snapshot> {
    return this.ask({ type: 'snapshot' });
  }

  async restart(): Promise<void> {
    if (this.isDisposed) throw disposed();
    this.end(new LabError('worker-lost', 'The worker was restarted before it could answer.'));
    const { numRestarts } = this.store.getState().run;
    this.store.setState({ run: { ...INITIAL_RUN, start: this.settings, numRestarts: numRestarts + 1 } });
    this.start();
    await this.ready;
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.unsubscribe();
    this.end(disposed());
  }

  private get settings(): Settings {
    return this.store.getState().settings;
  }

  /** Starts a worker on the settings of the store. */
  private start(): void {
    const { settings } = this;
    this.lost = null;
    this.step = 0;
    this.beginning = null;
    this.shape = frameShape(settings);
    const revision = this.nextRevision(true);
    const link: WorkerLink = new WorkerLink(
      this.options.connect ?? startWorker,
      {
        onReport: (report) => this.take(report),
        onLost: (reason) => {
          if (this.link === link) this.fail(reason);
        },
      },
      {
        readyTimeoutMs: this.options.readyTimeoutMs ?? READY_TIMEOUT_MS,
        heartbeatMs: this.options.heartbeatMs ?? HEARTBEAT_MS,
        busyMs: () => evaluationMs(this.settings),
      },
    );
    this.link = link;
    link.send({ type: 'init', protocol: PROTOCOL_VERSION, revision, settings, buffers: this.newBuffers() });
    this.ready = this.frames.whenPainted(revision);
    this.ready.catch(() => undefined); // who does not wait for it still learns of the failure from the store
  }

  private nextRevision(isNewShape: boolean): number {
    this.revision += 1;
    if (isNewShape) this.shapeRevision = this.revision;
    this.frames.expect(this.revision);
    return this.revision;
  }

  private newBuffers(): ArrayBuffer[] {
    return Array.from({ length: NUM_BUFFERS }, () => new ArrayBuffer(frameBytes(this.shape)));
  }

  /** Sends settings that the page has changed. */
  private mirror(before: Settings, settings: Settings): void {
    const effect = changeEffect(before, settings);
    if (effect === null || this.lost !== null) return;
    const restart = effect === 'restart';
    const shape = frameShape(settings);
    const isNewShape = restart && JSON.stringify(shape) !== JSON.stringify(this.shape);
    this.shape = shape;
    const revision = this.nextRevision(isNewShape);
    this.link?.send({ type: 'configure', revision, settings, restart, buffers: isNewShape ? this.newBuffers() : [] });
    if (restart) this.beginRun();
  }

  private sendRun(): void {
    const { pace = this.store.getState().view.pace } = this.playing;
    this.link?.send({ type: 'run', ticket: this.numTickets, pace, limit: this.limit });
  }

  private get limit(): number {
    return Math.min(this.playing.limit ?? Number.POSITIVE_INFINITY, this.leashStep);
  }

  /** Resolves when the worker has taken the run or pause that `send` sends. */
  private ticket(send: (ticket: number) => void): Promise<void> {
    this.numTickets += 1;
    const ticket = this.numTickets;
    return new Promise((resolve, reject) => {
      this.tickets.push({ ticket, resolve, reject });
      send(ticket);
    });
  }

  private async ask<Asked extends Query>(query: Asked, busyMs = 0): Promise<QueryResults[Asked['type']]> {
    this.checkAlive();
    return (this.link as WorkerLink).request(query, busyMs);
  }

  private async askToBegin(query: Query & { type: 'reset' | 'replay' }): Promise<void> {
    try {
      await this.ask(query);
    } finally {
      this.beginning = null;
    }
  }

  private release(frame: Frame): void {
    if (readHeader(frame, 'revision') < this.shapeRevision) return;
    this.link?.send({ type: 'release', buffer: frame.buffer });
  }

  private take(report: Report): void {
    switch (report.type) {
      case 'frame':
        this.takeFrame(report.revision, report.buffer);
        return;
      case 'data':
        if (report.revision >= this.shapeRevision) this.data.set(report.data);
        return;
      case 'status':
        this.takeStatus(report);
        return;
      case 'timeline':
        this.takeTimeline(report);
        return;
      case 'error':
        if (report.code === 'non-finite') this.reportError(report);
        return;
      case 'ready':
      case 'pong':
      case 'response':
        return;
      default:
        report satisfies never;
    }
  }

  private takeFrame(revision: number, buffer: ArrayBuffer): void {
    if (revision < this.shapeRevision) return;
    const frame = openFrame(this.shape, buffer);
    this.step = readHeader(frame, 'step');
    this.frames.receive(frame);
  }

  private takeStatus(status: Report & { type: 'status' }): void {
    const { running, step, lastStep, stepsPerSecond } = status;
    this.running = running;
    this.step = step;
    const phase = running ? 'running' : lastStep === 0 ? 'idle' : 'paused';
    const nowMs = performance.now();
    if (phase !== 'running' || this.store.getState().run.phase !== phase || nowMs >= this.nextStatusMs) {
      this.nextStatusMs = nowMs + STATUS_MS;
      updateRun(this.store, this.beginning !== null ? { phase } : { phase, step, lastStep, stepsPerSecond });
    }
    if (!running) this.readout.refresh();
    const isTaken = ({ ticket }: { ticket: number }) => ticket <= status.ticket;
    for (const taken of this.tickets.filter(isTaken)) taken.resolve();
    this.tickets = this.tickets.filter((waiting) => !isTaken(waiting));
  }

  private takeTimeline({ revision, settings, changes }: Report & { type: 'timeline' }): void {
    if (this.beginning !== null && revision >= this.beginning) this.beginning = null;
    if (revision === this.revision) this.adopt(settings);
    // A run without changes has one set of settings, from its start on.
    const start = revision === this.revision && changes.length === 0 ? { start: this.settings } : {};
    updateRun(this.store, { changes, ...start });
  }

  /** Takes over the settings that a seek has put in force, without sending them back. */
  private adopt(settings: Settings): void {
    const before = this.settings;
    if (changeEffect(before, settings) === null) return;
    this.isAdopting = true;
    adoptQuietly(this.store, () => this.store.setState({ settings: parseSettings(settings, before) }));
    this.isAdopting = false;
  }

  private checkAlive(): void {
    if (this.isDisposed) throw disposed();
    if (this.lost !== null) throw this.lost;
  }

  /** Notes that the run starts over with the settings as they are. */
  private beginRun(): void {
    const { numRestarts } = this.store.getState().run;
    this.beginning = this.revision;
    updateRun(this.store, { step: 0, lastStep: 0, error: null, numRestarts: numRestarts + 1, start: this.settings, changes: [] });
  }

  private clearError(): void {
    if (this.store.getState().run.error !== null) updateRun(this.store, { error: null });
  }

  private reportError({ code, message, fatal }: LabFailure): void {
    updateRun(this.store, { error: { code, message, fatal } });
  }

  private fail(reason: LabError): void {
    this.lost = reason;
    this.end(reason);
    const code = reason.code === 'disposed' ? 'worker-lost' : reason.code;
    updateRun(this.store, { phase: 'failed', stepsPerSecond: 0, error: { code, message: reason.message, fatal: true } });
  }

  /** Ends the worker and rejects all who wait. */
  private end(reason: LabError): void {
    this.running = false;
    this.link?.close(reason);
    this.link = null;
    const { tickets } = this;
    this.tickets = [];
    for (const { reject } of tickets) reject(reason);
    this.frames.fail(reason);
  }
}

function disposed(): LabError {
  return new LabError('disposed', 'This lab has been disposed; create a new one.');
}
