/**
 * Paints the thumbnail of the data set: the training examples as they were drawn, before any network. Needs no frame. Digits have a sheet instead (digit.ts).
 */
import type { DataReport } from '../protocol/messages';
import type { PlaneLayout } from './beliefLayout';
import { type Context, clear } from './canvas';
import { classColour, type MarkSet, paintCrosses, paintDots, paintFlippedMarks, paintMarks } from './marks';
import type { Palette } from './palette';

interface DataThumbStyle {
  readonly palette: Palette;
  readonly data: DataReport;
  readonly numOwn: number;
  /** Number of classes: 2, or 0 for regression. */
  readonly numClasses: number;
}

const CROWDED = 400;

/** Paints the training set on its plane; takes a `surfaceLayout` or `waveLayout`. Writes: the area of `layout`. */
export function paintDataThumb(context: Context, layout: PlaneLayout, style: DataThumbStyle): void {
  clear(context, layout);
  const { palette, data, numOwn, numClasses } = style;
  context.fillStyle = palette.panel.css;
  context.fillRect(0, 0, layout.width, layout.height);
  const numDrawn = data.trainTargets.length - numOwn;
  const radius = data.trainTargets.length > CROWDED ? 1.8 : 2.8;
  const marks = (isShown: (index: number) => boolean): MarkSet => ({ layout, data, set: 'train', isShown });
  const isFlipped = (index: number) => data.trainFlipped[index] === 1;
  if (numClasses === 0) {
    paintDots(
      context,
      marks((index) => index < numDrawn),
      radius - 0.5,
      palette.ink,
      false,
      palette,
    );
  } else {
    paintMarks(
      context,
      marks((index) => index < numDrawn && !isFlipped(index)),
      radius,
      palette,
    );
    paintFlippedMarks(
      context,
      marks((index) => index < numDrawn && isFlipped(index)),
      radius,
      palette,
    );
  }
  const colourOf = (target: number) => (numClasses === 0 ? palette.ink : classColour(palette, target));
  paintCrosses(
    context,
    marks((index) => index >= numDrawn),
    3.5,
    colourOf,
    palette,
  );
}
