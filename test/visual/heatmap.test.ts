/**
 * What the heatmaps paint, counted from pixels: hatched cells are the zeros of the mask, empty cells the kept zeros, filled cells the rest.
 * The frames are story data.
 */
import { describe, expect, test } from 'vitest';
import type { Frame } from '../../src/protocol/frame';
import type { Settings } from '../../src/protocol/settings';
import '../../src/app/styles';
import '../../src/app/lateStyles';
import { columnsLayout, type MaskBlock, maskHeight, maskLayout, paintGradients, paintMasks, readPalette } from '../../src/viz';
import { type StoryLab, storyLab } from '../gallery/storyFrame';
import { CELLS, isBlue, isRed, isWhite, isYellow, loudPalette, type Picture, type Pixel, paint, pixelAt, viewOf } from './pixels';

/** Cells of values with a sign, either of which is blue. */
const SIGNED_CELLS = {
  ...CELLS,
  positiveLow: '#0000ff',
  positive: '#0000ff',
  negativeLow: '#0000ff',
  negative: '#0000ff',
  panel: '#0000ff',
  ink: '#0000ff',
};

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
    const palette = loudPalette(SIGNED_CELLS);
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
    const palette = loudPalette(SIGNED_CELLS);
    const picture = paint(layout, 1, (context) => paintGradients(context, frame, layout, viewOf(lab, palette)));
    const block = layout.blocks[0] as MaskBlock;
    const { mask } = frame.layers[1] as Frame['layers'][number];
    for (let cell = 0; cell < mask.length; cell++) {
      expect(readCell(picture, block, Math.floor(cell / 12), cell % 12)).toBe(mask[cell] === 1 ? 'active' : 'dropped');
    }
  });

  test.each(['light', 'dark'])('SC2 dropped, silent and active cells are told apart without colour, in %s', (theme) => {
    const host = document.createElement('div');
    host.dataset.theme = theme;
    document.body.append(host);
    const palette = readPalette(host);
    host.remove();
    const lab = storyLab({ p: 0.37 });
    const { frame, settings } = lab;
    const layout = maskLayout(columnsLayout(840, frame.shape.sizes), frame.shape, maskHeight(frame.shape.rows, 9), settings);
    const picture = paint(layout, 1, (context) => paintMasks(context, frame, layout, viewOf(lab, palette)));
    const grey = ([red, green, blue]: Pixel) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    const block = layout.blocks[0] as MaskBlock;
    const { mask, output } = frame.layers[1] as Frame['layers'][number];
    const seen = Array.from(mask.keys(), (cell) => {
      const left = Math.round(block.x + (cell % 12) * block.cellWidth);
      const right = Math.round(block.x + ((cell % 12) + 1) * block.cellWidth) - 2;
      const top = Math.round(block.y + Math.floor(cell / 12) * block.cellHeight);
      const bottom = Math.round(block.y + (Math.floor(cell / 12) + 1) * block.cellHeight) - 2;
      const inside: number[] = [];
      for (let y = top + 1; y < bottom; y++) for (let x = left + 1; x < right; x++) inside.push(grey(pixelAt(picture, x + 0.5, y + 0.5)));
      const edge = grey(pixelAt(picture, left + 0.5, top + 2.5));
      const spread = Math.max(...inside) - Math.min(...inside);
      const step = Math.abs(edge - (inside[0] as number));
      // Stripes, an outline around nothing, or one even tone to the edge: form alone.
      return spread > 10 ? 'dropped' : step > 10 ? 'silent' : 'active';
    });
    expect(seen).toEqual(Array.from(mask, (bit, cell) => (bit === 0 ? 'dropped' : output[cell] === 0 ? 'silent' : 'active')));
  });
});
