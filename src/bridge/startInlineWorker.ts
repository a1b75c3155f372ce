/**
 * Starts the worker of a lab from its own text, as a blob: a page on another origin could not load the file.
 *
 * The worker is a classic script (`worker.format: 'iife'` in src/embed/build.mjs): a sandboxed frame starts no module from a blob, and says so
 * only by an error event.
 */
import InlineWorker from '../worker/worker?worker&inline';
import type { Connect } from './types';

/** What a policy must name in worker-src. */
export const WORKER_SOURCE: string = 'blob:';

export const startWorker: Connect = () => new InlineWorker();
