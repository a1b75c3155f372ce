/**
 * Stretches a small picture over a box: heatmaps with cells of a pixel, the decision surface, drawn digits.
 *
 * One hidden canvas per size is kept and reused, so that a frame allocates nothing.
 */
import type { Context } from './canvas';
import type { Box } from './view';

type Rgb = readonly [red: number, green: number, blue: number];

interface Raster {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly image: ImageData;
  readonly pixels: Uint32Array;
}

const rasters = new Map<string, Raster>();
const MAX_RASTERS = 12;
const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

function rasterOf(width: number, height: number): Raster {
  const key = `${width}×${height}`;
  const found = rasters.get(key);
  if (found) return found;
  if (rasters.size >= MAX_RASTERS) rasters.clear();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no 2-D canvas context');
  const image = context.createImageData(width, height);
  const raster = { canvas, context, image, pixels: new Uint32Array(image.data.buffer) };
  rasters.set(key, raster);
  return raster;
}

/** Packs a colour into one pixel of image data, opaque unless `alpha` (0–255) says otherwise. */
export function packPixel(red: number, green: number, blue: number, alpha = 255): number {
  return (isLittleEndian ? (alpha << 24) | (blue << 16) | (green << 8) | red : (red << 24) | (green << 16) | (blue << 8) | alpha) >>> 0;
}

/** Paints `columns × rows` cells, each of the colour that `colourOf` gives, stretched over `box`; smooth where cells are below a pixel. */
export function paintRaster(
  context: Context,
  box: Box,
  columns: number,
  rows: number,
  colourOf: (column: number, row: number) => Rgb,
): void {
  const raster = rasterOf(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [red, green, blue] = colourOf(column, row);
      raster.pixels[row * columns + column] = packPixel(red, green, blue);
    }
  }
  stretch(context, raster, box, box.width < columns || box.height < rows);
}

/** Paints ready-made pixels (see `packPixel`), row-major, stretched smoothly over `box`, its corner pixels centred on the box's corners. */
export function paintField(context: Context, box: Box, columns: number, rows: number, fill: (pixels: Uint32Array) => void): void {
  const raster = rasterOf(columns, rows);
  fill(raster.pixels);
  raster.context.putImageData(raster.image, 0, 0);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  // Grid points, not cells: the first stands on the edge, so half a pixel of the raster falls outside on every side.
  context.drawImage(raster.canvas, 0.5, 0.5, columns - 1, rows - 1, box.x, box.y, box.width, box.height);
}

function stretch(context: Context, raster: Raster, box: Box, isSmooth: boolean): void {
  raster.context.putImageData(raster.image, 0, 0);
  context.imageSmoothingEnabled = isSmooth;
  context.imageSmoothingQuality = 'high';
  context.drawImage(raster.canvas, box.x, box.y, box.width, box.height);
  context.imageSmoothingEnabled = true;
}
