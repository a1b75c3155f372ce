/** What is told of a worker that is not let start, or that dies: the same for the lab's worker and for those of studies. */
import type { ErrorCode } from '../protocol/messages';
import { LabError } from './labError';
import { WORKER_SOURCE } from './startWorker';

export interface WorkerTrouble {
  readonly code: ErrorCode;
  readonly message: string;
}

const ADVICE = `A page that shows a lab must allow its worker and its core: 'wasm-unsafe-eval' in script-src, and ${WORKER_SOURCE} in worker-src.`;

/** Tells of what was thrown instead of starting the worker. */
export function refusedWorker(error: unknown): WorkerTrouble {
  const text = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  const code = error instanceof LabError && error.code !== 'disposed' ? error.code : 'worker-blocked';
  return { code, message: `The browser refused to start the training worker: ${text}. ${ADVICE}` };
}

/** Tells of an error event: one without a word, before the worker's own first, is of a script that was never run. */
export function brokenWorker(message: string, hasSpoken: boolean): WorkerTrouble {
  if (hasSpoken || message) return { code: 'worker-lost', message: `The training worker has stopped${message && `: ${message}`}.` };
  return { code: 'worker-blocked', message: `The training worker did not start; its script may be blocked or missing. ${ADVICE}` };
}

/** Tells of a worker that speaks another version of the protocol. */
export function differentVersions(): WorkerTrouble {
  return { code: 'protocol', message: 'Page and worker are of different versions. Reload the page.' };
}
