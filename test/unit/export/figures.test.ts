/** The SVG recorder against canvas' own rules, and the data of figures against the frame they are read from. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  beliefCsv,
  cardLayout,
  curvesOnShowCsv,
  histogramsCsv,
  linksCsv,
  loadOutlines,
  paintCard,
  SvgContext,
  svgFile,
  unitsCsv,
  wrapText,
} from '../../../src/export/figures';
import { SvgPath } from '../../../src/export/figures/svgPath';
import { DOMAIN, NUM_BINS, readHeader, readStat, SURFACE_SIDE } from '../../../src/protocol/frame';
import { storyLab } from '../../gallery/storyFrame';

/** Reads CSV without quoted cells. */
function readCsv(text: string): { names: string[]; rows: string[][] } {
  const [head = '', ...lines] = text.trimEnd().split('\r\n');
  return { names: head.split(','), rows: lines.map((line) => line.split(',')) };
}

describe('SvgContext', () => {
  test('knows every call and property that the painters use, and they use no other', () => {
    const folder = join(import.meta.dirname, '../../../src/viz');
    const text = readdirSync(folder)
      .filter((name) => name !== 'raster.ts' && name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))
      .join('\n')
      // fitCanvas sets up a canvas of the page; a file has none.
      .replace('context.setTransform(ratio', '');
    const raster = readFileSync(join(folder, 'raster.ts'), 'utf8');
    const used = new Set(
      [...`${text}\n${raster}`.matchAll(/(?<![.\w])context\.(\w+)/g)]
        .map((match) => match[1] as string)
        .filter((name) => name !== 'createImageData'),
    );
    const known = new SvgContext('test').context as unknown as Record<string, unknown>;
    expect(used.size).toBeGreaterThan(20);
    expect([...used].filter((name) => !(name in known))).toEqual([]);
  });

  test('texts in fonts of the page become paths; what has no outline stays a text', async () => {
    const drawing = new SvgContext('test', await loadOutlines());
    const { context } = drawing;
    context.font = '10px "Lab Mono", monospace';
    context.textAlign = 'right';
    context.fillText('0.5', 100, 20);
    const [, first = ''] = /^<path aria-label="0\.5" d="(M[^"]*Z)"/.exec(drawing.body) ?? [];
    const xs = [...first.matchAll(/[MLQ ](-?[\d.]+) (-?[\d.]+)/g)].map((pair) => Number(pair[1]));
    // Three signs of 600 units each, to the left of 100.
    expect(Math.min(...xs)).toBeGreaterThan(82);
    expect(Math.max(...xs)).toBeLessThan(100);
    context.font = '600 12px "Lab Sans"';
    context.fillText('漢', 0, 0);
    context.font = '12px Arial';
    context.fillText('A', 0, 0);
    expect(drawing.body.match(/<text[^>]*>.<\/text>/g)).toHaveLength(2);
  });

  test('writes what is drawn, in order, with the state of the moment', () => {
    const drawing = new SvgContext('test');
    const { context } = drawing;
    context.fillStyle = 'rgba(10, 20, 30, 0.25)';
    context.fillRect(1, 2, 3.456, 4);
    context.globalAlpha = 0.5;
    context.strokeStyle = 'rgb(1, 2, 3)';
    context.lineWidth = 2;
    context.setLineDash([5, 3]);
    context.beginPath();
    context.lineTo(1, 1);
    context.lineTo(2, 2);
    context.stroke();
    expect(drawing.body.split('\n')).toEqual([
      '<rect x="1" y="2" width="3.46" height="4" fill="rgb(10,20,30)" fill-opacity="0.25"/>',
      '<path d="M1 1L2 2" fill="none" stroke="rgb(1,2,3)" stroke-opacity="0.5" stroke-width="2" stroke-dasharray="5 3"/>',
    ]);
  });

  test('save and restore bring back the state and end a clip; clear forgets everything', () => {
    const drawing = new SvgContext('one');
    const { context } = drawing;
    context.fillStyle = '#111111';
    context.save();
    context.beginPath();
    context.rect(0, 0, 10, 10);
    context.clip();
    context.fillStyle = '#222222';
    context.fillRect(0, 0, 1, 1);
    context.restore();
    context.fillRect(2, 2, 1, 1);
    const [clip, inside, end, outside] = drawing.body.split('\n');
    expect(clip).toBe('<clipPath id="one-clip-1"><path d="M0 0h10v10h-10Z"/></clipPath><g clip-path="url(#one-clip-1)">');
    expect(inside).toContain('#222222');
    expect(end).toBe('</g>');
    expect(outside).toContain('#111111');
    context.clearRect(0, 0, 10, 10);
    expect(drawing.body).toBe('');
  });

  test('texts keep their anchor and are escaped; what no file can hold is left out', () => {
    const drawing = new SvgContext('test');
    const { context } = drawing;
    context.font = '600 12px "Lab Sans", Arial';
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText('a < b & "c"\u0000', 10, 20);
    expect(drawing.body).toBe(
      '<text x="10" y="24.32" font-family="&quot;Lab Sans&quot;, Arial" font-size="12" font-weight="600" text-anchor="end" fill="#000000">a &lt; b &amp; &quot;c&quot;</text>',
    );
    context.font = 'caption';
    expect(() => context.fillText('x', 0, 0)).toThrow(/must be a size in px and a family, got "caption"/);
    context.fillStyle = {} as CanvasPattern;
    expect(() => context.fillRect(0, 0, 1, 1)).toThrow(/plain colour/);
  });

  test('a file has title and description for who does not see it', () => {
    const file = svgFile(new SvgContext('test'), { width: 10.5, height: 20 }, 'Masks & more', 'Hidden 1: kept <half>');
    expect(file).toContain('viewBox="0 0 10.5 20" role="img" aria-labelledby="figure-title figure-description"');
    expect(file).toContain('<title id="figure-title">Masks &amp; more</title>');
    expect(file).toContain('<desc id="figure-description">Hidden 1: kept &lt;half&gt;</desc>');
  });
});

describe('SvgPath', () => {
  test('a circle is two half arcs, a part of one is one, and the ends are where canvas ends them', () => {
    const circle = new SvgPath();
    circle.arc(10, 10, 4, 0, 2 * Math.PI);
    expect(circle.d).toBe('M14 10A4 4 0 0 1 6 10A4 4 0 0 1 14 10');
    const large = new SvgPath();
    large.arc(0, 0, 2, 0, 1.5 * Math.PI);
    expect(large.d).toBe('M2 0A2 2 0 1 1 0 -2');
    const back = new SvgPath();
    back.arc(0, 0, 2, 0, -Math.PI / 2, true);
    expect(back.d).toBe('M2 0A2 2 0 0 0 0 -2');
  });

  test('corners are no wider than the box', () => {
    const path = new SvgPath();
    path.roundRect(0, 0, 10, 4, 8);
    expect(path.d).toBe('M2 0h6a2 2 0 0 1 2 2v0a2 2 0 0 1 -2 2h-6a2 2 0 0 1 -2 -2v0a2 2 0 0 1 2 -2Z');
  });
});

describe('card', () => {
  test('grows by its texts and draws each of them once, the picture between ground and texts', () => {
    const picture = { width: 100, height: 50 };
    const style = { ground: '#ffffff', ink: '#000000', inkSoft: '#777777', fontSans: 'Arial' };
    const column = { centre: 50, name: 'Hidden 1', lines: ['kept 47 %', 'of 288'] };
    const bare = cardLayout({ picture, columns: [], caption: [] });
    const full = cardLayout({ picture, columns: [column], caption: ['one', 'two'] });
    expect(full.height - bare.height).toBe(18 + 4 + 8 + 4 * 18 + 8);
    const drawing = new SvgContext('test');
    const at: number[] = [];
    paintCard(drawing.context, { title: 'Masks', picture, columns: [column], caption: ['one', 'two'], style }, (x, y) => {
      at.push(x, y, drawing.body.split('\n').length);
    });
    expect(at).toEqual([full.x, full.y, 1]);
    expect([...drawing.body.matchAll(/>([^<]+)<\/text>/g)].map((match) => match[1])).toEqual([
      'Masks',
      'Hidden 1',
      'kept 47 %',
      'of 288',
      'one',
      'two',
    ]);
    const lowest = Math.max(...[...drawing.body.matchAll(/<text x="[^"]+" y="([\d.]+)"/g)].map((match) => Number(match[1])));
    expect(lowest).toBeLessThan(full.height);
  });

  test('lines break between words and never within one', () => {
    const measure = (text: string) => text.length;
    expect(wrapText('a bb ccc dddddddd e', 5, measure)).toEqual(['a bb', 'ccc', 'dddddddd', 'e']);
    expect(wrapText('', 5, measure)).toEqual([]);
  });
});

describe('data of figures', () => {
  test('units: every cell on show with its mask; noise only where there is some', () => {
    const { frame, settings } = storyLab({ p: 0.3 });
    const { names, rows } = readCsv(unitsCsv(frame, settings.mode));
    const numUnits = frame.layers.reduce((sum, { units }) => sum + units, 0);
    expect(rows).toHaveLength(numUnits * readHeader(frame, 'numRows'));
    const layer = frame.layers[1] as (typeof frame.layers)[number];
    const column = (name: string) => names.indexOf(name);
    const own = rows.filter((row) => row[0] === '1');
    const dropped = own.filter((row) => row[column('mask')] === '0').length;
    expect(dropped).toBe(layer.mask.reduce((sum, bit) => sum + (1 - bit), 0));
    expect(dropped).toBeGreaterThan(0);
    const cell = 5 * layer.units + 3;
    expect(own[cell]?.slice(0, 4)).toEqual(['1', '5', String(frame.examples[5]), '3']);
    expect(Number(own[cell]?.[column('output_eval')])).toBe(layer.evalOutput[cell]);
    expect(own.every((row) => row[column('noise')] === '')).toBe(true);
    const gaussian = storyLab({ mode: 'gaussian' });
    const noisy = readCsv(unitsCsv(gaussian.frame, 'gaussian')).rows.find((row) => row[0] === '1');
    expect(Number(noisy?.[column('noise')])).toBe(gaussian.frame.layers[1]?.noise[0]);
  });

  test('links: weight and mask of one row', () => {
    const { frame } = storyLab({ mode: 'dropconnect', p: 0.4 });
    const { rows } = readCsv(linksCsv(frame, 7));
    expect(rows).toHaveLength(frame.links.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0));
    const link = frame.links[1] as (typeof frame.links)[number];
    const own = rows.filter((row) => row[0] === '1');
    const index = 2 * link.inputs + 4;
    expect(own[index]?.slice(0, 3)).toEqual(['1', '4', '2']);
    expect(Number(own[index]?.[3])).toBe(link.weights[index]);
    const mask = link.mask.subarray(7 * link.inputs * link.outputs, 8 * link.inputs * link.outputs);
    expect(own.map((row) => Number(row[5]))).toEqual([...mask]);
    expect(mask.includes(0)).toBe(true);
  });

  test('histograms: edges meet, shares are the frame’s', () => {
    const { frame } = storyLab();
    const { rows } = readCsv(histogramsCsv(frame));
    const own = rows.filter((row) => row[0] === '1');
    const layer = frame.layers[1] as (typeof frame.layers)[number];
    expect(own).toHaveLength(NUM_BINS);
    expect(Number(own[0]?.[1])).toBe(readStat(layer, 'binLow'));
    expect(Number(own.at(-1)?.[2])).toBeCloseTo(readStat(layer, 'binHigh'), 9);
    expect(own.map((row) => Number(row[3]))).toEqual([...layer.trainHistogram]);
  });

  test('belief: the plane from its upper left corner, the wave from left to right, digits one by one', () => {
    const plane = storyLab();
    const grid = readCsv(beliefCsv(plane.frame, plane.data)).rows;
    expect(grid).toHaveLength(SURFACE_SIDE ** 2);
    expect(grid[0]?.slice(0, 2)).toEqual([String(-DOMAIN), String(DOMAIN)]);
    expect(grid.at(-1)?.slice(0, 2).map(Number)).toEqual([DOMAIN, -DOMAIN]);
    expect(Number(grid[99]?.[2])).toBe(plane.frame.surface[99]);
    const wave = storyLab({ dataset: 'wave' });
    expect(readCsv(beliefCsv(wave.frame, wave.data)).names).toEqual(['x', 'prediction', 'spread']);
    const digits = storyLab({ dataset: 'digits' });
    expect(readCsv(beliefCsv(digits.frame, digits.data)).rows).toHaveLength(digits.data.testTargets.length);
  });

  test('curves: as many points as the header says', () => {
    const { frame } = storyLab();
    const { rows } = readCsv(curvesOnShowCsv(frame));
    expect(rows).toHaveLength(readHeader(frame, 'curveCount'));
    expect(Number(rows[3]?.[2])).toBe(frame.curveTrainEval[3]);
  });
});
