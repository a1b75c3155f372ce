/**
 * What a study is: what to run, cut into jobs, and how to reduce what the jobs bring. No screen, no worker, no clock.
 *
 * A job is a function of the parameters and its index alone, and jobs are reduced in their order; so the answer is the same for any
 * number of workers, in any order of arrival. A job runs as a generator: whoever drives it may stop between two yields.
 */
import type { StudyName, StudyParamsMap } from '../protocol/studyParams';
import type { StudyResultMap } from '../protocol/studyResults';

/** What a job says between two pieces of work. Yield at least every few milliseconds. */
export interface JobUpdate<Partial> {
  /** Share of the job that is done, in [0, 1). */
  readonly share: number;
  /** Makes what is known so far; called only when somebody will look. Left out: nothing to show yet. */
  readonly peek?: () => Partial;
}

export interface Study<Name extends StudyName, Partial> {
  readonly name: Name;
  /** Checks what no single range can say. Errors: RangeError naming field, value and what is allowed. */
  readonly check?: (params: StudyParamsMap[Name]) => void;
  /** Makes ready what jobs need and cannot wait for, such as the WebAssembly core. */
  readonly prepare?: () => Promise<void>;
  /** Returns the relative length of each job. */
  jobs(params: StudyParamsMap[Name]): readonly number[];
  /** Runs one job to its complete partial result, which must survive a structured clone. */
  run(params: StudyParamsMap[Name], jobIndex: number): Generator<JobUpdate<Partial>, Partial, void>;
  /** Makes the result of what has come in: the newest partial of each job in order, null where there is none yet (never all). */
  reduce(params: StudyParamsMap[Name], partials: readonly (Partial | null)[]): StudyResultMap[Name];
}

/** Runs one piece of work at once, for a study whose whole answer is one short job. */
export function instantStudy<Name extends StudyName>(
  name: Name,
  compute: (params: StudyParamsMap[Name]) => StudyResultMap[Name],
  check?: (params: StudyParamsMap[Name]) => void,
): Study<Name, StudyResultMap[Name]> {
  return {
    name,
    ...(check && { check }),
    jobs: () => [1],
    *run(params) {
      yield { share: 0 };
      return compute(params);
    },
    reduce: (_, [partial]) => partial as StudyResultMap[Name],
  };
}

/** Runs a whole study here and now: jobs one after another, then the reduction. For tests and for short studies. */
export function runStudy<Name extends StudyName, Partial>(study: Study<Name, Partial>, params: StudyParamsMap[Name]): StudyResultMap[Name] {
  study.check?.(params);
  const partials = study.jobs(params).map((_, jobIndex) => {
    const job = study.run(params, jobIndex);
    let turn = job.next();
    while (!turn.done) turn = job.next();
    return turn.value;
  });
  return study.reduce(params, partials);
}
