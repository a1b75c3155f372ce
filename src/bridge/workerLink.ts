/**
 * The wire to one worker: commands out, reports in, requests answered once, and watchdogs for a worker that never says a word, or no more.
 *
 * Once lost it stays lost: everything pending is rejected with the same readable error, and the lab makes a new link. It must not know
 * of frames, settings or the store.
 */
import { type Command, PROTOCOL_VERSION, type Query, type QueryResults, type Report, transferList } from '../protocol/messages';
import { Heartbeat } from './heartbeat';
import { LabError } from './labError';
import type { Connect, WorkerLike } from './types';
import { brokenWorker, differentVersions, refusedWorker, type WorkerTrouble } from './workerTrouble';

interface Pending {
  /** How long the worker may be busy with this alone, beside the usual. */
  readonly busyMs: number;
  resolve(result: QueryResults[Query['type']]): void;
  reject(reason: Error): void;
}

interface LinkEvents {
  onReport(report: Report): void;
  /** The worker is gone, for good. */
  onLost(reason: LabError): void;
}

interface LinkTimes {
  /** How long to wait for the worker's first word. */
  readonly readyTimeoutMs: number;
  /** How often to look whether it has spoken since; five such times of silence, and it is asked, five more, and it is lost. */
  readonly heartbeatMs: number;
  /** How long single pieces of its work may take, beside the usual. */
  busyMs(): number;
}

const LOST_ADVICE = 'Restart starts a new one with the same settings.';

/** A connection to one worker. */
export class WorkerLink {
  private worker: WorkerLike | null = null;
  private readonly pending = new Map<number, Pending>();
  private numRequests = 0;
  private hasSpoken = false;
  private isRunning = false;
  /** Something was sent that has not been followed by a word. */
  private isOwed = false;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private readonly heartbeat: Heartbeat;

  constructor(
    connect: Connect,
    private readonly events: LinkEvents,
    { readyTimeoutMs, heartbeatMs, busyMs }: LinkTimes,
  ) {
    const mayTakeMs = () => [...this.pending.values()].reduce((sum, pending) => sum + pending.busyMs, busyMs());
    this.heartbeat = new Heartbeat(heartbeatMs, {
      isDue: () => this.isRunning || this.isOwed || this.pending.size > 0,
      extraTicks: () => mayTakeMs() / heartbeatMs,
      ask: () => this.worker?.postMessage({ type: 'ping' } satisfies Command, []),
      onSilence: () => this.lose({ code: 'worker-lost', message: `The training worker no longer answers. ${LOST_ADVICE}` }),
    });
    try {
      this.worker = connect();
    } catch (error) {
      queueMicrotask(() => this.lose(refusedWorker(error)));
      return;
    }
    this.worker.onmessage = (event) => this.take(event.data as Report);
    this.worker.onmessageerror = () =>
      this.lose({ code: 'worker-lost', message: `A message of the worker could not be read. ${LOST_ADVICE}` });
    this.worker.onerror = (event) => {
      event.preventDefault();
      const { code, message } = brokenWorker(event.message, this.hasSpoken);
      this.lose({ code, message: code === 'worker-lost' ? `${message} ${LOST_ADVICE}` : message });
    };
    const seconds = readyTimeoutMs / 1000;
    this.watchdog = setTimeout(() => {
      const message = `The training worker did not start within ${seconds} seconds. Check the connection and reload the page, or press Restart.`;
      this.lose({ code: 'worker-lost', message });
    }, readyTimeoutMs);
  }

  /** Sends a command; does nothing when the worker is lost. */
  send(command: Command): void {
    this.worker?.postMessage(command, transferList(command));
    if (command.type === 'release') return;
    this.isOwed = true;
    this.heartbeat.wake();
  }

  /** Asks the worker, whom it may keep from all else for `busyMs`. Errors: LabError with the worker's words. */
  request<Asked extends Query>(query: Asked, busyMs = 0): Promise<QueryResults[Asked['type']]> {
    this.numRequests += 1;
    const requestId = this.numRequests;
    return new Promise((resolve, reject) => {
      this.pending.set(requestId, { busyMs, resolve: resolve as Pending['resolve'], reject });
      this.send({ type: 'request', requestId, query });
    });
  }

  /** Ends the worker and rejects what is pending. */
  close(reason: LabError): void {
    clearTimeout(this.watchdog);
    this.heartbeat.stop();
    this.worker?.terminate();
    this.worker = null;
    for (const { reject } of this.pending.values()) reject(reason);
    this.pending.clear();
  }

  private lose({ code, message }: WorkerTrouble): void {
    const reason = new LabError(code, message);
    this.close(reason);
    this.events.onLost(reason);
  }

  private take(report: Report): void {
    if (this.worker === null) return;
    this.hasSpoken = true;
    this.isOwed = false;
    this.heartbeat.heard();
    if (report.type === 'status') this.isRunning = report.running;
    if (report.type === 'ready') {
      clearTimeout(this.watchdog);
      this.heartbeat.start();
      if (report.protocol !== PROTOCOL_VERSION) {
        this.lose(differentVersions());
        return;
      }
    }
    if (report.type === 'error' && report.fatal) {
      this.lose(report);
      return;
    }
    this.events.onReport(report);
    this.heartbeat.wake();
    if (report.type === 'response') this.settle(report.requestId, (pending) => pending.resolve(report.result));
    if (report.type === 'error' && report.requestId !== null) {
      const reason = new LabError(report.code, report.message);
      this.settle(report.requestId, (pending) => pending.reject(reason));
    }
  }

  private settle(requestId: number, how: (pending: Pending) => void): void {
    const pending = this.pending.get(requestId);
    this.pending.delete(requestId);
    if (pending !== undefined) how(pending);
  }
}
