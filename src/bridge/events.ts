/** What the events of a lab carry. Public API (see the README); types alone, which name no package, so that any consumer can check them. */
import type { LabFailure } from '../protocol/failure';
import type { Settings } from '../protocol/settings';

export interface DropoutLabEvents {
  /** A frame has been painted; at most one per animation frame. */
  frame: CustomEvent<{ step: number }>;
  /** Settings have changed, by whomever. */
  settingschange: CustomEvent<{ settings: Settings }>;
  /** The run or the worker has failed. */
  error: CustomEvent<LabFailure>;
}
