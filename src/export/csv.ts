/** Numbers as CSV (RFC 4180, CRLF, a header row): the history of a run, its data, and whatever a figure shows. */
import type { DataReport } from '../protocol/messages';
import type { CurvePoint, LayerSnapshot } from '../protocol/snapshot';

/** One column: its name and its cells. Numbers are written in full (they read back as the same), NaN and null as an empty cell. */
export interface Column {
  readonly name: string;
  readonly cells: ArrayLike<number | string | null>;
}

function cell(value: number | string | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Returns columns as CSV. Errors: RangeError when they are not of one length. */
export function writeCsv(columns: readonly Column[]): string {
  const length = columns[0]?.cells.length ?? 0;
  const odd = columns.find(({ cells }) => cells.length !== length);
  if (odd) throw new RangeError(`column "${odd.name}" has ${odd.cells.length} cells, the first has ${length}`);
  const rows = Array.from({ length }, (_, row) => columns.map(({ cells }) => cell(cells[row])).join(','));
  return [columns.map(({ name }) => cell(name)).join(','), ...rows, ''].join('\r\n');
}

/** Returns the history of a run: losses and accuracies at each recorded step. */
export function curvesCsv(curves: readonly CurvePoint[]): string {
  const column = (name: string, read: (point: CurvePoint) => number): Column => ({ name, cells: curves.map(read) });
  return writeCsv([
    column('step', ({ step }) => step),
    column('train_loss_masked', ({ trainMasked }) => trainMasked),
    column('train_loss_eval', ({ trainEval }) => trainEval),
    column('test_loss', ({ test }) => test),
    column('train_accuracy', ({ trainAccuracy }) => trainAccuracy),
    column('test_accuracy', ({ testAccuracy }) => testAccuracy),
  ]);
}

/** Returns the data of a run: one row per example, training set first; `flipped` = 1 where label noise turned the label. */
export function dataCsv(data: DataReport): string {
  const { numInputs, trainTargets, testTargets, trainInputs, testInputs, trainFlipped } = data;
  const numTrain = trainTargets.length;
  const length = numTrain + testTargets.length;
  const isTrain = (row: number) => row < numTrain;
  const column = (name: string, read: (row: number) => number | string | null | undefined): Column => ({
    name,
    cells: Array.from({ length }, (_, row) => read(row) ?? null),
  });
  return writeCsv([
    column('set', (row) => (isTrain(row) ? 'train' : 'test')),
    ...Array.from({ length: numInputs }, (_, input) =>
      column(`x${input + 1}`, (row) =>
        isTrain(row) ? trainInputs[row * numInputs + input] : testInputs[(row - numTrain) * numInputs + input],
      ),
    ),
    column('target', (row) => (isTrain(row) ? trainTargets[row] : testTargets[row - numTrain])),
    column('flipped', (row) => (isTrain(row) ? trainFlipped[row] : 0)),
  ]);
}

/** Returns a layer of the newest step cell by cell: one row per example and unit. Cells that the mode does not have are empty. */
export function layerCsv(layer: LayerSnapshot): string {
  const { units, preActivation, activation, mask, noise, output, gradient } = layer;
  const { length } = preActivation;
  const rows = Array.from({ length }, (_, index) => index);
  const none = rows.map(() => null);
  return writeCsv([
    { name: 'example', cells: rows.map((index) => Math.floor(index / units)) },
    { name: 'unit', cells: rows.map((index) => index % units) },
    { name: 'pre_activation', cells: preActivation },
    { name: 'activation', cells: activation },
    { name: 'mask', cells: mask ?? none },
    { name: 'noise', cells: noise ?? none },
    { name: 'output', cells: output },
    { name: 'gradient', cells: gradient },
  ]);
}
