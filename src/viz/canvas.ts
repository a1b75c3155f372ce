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
