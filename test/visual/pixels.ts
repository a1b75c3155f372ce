/**
 * Reads painted figures pixel by pixel. A palette of loud, pure colours makes each mark recognisable without knowing how it was drawn.
 */
import { type Context, fitCanvas, NO_HIGHLIGHT, type Palette, parseColour } from '../../src/viz';
import { COLOUR_TOKENS, type ColourName } from '../../src/viz/palette';
import type { Size, ViewStyle } from '../../src/viz/view';
import type { StoryLab } from '../gallery/storyFrame';

const BLACK = parseColour('#000000');

/** A palette in which only the named colours differ from black. */
export function loudPalette(colours: Partial<Record<ColourName, string>>): Palette {
  const names = Object.keys(COLOUR_TOKENS) as ColourName[];
  const all = Object.fromEntries(names.map((name) => [name, colours[name] ? parseColour(colours[name]) : BLACK]));
  return {
    ...(all as Record<ColourName, typeof BLACK>),
    fontSans: 'sans-serif',
    fontMono: 'monospace',
    labelSize: 11,
    highContrast: false,
  };
}

export interface Picture {
  readonly image: ImageData;
  readonly ratio: number;
}

export function paint(size: Size, ratio: number, draw: (context: Context) => void): Picture {
  const canvas = document.createElement('canvas');
  const context = fitCanvas(canvas, size, ratio);
  draw(context);
  return { image: context.getImageData(0, 0, canvas.width, canvas.height), ratio };
}

export type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** The pixel under a point in CSS pixels. */
export function pixelAt({ image, ratio }: Picture, x: number, y: number): Pixel {
  const offset = 4 * (Math.floor(y * ratio) * image.width + Math.floor(x * ratio));
  const [red = 0, green = 0, blue = 0, alpha = 0] = image.data.subarray(offset, offset + 4);
  return [red, green, blue, alpha];
}

export const isRed = ([red, green, blue, alpha]: Pixel) => alpha > 128 && red > 150 && green < 100 && blue < 100;
export const isYellow = ([red, green, blue, alpha]: Pixel) => alpha > 128 && red > 180 && green > 130 && blue < 100;
export const isBlue = ([red, , blue, alpha]: Pixel) => alpha > 128 && blue > 120 && red < 120;
export const isWhite = ([red, green, blue, alpha]: Pixel) => alpha > 128 && red > 220 && green > 220 && blue > 220;

export const CELLS: Partial<Record<ColourName, string>> = {
  hatch: '#ff0000',
  hatchPaper: '#ffff00',
  panel: '#ffffff',
  silent: '#00ff00',
  trainLow: '#0000a0',
  trainHigh: '#0000ff',
  evalLow: '#0000a0',
  evalHigh: '#0000ff',
  mcLow: '#0000a0',
  mcHigh: '#0000ff',
};

export function viewOf({ settings }: StoryLab, palette: Palette): ViewStyle {
  return { palette, phase: settings.phase, mode: settings.mode, row: -1, highlight: NO_HIGHLIGHT };
}
