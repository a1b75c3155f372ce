import { expect, test } from 'vitest';
import { curvesCsv, dataCsv, layerCsv, writeCsv } from '../../../src/export/csv';

/** Reads CSV as RFC 4180 has it. */
function readCsv(text: string): string[][] {
  const cells = [...text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/g)];
  const rows: string[][] = [[]];
  for (const [, raw = '', ending] of cells) {
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (ending === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('cells with commas, quotes and line breaks read back as they were; null and NaN are empty', () => {
  const cells = ['plain', 'a,b', 'say "no"', 'two\nlines', '', null];
  const rows = readCsv(
    writeCsv([
      { name: 'te,xt', cells },
      { name: 'n', cells: [0, -1.5, Number.NaN, 1e-7, 0.1 + 0.2, 1e21] },
    ]),
  );
  expect(rows[0]).toEqual(['te,xt', 'n']);
  expect(rows.slice(1).map(([text]) => text)).toEqual(['plain', 'a,b', 'say "no"', 'two\nlines', '', '']);
  expect(rows.slice(1).map(([, number]) => number)).toEqual(['0', '-1.5', '', '1e-7', '0.30000000000000004', '1e+21']);
});

test('columns of unequal length are refused', () => {
  expect(() =>
    writeCsv([
      { name: 'a', cells: [1, 2] },
      { name: 'b', cells: [1] },
    ]),
  ).toThrow('column "b" has 1 cells, the first has 2');
});

test('the history has a row per point, and no accuracy for regression', () => {
  const point = { step: 10, trainMasked: 0.5, trainEval: 0.4, test: 0.6, trainAccuracy: Number.NaN, testAccuracy: Number.NaN };
  expect(readCsv(curvesCsv([point]))).toEqual([
    ['step', 'train_loss_masked', 'train_loss_eval', 'test_loss', 'train_accuracy', 'test_accuracy'],
    ['10', '0.5', '0.4', '0.6', '', ''],
  ]);
});

test('the data has training and test rows, inputs, target and turned labels', () => {
  const data = {
    numInputs: 2,
    trainInputs: Float32Array.of(1, 2, 3, 4),
    trainTargets: Float32Array.of(0, 1),
    trainFlipped: Uint8Array.of(0, 1),
    testInputs: Float32Array.of(5, 6),
    testTargets: Float32Array.of(1),
  };
  expect(readCsv(dataCsv(data))).toEqual([
    ['set', 'x1', 'x2', 'target', 'flipped'],
    ['train', '1', '2', '0', '0'],
    ['train', '3', '4', '1', '1'],
    ['test', '5', '6', '1', '0'],
  ]);
});

test('a layer has a row per example and unit; what the mode does not draw is empty', () => {
  const four = Float32Array.of(1, -2, 0, 4);
  const layer = {
    units: 2,
    preActivation: four,
    activation: four,
    mask: Uint8Array.of(1, 0, 0, 1),
    weightMask: null,
    noise: null,
    output: four,
    gradient: four,
  };
  const rows = readCsv(layerCsv(layer));
  expect(rows[2]).toEqual(['0', '1', '-2', '-2', '0', '', '-2', '-2']);
  expect(rows[3]).toEqual(['1', '0', '0', '0', '0', '', '0', '0']);
});
