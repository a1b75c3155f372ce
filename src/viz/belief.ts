/**
 * What the three pictures of the network's belief share: their style. The painters are decisionSurface, regressionCurve and digitsGrid.
 */
import type { DataReport } from '../protocol/messages';
import type { Phase } from '../protocol/settings';
import type { PointHit } from './beliefLayout';
import type { DigitsHit } from './digitsLayout';
import type { Palette } from './palette';

export interface BeliefStyle {
  readonly palette: Palette;
  readonly phase: Phase;
  readonly data: DataReport;
  /** Points placed by hand; they are the last of the training set. */
  readonly numOwn: number;
  /** Training example of the focused row (`frame.examples[row]`), or null. */
  readonly focused: number | null;
  /** The example under the pointer or the keyboard. */
  readonly highlighted?: PointHit | null;
}

export interface DigitsStyle {
  readonly palette: Palette;
  readonly data: DataReport;
  readonly highlighted?: DigitsHit | null;
}
