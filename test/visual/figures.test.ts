/**
 * What painters paint, counted from pixels: hatched cells are the zeros of the mask, rings are the misread points, and painting twice is
 * painting once. A palette of loud, pure colours makes each mark recognisable; the frames are story data.
 */
import { describe, expect, test } from 'vitest';
import { type Frame, writeHeader } from '../../src/protocol/frame';
import type { Settings } from '../../src/protocol/settings';
import {
  type Context,
  columnsLayout,
  fitCanvas,
  histogramLayout,
  lossLayout,
  type MaskBlock,
  maskHeight,
  maskLayout,
  NO_HIGHLIGHT,
  networkLayout,
  type Palette,
  paintGradients,
  paintHistograms,
  paintLosses,
  paintMasks,
  paintNetwork,
  paintSurface,
  paintWave,
  parseColour,
  pixelX,
  pixelY,
  readPalette,
  stepX,
  surfaceLayout,
  unitCentre,
  waveLayout,
} from '../../src/viz';
import '../../src/app/styles';
import { COLOUR_TOKENS, type ColourName } from '../../src/viz/palette';
import type { Size, ViewStyle } from '../../src/viz/view';
import { type StoryLab, storyLab } from '../gallery/storyFrame';

const BLACK = parseColour('#000000');
const WHITE = parseColour('#ffffff');

/** A palette in which only the named colours differ from black. */
function loudPalette(colours: Partial<Record<ColourName, string>>): Palette {
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

interface Picture {
  readonly image: ImageData;
  readonly ratio: number;
}

function paint(size: Size, ratio: number, draw: (context: Context) => void): Picture {
  const canvas = document.createElement('canvas');
  const context = fitCanvas(canvas, size, ratio);
  draw(context);
  return { image: context.getImageData(0, 0, canvas.width, canvas.height), ratio };
}

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** The pixel under a point in CSS pixels. */
function pixelAt({ image, ratio }: Picture, x: number, y: number): Pixel {
  const offset = 4 * (Math.floor(y * ratio) * image.width + Math.floor(x * ratio));
  const [red = 0, green = 0, blue = 0, alpha = 0] = image.data.subarray(offset, offset + 4);
  return [red, green, blue, alpha];
}

const isRed = ([red, green, blue, alpha]: Pixel) => alpha > 128 && red > 150 && green < 100 && blue < 100;
const isYellow = ([red, green, blue, alpha]: Pixel) => alpha > 128 && red > 180 && green > 130 && blue < 100;
const isBlue = ([red, , blue, alpha]: Pixel) => alpha > 128 && blue > 120 && red < 120;
const isWhite = ([red, green, blue, alpha]: Pixel) => alpha > 128 && red > 220 && green > 220 && blue > 220;

const CELLS: Partial<Record<ColourName, string>> = {
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

function viewOf({ settings }: StoryLab, palette: Palette): ViewStyle {
  return { palette, phase: settings.phase, mode: settings.mode, row: -1, highlight: NO_HIGHLIGHT };
}

/** Reads a cell from its inked pixels, as a reader would: hatched, empty or filled. */
function readCell(picture: Picture, block: MaskBlock, row: number, unit: number): 'dropped' | 'silent' | 'active' | 'unclear' {
  const left = Math.round(block.x + unit * block.cellWidth) + 1.5;
  const right = Math.round(block.x + (unit + 1) * block.cellWidth) - 2.5;
  const top = Math.round(block.y + row * block.cellHeight) + 1.5;
  const bottom = Math.round(block.y + (row + 1) * block.cellHeight) - 2.5;
  const seen = { red: 0, yellow: 0, blue: 0, white: 0, all: 0 };
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const pixel = pixelAt(picture, x, y);
      seen.all++;
      if (isRed(pixel)) seen.red++;
      if (isYellow(pixel)) seen.yellow++;
      if (isBlue(pixel)) seen.blue++;
      if (isWhite(pixel)) seen.white++;
    }
  }
  if (seen.red > 0 && seen.yellow > 0 && seen.blue + seen.white === 0) return 'dropped';
  if (seen.white === seen.all) return 'silent';
  // A negative value's bar covers part of a filled cell.
  return seen.blue > seen.all / 2 && seen.red + seen.yellow === 0 ? 'active' : 'unclear';
}

function readHeatmap(lab: StoryLab, ratio: number) {
  const { frame, settings } = lab;
  const columns = columnsLayout(840, frame.shape.sizes);
  const layout = maskLayout(columns, frame.shape, maskHeight(frame.shape.rows, 9), settings);
  const picture = paint(layout, ratio, (context) => paintMasks(context, frame, layout, viewOf(lab, loudPalette(CELLS))));
  return layout.blocks.map((block) => {
    const states: string[] = [];
    for (let row = 0; row < block.rows; row++)
      for (let unit = 0; unit < block.units; unit++) states.push(readCell(picture, block, row, unit));
    return { layer: block.column.layer, states };
  });
}

describe('mask heatmap', () => {
  test.each([
    [{ p: 0.37 }, 1],
    [{ p: 0.37 }, 2],
    [{ p: 0.8, maskScope: 'batch' }, 1],
    [{ p: 0, inputP: 0.3 }, 1],
    [{ p: 1, mode: 'standard' }, 1],
    [{ p: 0.37, phase: 'mc' }, 1],
  ] as readonly (readonly [Partial<Settings>, number])[])('shows each cell as what it is: %j at %d pixels per pixel', (patch, ratio) => {
    const lab = storyLab(patch);
    for (const { layer, states } of readHeatmap(lab, ratio)) {
      const { mask, output } = lab.frame.layers[layer] as Frame['layers'][number];
      const expected = Array.from(mask, (bit, cell) => (bit === 0 ? 'dropped' : output[cell] === 0 ? 'silent' : 'active'));
      expect(states).toEqual(expected);
    }
  });

  test('shows nothing dropped in eval, and the eval outputs', () => {
    const lab = storyLab({ p: 0.37, phase: 'eval' });
    for (const { layer, states } of readHeatmap(lab, 1)) {
      const { evalOutput } = lab.frame.layers[layer] as Frame['layers'][number];
      expect(states).toEqual(Array.from(evalOutput, (value) => (value === 0 ? 'silent' : 'active')));
    }
  });

  test('shows the focused example’s weights under DropConnect', () => {
    const lab = storyLab({ mode: 'dropconnect', p: 0.4 });
    const { frame, settings } = lab;
    const layout = maskLayout(columnsLayout(840, frame.shape.sizes), frame.shape, 180, settings);
    const palette = loudPalette({
      ...CELLS,
      positiveLow: '#0000ff',
      positive: '#0000ff',
      negativeLow: '#0000ff',
      negative: '#0000ff',
      panel: '#0000ff',
      ink: '#0000ff',
    });
    const style = { ...viewOf(lab, palette), row: 5 };
    const picture = paint(layout, 1, (context) => paintMasks(context, frame, layout, style));
    for (const block of layout.blocks) {
      const link = frame.links[block.column.layer] as Frame['links'][number];
      for (let target = 0; target < link.outputs; target++) {
        for (let unit = 0; unit < link.inputs; unit++) {
          const isKept = link.mask[(5 * link.outputs + target) * link.inputs + unit] === 1;
          expect(readCell(picture, block, target, unit)).toBe(isKept ? 'active' : 'dropped');
        }
      }
    }
  });

  test('tells dropped from kept even at two pixels a cell', () => {
    const lab = storyLab({ hidden: [100], p: 0.37 });
    const { frame, settings } = lab;
    const base = columnsLayout(840, frame.shape.sizes);
    // A column of exactly two pixels a cell, so that each cell has pixels of its own.
    const columns = { ...base, columns: base.columns.map((column) => (column.layer === 1 ? { ...column, x: 200, width: 200 } : column)) };
    const layout = maskLayout(columns, frame.shape, maskHeight(frame.shape.rows, 2), settings);
    const picture = paint(layout, 1, (context) => paintMasks(context, frame, layout, viewOf(lab, loudPalette(CELLS))));
    const block = layout.blocks[0] as MaskBlock;
    const { mask } = frame.layers[1] as Frame['layers'][number];
    let told = 0;
    for (let row = 0; row < block.rows; row++) {
      for (let unit = 0; unit < 100; unit++) {
        const pixel = pixelAt(picture, block.x + 2 * unit + 1, block.y + 2 * row + 1);
        if ((isRed(pixel) || isYellow(pixel)) === (mask[row * 100 + unit] === 0)) told++;
      }
    }
    expect(told).toBe(mask.length);
  });

  test('the gradient heatmap hatches the same cells', () => {
    const lab = storyLab({ p: 0.37 });
    const { frame } = lab;
    const layout = maskLayout(columnsLayout(840, frame.shape.sizes), frame.shape, maskHeight(24, 9), { mode: 'none', inputP: 0 });
    const palette = loudPalette({
      ...CELLS,
      positiveLow: '#0000ff',
      positive: '#0000ff',
      negativeLow: '#0000ff',
      negative: '#0000ff',
      panel: '#0000ff',
      ink: '#0000ff',
    });
    const picture = paint(layout, 1, (context) => paintGradients(context, frame, layout, viewOf(lab, palette)));
    const block = layout.blocks[0] as MaskBlock;
    const { mask } = frame.layers[1] as Frame['layers'][number];
    for (let cell = 0; cell < mask.length; cell++) {
      expect(readCell(picture, block, Math.floor(cell / 12), cell % 12)).toBe(mask[cell] === 1 ? 'active' : 'dropped');
    }
  });
});

describe('network', () => {
  test('hatches the units that the focused example’s mask dropped, and none in eval', () => {
    for (const phase of ['train', 'eval'] as const) {
      const lab = storyLab({ p: 0.37, phase });
      const { frame } = lab;
      const layout = networkLayout(columnsLayout(840, frame.shape.sizes), 270);
      const palette = loudPalette({
        hatch: '#ff0000',
        hatchPaper: '#ffff00',
        panel: '#ffffff',
        positiveLow: '#ffffff',
        positive: '#ffffff',
      });
      const picture = paint(layout, 2, (context) => paintNetwork(context, frame, layout, { ...viewOf(lab, palette), row: 6 }));
      for (const layer of layout.layers) {
        const { mask, units } = frame.layers[layer.column.layer] as Frame['layers'][number];
        for (let unit = 0; unit < layer.shown; unit++) {
          const centre = unitCentre(layer, unit);
          let numYellow = 0;
          for (let angle = 0; angle < 16; angle++) {
            const x = centre.x + layer.radius * 0.55 * Math.cos((angle * Math.PI) / 8);
            const y = centre.y + layer.radius * 0.55 * Math.sin((angle * Math.PI) / 8);
            const pixel = pixelAt(picture, x, y);
            if (isYellow(pixel) || isRed(pixel)) numYellow++;
          }
          const isHatched = numYellow > 8;
          expect(isHatched).toBe(phase === 'train' && mask[6 * units + unit] === 0);
        }
      }
    }
  });
});

describe('decision surface', () => {
  test('rings exactly the misread test points', () => {
    const { frame, data } = storyLab({ testSize: 49, trainSize: 1, labelNoise: 0 });
    // On a lattice no mark hides another.
    for (let index = 0; index < 49; index++) {
      data.testInputs[index * 2] = ((index % 7) - 3) * 0.5;
      data.testInputs[index * 2 + 1] = (Math.floor(index / 7) - 3) * 0.5;
    }
    frame.testPredictions.set(data.testTargets.map((target, index) => (index % 5 === 2 ? 1 - target : target)));
    data.trainInputs.set([1.9, 1.9]);
    const layout = surfaceLayout(300);
    const palette = loudPalette({ ink: '#ff0000', panel: '#ffffff', zero: '#ffffff', positiveField: '#ffffff', negativeField: '#ffffff' });
    const style = { palette, phase: 'eval' as const, data, numOwn: 0, focused: null };
    const picture = paint(layout, 2, (context) => paintSurface(context, frame, layout, style));
    const ringed: number[] = [];
    for (let index = 0; index < 49; index++) {
      const x = pixelX(layout, data.testInputs[index * 2] as number);
      const y = pixelY(layout, data.testInputs[index * 2 + 1] as number);
      let numRed = 0;
      for (let angle = 0; angle < 24; angle++) {
        if (isRed(pixelAt(picture, x + 5.5 * Math.cos((angle * Math.PI) / 12), y + 5.5 * Math.sin((angle * Math.PI) / 12)))) numRed++;
      }
      if (numRed >= 20) ringed.push(index);
    }
    const misread = Array.from(data.testTargets.keys()).filter((index) => data.testTargets[index] !== frame.testPredictions[index]);
    expect(misread).toHaveLength(10);
    expect(ringed).toEqual(misread);
  });

  test('is green where the probability is above one half and purple where it is below, right to the corners', () => {
    const { frame, data } = storyLab({ testSize: 1, trainSize: 1 });
    const layout = surfaceLayout(235); // five pixels between grid points
    const palette = loudPalette({ zero: '#ffffff', positiveField: '#00ff00', negativeField: '#ff00ff', panel: '#ffffff' });
    const picture = paint(layout, 1, (context) =>
      paintSurface(context, frame, layout, { palette, phase: 'eval', data, numOwn: 0, focused: null }),
    );
    let numRead = 0;
    for (let row = 1; row < 47; row += 3) {
      for (let column = 1; column < 47; column += 3) {
        const value = frame.surface[row * 48 + column] as number;
        if (Math.abs(value - 0.5) < 0.45) continue;
        const [red, green] = pixelAt(picture, column * 5, row * 5);
        if (red === 0 && green === 0) continue; // a mark
        expect(green > red).toBe(value > 0.5);
        numRead++;
      }
    }
    expect(numRead).toBeGreaterThan(100);
  });
});

test('the bars of the histogram are as tall as the shares', () => {
  const lab = storyLab({ activation: 'tanh', p: 0 });
  const { frame } = lab;
  const layout = histogramLayout(columnsLayout(840, frame.shape.sizes), frame.shape.sizes, 152, { inputP: 0 });
  const palette = loudPalette({
    trainFill: '#ff0000',
    eval: '#ffffff',
    train: '#ffffff',
    ink: '#ffffff',
    axis: '#ffffff',
    paper: '#ffffff',
  });
  const picture = paint(layout, 1, (context) => paintHistograms(context, frame, layout, viewOf(lab, palette)));
  const panel = layout.panels[0];
  const shares = Array.from(frame.layers[1]?.trainHistogram ?? []);
  if (!panel) throw new Error('no panel');
  const heights = shares.map((_, bin) => {
    const x = Math.round(panel.x + (panel.width * bin) / 32) + 3;
    let height = 0;
    for (let y = panel.y; y < panel.y + panel.height; y++) if (isRed(pixelAt(picture, x, y))) height++;
    return height;
  });
  const tallest = heights.indexOf(Math.max(...heights));
  const perShare = (heights[tallest] as number) / (shares[tallest] as number);
  // The eval outline covers up to two pixels of a bar's top.
  for (const [bin, share] of shares.entries()) expect(Math.abs((heights[bin] as number) - share * perShare)).toBeLessThanOrEqual(2.5);
  expect(heights.filter((height) => height > 0).length).toBeGreaterThan(5);
});

test('a loss curve passes through its values, with y from 0', () => {
  const { frame } = storyLab();
  frame.curveTest.fill(0.4);
  frame.curveTrainMasked.fill(0.8);
  frame.curveTrainEval.fill(0.8);
  const layout = lossLayout(420, 120, { lastStep: 1240, hasAccuracy: false });
  const palette = loudPalette({
    ink: '#ff0000',
    train: '#ffffff',
    eval: '#ffffff',
    rule: '#ffffff',
    axis: '#ffffff',
    paper: '#ffffff',
    inkSoft: '#ffffff',
  });
  const picture = paint(layout, 1, (context) => paintLosses(context, frame, layout, { palette, changes: [] }));
  for (const step of [100, 620, 1100]) {
    const reds: number[] = [];
    for (let y = 0; y < 110; y++) if (isRed(pixelAt(picture, stepX(layout, step), y))) reds.push(y);
    const middle = reds.reduce((sum, y) => sum + y + 0.5, 0) / reds.length;
    expect(Math.abs(middle - (layout.plot.y + layout.plot.height / 2))).toBeLessThanOrEqual(1);
  }
});

describe('painters leave nothing behind', () => {
  const lab = storyLab({ p: 0.37, phase: 'mc' });
  const { frame, data, settings } = lab;
  const wave = storyLab({ dataset: 'wave', phase: 'mc' });
  const columns = columnsLayout(840, frame.shape.sizes);
  const palette = readPaletteOnce();
  const view = { ...viewOf(lab, palette), row: 2, highlight: { layer: 1, unit: 3, row: 4, bin: null } };
  const network = networkLayout(columns, 270);
  const masks = maskLayout(columns, frame.shape, maskHeight(24), settings);
  const histograms = histogramLayout(columns, frame.shape.sizes, 110, settings);
  const surface = surfaceLayout(266);
  const curve = waveLayout(300, 240, wave.data);
  const losses = lossLayout(300, 200, { lastStep: 1240, hasAccuracy: true });
  const belief = { palette, phase: 'mc' as const, numOwn: 2, focused: 1 };
  const painters: readonly (readonly [string, Size, (context: Context) => void])[] = [
    ['network', network, (context) => paintNetwork(context, frame, network, view)],
    ['masks', masks, (context) => paintMasks(context, frame, masks, view)],
    ['gradients', masks, (context) => paintGradients(context, frame, masks, view)],
    ['histograms', histograms, (context) => paintHistograms(context, frame, histograms, view)],
    ['surface', surface, (context) => paintSurface(context, frame, surface, { ...belief, data })],
    ['wave', curve, (context) => paintWave(context, wave.frame, curve, { ...belief, data: wave.data })],
    ['losses', losses, (context) => paintLosses(context, frame, losses, { palette, changes: [{ step: 300, patch: { p: 0.2 } }] })],
  ];

  for (const [name, size, draw] of painters) {
    test(`${name}: twice is once, whatever was painted before`, () => {
      const once = paint(size, 1, draw);
      const after = paint(size, 1, (context) => {
        for (const [, , other] of painters) other(context);
        context.clearRect(0, 0, 2000, 2000);
        draw(context);
        draw(context);
      });
      expect(once.image.data.some((byte) => byte !== 0)).toBe(true);
      expect(after.image.data.every((byte, index) => byte === once.image.data[index])).toBe(true);
    });
  }

  test('a frame without curves or with an empty layer paints without error', () => {
    const empty = storyLab({ p: 1 });
    writeHeader(empty.frame, 'curveCount', 0);
    expect(() => paint(losses, 1, (context) => paintLosses(context, empty.frame, losses, { palette, changes: [] }))).not.toThrow();
    expect(() => paint(masks, 1, (context) => paintMasks(context, empty.frame, masks, view))).not.toThrow();
  });
});

/** The palette of the page's own tokens, resolved by the browser. */
function readPaletteOnce(): Palette {
  return readPalette(document.body);
}

describe('palette', () => {
  test('follows the theme of its element, also in a subtree', () => {
    const host = document.createElement('div');
    document.body.append(host);
    host.dataset.theme = 'light';
    const light = readPalette(host);
    host.dataset.theme = 'dark';
    const dark = readPalette(host);
    host.remove();
    expect(light.paper.css).toBe('rgb(251, 250, 246)');
    expect(dark.paper.css).toBe('rgb(20, 23, 26)');
    expect(light.panel.css).toBe(WHITE.css);
    expect(light.fontMono).toContain('Lab Mono');
    expect(light.labelSize).toBe(11.5);
  });

  test('names the token that is missing', () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const body = frame.contentDocument?.body;
    if (!body) throw new Error('no document');
    expect(() => readPalette(body)).toThrow('design token --paper is not defined');
    frame.remove();
  });
});
