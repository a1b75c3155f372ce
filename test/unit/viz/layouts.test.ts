/** Layouts: a layer is a column in every figure, and what is hit is what is drawn there. */
import { describe, expect, test } from 'vitest';
import { frameShape, MAX_SHOWN_UNITS, NUM_BINS } from '../../../src/protocol/frame';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/protocol/settings';
import { dataAt, hitPoint, pixelX, pixelY, surfaceLayout } from '../../../src/viz/beliefLayout';
import { columnsLayout, layerName, shownLayers, unitAt, unitLeft } from '../../../src/viz/columns';
import { digitOrigin, digitsLayout, hitDigits } from '../../../src/viz/digitsLayout';
import { binOf, binRange, histogramLayout, hitHistogram } from '../../../src/viz/histogramLayout';
import { hitStep, lossLayout, stepX } from '../../../src/viz/lossLayout';
import { cellBox, hitMask, maskHeight, maskLayout } from '../../../src/viz/maskLayout';
import { hitNetwork, linkRise, linkX, type NetworkLayer, networkLayout, unitCentre } from '../../../src/viz/networkLayout';
import { storyLab } from '../../gallery/storyFrame';

const NETWORKS: readonly (readonly number[])[] = [
  [2, 12, 8, 1],
  [2, 1],
  [1, 512, 1],
  [64, 128, 64, 32, 16, 10],
  [2, 1, 1, 1, 1, 1],
];
const WIDTHS = [300, 342, 599, 600, 835, 1200];

describe('columns', () => {
  for (const sizes of NETWORKS) {
    test(`of ${sizes.join('-')} stand apart, in order, within the width`, () => {
      for (const width of WIDTHS) {
        const { columns, gutter } = columnsLayout(width, sizes);
        let right = gutter;
        for (const column of columns) {
          expect(column.x).toBeGreaterThanOrEqual(right - 1e-9);
          expect(column.width).toBeGreaterThan(0);
          right = column.x + column.width;
        }
        expect(right).toBeLessThanOrEqual(width + 1e-9);
      }
    });
  }

  test('diagram, heatmaps and histograms share the x-range of each layer', () => {
    const settings: Settings = { ...DEFAULT_SETTINGS, hidden: [12, 40, 5], inputP: 0.2 };
    const shape = frameShape(settings);
    const columns = columnsLayout(840, shape.sizes);
    const network = networkLayout(columns, 270);
    const masks = maskLayout(columns, shape, maskHeight(shape.rows), settings);
    const histograms = histogramLayout(columns, shape.sizes, 110, settings);
    expect(masks.blocks.map((block) => block.column.layer)).toEqual([0, 1, 2, 3]);
    expect(histograms.panels.map((panel) => panel.column.layer)).toEqual([0, 1, 2, 3]);
    for (const [index, block] of masks.blocks.entries()) {
      const panel = histograms.panels[index];
      expect([block.x, block.width]).toEqual([panel?.x, panel?.width]);
      const unitsX = network.layers[block.column.layer]?.x ?? Number.NaN;
      expect(unitsX).toBeCloseTo(block.x + block.width / 2, 9);
    }
  });

  test('a strip is hit by its own unit, first and last included', () => {
    const column = columnsLayout(840, [2, 12, 1]).columns[1];
    if (!column) throw new Error('no column');
    for (let unit = 0; unit < 12; unit++) expect(unitAt(column, unitLeft(column, unit) + column.width / 24)).toBe(unit);
    expect(unitAt(column, column.x - 0.01)).toBeNull();
    expect(unitAt(column, column.x + column.width)).toBeNull();
  });

  test('hidden layers are always shown, the input when it is masked or alone', () => {
    expect(shownLayers([2, 12, 8, 1], 0)).toEqual([1, 2]);
    expect(shownLayers([2, 12, 8, 1], 0.2)).toEqual([0, 1, 2]);
    expect(shownLayers([2, 1], 0)).toEqual([0]);
    expect([0, 1, 2].map((layer) => layerName(layer, 3))).toEqual(['Input', 'Hidden 1', 'Output']);
  });
});

describe('network', () => {
  test('every unit shown is hit at its centre, in narrow and wide layouts', () => {
    for (const sizes of NETWORKS) {
      for (const width of WIDTHS) {
        const layout = networkLayout(columnsLayout(width, sizes), 270);
        for (const layer of layout.layers) {
          for (let unit = 0; unit < layer.shown; unit++) {
            const { x, y } = unitCentre(layer, unit);
            expect(hitNetwork(layout, x, y)).toEqual({ kind: 'unit', layer: layer.column.layer, unit });
            expect(y).toBeGreaterThanOrEqual(layer.radius - 1e-9);
            expect(y).toBeLessThanOrEqual(270 - layer.radius + 1e-9);
          }
        }
      }
    }
  });

  test('units never overlap, and more than 32 are cut with a note', () => {
    for (const sizes of NETWORKS) {
      for (const layer of networkLayout(columnsLayout(840, sizes), 270).layers) {
        expect(2 * layer.radius).toBeLessThanOrEqual(layer.spacing + 1e-9);
        if (layer.picture || layer.units <= MAX_SHOWN_UNITS) expect(layer.note).toBeNull();
        else expect(layer.note).toBe(`32 of ${layer.units} shown`);
      }
    }
  });

  test('64 inputs are an 8 × 8 picture of square pixels', () => {
    const picture = networkLayout(columnsLayout(840, [64, 12, 10]), 270).layers[0]?.picture;
    expect(picture?.side).toBe(8);
    expect(picture?.width).toBe(picture?.height);
  });

  test('a link is hit on its curve, early and late', () => {
    const layout = networkLayout(columnsLayout(840, [2, 3, 1]), 270);
    const [from, to] = layout.layers as [NetworkLayer, NetworkLayer];
    for (const s of [0.2, 0.7]) {
      const x = linkX(from, 1) + (linkX(to, -1) - linkX(from, 1)) * s;
      const startY = unitCentre(from, 1).y;
      const y = startY + (unitCentre(to, 0).y - startY) * linkRise(s);
      expect(hitNetwork(layout, x, y)).toEqual({ kind: 'link', layer: 0, unit: 1, target: 0 });
    }
  });

  test('the curve of a link agrees with the Bézier it is drawn with', () => {
    for (let t = 0; t <= 1; t += 0.05) {
      const x = 3 * (1 - t) ** 2 * t * 0.5 + 3 * (1 - t) * t * t * 0.5 + t ** 3;
      const y = 3 * (1 - t) * t * t + t ** 3;
      expect(linkRise(x)).toBeCloseTo(y, 5);
    }
  });
});

describe('heatmap', () => {
  const settings: Settings = { ...DEFAULT_SETTINGS, hidden: [12, 8] };
  const shape = frameShape(settings);
  const columns = columnsLayout(840, shape.sizes);

  test('every cell is hit at its centre, nothing beside the blocks', () => {
    const layout = maskLayout(columns, shape, maskHeight(shape.rows), settings);
    for (const block of layout.blocks) {
      for (let row = 0; row < block.rows; row++) {
        for (let unit = 0; unit < block.units; unit++) {
          const box = cellBox(block, row, unit);
          const hit = hitMask(layout, box.x + box.width / 2, box.y + box.height / 2);
          expect(hit).toEqual({ kind: 'cell', layer: block.column.layer, row, unit });
        }
      }
      expect(hitMask(layout, block.x - 1, block.y + 5)).toBeNull();
    }
    expect(hitMask(layout, 0, 0)).toBeNull();
  });

  test('with DropConnect a block is the weights out of its layer: rows are the next layer', () => {
    const layout = maskLayout(columns, shape, 180, { mode: 'dropconnect', inputP: 0.1 });
    expect(layout.blocks.map(({ kind, rows, units }) => [kind, rows, units])).toEqual([
      ['weights', 12, 2],
      ['weights', 8, 12],
      ['weights', 1, 8],
    ]);
    const block = layout.blocks[1];
    if (!block) throw new Error('no block');
    const box = cellBox(block, 7, 3);
    expect(hitMask(layout, box.x + 1, box.y + 1)).toEqual({ kind: 'weight', layer: 1, unit: 3, target: 7 });
  });
});

describe('histogram', () => {
  test('every bin is hit at its middle', () => {
    const layout = histogramLayout(columnsLayout(840, [2, 12, 1]), [2, 12, 1], 110, { inputP: 0 });
    const panel = layout.panels[0];
    if (!panel) throw new Error('no panel');
    for (let bin = 0; bin < NUM_BINS; bin++) {
      const x = panel.x + (panel.width * (bin + 0.5)) / NUM_BINS;
      expect(hitHistogram(layout, x, panel.y + 3)).toEqual({ kind: 'bin', layer: 1, bin });
    }
    expect(hitHistogram(layout, panel.x - 1, panel.y + 3)).toBeNull();
  });

  test('a value lies in the range of its bin, and what lies beyond falls into the outer bins', () => {
    for (const value of [-1, -0.99, 0, 0.37, 2.99]) {
      const [from, to] = binRange(-1, 3, binOf(-1, 3, value));
      expect(value).toBeGreaterThanOrEqual(from);
      expect(value).toBeLessThan(to);
    }
    expect(binOf(-1, 3, -7)).toBe(0);
    expect(binOf(-1, 3, 3)).toBe(NUM_BINS - 1);
  });
});

describe('belief', () => {
  test('pixels and data are each other’s inverse, y up', () => {
    const layout = surfaceLayout(266);
    for (const [x, y] of [
      [-2, -2],
      [0.5, 1.25],
      [2, 2],
    ] as const) {
      const back = dataAt(layout, pixelX(layout, x), pixelY(layout, y));
      expect(back?.x).toBeCloseTo(x, 9);
      expect(back?.y).toBeCloseTo(y, 9);
    }
    expect(pixelY(layout, 2)).toBe(0);
    expect(dataAt(layout, -1, 5)).toBeNull();
  });

  test('the nearest example is hit, nothing far from all', () => {
    const { data } = storyLab();
    const layout = surfaceLayout(266);
    const x = pixelX(layout, data.testInputs[0] ?? 0);
    const y = pixelY(layout, data.testInputs[1] ?? 0);
    expect(hitPoint(layout, data, x, y)).toEqual({ set: 'test', index: 0 });
    expect(hitPoint(layout, data, 2, 264)).toBeNull();
  });

  test('every shown digit and every pair of classes is hit where it is drawn', () => {
    for (const width of [150, 266, 400]) {
      const layout = digitsLayout(width, 500);
      for (let index = 0; index < layout.numShown; index++) {
        const { x, y } = digitOrigin(layout, index);
        expect(hitDigits(layout, x + layout.digit / 2, y + layout.digit / 2)).toEqual({ kind: 'digit', index });
      }
      const { matrix } = layout;
      expect(hitDigits(layout, matrix.x + matrix.cell * 3.5, matrix.y + matrix.cell * 7.5)).toEqual({ kind: 'pair', target: 7, read: 3 });
      expect(layout.width).toBe(width);
      expect(matrix.x + matrix.width).toBeLessThanOrEqual(width);
    }
    expect(digitsLayout(266, 2).numShown).toBe(2);
  });
});

test('a step is hit where it is drawn, and the axis ends at the furthest step', () => {
  const layout = lossLayout(420, 210, { lastStep: 1240, hasAccuracy: true });
  for (const step of [0, 1, 620, 1240]) expect(hitStep(layout, stepX(layout, step), 50)).toBe(step);
  expect(hitStep(layout, 419, 50)).toBe(1240);
  expect(hitStep(layout, 0, 50)).toBe(0);
  expect(hitStep(layout, 100, -1)).toBeNull();
  expect(lossLayout(420, 210, { lastStep: 0, hasAccuracy: false }).lastStep).toBe(1);
});
