/** The public surface of the bridge: what ui, app and embed may use. */
export type { DropoutLabEvents } from './events';
export { DropoutLab } from './handle';
export { createLab } from './lab';
export { LabError } from './labError';
export { createPair } from './pair';
export { WORKER_SOURCE } from './startWorker';
export * from './types';
