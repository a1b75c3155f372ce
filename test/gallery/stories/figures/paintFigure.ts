/** Puts a painter's picture into a story: a fitted canvas on the page's ground, with the palette of the theme. */
import { type Context, fitCanvas } from '../../../../src/viz/canvas';
import { type Palette, readPalette } from '../../../../src/viz/palette';
import type { Size } from '../../../../src/viz/view';

/** Appends a canvas of `size` to `host` and paints it once the fonts are there. */
export async function paintFigure(host: HTMLElement, size: Size, paint: (context: Context, palette: Palette) => void): Promise<void> {
  host.style.background = 'var(--paper)';
  const canvas = document.createElement('canvas');
  canvas.style.display = 'block';
  host.append(canvas);
  await Promise.all(['Sans', 'Mono'].map((name) => document.fonts.load(`12px "Lab ${name}"`)));
  paint(fitCanvas(canvas, size), readPalette(host));
}
