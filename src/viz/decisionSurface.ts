/**
 * Paints the decision surface of a binary set: purple (class 0) over paper to green (class 1) by the probability in eval, the line where it
 * is one half, the examples, and in MC phase where the passes disagree.
 */
import { type Frame, SURFACE_SIDE } from '../protocol/frame';
import type { BeliefStyle } from './belief';
import type { PlaneLayout } from './beliefLayout';
import { type Context, clear } from './canvas';
import { at, isOfData } from './cells';
import { traceZero } from './contour';
import { classColour, type MarkSet, paintCrosses, paintFlippedMarks, paintFocusRing, paintMarks, paintMisreadRings } from './marks';
import { type Palette, ramp } from './palette';
import { packPixel, paintField } from './raster';

const SHADES = 128;
const TRAIN_RADIUS = 1.7;
const TEST_RADIUS = 3.3;
const CROWDED = 400; // examples from which on marks shrink
const BAND_ALPHA = 115; // of 255, where the passes disagree

/** Paints the surface. Writes: the area of `layout` on `context`. */
export function paintSurface(context: Context, frame: Frame, layout: PlaneLayout, style: BeliefStyle): void {
  clear(context, layout);
  if (frame.surface.length !== SURFACE_SIDE * SURFACE_SIDE || !isOfData(frame, style.data)) return;
  const { palette } = style;
  context.save();
  context.beginPath();
  context.roundRect(layout.plot.x, layout.plot.y, layout.plot.width, layout.plot.height, 3);
  context.clip();
  paintField(context, layout.plot, SURFACE_SIDE, SURFACE_SIDE, (pixels) => fillSurface(pixels, frame.surface, shadesOf(palette)));
  if (style.phase === 'mc') paintSpread(context, frame, layout, palette);
  strokeZero(context, layout, (index) => at(frame.surface, index) - 0.5);
  context.strokeStyle = (style.phase === 'mc' ? palette.mc : palette.eval).css;
  context.lineWidth = 1.5;
  context.stroke();
  paintExamples(context, frame, layout, style);
  context.restore();
}

const shadeCache = new WeakMap<Palette, Uint32Array>();

/** Returns the diverging shades as ready pixels, from certain class 0 to certain class 1. */
function shadesOf(palette: Palette): Uint32Array {
  const cached = shadeCache.get(palette);
  if (cached) return cached;
  const half = SHADES / 2;
  const colours = [...ramp(palette.negativeField, palette.zero, half), ...ramp(palette.zero, palette.positiveField, half)];
  const shades = Uint32Array.from(colours, ({ rgb }) => packPixel(...rgb));
  shadeCache.set(palette, shades);
  return shades;
}

function fillSurface(pixels: Uint32Array, surface: Float32Array, shades: Uint32Array): void {
  for (let index = 0; index < surface.length; index++) {
    const shade = Math.min(Math.max(Math.floor(at(surface, index) * SHADES), 0), SHADES - 1);
    pixels[index] = at(shades, shade);
  }
}

/** How far a point is inside the band: positive where one half lies within one standard deviation of the passes' mean. */
function insideBand(frame: Frame, index: number): number {
  return at(frame.surfaceSpread, index) - Math.abs(at(frame.surface, index) - 0.5);
}

/** The ochre band: where one half lies within a standard deviation of the mean, the passes do not agree on the class. */
function paintSpread(context: Context, frame: Frame, layout: PlaneLayout, palette: Palette): void {
  const [red, green, blue] = palette.mcBand.rgb;
  paintField(context, layout.plot, SURFACE_SIDE, SURFACE_SIDE, (pixels) => {
    for (let index = 0; index < pixels.length; index++) {
      const share = Math.min(Math.max(insideBand(frame, index) * 25 + 0.5, 0), 1);
      pixels[index] = packPixel(red, green, blue, Math.round(share * BAND_ALPHA));
    }
  });
  strokeZero(context, layout, (index) => insideBand(frame, index));
  context.strokeStyle = palette.mc.css;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.stroke();
  context.setLineDash([]);
}

/** Puts the zero line of a field on the grid into the current path. */
function strokeZero(context: Context, layout: PlaneLayout, field: (index: number) => number): void {
  const { plot } = layout;
  const stepX = plot.width / (SURFACE_SIDE - 1);
  const stepY = plot.height / (SURFACE_SIDE - 1);
  context.beginPath();
  traceZero(SURFACE_SIDE, field, (x0, y0, x1, y1) => {
    context.moveTo(plot.x + x0 * stepX, plot.y + y0 * stepY);
    context.lineTo(plot.x + x1 * stepX, plot.y + y1 * stepY);
  });
}

/** Tells whether a test example is misread: the class read is not its class. */
export function isMisread(frame: Frame, targets: Float32Array, index: number): boolean {
  return index < frame.testPredictions.length && at(frame.testPredictions, index) !== at(targets, index);
}

function paintExamples(context: Context, frame: Frame, layout: PlaneLayout, style: BeliefStyle): void {
  const { palette, data, numOwn, focused, highlighted } = style;
  const numDrawn = data.trainTargets.length - numOwn;
  const train = (isShown: (index: number) => boolean): MarkSet => ({ layout, data, set: 'train', isShown });
  const test = (isShown: (index: number) => boolean): MarkSet => ({ layout, data, set: 'test', isShown });
  const scale = data.testTargets.length + data.trainTargets.length > CROWDED ? 0.72 : 1;
  const isFlipped = (index: number) => data.trainFlipped[index] === 1;
  paintMarks(
    context,
    train((index) => index < numDrawn && !isFlipped(index)),
    TRAIN_RADIUS * scale,
    palette,
  );
  paintFlippedMarks(
    context,
    train((index) => index < numDrawn && isFlipped(index)),
    TRAIN_RADIUS * 1.4 * scale,
    palette,
  );
  paintMarks(
    context,
    test(() => true),
    TEST_RADIUS * scale,
    palette,
  );
  paintMisreadRings(
    context,
    test((index) => isMisread(frame, data.testTargets, index)),
    TEST_RADIUS * scale,
    palette,
  );
  paintCrosses(
    context,
    train((index) => index >= numDrawn),
    4,
    (target) => classColour(palette, target),
    palette,
  );
  if (focused !== null && focused < data.trainTargets.length) paintFocusRing(context, layout, data, 'train', focused, palette);
  if (highlighted) paintFocusRing(context, layout, data, highlighted.set, highlighted.index, palette);
}
