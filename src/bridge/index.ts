/** The public surface of the bridge: what ui, app and embed may use. */
export { DropoutLab, type DropoutLabEvents } from './handle';
export { LabError } from './labError';
export * from './types';
