/**
 * The canvas under every painter: pixel ratio, clearing, the hatch, crisp hairlines and labels. It knows of no figure.
 */
import type { Size } from './view';

/** Anything that a painter draws to: a canvas on the page, or an offscreen one for export. */
export type Context = CanvasRenderingContext2D;

/**
 * Sizes `canvas` to `size` CSS pixels at the device's pixel ratio and returns its context, scaled so that painters draw in CSS pixels.
 *
 * Writes: width, height and style of the canvas, only when they change (setting them clears it); the transform, always.
 * Errors: Error when the browser gives no 2-D context.
 */
export function fitCanvas(canvas: HTMLCanvasElement, size: Size, pixelRatio: number = globalThis.devicePixelRatio): Context {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no 2-D canvas context');
  const ratio = pixelRatio > 0 ? pixelRatio : 1;
  const width = Math.max(Math.round(size.width * ratio), 1);
  const height = Math.max(Math.round(size.height * ratio), 1);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const styleWidth = `${size.width}px`;
  const styleHeight = `${size.height}px`;
  if (canvas.style.width !== styleWidth) canvas.style.width = styleWidth;
  if (canvas.style.height !== styleHeight) canvas.style.height = styleHeight;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Clears the area of a figure and puts the context into the state that painters expect. */
export function clear(context: Context, size: Size): void {
  context.clearRect(0, 0, size.width, size.height);
  context.globalAlpha = 1;
  context.lineWidth = 1;
  context.lineCap = 'butt';
  context.lineJoin = 'round';
  context.setLineDash([]);
}

/** Distance of the hatch's strokes, measured along an axis, in CSS pixels. */
const HATCH_STEP = 6;

/**
 * Adds the hatch of a box to the current path: the strokes `x + y = k·step`, cut at its edges.
 *
 * The strokes hang on the canvas, not on the box, so that neighbouring dropped cells read as one calm surface; one path and one `stroke()`
 * serve any number of boxes, which a pattern fill at every pixel ratio would not.
 */
export function addBoxHatch(context: Context, x: number, y: number, width: number, height: number, step: number = HATCH_STEP): void {
  const right = x + width;
  const bottom = y + height;
  for (let k = Math.ceil((x + y) / step) * step; k < right + bottom; k += step) {
    const startX = Math.max(x, k - bottom);
    const endX = Math.min(right, k - y);
    if (endX <= startX) continue;
    context.moveTo(startX, k - startX);
    context.lineTo(endX, k - endX);
  }
}

/** Adds the hatch of a disc to the current path, strokes as in `addBoxHatch`. */
export function addDiscHatch(context: Context, x: number, y: number, radius: number, step: number): void {
  const reach = radius * Math.SQRT2;
  for (let k = Math.ceil((x + y - reach) / step) * step; k < x + y + reach; k += step) {
    const distance = (x + y - k) / Math.SQRT2; // from the centre to the stroke
    const half = Math.sqrt(Math.max(radius * radius - distance * distance, 0)) / Math.SQRT2;
    const middleX = x - distance / Math.SQRT2;
    const middleY = y - distance / Math.SQRT2;
    context.moveTo(middleX - half, middleY + half);
    context.lineTo(middleX + half, middleY - half);
  }
}

/** Strokes one straight line. */
export function strokeLine(context: Context, x0: number, y0: number, x1: number, y1: number): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** Rounds to the middle of a pixel, where a line of one pixel is crisp. */
export function crisp(value: number): number {
  return Math.floor(value) + 0.5;
}

interface LabelStyle {
  readonly font: string;
  readonly colour: string;
  readonly align?: CanvasTextAlign;
  readonly baseline?: CanvasTextBaseline;
  /** Colour drawn around the letters, so that they stay legible over lines. */
  readonly halo?: string;
}

/** Writes a label. Labels are few: the caller may build their style per frame. */
export function drawLabel(context: Context, text: string, x: number, y: number, style: LabelStyle): void {
  context.font = style.font;
  context.textAlign = style.align ?? 'left';
  context.textBaseline = style.baseline ?? 'alphabetic';
  if (style.halo) {
    context.strokeStyle = style.halo;
    context.lineWidth = 3;
    context.strokeText(text, x, y);
    context.lineWidth = 1;
  }
  context.fillStyle = style.colour;
  context.fillText(text, x, y);
}
