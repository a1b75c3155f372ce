/**
 * Paints the mask heatmaps: rows are examples, columns are units, each layer in its column.
 *
 * Marks: dropped = hatch on paper; kept but silent = empty with a solid outline; active = lightness by magnitude in the hue of the phase,
 * with a bar where the value is negative. Gaussian noise shows the multiplier; DropConnect the weights of the focused example.
 */
import { type Frame, type FrameLayer, type FrameLink, readHeader } from '../protocol/frame';
import type { Phase } from '../protocol/settings';
import { addBoxHatch, type Context, clear } from './canvas';
import { at, isDropped, largestMagnitude, layerReach, shownOutput } from './cells';
import { binRangeOf } from './histogramLayout';
import { paintHeatHighlight } from './maskHighlight';
import { type MaskBlock, type MaskLayout, withoutEmptyRows } from './maskLayout';
import { type Colour, mix, type Palette, ramp } from './palette';
import { paintRaster } from './raster';
import type { ViewStyle } from './view';

/** Cells smaller than this (CSS pixels, either way) are painted as a raster: no hatch, no outline, a grain instead. */
const MIN_CELL = 3.5;
const MIN_BAR_WIDTH = 5;
/** The smallest magnitude still stands out from an empty cell. */
const LOWEST_SHARE = 0.12;
const LEVELS = 24;

/** What one cell is: NaN = dropped, 0 = silent, else signed strength in [−1, 1]. */
type CellReader = (row: number, unit: number) => number;

interface CellColours {
  readonly up: readonly Colour[]; // by strength, lowest first
  readonly down: readonly Colour[]; // the same for negative values
}

/** What lies beyond the examples of a short last batch is of an older one, and is not painted. */
function filledBlocks(layout: MaskLayout, frame: Frame): readonly MaskBlock[] {
  return withoutEmptyRows(layout, readHeader(frame, 'numRows')).blocks;
}

/** Paints masks and outputs of all shown layers. Writes: the area of `layout` on `context`. */
export function paintMasks(context: Context, frame: Frame, layout: MaskLayout, style: ViewStyle): void {
  clear(context, layout);
  const colours = colourSets(style.palette);
  for (const block of filledBlocks(layout, frame)) {
    const { layer } = block.column;
    const frameLayer = frame.layers[layer];
    if (!frameLayer) continue;
    const link = frame.links[layer];
    if (block.kind === 'weights' && link) {
      paintBlock(context, block, weightReader(link, style), colours.sign, style.palette);
    } else {
      paintBlock(context, block, outputReader(frameLayer, style), colours[style.phase], style.palette);
    }
    const range = binRangeOf(frameLayer, style.highlight.layer === layer ? style.highlight.bin : null);
    paintHeatHighlight(context, block, style, range, range && shownOutput(frameLayer, style.phase));
  }
}

/** Paints dLoss/d(output) in the same cells: diverging by sign, dropped cells hatched. Takes a layout made with mode 'none'. */
export function paintGradients(context: Context, frame: Frame, layout: MaskLayout, style: ViewStyle): void {
  clear(context, layout);
  const { sign } = colourSets(style.palette);
  for (const block of filledBlocks(layout, frame)) {
    const frameLayer = frame.layers[block.column.layer];
    if (!frameLayer) continue;
    paintBlock(context, block, gradientReader(frameLayer, style.phase), sign, style.palette);
    paintHeatHighlight(context, block, style, null, null);
  }
}

function outputReader(layer: FrameLayer, style: ViewStyle): CellReader {
  const { units } = layer;
  const { phase } = style;
  if (style.mode === 'gaussian' && phase !== 'eval') return noiseReader(layer);
  const values = shownOutput(layer, phase);
  const scale = 1 / layerReach(layer);
  return (row, unit) => {
    const cell = row * units + unit;
    return isDropped(layer, phase, cell) ? Number.NaN : at(values, cell) * scale;
  };
}

/** The multiplier by size: 1 is well below half-way up the ramp, 0 is empty, 3 and more is darkest. */
function noiseReader(layer: FrameLayer): CellReader {
  return (row, unit) => at(layer.noise, row * layer.units + unit) / 3;
}

function gradientReader(layer: FrameLayer, phase: Phase): CellReader {
  const scale = 1 / largestMagnitude(layer.gradient);
  return (row, unit) => {
    const cell = row * layer.units + unit;
    return isDropped(layer, phase, cell) ? Number.NaN : at(layer.gradient, cell) * scale;
  };
}

function weightReader(link: FrameLink, style: ViewStyle): CellReader {
  const scale = 1 / largestMagnitude(link.weights);
  const offset = style.row * link.outputs * link.inputs;
  return (output, input) => {
    const cell = output * link.inputs + input;
    const isOut = style.phase !== 'eval' && link.mask[offset + cell] === 0;
    return isOut ? Number.NaN : at(link.weights, cell) * scale;
  };
}

type ColourSets = Readonly<Record<Phase | 'sign', CellColours>>;
const colourCache = new WeakMap<Palette, ColourSets>();

/** Returns the ramps of a palette, built once per theme. */
function colourSets(palette: Palette): ColourSets {
  const cached = colourCache.get(palette);
  if (cached) return cached;
  const single = (low: Colour, high: Colour): CellColours => {
    const colours = ramp(low, high, LEVELS);
    return { up: colours, down: colours };
  };
  const sets: ColourSets = {
    train: single(palette.trainLow, palette.trainHigh),
    eval: single(palette.evalLow, palette.evalHigh),
    mc: single(palette.mcLow, palette.mcHigh),
    sign: {
      up: ramp(palette.positiveLow, palette.positive, LEVELS),
      down: ramp(palette.negativeLow, palette.negative, LEVELS),
    },
  };
  colourCache.set(palette, sets);
  return sets;
}

function colourFor(colours: CellColours, strength: number): Colour {
  const magnitude = Math.min(Math.abs(strength), 1);
  const level = Math.round((LOWEST_SHARE + (1 - LOWEST_SHARE) * magnitude) * (LEVELS - 1));
  return (strength < 0 ? colours.down : colours.up)[level] as Colour;
}

function paintBlock(context: Context, block: MaskBlock, read: CellReader, colours: CellColours, palette: Palette): void {
  if (block.cellWidth < MIN_CELL || block.cellHeight < MIN_CELL) {
    paintGrain(context, block, read, colours, palette);
    return;
  }
  paintActiveCells(context, block, read, colours);
  paintSilentCells(context, block, read, palette);
  paintDroppedCells(context, block, read, palette);
  if (block.cellWidth >= MIN_BAR_WIDTH) paintNegativeBars(context, block, read, palette);
}

/** Calls `visit` for each cell with its strength and its inked box: whole pixels, one pixel of paper between neighbours. */
function eachCell(
  block: MaskBlock,
  read: CellReader,
  visit: (strength: number, x: number, y: number, width: number, height: number) => void,
): void {
  for (let row = 0; row < block.rows; row++) {
    const top = Math.round(block.y + row * block.cellHeight);
    const height = Math.max(Math.round(block.y + (row + 1) * block.cellHeight) - top - 1, 1);
    for (let unit = 0; unit < block.units; unit++) {
      const left = Math.round(block.x + unit * block.cellWidth);
      const width = Math.max(Math.round(block.x + (unit + 1) * block.cellWidth) - left - 1, 1);
      visit(read(row, unit), left, top, width, height);
    }
  }
}

function paintActiveCells(context: Context, block: MaskBlock, read: CellReader, colours: CellColours): void {
  eachCell(block, read, (strength, x, y, width, height) => {
    if (Number.isNaN(strength) || strength === 0) return;
    context.fillStyle = colourFor(colours, strength).css;
    context.fillRect(x, y, width, height);
  });
}

function paintSilentCells(context: Context, block: MaskBlock, read: CellReader, palette: Palette): void {
  context.beginPath();
  eachCell(block, read, (strength, x, y, width, height) => {
    if (strength === 0) context.rect(x + 0.5, y + 0.5, width - 1, height - 1);
  });
  context.fillStyle = palette.panel.css;
  context.fill();
  context.strokeStyle = palette.silent.css;
  context.lineWidth = 1;
  context.stroke();
}

function paintDroppedCells(context: Context, block: MaskBlock, read: CellReader, palette: Palette): void {
  context.fillStyle = palette.hatchPaper.css;
  context.beginPath();
  eachCell(block, read, (strength, x, y, width, height) => {
    if (!Number.isNaN(strength)) return;
    context.fillRect(x, y, width, height);
    addBoxHatch(context, x, y, width, height);
  });
  context.strokeStyle = palette.hatch.css;
  context.lineWidth = 1;
  context.stroke();
}

function paintNegativeBars(context: Context, block: MaskBlock, read: CellReader, palette: Palette): void {
  eachCell(block, read, (strength, x, y, width, height) => {
    if (!(strength < 0)) return;
    const length = Math.min(Math.round(width * 0.5), 7);
    context.fillStyle = Math.abs(strength) > 0.45 ? palette.panel.css : palette.ink.css;
    context.fillRect(Math.round(x + (width - length) / 2), Math.round(y + height / 2 - 0.5), length, 1);
  });
}

/** Paints cells of a pixel or two as one stretched image; a dropped cell alternates between paper and hatch along the diagonals. */
function paintGrain(context: Context, block: MaskBlock, read: CellReader, colours: CellColours, palette: Palette): void {
  const silent = mix(palette.panel, palette.silent, 0.25);
  paintRaster(context, block, block.units, block.rows, (column, row) => {
    const strength = read(row, column);
    if (Number.isNaN(strength)) return (row + column) % 2 === 0 ? palette.hatch.rgb : palette.hatchPaper.rgb;
    return strength === 0 ? silent.rgb : colourFor(colours, strength).rgb;
  });
}
