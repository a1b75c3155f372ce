/** A failure as the page tells it, in its store, its events and its panel. Types alone: public API, which names no package. */
import type { ErrorCode } from './messages';

/** What went wrong, in words for people. `fatal`: the worker is gone. A non-finite loss is not fatal: the run has paused. */
export interface LabFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fatal: boolean;
}
