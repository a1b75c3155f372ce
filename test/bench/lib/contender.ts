/** What every contender of the bench does, and the worker shell that times it. A contender lives in a module worker of its own. */
import { flopsPerStep, WORKLOADS, type Workload, type WorkloadName } from './workloads';

export interface Contender {
  /** Steps per `train` call to try; the best is used. One entry: the contender does not care. */
  readonly syncs: readonly number[];
  /** Sets up fresh weights and the workload's batches, hidden layers dropped with probability `dropP` (0: no dropout). */
  prepare(workload: Workload, dropP: number, options: ContenderOptions): void | Promise<void>;
  /** Trains `count` steps, batch after batch; returns or resolves when the last is surely done. */
  train(count: number): void | Promise<void>;
  /** Mean loss of batch 0 under the present weights, masks off. */
  evalLoss(): number | Promise<number>;
  /** Share of units kept in masks that the contender draws the way its training does. */
  keepFraction(): number | Promise<number>;
}

interface ContenderOptions {
  readonly optimizer?: 'sgd' | 'momentum' | 'adam';
  /** Data without label noise that a line separates: gradients die out. */
  readonly separable?: boolean;
}

type BenchRequest =
  | { type: 'prepare'; workload: WorkloadName; dropP: number; options: ContenderOptions }
  | { type: 'train'; count: number }
  | { type: 'evalLoss' }
  | { type: 'keepFraction' }
  | { type: 'syncs' }
  | { type: 'flops' }
  | { type: 'time'; forMs: number; sync: number }
  | { type: 'timeSteps'; count: number };

interface Timing {
  readonly steps: number;
  readonly ms: number;
}

/** Trains in calls of `sync` steps until `forMs` have passed. */
async function time(contender: Contender, forMs: number, sync: number): Promise<Timing> {
  const start = performance.now();
  let steps = 0;
  let ms = 0;
  while (ms < forMs) {
    const pending = contender.train(sync);
    if (pending) await pending;
    steps += sync;
    ms = performance.now() - start;
  }
  return { steps, ms };
}

/** Times exactly `count` steps, in seconds. */
async function timeSteps(contender: Contender, count: number): Promise<number> {
  const start = performance.now();
  await contender.train(count);
  return (performance.now() - start) / 1000;
}

async function answer(contender: Contender, request: BenchRequest): Promise<unknown> {
  switch (request.type) {
    case 'prepare':
      return contender.prepare(WORKLOADS[request.workload], request.dropP, request.options);
    case 'train':
      return contender.train(request.count);
    case 'evalLoss':
      return contender.evalLoss();
    case 'keepFraction':
      return contender.keepFraction();
    case 'syncs':
      return contender.syncs;
    case 'flops':
      return Object.fromEntries(Object.values(WORKLOADS).map((workload) => [workload.name, flopsPerStep(workload)]));
    case 'time':
      return time(contender, request.forMs, request.sync);
    case 'timeSteps':
      return timeSteps(contender, request.count);
    default:
      return request satisfies never;
  }
}

/** Answers the page's requests to this worker, one after another. */
export function serveContender(contender: Contender): void {
  let queue = Promise.resolve();
  addEventListener('message', ({ data }: MessageEvent<{ id: number; request: BenchRequest }>) => {
    queue = queue.then(async () => {
      try {
        postMessage({ id: data.id, result: await answer(contender, data.request) });
      } catch (error) {
        postMessage({ id: data.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    });
  });
}
