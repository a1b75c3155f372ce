/** Drives a real session over a real MessageChannel, as a page would, for tests in Node. It keeps every report it gets. */
import { type Frame, frameBytes, frameShape, openFrame } from '../../../src/protocol/frame';
import { type Command, PROTOCOL_VERSION, type Query, type QueryResults, type Report, transferList } from '../../../src/protocol/messages';
import { parseSettings } from '../../../src/protocol/parse';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/protocol/settings';
import { openRun } from '../../../src/worker/openRun';
import { Session, type Surroundings } from '../../../src/worker/session';

/** The surroundings of a session in Node: the real clock, the real core. */
export const NODE: Surroundings = {
  now: () => performance.now(),
  soon: (task) => setImmediate(task),
  later: (task, delayMs) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  openRun,
};

type ReportOf<Type extends Report['type']> = Report & { type: Type };

/** One end of a channel with a session at the other. */
export class SessionClient {
  readonly reports: Report[] = [];
  settings: Settings;
  /** Gives buffers back as soon as a frame has come; switch off to see what a session does without credits. */
  releases = true;
  private readonly channel = new MessageChannel();
  private readonly session: Session;
  private waiters: (() => void)[] = [];
  private revision = 1;
  private numRequests = 0;
  private numTickets = 0;

  constructor(patch: Partial<Settings> = {}, numBuffers = 3, protocol = PROTOCOL_VERSION, around: Surroundings = NODE) {
    this.settings = parseSettings(patch, DEFAULT_SETTINGS);
    const { port1, port2 } = this.channel;
    this.session = new Session(
      {
        post: (report, transfer) => port2.postMessage(report, transfer),
        listen: (onMessage) => {
          port2.onmessage = (event) => onMessage(event.data as Command);
        },
      },
      around,
    );
    port1.onmessage = (event) => this.receive(event.data as Report);
    this.send({ type: 'init', protocol, revision: 1, settings: this.settings, buffers: this.makeBuffers(numBuffers) });
  }

  private receive(report: Report): void {
    // What a frame says is kept; its buffer goes back, as a page would give it back.
    const kept = report.type === 'frame' ? { ...report, buffer: report.buffer.slice(0) } : report;
    this.reports.push(kept);
    if (report.type === 'frame' && this.releases) this.send({ type: 'release', buffer: report.buffer });
    const waiters = this.waiters;
    this.waiters = [];
    for (const wake of waiters) wake();
  }

  makeBuffers(count: number): ArrayBuffer[] {
    return Array.from({ length: count }, () => new ArrayBuffer(frameBytes(frameShape(this.settings))));
  }

  send(command: Command): void {
    this.channel.port1.postMessage(command, transferList(command));
  }

  /** All reports of a kind so far. */
  all<Type extends Report['type']>(type: Type): ReportOf<Type>[] {
    return this.reports.filter((report): report is ReportOf<Type> => report.type === type);
  }

  /** Waits for a report of a kind that answers to `isIt`, also one that came before. */
  async until<Type extends Report['type']>(type: Type, isIt: (report: ReportOf<Type>) => boolean = () => true): Promise<ReportOf<Type>> {
    for (;;) {
      const found = this.all(type).find(isIt);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.waiters.push(resolve);
      });
    }
  }

  open(report: ReportOf<'frame'>): Frame {
    return openFrame(frameShape(this.settings), report.buffer);
  }

  /** Waits for a frame that answers to `isIt`. */
  async frame(isIt: (frame: Frame) => boolean): Promise<Frame> {
    const report = await this.until(
      'frame',
      ({ buffer }) => buffer.byteLength === frameBytes(frameShape(this.settings)) && isIt(openFrame(frameShape(this.settings), buffer)),
    );
    return this.open(report);
  }

  /** The newest frame that has come. */
  lastFrame(): Frame {
    const newest = this.all('frame').at(-1);
    if (newest === undefined) throw new Error('no frame has come yet');
    return this.open(newest);
  }

  async ask<Asked extends Query>(query: Asked): Promise<QueryResults[Asked['type']]> {
    this.numRequests += 1;
    const requestId = this.numRequests;
    this.send({ type: 'request', requestId, query });
    const isAnswer = (report: Report) => (report.type === 'response' || report.type === 'error') && report.requestId === requestId;
    for (;;) {
      const answer = this.reports.find(isAnswer);
      if (answer?.type === 'response') return answer.result as QueryResults[Asked['type']];
      if (answer?.type === 'error') throw new Error(`${answer.code}: ${answer.message}`);
      await new Promise<void>((resolve) => {
        this.waiters.push(resolve);
      });
    }
  }

  configure(patch: Partial<Settings>, { restart = false, buffers = [] as ArrayBuffer[] } = {}): number {
    this.settings = parseSettings(patch, this.settings);
    this.revision += 1;
    this.send({ type: 'configure', revision: this.revision, settings: this.settings, restart, buffers });
    return this.revision;
  }

  async run(pace = Number.POSITIVE_INFINITY, limit = Number.POSITIVE_INFINITY): Promise<void> {
    this.numTickets += 1;
    const ticket = this.numTickets;
    this.send({ type: 'run', ticket, pace, limit });
    await this.until('status', (status) => status.ticket === ticket);
  }

  async pause(): Promise<number> {
    this.numTickets += 1;
    const ticket = this.numTickets;
    this.send({ type: 'pause', ticket });
    return (await this.until('status', (status) => status.ticket === ticket)).step;
  }

  close(): void {
    this.session.close();
    this.channel.port1.close();
  }
}
