/**
 * Starts the worker of a lab from its file. The one other way, for builds that are a single file, is startInlineWorker.ts, which such a
 * build puts in this one's place (src/embed/build.mjs).
 */
import { checkOwnFrame } from './ownFrame';
import type { Connect } from './types';

/** What a policy must name in worker-src. */
export const WORKER_SOURCE: string = "'self'";

export const startWorker: Connect = () => {
  checkOwnFrame();
  return new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' });
};
