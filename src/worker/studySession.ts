/**
 * One worker of the study pool: it plans, runs jobs in slices and gathers what other workers' jobs brought. A thin shell over the studies.
 *
 * Jobs take turns, a slice each, so that a short study never waits behind a long one and a command is never later than a slice. Slices
 * follow the clock; results do not.
 */
import type { Endpoint } from '../protocol/endpoint';
import { STUDY_PROTOCOL_VERSION, type StudyCommand, type StudyErrorCode, type StudyReport } from '../protocol/study';
import type { StudyName } from '../protocol/studyParams';
import { parseParams } from '../studies/params';
import { findStudy } from '../studies/registry';
import type { JobUpdate, Study } from '../studies/study';

const SLICE_MS = 20;
/** Between two partials of a job, and between two results of a run. */
const REPORT_MS = 100;

/** What a session needs of its host. */
interface StudyHost {
  now(): number;
  /** Calls back once commands that have arrived have been taken. */
  defer(callback: () => void): void;
}

type AnyStudy = Study<StudyName, unknown>;

interface ActiveJob {
  readonly runId: number;
  readonly jobIndex: number;
  readonly turns: Generator<JobUpdate<unknown>, unknown, void>;
  reportedMs: number;
}

interface Gathering {
  readonly study: AnyStudy;
  readonly params: never;
  readonly weights: readonly number[];
  readonly partials: unknown[];
  readonly shares: number[];
  hasNews: boolean;
  reducedMs: number;
}

/** Serves studies at an endpoint until it falls silent. */
export function serveStudies(endpoint: Endpoint<StudyReport, StudyCommand>, host: StudyHost): void {
  const session = new StudySession(endpoint, host);
  endpoint.listen((command) => session.take(command));
  endpoint.post({ type: 'ready', protocol: STUDY_PROTOCOL_VERSION }, []);
}

class StudySession {
  private readonly jobs: ActiveJob[] = [];
  private readonly gatherings = new Map<number, Gathering>();
  /** Jobs whose preparation is under way; a dropped run's leave the set, and do not start. */
  private readonly preparing = new Set<{ readonly runId: number }>();
  private isDeferred = false;

  constructor(
    private readonly endpoint: Endpoint<StudyReport, StudyCommand>,
    private readonly host: StudyHost,
  ) {}

  take(command: StudyCommand): void {
    switch (command.type) {
      case 'plan':
        this.guard(command.runId, 'bad-params', () => this.plan(command));
        break;
      case 'job':
        void this.start(command);
        break;
      case 'gather':
        this.gather(command);
        break;
      case 'drop':
        this.drop(command.runId);
        break;
      default:
        command satisfies never;
    }
  }

  private plan({ runId, study: name, params: patch }: StudyCommand & { type: 'plan' }): void {
    const study = findStudy(name);
    const params = parseParams(name, patch) as never;
    study.check?.(params);
    const weights = study.jobs(params);
    const partials = weights.map(() => null);
    const shares = weights.map(() => 0);
    this.gatherings.set(runId, { study, params, weights, partials, shares, hasNews: false, reducedMs: Number.NEGATIVE_INFINITY });
    this.post({ type: 'planned', runId, weights });
  }

  private async start({ runId, study: name, params: patch, jobIndex }: StudyCommand & { type: 'job' }): Promise<void> {
    const study = findStudy(name);
    const token = { runId };
    this.preparing.add(token);
    try {
      await study.prepare?.();
    } catch (error) {
      this.fail(runId, 'no-core', error);
    }
    if (!this.preparing.delete(token)) return;
    this.guard(runId, 'internal', () => {
      const params = parseParams(name, patch) as never;
      this.jobs.push({ runId, jobIndex, turns: study.run(params, jobIndex), reportedMs: this.host.now() });
      this.wake();
    });
  }

  private gather({ runId, jobIndex, share, partial }: StudyCommand & { type: 'gather' }): void {
    const gathering = this.gatherings.get(runId);
    if (gathering === undefined) return;
    gathering.partials[jobIndex] = partial;
    gathering.shares[jobIndex] = share;
    gathering.hasNews = true;
    this.wake();
  }

  private drop(runId: number): void {
    for (const token of this.preparing) if (token.runId === runId) this.preparing.delete(token);
    this.gatherings.delete(runId);
    for (let index = this.jobs.length - 1; index >= 0; index--) if (this.jobs[index]?.runId === runId) this.jobs.splice(index, 1);
  }

  private wake(): void {
    if (this.isDeferred) return;
    this.isDeferred = true;
    this.host.defer(() => {
      this.isDeferred = false;
      this.reduceWhatIsDue();
      this.runSlice();
      if (this.jobs.length > 0) this.wake();
    });
  }

  private runSlice(): void {
    const job = this.jobs.shift();
    if (job === undefined) return;
    const { runId, jobIndex } = job;
    this.guard(runId, 'internal', () => {
      const endMs = this.host.now() + SLICE_MS;
      let turn = job.turns.next();
      while (!turn.done && this.host.now() < endMs) turn = job.turns.next();
      if (turn.done) {
        this.post({ type: 'partial', runId, jobIndex, share: 1, partial: turn.value });
        return;
      }
      this.jobs.push(job);
      const nowMs = this.host.now();
      // After the last step a peek would pass for the result, which comes with the next turn.
      if (turn.value.peek === undefined || turn.value.share === 1 || nowMs - job.reportedMs < REPORT_MS) return;
      job.reportedMs = nowMs;
      this.post({ type: 'partial', runId, jobIndex, share: turn.value.share, partial: turn.value.peek() });
    });
  }

  private reduceWhatIsDue(): void {
    for (const [runId, gathering] of this.gatherings) {
      const { study, params, weights, partials, shares } = gathering;
      const isComplete = shares.every((share) => share === 1);
      const isSoon = this.jobs.length > 0 && this.host.now() - gathering.reducedMs < REPORT_MS;
      if (!gathering.hasNews || (isSoon && !isComplete)) continue;
      gathering.hasNews = false;
      gathering.reducedMs = this.host.now();
      this.guard(runId, 'internal', () => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const done = weights.reduce((sum, weight, index) => sum + weight * (shares[index] ?? 0), 0);
        const progress = isComplete ? 1 : Math.min(0.999, done / total);
        this.post({ type: 'result', runId, progress, result: study.reduce(params, partials) });
      });
      if (isComplete) this.gatherings.delete(runId);
    }
  }

  private guard(runId: number, code: StudyErrorCode, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(runId, code, error);
    }
  }

  private fail(runId: number, code: StudyErrorCode, error: unknown): void {
    this.drop(runId);
    this.post({ type: 'failed', runId, code, message: error instanceof Error ? error.message : String(error) });
  }

  private post(report: StudyReport): void {
    this.endpoint.post(report, []);
  }
}
