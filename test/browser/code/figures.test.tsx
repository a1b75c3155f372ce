/** Figures as files against the painters: the same calls, the same marks, the same pixels when a browser draws the file. */
import '../../../src/app/styles';
import '../../../src/app/lateStyles';
import { beforeAll, describe, expect, test } from 'vitest';
import { SvgContext } from '../../../src/export/figures';
import type { Frame } from '../../../src/protocol/frame';
import type { Settings } from '../../../src/protocol/settings';
import { figureCanvas, figurePng, figureSvg } from '../../../src/ui/code/figureFiles';
import { type FigureMoment, pictureOf } from '../../../src/ui/code/figurePictures';
import type { FigureKind } from '../../../src/ui/figures/figureKind';
import { type Palette, readPalette } from '../../../src/viz';
import { storyLab } from '../../gallery/storyFrame';

let palette: Palette;

beforeAll(async () => {
  document.documentElement.dataset.theme = 'light';
  await Promise.all([...document.fonts].map((font) => font.load()));
  palette = readPalette(document.body);
});

function momentOf(patch: Partial<Settings> = {}): FigureMoment {
  const { frame, settings, data } = storyLab(patch);
  return { frame, settings, data, changes: [{ step: 100, patch: { p: 0.2 } }], lastStep: 400, row: 3 };
}

/** Every call of a painter, by name, in order, beside what the recorder makes of them. */
function record(
  kind: FigureKind,
  moment: FigureMoment,
): { calls: { name: string; strokeStyle: unknown; fillStyle: unknown }[]; body: string } {
  const drawing = new SvgContext('picture');
  const calls: { name: string; strokeStyle: unknown; fillStyle: unknown }[] = [];
  const spy = new Proxy(drawing.context, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        calls.push({ name: String(name), strokeStyle: target.strokeStyle, fillStyle: target.fillStyle });
        return Reflect.apply(value, target, given) as unknown;
      };
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  });
  pictureOf(kind, moment).paint(spy, palette);
  return { calls, body: drawing.body };
}

const parse = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml');
const CASES: readonly (readonly [FigureKind, Partial<Settings>])[] = [
  ['network', { p: 0.3 }],
  ['network', { dataset: 'digits', hidden: [128, 32], inputP: 0.2 }],
  ['masks', { p: 0.37 }],
  ['masks', { mode: 'dropconnect', p: 0.4 }],
  ['masks', { mode: 'gaussian' }],
  ['gradients', { p: 0.3 }],
  ['activations', { p: 0.3 }],
  ['belief', {}],
  ['belief', { phase: 'mc' }],
  ['belief', { dataset: 'wave', phase: 'mc' }],
  ['belief', { dataset: 'digits' }],
  ['loss', {}],
];

describe('SVG', () => {
  test.each(CASES)('%s %o: as many rectangles, texts, images and clips as the painter draws', (kind, patch) => {
    const { calls, body } = record(kind, momentOf(patch));
    const count = (...names: string[]) => calls.filter(({ name }) => names.includes(name)).length;
    const file = parse(`<svg xmlns="http://www.w3.org/2000/svg">${body}</svg>`);
    const found = (selector: string) => file.querySelectorAll(selector).length;
    expect(file.querySelector('parsererror')).toBeNull();
    expect(found('rect')).toBe(count('fillRect', 'strokeRect'));
    expect(found('text')).toBe(count('fillText', 'strokeText'));
    expect(found('image')).toBe(count('drawImage'));
    expect(found('clipPath')).toBe(count('clip'));
    expect(calls.length).toBeGreaterThan(10);
  });

  test('every unit that the mask dropped is hatched, and no other', () => {
    const moment = momentOf({ p: 0.37 });
    const { body } = record('network', moment);
    const file = parse(`<svg xmlns="http://www.w3.org/2000/svg">${body}</svg>`);
    const { rgb } = palette.hatchPaper;
    const grounds = file.querySelectorAll(`path[fill="rgb(${rgb.join(',')})"]`).length;
    const dropped = moment.frame.layers.reduce((sum, layer: Frame['layers'][number]) => {
      const own = layer.mask.subarray(moment.row * layer.units, (moment.row + 1) * layer.units);
      return sum + own.reduce((zeros, bit) => zeros + (1 - bit), 0);
    }, 0);
    expect(dropped).toBeGreaterThan(3);
    expect(grounds).toBe(dropped);
  });

  test('says in title and description what it shows and of which experiment', async () => {
    const file = parse(await figureSvg('masks', momentOf({ p: 0.3 }), palette));
    const root = file.documentElement;
    const named = root.getAttribute('aria-labelledby')?.split(' ') ?? [];
    expect(named.map((id) => file.getElementById(id)?.tagName)).toEqual(['title', 'desc']);
    expect(file.querySelector('title')?.textContent).toBe('Masks');
    expect(file.querySelector('desc')?.textContent).toMatch(/drop 0\.30 = keep 0\.70, seed 42/);
    expect([...file.querySelectorAll('path[aria-label]')].map((text) => text.getAttribute('aria-label'))).toContain('Hidden 1');
    expect(file.documentElement.outerHTML).not.toMatch(/href="(?!data:image\/png;base64,)/);
  });
});

/** Draws an SVG as an image, on its own: nothing of the page reaches into it. */
async function rasterise(svg: string, width: number, height: number): Promise<Uint8ClampedArray> {
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}

/** Returns the share of pixels of which a channel differs by more than `tolerance`. */
function differing(a: Uint8ClampedArray, b: Uint8ClampedArray, tolerance: number): number {
  let count = 0;
  for (let index = 0; index < a.length; index += 4) {
    const isOff = [0, 1, 2].some((channel) => Math.abs((a[index + channel] as number) - (b[index + channel] as number)) > tolerance);
    if (isOff) count += 1;
  }
  return count / (a.length / 4);
}

describe('pixels', () => {
  test.each(CASES)('%s %o: the file, drawn by a browser, is the picture on the canvas', async (kind, patch) => {
    const moment = momentOf(patch);
    const canvas = figureCanvas(kind, moment, palette, 1);
    const drawn = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data as Uint8ClampedArray;
    const svg = await figureSvg(kind, moment, palette);
    // An image has none of the page's fonts: whatever is written must have come with it.
    expect(parse(svg).querySelectorAll('text')).toHaveLength(0);
    const file = await rasterise(svg, canvas.width, canvas.height);
    expect(differing(drawn, file, 72)).toBeLessThan(0.012);
    // Not by being empty: the ground alone would differ.
    const ground = new Uint8ClampedArray(drawn.length).map((_, index) => drawn[index % 4] as number);
    expect(differing(drawn, ground, 72)).toBeGreaterThan(0.012);
  });

  test('a PNG has two pixels for each of the page’s', async () => {
    const moment = momentOf();
    const blob = await figurePng('loss', moment, palette);
    const picture = await createImageBitmap(blob);
    const single = figureCanvas('loss', moment, palette, 1);
    expect(blob.type).toBe('image/png');
    expect([picture.width, picture.height]).toEqual([single.width * 2, single.height * 2]);
  });
});
