/**
 * Owns the workers that studies run in: starts them when the first study comes, hands out jobs, carries partial results to the worker
 * that gathers them, and ends the workers when nothing has run for a while.
 *
 * It computes nothing: planning and reduction are the workers'. Which worker runs which job follows the clock; the answer does not.
 */
import {
  STUDY_PROTOCOL_VERSION,
  type StudyCommand,
  type StudyErrorCode,
  type StudyOutcome,
  type StudyPatch,
  type StudyPool,
  type StudyReport,
  type StudyRun,
  type StudyUpdate,
} from '../protocol/study';
import { STUDIES, type StudyName } from '../protocol/studyParams';
import type { StudyResultMap } from '../protocol/studyResults';
import { checkOwnFrame } from './ownFrame';
import type { Connect, WorkerLike } from './types';
import { brokenWorker, differentVersions, refusedWorker, type WorkerTrouble } from './workerTrouble';

const MAX_WORKERS = 4;
const IDLE_MS = 10_000;
/** Below this nothing is said about the time left: the first numbers are of a cold start. */
const MIN_PROGRESS = 0.03;

export interface StudyPoolOptions {
  /** How many workers at most; default: one per core, no more than 4. */
  readonly size?: number;
  readonly idleMs?: number;
  readonly connect?: Connect;
}

interface Member {
  readonly worker: WorkerLike;
  hasSpoken: boolean;
  numJobs: number;
}

interface Run {
  readonly runId: number;
  readonly figure: string;
  readonly study: StudyName;
  readonly params: object;
  readonly onUpdate: (update: StudyUpdate<StudyName>) => void;
  readonly settle: (outcome: StudyOutcome<StudyName>) => void;
  gatherer: Member | null; // null while queued
  startMs: number;
  numJobs: number;
  nextJob: number;
  /** Which jobs each worker has under way. */
  readonly assigned: Map<Member, Set<number>>;
  result: StudyResultMap[StudyName] | null;
}

/** Makes a pool. No worker is started before the first study runs. */
export function createStudyPool(options: StudyPoolOptions = {}): StudyPool {
  return new WorkerPool(options);
}

function startWorker(): WorkerLike {
  checkOwnFrame();
  return new Worker(new URL('../worker/studyWorker.ts', import.meta.url), { type: 'module', name: 'dropout-study' });
}

class WorkerPool implements StudyPool {
  private readonly size: number;
  private readonly idleMs: number;
  private readonly connect: Connect;
  private members: Member[] = [];
  private readonly runs = new Map<number, Run>();
  private readonly queue: Run[] = [];
  private numRuns = 0;
  private idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor({ size, idleMs = IDLE_MS, connect = startWorker }: StudyPoolOptions) {
    const cores = typeof navigator === 'undefined' ? 1 : navigator.hardwareConcurrency || 1;
    this.size = size ?? Math.min(cores, MAX_WORKERS);
    this.idleMs = idleMs;
    this.connect = connect;
  }

  run<Name extends StudyName>(
    figure: string,
    study: Name,
    patch: StudyPatch<Name>,
    onUpdate: (update: StudyUpdate<Name>) => void = () => undefined,
  ): StudyRun<Name> {
    for (const older of [...this.runs.values(), ...this.queue]) if (older.figure === figure) this.cancel(older);
    this.numRuns += 1;
    let settle!: (outcome: StudyOutcome<Name>) => void;
    const outcome = new Promise<StudyOutcome<Name>>((resolve) => {
      settle = resolve;
    });
    const run: Run = {
      runId: this.numRuns,
      figure,
      study,
      params: patch,
      onUpdate: onUpdate as Run['onUpdate'],
      settle: settle as Run['settle'],
      gatherer: null,
      startMs: 0,
      numJobs: 0,
      nextJob: 0,
      assigned: new Map(),
      result: null,
    };
    this.queue.push(run);
    this.startWhatMay();
    if (run.gatherer === null && this.queue.includes(run)) this.tell(run, 'queued', 0);
    return { outcome, cancel: () => this.cancel(run) };
  }

  dispose(): void {
    for (const run of [...this.runs.values(), ...this.queue]) this.cancel(run);
    this.endWorkers();
  }

  private startWhatMay(): void {
    clearTimeout(this.idleTimer);
    let isTraining = [...this.runs.values()].some((run) => STUDIES[run.study].trains);
    const waiting = [...this.queue];
    for (const run of waiting) {
      if (!this.queue.includes(run) || (STUDIES[run.study].trains && isTraining)) continue;
      isTraining ||= STUDIES[run.study].trains;
      this.queue.splice(this.queue.indexOf(run), 1);
      this.start(run);
    }
    if (this.runs.size === 0 && this.queue.length === 0) this.idleTimer = setTimeout(() => this.endWorkers(), this.idleMs);
  }

  private start(run: Run): void {
    this.runs.set(run.runId, run);
    run.startMs = performance.now();
    const gatherer = this.leastBusy();
    if (gatherer === null) return;
    run.gatherer = gatherer;
    this.send(gatherer, { type: 'plan', runId: run.runId, study: run.study, params: run.params });
    this.tell(run, 'running', 0);
  }

  private leastBusy(): Member | null {
    const [first] = [...this.members].sort((a, b) => a.numJobs - b.numJobs);
    return first ?? this.addWorker();
  }

  /** Adds a worker; null when the browser refuses, in which case every run has failed. */
  private addWorker(): Member | null {
    try {
      const member: Member = { worker: this.connect(), hasSpoken: false, numJobs: 0 };
      const { worker } = member;
      worker.onmessage = (event) => this.take(member, event.data as StudyReport);
      worker.onmessageerror = () => this.lose(member, { code: 'worker-lost', message: 'A message of the worker could not be read.' });
      worker.onerror = (event) => {
        event.preventDefault();
        this.lose(member, brokenWorker(event.message, member.hasSpoken));
      };
      this.members.push(member);
      return member;
    } catch (error) {
      const { code, message } = refusedWorker(error);
      for (const run of this.runs.values()) this.fail(run, code, message);
      return null;
    }
  }

  private take(member: Member, report: StudyReport): void {
    member.hasSpoken = true;
    if (report.type === 'ready') {
      if (report.protocol !== STUDY_PROTOCOL_VERSION) this.lose(member, differentVersions());
      return;
    }
    const run = this.runs.get(report.runId);
    if (run === undefined) return; // a word of a run that has ended
    switch (report.type) {
      case 'planned':
        run.numJobs = report.weights.length;
        this.assign(run);
        break;
      case 'partial':
        if (report.share === 1) this.finishJob(run, member, report.jobIndex);
        if (run.gatherer !== null) this.send(run.gatherer, { ...report, type: 'gather' });
        break;
      case 'result':
        run.result = report.result;
        if (report.progress < 1) this.tell(run, 'running', report.progress);
        else this.end(run, { state: 'done', result: report.result, seconds: (performance.now() - run.startMs) / 1000 });
        break;
      case 'failed':
        this.fail(run, report.code, report.message);
        break;
      default:
        report satisfies never;
    }
  }

  /** Gives every worker one job of the run, and makes workers while there are jobs for them. */
  private assign(run: Run): void {
    while (run.nextJob < run.numJobs) {
      const free = this.members.find((member) => !run.assigned.get(member)?.size) ?? (this.members.length < this.size && this.addWorker());
      if (!free || !this.runs.has(run.runId)) return;
      const jobs = run.assigned.get(free) ?? new Set();
      run.assigned.set(free, jobs.add(run.nextJob));
      free.numJobs += 1;
      this.send(free, { type: 'job', runId: run.runId, study: run.study, params: run.params, jobIndex: run.nextJob });
      run.nextJob += 1;
    }
  }

  private finishJob(run: Run, member: Member, jobIndex: number): void {
    if (run.assigned.get(member)?.delete(jobIndex)) member.numJobs -= 1;
    this.assign(run);
  }

  private tell(run: Run, state: StudyUpdate<StudyName>['state'], progress: number): void {
    const seconds = (performance.now() - run.startMs) / 1000;
    const secondsLeft = state === 'running' && progress >= MIN_PROGRESS ? (seconds * (1 - progress)) / progress : null;
    run.onUpdate({ state, progress, secondsLeft, result: run.result });
  }

  private cancel(run: Run): void {
    this.end(run, { state: 'cancelled', result: run.result });
  }

  private fail(run: Run, code: StudyErrorCode, message: string): void {
    this.end(run, { state: 'failed', code, message, result: run.result });
  }

  private end(run: Run, outcome: StudyOutcome<StudyName>): void {
    const place = this.queue.indexOf(run);
    if (place >= 0) this.queue.splice(place, 1);
    else if (!this.runs.delete(run.runId)) return; // it has ended before
    for (const [member, jobs] of run.assigned) member.numJobs -= jobs.size;
    if (run.gatherer !== null) {
      for (const member of new Set([run.gatherer, ...run.assigned.keys()])) this.send(member, { type: 'drop', runId: run.runId });
    }
    run.settle(outcome);
    this.startWhatMay();
  }

  private lose(member: Member, { code, message }: WorkerTrouble): void {
    if (!this.members.includes(member)) return;
    this.members = this.members.filter((other) => other !== member);
    member.worker.terminate();
    for (const run of this.runs.values()) {
      if (run.gatherer === member || run.assigned.get(member)?.size) this.fail(run, code, message);
    }
  }

  private send({ worker }: Member, command: StudyCommand): void {
    worker.postMessage(command, []);
  }

  private endWorkers(): void {
    clearTimeout(this.idleTimer);
    for (const { worker } of this.members) worker.terminate();
    this.members = [];
  }
}
