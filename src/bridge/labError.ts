/** What a lab rejects with when the fault is not in the arguments. It must not carry anything but words and a code. */
import type { ErrorCode } from '../protocol/messages';

/** A failure of the worker or the run: `code` for programs, `message` for people. */
export class LabError extends Error {
  override readonly name = 'LabError';
  constructor(
    readonly code: ErrorCode | 'disposed',
    message: string,
  ) {
    super(message);
  }
}
