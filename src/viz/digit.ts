/** Paints drawn digits: one of them, and the sheet that is the thumbnail of their data set. Loaded with the digits, not before. */
import type { DataReport } from '../protocol/messages';
import { DIGIT_SIDE } from '../protocol/network';
import { type Context, clear } from './canvas';
import { at } from './cells';
import { type Colour, type Palette, ramp } from './palette';
import { paintRaster } from './raster';
import type { Size } from './view';

const SHADES = 32;
const DIGITS_PER_ROW = 5;

const shadeCache = new WeakMap<Palette, readonly Colour[]>();

function inkShades(palette: Palette): readonly Colour[] {
  const cached = shadeCache.get(palette);
  if (cached) return cached;
  const shades = ramp(palette.panel, palette.ink, SHADES);
  shadeCache.set(palette, shades);
  return shades;
}

/** Paints one drawn digit of the set in a square, in ink on panel. */
export function paintDigit(
  context: Context,
  inputs: DataReport['testInputs'],
  index: number,
  box: { x: number; y: number; edge: number },
  palette: Palette,
): void {
  const shades = inkShades(palette);
  const offset = index * DIGIT_SIDE * DIGIT_SIDE;
  paintRaster(context, { x: box.x, y: box.y, width: box.edge, height: box.edge }, DIGIT_SIDE, DIGIT_SIDE, (column, row) => {
    const value = Math.min(Math.max(at(inputs, offset + row * DIGIT_SIDE + column), 0), 1);
    return (shades[Math.round(value * (SHADES - 1))] as Colour).rgb;
  });
}

/** Paints the first training digits, as many as fit. Writes: the area of `size`. */
export function paintDigitSheet(context: Context, size: Size, palette: Palette, data: DataReport): void {
  clear(context, size);
  context.fillStyle = palette.panel.css;
  context.fillRect(0, 0, size.width, size.height);
  const tile = size.width / DIGITS_PER_ROW;
  const numShown = Math.min(data.trainTargets.length, DIGITS_PER_ROW * Math.floor(size.height / tile));
  for (let index = 0; index < numShown; index++) {
    const row = Math.floor(index / DIGITS_PER_ROW);
    const x = (index - row * DIGITS_PER_ROW) * tile + 3;
    paintDigit(context, data.trainInputs, index, { x, y: row * tile + 3, edge: tile - 6 }, palette);
  }
}
