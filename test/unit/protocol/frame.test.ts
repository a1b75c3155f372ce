import { expect, test } from 'vitest';
import {
  copyFrame,
  type Frame,
  frameBytes,
  frameShape,
  HEADER,
  LAYER_STATS,
  openFrame,
  readHeader,
  readStat,
  writeHeader,
  writeStat,
} from '../../../src/protocol/frame';
import { parseSettings } from '../../../src/protocol/parse';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/protocol/settings';

type Section = Float64Array | Float32Array | Uint32Array | Uint8Array;

/** All sections of a frame, in no particular order. */
function sections(frame: Frame): Section[] {
  const views = (part: object) => Object.values(part).filter((value): value is Section => ArrayBuffer.isView(value));
  return [...views(frame), ...frame.layers.flatMap(views), ...frame.links.flatMap(views)];
}

const experiments: Partial<Settings>[] = [
  {},
  { hidden: [], batchSize: 1, testSize: 1 },
  { hidden: [1] },
  { dataset: 'digits', hidden: [33, 5, 512, 7], batchSize: 3 },
  { dataset: 'wave', hidden: [3, 3], batchSize: 256, testSize: 77 },
];

test.each(experiments)('PR1 sections lie side by side and fill the buffer: %o', (patch) => {
  const shape = frameShape(parseSettings(patch, DEFAULT_SETTINGS));
  const frame = openFrame(shape, new ArrayBuffer(frameBytes(shape)));
  const spans = sections(frame)
    .map((view) => ({ start: view.byteOffset, end: view.byteOffset + Math.ceil(view.byteLength / 8) * 8 }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  let offset = 0;
  for (const { start, end } of spans) {
    expect(start).toBe(offset);
    offset = end;
  }
  expect(offset).toBe(frameBytes(shape));
});

test('PR1 both sides read the same numbers from the same bytes', () => {
  const shape = frameShape(DEFAULT_SETTINGS);
  const written = openFrame(shape, new ArrayBuffer(frameBytes(shape)));
  HEADER.forEach((name, index) => {
    writeHeader(written, name, index + 0.5);
  });
  LAYER_STATS.forEach((name, index) => {
    for (const layer of written.layers) writeStat(layer, name, index - 0.25);
  });
  const read = openFrame(shape, written.buffer);
  expect(HEADER.map((name) => readHeader(read, name))).toEqual(HEADER.map((_, index) => index + 0.5));
  for (const layer of read.layers)
    expect(LAYER_STATS.map((name) => readStat(layer, name))).toEqual(LAYER_STATS.map((_, index) => index - 0.25));
});

test('a buffer of another length is refused', () => {
  const shape = frameShape(DEFAULT_SETTINGS);
  const numBytes = frameBytes(shape);
  expect(() => openFrame(shape, new ArrayBuffer(8))).toThrow(`frame buffer must be ${numBytes} bytes, got 8`);
});

test('a copy stays when the frame is overwritten', () => {
  const shape = frameShape(DEFAULT_SETTINGS);
  const frame = openFrame(shape, new ArrayBuffer(frameBytes(shape)));
  writeHeader(frame, 'step', 7);
  const copy = copyFrame(frame);
  writeHeader(frame, 'step', 8);
  expect(readHeader(copy, 'step')).toBe(7);
});
