/**
 * Where the loss curves (and the accuracy panel under them) lie, and which step is under a pointer. Pure arithmetic, no canvas.
 */
import type { Box, Size } from './view';

export interface LossLayout extends Size {
  readonly plot: Box;
  /** Small panel of accuracies, 0 to 1; null where there are none (regression) or no room. */
  readonly accuracy: Box | null;
  /** True: the curves' names at the right are short and without a sample of the line. */
  readonly isNarrow: boolean;
  /** The x-axis: steps [0, lastStep]. */
  readonly lastStep: number;
}

const LEFT = 28;
/** Between the ticks' text and the plot. */
const TICK_GAP = 8;
const TOP = 10;
const AXIS_HEIGHT = 20;
const LABEL_WIDTH = 130;
const NARROW_LABEL_WIDTH = 84;
/** Below this width the curves have short names. */
const NARROW_WIDTH = 360;
const ACCURACY_SHARE = 0.3;
const PANEL_GAP = 14;

/**
 * Lays out the curves in a box.
 *
 * Range: `lastStep` is the furthest step reached since reset (at least 1 is shown); it sets the x-axis, so that seeking back moves only the playhead.
 */
export function lossLayout(
  width: number,
  height: number,
  options: { readonly lastStep: number; readonly hasAccuracy: boolean },
): LossLayout {
  const isNarrow = width < NARROW_WIDTH;
  const labelWidth = isNarrow ? NARROW_LABEL_WIDTH : LABEL_WIDTH;
  const plotWidth = Math.max(width - LEFT - labelWidth, 1);
  const room = Math.max(height - TOP - AXIS_HEIGHT, 1);
  const accuracyHeight = options.hasAccuracy && room > 90 ? Math.round((room - PANEL_GAP) * ACCURACY_SHARE) : 0;
  const plotHeight = accuracyHeight > 0 ? room - PANEL_GAP - accuracyHeight : room;
  const plot = { x: LEFT, y: TOP, width: plotWidth, height: plotHeight };
  const accuracy = accuracyHeight > 0 ? { x: LEFT, y: TOP + plotHeight + PANEL_GAP, width: plotWidth, height: accuracyHeight } : null;
  return { width, height, plot, accuracy, isNarrow, lastStep: Math.max(options.lastStep, 1) };
}

/** Returns the layout with room at the left for ticks `tickWidth` wide, where they need more than there is. */
export function withTickRoom(layout: LossLayout, tickWidth: number): LossLayout {
  const more = Math.ceil(Math.max(tickWidth + TICK_GAP - LEFT, 0));
  const shift = (box: Box): Box => ({ ...box, x: box.x + more, width: Math.max(box.width - more, 1) });
  return { ...layout, plot: shift(layout.plot), accuracy: layout.accuracy && shift(layout.accuracy) };
}

/** Returns the x of a step. */
export function stepX(layout: LossLayout, step: number): number {
  return layout.plot.x + (layout.plot.width * step) / layout.lastStep;
}

/** Returns the step under a point (for scrubbing), clamped to the run; null above or below the plots. */
export function hitStep(layout: LossLayout, x: number, y: number): number | null {
  if (y < 0 || y >= layout.height) return null;
  const step = Math.round(((x - layout.plot.x) / layout.plot.width) * layout.lastStep);
  return Math.min(Math.max(step, 0), layout.lastStep);
}
