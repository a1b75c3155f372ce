/** Whether the page stands in a frame that may have files of its own, of which its workers are made. */
import { LabError } from './labError';

/** Errors: LabError 'worker-sandboxed' in a frame without an origin: no file is its own. */
export function checkOwnFrame(): void {
  if (origin === 'null')
    throw new LabError('worker-sandboxed', 'the sandbox of its frame lacks allow-same-origin, and its host must add that');
}
