/**
 * The training session: takes commands in order, trains in slices between them, shows what there is to show.
 *
 * It is written against an Endpoint and a few functions of its surroundings, so that a test drives it without a worker. Nothing here
 * touches a bit of the run: slices, pauses and frames only decide when its methods are called.
 */
import type { Run } from '../model/types';
import { changeEffect } from '../protocol/changes';
import type { Endpoint } from '../protocol/endpoint';
import { type Command, MAX_STEP, PROTOCOL_VERSION, type Query, type QueryResults, type Report, transferList } from '../protocol/messages';
import type { Settings } from '../protocol/settings';
import { bootFailure, type Failure, internalFailure, nonFiniteFailure } from './failure';
import { Inbox, type Timers } from './inbox';
import { Pacer, Speedometer, StepGroup } from './pacer';
import { Show } from './show';

/** What a session needs of its surroundings. */
export interface Surroundings extends Timers {
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Makes the run of some settings; the former run is not used any more. Errors: with `code` 'no-simd' or 'wasm-blocked'. */
  openRun(settings: Settings): Promise<Run>;
}

/** How long the worker trains before it looks for commands. A quarter of an animation frame, so that none is missed for it. */
const SLICE_MS = 4;
const STATUS_MS = 250;

type Init = Command & { type: 'init' };
type Queued = Exclude<Command, { type: 'release' | 'ping' }>;

/** One session. It starts with its 'init' command and ends with `close`. */
export class Session {
  private readonly inbox: Inbox<Queued>;
  private isClosed = false;

  private run: Run | null = null;
  private show: Show | null = null;
  private settings: Settings | null = null;
  private revision = 0;

  private isRunning = false;
  private ticket = 0;
  private limit = Number.POSITIVE_INFINITY;
  private pacer: Pacer;
  private readonly group = new StepGroup();
  private readonly speed = new Speedometer();
  private nextStatusMs = 0;

  constructor(
    private readonly endpoint: Endpoint<Report, Command>,
    private readonly around: Surroundings,
  ) {
    this.inbox = new Inbox(around);
    this.pacer = new Pacer(Number.POSITIVE_INFINITY, around.now());
    endpoint.listen((command) => this.take(command));
  }

  /** Ends the session after the slice under way. */
  close(): void {
    this.isClosed = true;
    this.inbox.ring();
  }

  private take(command: Command): void {
    if (command.type === 'release') this.show?.giveBack(command.buffer);
    else if (command.type === 'ping') this.post({ type: 'pong' });
    else this.inbox.put(command);
    if (command.type === 'init' && this.run === null) this.live().catch((error: unknown) => this.die(internalFailure(error)));
    this.inbox.ring();
  }

  private post(report: Report): void {
    this.endpoint.post(report, transferList(report));
  }

  private die(failure: Failure): void {
    this.isClosed = true;
    this.post({ type: 'error', requestId: null, fatal: true, ...failure });
  }

  /** The life of a session: commands, a slice, a frame, and a breath, over and over. */
  private async live(): Promise<void> {
    while (!this.isClosed) {
      for (let command = this.inbox.take(); command !== undefined && !this.isClosed; command = this.inbox.take()) await this.obey(command);
      if (this.isClosed) return;
      this.trainSlice();
      this.showProgress(this.allowance() >= 1);
      await this.rest();
    }
  }

  private async obey(command: Queued): Promise<void> {
    switch (command.type) {
      case 'init':
        return this.start(command);
      case 'configure':
        return this.configure(command);
      case 'run':
        this.ticket = command.ticket;
        this.limit = command.limit;
        if (this.pacer.stepsPerSecond !== command.pace || !this.isRunning) this.pacer = new Pacer(command.pace, this.around.now());
        return this.setRunning(true);
      case 'limit':
        this.limit = command.limit;
        return;
      case 'pause':
        this.ticket = command.ticket;
        return this.setRunning(false);
      case 'request':
        return this.answer(command.requestId, command.query);
      default:
        command satisfies never;
    }
  }

  // ---- settings ----

  private async start(init: Init): Promise<void> {
    if (init.protocol !== PROTOCOL_VERSION) {
      this.die({ code: 'protocol', message: 'Page and worker are of different versions. Reload the page.' });
      return;
    }
    try {
      await this.startRun(init.settings, init.revision, init.buffers);
    } catch (error) {
      this.die(bootFailure(error));
    }
  }

  private async startRun(settings: Settings, revision: number, buffers: ArrayBuffer[]): Promise<void> {
    const isFirst = this.run === null;
    const run = await this.around.openRun(settings);
    this.run = run;
    this.settings = settings;
    this.revision = revision;
    if (this.show === null || buffers.length > 0) this.show = new Show(this.around, run, settings, buffers);
    else this.show.startOver(run, settings);
    if (isFirst) this.post({ type: 'ready', protocol: PROTOCOL_VERSION });
    const { numInputs, trainInputs, trainTargets, trainFlipped, testInputs, testTargets } = run.dataset;
    this.post({ type: 'data', revision, data: { numInputs, trainInputs, trainTargets, trainFlipped, testInputs, testTargets } });
    this.speed.reset(0, this.around.now());
    this.postTimeline();
    this.postStatus();
  }

  private async configure({ settings, revision, restart, buffers }: Command & { type: 'configure' }): Promise<void> {
    const { run, show } = this.alive();
    if (restart) {
      await this.startRun(settings, revision, buffers);
      return;
    }
    const isLive = changeEffect({ ...this.alive().settings, phase: settings.phase, passes: settings.passes }, settings) !== null;
    this.settings = settings;
    this.revision = revision;
    if (isLive) {
      run.applyLive(settings);
      this.postTimeline();
    }
    show.changeSettings(settings, isLive);
  }

  /** The run's settings where it stands, seen in the phase that the page has chosen. */
  private settingsInForce(): Settings {
    const { run, settings } = this.alive();
    return { ...run.settings, phase: settings.phase, passes: settings.passes };
  }

  private postTimeline(): void {
    const { run, settings } = this.alive();
    this.post({ type: 'timeline', revision: this.revision, settings, changes: [...run.changes] });
  }

  // ---- training ----

  private setRunning(isRunning: boolean): void {
    const { run, show } = this.alive();
    if (isRunning !== this.isRunning) {
      this.isRunning = isRunning;
      this.speed.reset(run.step, this.around.now());
      show.demand();
    }
    this.postStatus();
  }

  private postStatus(): void {
    const { run } = this.alive();
    const now = this.around.now();
    this.nextStatusMs = now + STATUS_MS;
    const stepsPerSecond = this.isRunning ? this.speed.read(run.step, now) : 0;
    this.post({ type: 'status', ticket: this.ticket, running: this.isRunning, step: run.step, lastStep: run.lastStep, stepsPerSecond });
  }

  /** How many steps the run may make now. */
  private allowance(): number {
    if (!this.isRunning) return 0;
    return Math.min(this.pacer.due(this.around.now()), Math.min(this.limit, MAX_STEP) - this.alive().run.step);
  }

  private trainSlice(): void {
    const allowed = this.allowance();
    if (allowed < 1) return;
    // A run at a slow pace rests between its steps, and any of them may be the one that is looked at.
    const isPaced = this.pacer.stepsPerSecond !== Number.POSITIVE_INFINITY;
    const trained = this.train(allowed, isPaced || this.alive().show.wantsPass());
    this.pacer.take(trained, this.around.now());
    if (this.pacer.isSlow) this.alive().show.demand();
    if (!this.alive().show.isSound) this.stopAtNonFinite(null);
  }

  /** Trains a slice of at most `allowed` steps; captures the newest when asked to, or when none is left to follow it. Returns how many it was. */
  private train(allowed: number, captures: boolean): number {
    const { run, show } = this.alive();
    const startMs = this.around.now();
    const count = Math.min(allowed, this.group.size(SLICE_MS));
    const before = run.step;
    const isCaptured = captures || count === allowed;
    const isSound = isCaptured ? (count === 1 || run.train(count - 1, false)) && run.train(1, true) : run.train(count, false);
    const elapsedMs = this.around.now() - startMs;
    this.group.record(count, elapsedMs);
    show.tookSteps(isSound, isCaptured, elapsedMs);
    this.meetChanges();
    return run.step - before;
  }

  /** Tells the page and the figures of live changes that the run has met again on its way, after a step back. */
  private meetChanges(): void {
    const { show, settings } = this.alive();
    const met = this.settingsInForce();
    if (changeEffect(settings, met) === null) return;
    this.settings = met;
    show.changeSettings(met, false);
    this.postTimeline();
  }

  private stopAtNonFinite(requestId: number | null): void {
    const { run, settings } = this.alive();
    this.isRunning = false;
    this.postStatus();
    this.post({ type: 'error', requestId, fatal: false, ...nonFiniteFailure(run.step, settings.learningRate) });
  }

  // ---- frames ----

  private stepsPerSecond(): number {
    return this.isRunning ? this.speed.read(this.alive().run.step, this.around.now()) : 0;
  }

  /** Shows what there is to show, if a buffer is free, and says where the run is, now and then. */
  private showProgress(isBusy: boolean): void {
    const { show } = this.alive();
    const report = show.offer(this.revision, this.stepsPerSecond(), isBusy);
    if (report !== null) this.post(report);
    if (this.isRunning && this.around.now() >= this.nextStatusMs) this.postStatus();
  }

  /** Shows the present state, however long it takes to get a buffer. */
  private async showNow(): Promise<void> {
    const { show } = this.alive();
    show.demand();
    for (;;) {
      const report = show.offer(this.revision, this.stepsPerSecond(), false);
      if (report !== null) {
        this.post(report);
        return;
      }
      if (this.isClosed) return;
      await this.inbox.sleep(null);
    }
  }

  // ---- requests ----

  private async answer(requestId: number, query: Query): Promise<void> {
    try {
      const result = await this.find(requestId, query);
      if (result !== null) this.post({ type: 'response', requestId, query: query.type, result });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.post({ type: 'error', requestId, fatal: false, code: 'bad-request', message });
    }
  }

  /** Finds the answer; null when an error has been reported in its stead. */
  private async find(requestId: number, query: Query): Promise<QueryResults[Query['type']] | null> {
    const { run, show, settings } = this.alive();
    switch (query.type) {
      case 'advance':
        return this.advance(requestId, query.count);
      case 'seek':
        return this.seek(requestId, query.step);
      case 'reset':
        this.isRunning = false;
        run.reset();
        show.jumped(settings);
        return this.arrive();
      case 'replay':
        run.replay(query.start, query.changes);
        return this.seek(requestId, query.step);
      case 'rehearse':
        show.rehearse(query.step);
        await this.showNow();
        return { step: run.step };
      case 'predict':
        return run.predict(query.inputs, { phase: query.options.phase ?? settings.phase, passes: query.options.passes ?? settings.passes });
      case 'fingerprint':
        return { step: run.step, fingerprint: run.fingerprint() };
      case 'snapshot':
        return { ...run.snapshot(), settings };
      default:
        return query satisfies never;
    }
  }

  private async advance(requestId: number, count: number): Promise<{ step: number } | null> {
    const { run, show } = this.alive();
    if (run.step + count > MAX_STEP) throw new RangeError(`count must not lead past step ${MAX_STEP}, got ${count} at step ${run.step}`);
    this.setRunning(false);
    for (let left = count; left > 0 && show.isSound; ) {
      left -= this.train(left, show.wantsPass());
      if (left === 0) break;
      this.showProgress(true);
      await this.inbox.breathe();
      if (this.isClosed) return null;
    }
    await this.showNow();
    if (!show.isSound) {
      this.stopAtNonFinite(requestId);
      return null;
    }
    this.postStatus();
    return { step: run.step };
  }

  private async seek(requestId: number, step: number): Promise<{ step: number } | null> {
    const { run, show } = this.alive();
    this.isRunning = false;
    while (!run.seek(step, SLICE_MS, () => this.around.now())) {
      await this.inbox.breathe();
      if (this.isClosed) break;
    }
    this.settings = this.settingsInForce();
    show.jumped(this.settings);
    const arrived = await this.arrive();
    if (arrived.step === step) return arrived;
    this.stopAtNonFinite(requestId);
    return null;
  }

  /** Shows and reports the place that a jump has led to. */
  private async arrive(): Promise<{ step: number }> {
    const { run } = this.alive();
    this.postTimeline();
    this.postStatus();
    await this.showNow();
    return { step: run.step };
  }

  // ---- time ----

  /** Waits for the next thing to do: at once when there is work, else until a command comes or time has passed. */
  private rest(): Promise<void> {
    if (!this.inbox.isEmpty) return Promise.resolve();
    const { show } = this.alive();
    if (this.allowance() >= 1) return this.inbox.breathe();
    const waits = [show.waitMs()];
    const isPaced = this.isRunning && this.alive().run.step < this.limit;
    if (isPaced) waits.push(this.pacer.nextMs() - this.around.now());
    const waitMs = Math.min(...waits);
    if (waitMs <= 0) return this.inbox.breathe();
    return this.inbox.sleep(Number.isFinite(waitMs) ? waitMs : null);
  }

  private alive(): { run: Run; show: Show; settings: Settings } {
    const { run, show, settings } = this;
    if (run === null || show === null || settings === null) throw new Error('a command came before init');
    return { run, show, settings };
  }
}
