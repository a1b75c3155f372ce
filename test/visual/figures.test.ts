/**
 * What painters paint, counted from pixels: hatched units are the zeros of the mask, rings are the misread points, bars are the shares, and
 * painting twice is painting once. The frames are story data.
 */
import { describe, expect, test } from 'vitest';
import { type Frame, readHeader, writeHeader } from '../../src/protocol/frame';
import {
  type Context,
  columnsLayout,
  histogramLayout,
  lossLayout,
  maskHeight,
  maskLayout,
  networkLayout,
  type Palette,
  paintGradients,
  paintHistograms,
  paintLosses,
  paintMasks,
  paintNetwork,
  paintSurface,
  paintWave,
  pixelX,
  pixelY,
  readPalette,
  stepX,
  surfaceLayout,
  unitCentre,
  waveLayout,
} from '../../src/viz';
import '../../src/app/styles';
import '../../src/app/lateStyles';
import type { Size } from '../../src/viz/view';
import { storyLab } from '../gallery/storyFrame';

import { isRed, isYellow, loudPalette, paint, pixelAt, viewOf } from './pixels';

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

/** The test's curve in red, all else in white. */
const TEST_CURVE = loudPalette({
  ink: '#ff0000',
  train: '#ffffff',
  eval: '#ffffff',
  rule: '#ffffff',
  axis: '#ffffff',
  paper: '#ffffff',
  inkSoft: '#ffffff',
});

test('a loss curve passes through its values, with y from 0', () => {
  const { frame } = storyLab();
  frame.curveTest.fill(0.4);
  frame.curveTrainMasked.fill(0.8);
  frame.curveTrainEval.fill(0.8);
  const layout = lossLayout(420, 120, { lastStep: 1240, hasAccuracy: false });
  const picture = paint(layout, 1, (context) => paintLosses(context, frame, layout, { palette: TEST_CURVE, changes: [] }));
  for (const step of [100, 620, 1100]) {
    const reds: number[] = [];
    for (let y = 0; y < 110; y++) if (isRed(pixelAt(picture, stepX(layout, step), y))) reds.push(y);
    const middle = reds.reduce((sum, y) => sum + y + 0.5, 0) / reds.length;
    expect(Math.abs(middle - (layout.plot.y + layout.plot.height / 2))).toBeLessThanOrEqual(1);
  }
});

test('the first point of a curve is seen before there is a second', () => {
  const { frame } = storyLab();
  writeHeader(frame, 'curveCount', 1);
  frame.curveTest.fill(0.4);
  const layout = lossLayout(420, 120, { lastStep: 30, hasAccuracy: false });
  const picture = paint(layout, 1, (context) => paintLosses(context, frame, layout, { palette: TEST_CURVE, changes: [] }));
  const x = stepX(layout, frame.curveStep[0] as number) + 1;
  const isSeen = Array.from({ length: Math.round(layout.plot.height) }, (_, row) => isRed(pixelAt(picture, x, layout.plot.y + row)));
  expect(isSeen).toContain(true);
});

test.each([
  ['that starts low has its name above it', 0.1, 'above'],
  ['that starts high has its name below it', 0.9, 'below'],
])('an accuracy %s, wherever it ends', (_, start, place) => {
  const { frame } = storyLab();
  const count = readHeader(frame, 'curveCount');
  for (let index = 0; index < count; index++) frame.curveTestAccuracy[index] = index < count / 2 ? start : 1 - start;
  const layout = lossLayout(420, 140, { lastStep: frame.curveStep[count - 1] as number, hasAccuracy: true });
  const palette = loudPalette({ inkSoft: '#ff0000', ink: '#ffffff', eval: '#ffffff', rule: '#ffffff', axis: '#ffffff', paper: '#ffffff' });
  const picture = paint(layout, 1, (context) => paintLosses(context, frame, layout, { palette, changes: [] }));
  const box = layout.accuracy as NonNullable<typeof layout.accuracy>;
  const rows = Array.from({ length: Math.floor(box.height) }, (_row, y) => y).filter((y) =>
    Array.from({ length: 50 }, (_pixel, x) => x).some((x) => isRed(pixelAt(picture, box.x + 6 + x, box.y + y))),
  );
  const middle = rows.reduce((sum, y) => sum + y, 0) / rows.length;
  expect(middle < box.height / 2 ? 'above' : 'below').toBe(place);
});

test('first steps that tower over the rest leave the picture; the rest is drawn at its own scale', () => {
  const { frame } = storyLab();
  for (const curve of [frame.curveTest, frame.curveTrainMasked, frame.curveTrainEval]) {
    curve.fill(0.2);
    curve[0] = 20;
  }
  frame.curveTest.fill(0.4);
  const layout = lossLayout(420, 120, { lastStep: 1240, hasAccuracy: false });
  const picture = paint(layout, 1, (context) => paintLosses(context, frame, layout, { palette: TEST_CURVE, changes: [] }));
  const reds: number[] = [];
  for (let y = 0; y < 110; y++) if (isRed(pixelAt(picture, stepX(layout, 620), y))) reds.push(y);
  const share = 1 - ((reds[0] as number) + 0.5 - layout.plot.y) / layout.plot.height;
  expect(share).toBeGreaterThan(0.5);
  expect(share).toBeLessThan(0.75);
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
    expect(light.panel.css).toBe('rgb(255, 255, 255)');
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
