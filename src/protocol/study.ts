/**
 * The wire vocabulary between the pool of study workers and the page. Requests are planned, run and reduced in workers; the page only
 * carries partial results from the worker that made them to the one that gathers them.
 *
 * A run of a study: 'plan' to the gathering worker, which answers how many jobs there are; 'job' to any worker, which answers with
 * partials, each replacing the one before; 'gather' brings those to the gathering worker, which answers with results; 'drop' ends it.
 */
import type { ErrorCode } from './messages';
import type { StudyName, StudyParamsMap } from './studyParams';
import type { StudyResultMap } from './studyResults';

/** Raised by one whenever a message changes shape. */
export const STUDY_PROTOCOL_VERSION = 1;

/** What is laid over the defaults; anything out of range is refused by the worker, by name. */
export type StudyPatch<Name extends StudyName> = Partial<StudyParamsMap[Name]>;

export type StudyCommand =
  | { type: 'plan'; runId: number; study: StudyName; params: object }
  | { type: 'job'; runId: number; study: StudyName; params: object; jobIndex: number }
  | { type: 'gather'; runId: number; jobIndex: number; share: number; partial: unknown }
  | { type: 'drop'; runId: number };

export type StudyReport =
  | { type: 'ready'; protocol: number }
  /** `weights`: relative length of each job, for progress. */
  | { type: 'planned'; runId: number; weights: readonly number[] }
  /** `share`: of the job done; 1 with the last, which is complete. */
  | { type: 'partial'; runId: number; jobIndex: number; share: number; partial: unknown }
  /** `progress`: of the whole, in [0, 1]; the result of progress 1 is complete. */
  | { type: 'result'; runId: number; progress: number; result: StudyResultMap[StudyName] }
  | { type: 'failed'; runId: number; code: StudyErrorCode; message: string };

/** Beside what goes wrong in a lab: 'bad-params': a parameter was refused. 'no-core': the WebAssembly core could not be had. */
export type StudyErrorCode = ErrorCode | 'bad-params' | 'no-core';

export interface StudyUpdate<Name extends StudyName> {
  readonly state: 'queued' | 'running';
  readonly progress: number; // in [0, 1]
  readonly secondsLeft: number | null; // null while nothing can be said
  readonly result: StudyResultMap[Name] | null; // what is known so far
}

/** How a run ended. A cancelled or failed one keeps what it had. */
export type StudyOutcome<Name extends StudyName> =
  | { readonly state: 'done'; readonly result: StudyResultMap[Name]; readonly seconds: number }
  | { readonly state: 'cancelled'; readonly result: StudyResultMap[Name] | null }
  | { readonly state: 'failed'; readonly code: StudyErrorCode; readonly message: string; readonly result: StudyResultMap[Name] | null };

export interface StudyRun<Name extends StudyName> {
  /** Never rejects. */
  readonly outcome: Promise<StudyOutcome<Name>>;
  /** Ends the run; nothing is reported after it. Harmless when it has ended. */
  cancel(): void;
}

/**
 * Runs studies in workers, made when the first one runs and ended when they have been idle for a while.
 * Studies that train wait for one another; the others start at once. The answer does not depend on how many workers there are.
 *
 * @example
 * const pool = createStudyPool();
 * const run = pool.run('chapter-4', 'millionWeights', { trials: 200 }, ({ progress, secondsLeft, result }) => draw(result, progress));
 * const outcome = await run.outcome;
 * if (outcome.state === 'done') draw(outcome.result, 1);
 */
export interface StudyPool {
  /**
   * Runs a study with `patch` laid over its defaults. `figure` names who asks: a newer request of the same figure cancels the older.
   * `onUpdate` hears of every change until the outcome, at most about ten times a second.
   */
  run<Name extends StudyName>(
    figure: string,
    study: Name,
    patch: StudyPatch<Name>,
    onUpdate?: (update: StudyUpdate<Name>) => void,
  ): StudyRun<Name>;
  /** Cancels everything and ends the workers. */
  dispose(): void;
}
