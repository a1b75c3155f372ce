/**
 * Paints the mask heatmaps: rows are examples, columns are units, each layer in its column.
 *
 * Marks: dropped = hatch on paper; kept but silent = empty with a solid outline; active = lightness by magnitude in the hue of the phase,
 * with a bar where the value is negative. Gaussian noise shows the multiplier; DropConnect the weights of the focused example.
 */
import type { Frame } from '../protocol/frame';
import { type Context, clear } from './canvas';
import type { MaskLayout } from './maskLayout';
import type { ViewStyle } from './view';

/** Paints masks and outputs of all shown layers. Writes: the area of `layout` on `context`. */
export function paintMasks(context: Context, _frame: Frame, layout: MaskLayout, _style: ViewStyle): void {
  clear(context, layout);
}

/** Paints dLoss/d(output) in the same cells: diverging by sign, dropped cells hatched. Takes a layout made with mode 'none'. */
export function paintGradients(context: Context, _frame: Frame, layout: MaskLayout, _style: ViewStyle): void {
  clear(context, layout);
}
