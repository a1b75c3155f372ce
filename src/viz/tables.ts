/**
 * Turns each figure into a table of the same numbers: the table view beside every picture. Pure functions of the frame.
 */
import { type Frame, type FrameLayer, MAX_SHOWN_UNITS, NUM_BINS, readHeader, readStat } from '../protocol/frame';
import type { DataReport } from '../protocol/messages';
import type { Phase } from '../protocol/settings';
import { at, isDropped, lossOf, shownOutput } from './cells';
import { layerName } from './columns';
import { isMisread } from './decisionSurface';
import type { WordsView } from './describe';
import { confusion } from './digitsGrid';
import { formatPercent, formatSignificant, formatValue } from './format';
import { binRange } from './histogramLayout';

export interface Table {
  readonly caption: string;
  readonly headers: readonly string[];
  /** Cells as text, one array per row, each as long as `headers`. */
  readonly rows: readonly (readonly string[])[];
}

const DROPPED = 'dropped';

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function stateOf(layer: FrameLayer, phase: Phase, cell: number): string {
  if (isDropped(layer, phase, cell)) return DROPPED;
  return at(shownOutput(layer, phase), cell) === 0 ? 'silent' : 'active';
}

/** One row per unit of the focused example: layer, unit, state, z, a, output. */
export function networkTable(frame: Frame, view: WordsView): Table {
  const { sizes } = frame.shape;
  const rows = frame.layers.flatMap((layer, index) =>
    indices(layer.units).map((unit) => {
      const cell = view.row * layer.units + unit;
      return [
        layerName(index, sizes.length),
        String(unit + 1),
        stateOf(layer, view.phase, cell),
        formatValue(at(layer.preActivation, cell), 3),
        formatValue(at(layer.activation, cell), 3),
        formatValue(at(shownOutput(layer, view.phase), cell), 3),
      ];
    }),
  );
  return {
    caption: `Units for example ${view.row + 1} of ${frame.shape.rows}`,
    headers: ['layer', 'unit', 'state', 'pre-activation z', 'activation a', 'output'],
    rows,
  };
}

/** A table of examples × units; `write` gives the text of a cell. */
function cellTable(frame: Frame, layerIndex: number, what: string, write: (layer: FrameLayer, cell: number) => string): Table {
  const layer = frame.layers[layerIndex];
  const units = layer?.units ?? 0;
  return {
    caption: `${layerName(layerIndex, frame.shape.sizes.length)}: ${what}, one row per example`,
    headers: ['example', ...indices(units).map((unit) => `unit ${unit + 1}`)],
    rows: layer
      ? indices(frame.shape.rows).map((row) => [String(row + 1), ...indices(units).map((unit) => write(layer, row * units + unit))])
      : [],
  };
}

/**
 * One row per example, one column per unit of `layerIndex`: its output or "dropped". Gaussian noise: the multiplier.
 * DropConnect: one row per unit of the next layer, one column per unit of this, the focused example's weights.
 */
export function maskTable(frame: Frame, layerIndex: number, view: WordsView): Table {
  if (view.mode === 'dropconnect' && frame.links[layerIndex]) return weightTable(frame, layerIndex, view);
  if (view.mode === 'gaussian' && view.phase !== 'eval') {
    return cellTable(frame, layerIndex, 'noise', (layer, cell) => formatValue(at(layer.noise, cell)));
  }
  return cellTable(frame, layerIndex, 'outputs', (layer, cell) =>
    isDropped(layer, view.phase, cell) ? DROPPED : formatValue(at(shownOutput(layer, view.phase), cell)),
  );
}

function weightTable(frame: Frame, layerIndex: number, view: WordsView): Table {
  const link = frame.links[layerIndex];
  const { sizes } = frame.shape;
  const caption = `Weights out of ${layerName(layerIndex, sizes.length)} for example ${view.row + 1}, one row per unit of ${layerName(layerIndex + 1, sizes.length)}`;
  if (!link) return { caption, headers: [], rows: [] };
  const offset = view.row * link.outputs * link.inputs;
  const cut = (sizes[layerIndex] ?? 0) > MAX_SHOWN_UNITS ? `, the first ${MAX_SHOWN_UNITS} units` : '';
  return {
    caption: caption + cut,
    headers: ['unit', ...indices(link.inputs).map((unit) => `from ${unit + 1}`)],
    rows: indices(link.outputs).map((output) => [
      String(output + 1),
      ...indices(link.inputs).map((input) => {
        const cell = output * link.inputs + input;
        const isOut = view.phase !== 'eval' && link.mask[offset + cell] === 0;
        return isOut ? DROPPED : formatSignificant(at(link.weights, cell));
      }),
    ]),
  };
}

/** The cells of `maskTable` with dLoss/d(output). */
export function gradientTable(frame: Frame, layerIndex: number, view: WordsView): Table {
  return cellTable(frame, layerIndex, 'gradients', (layer, cell) =>
    isDropped(layer, view.phase, cell) ? DROPPED : formatSignificant(at(layer.gradient, cell)),
  );
}

/** One row per bin: from, to, share in train, share in eval. */
export function histogramTable(frame: Frame, layerIndex: number): Table {
  const layer = frame.layers[layerIndex];
  const name = layerName(layerIndex, frame.shape.sizes.length);
  const share = (value: number) => `${formatValue(value * 100, 1)}\u202f%`;
  const rows = layer
    ? indices(NUM_BINS).map((bin) => {
        const [from, to] = binRange(readStat(layer, 'binLow'), readStat(layer, 'binHigh'), bin);
        return [formatValue(from), formatValue(to), share(at(layer.trainHistogram, bin)), share(at(layer.evalHistogram, bin))];
      })
    : [];
  return { caption: `${name}: how outputs are spread over the batch`, headers: ['from', 'to', 'train', 'eval'], rows };
}

/** One row per test example: where it is, its class or value, what the network says; for digits the confusion matrix. */
export function beliefTable(frame: Frame, data: DataReport): Table {
  const loss = lossOf(frame);
  if (loss === 'softmax') return confusionTable(frame, data);
  const size = Math.min(data.testTargets.length, frame.testPredictions.length);
  const x = (index: number, axis: number) => formatValue(at(data.testInputs, index * data.numInputs + axis));
  if (loss === 'squared') {
    return {
      caption: 'Test examples: target and eval prediction',
      headers: ['x', 'target', 'prediction'],
      rows: indices(size).map((index) => [
        x(index, 0),
        formatValue(at(data.testTargets, index)),
        formatValue(at(frame.testPredictions, index)),
      ]),
    };
  }
  return {
    caption: 'Test examples: class and what the network reads in eval',
    headers: ['x', 'y', 'class', 'read as', 'verdict'],
    rows: indices(size).map((index) => [
      x(index, 0),
      x(index, 1),
      String(at(data.testTargets, index)),
      String(at(frame.testPredictions, index)),
      isMisread(frame, data.testTargets, index) ? 'misread' : 'right',
    ]),
  };
}

function confusionTable(frame: Frame, data: DataReport): Table {
  const classes = frame.shape.numOutputs;
  const counts = confusion(frame, data.testTargets, classes);
  return {
    caption: 'Test digits: rows are the digit, columns what the network reads in eval',
    headers: ['digit', ...indices(classes).map((read) => `read as ${read}`)],
    rows: indices(classes).map((target) => [
      String(target),
      ...indices(classes).map((read) => String(at(counts, target * classes + read))),
    ]),
  };
}

/** One row per point of the curves. */
export function lossTable(frame: Frame): Table {
  const hasAccuracy = Number.isFinite(readHeader(frame, 'testAccuracy'));
  const headers = ['step', 'train, masks on', 'train, eval mode', 'test'];
  const rows = indices(readHeader(frame, 'curveCount')).map((index) => {
    const losses = [frame.curveTrainMasked, frame.curveTrainEval, frame.curveTest].map((curve) => formatValue(at(curve, index), 3));
    const accuracies = [frame.curveTrainAccuracy, frame.curveTestAccuracy].map((curve) => formatPercent(at(curve, index)));
    return [String(at(frame.curveStep, index)), ...losses, ...(hasAccuracy ? accuracies : [])];
  });
  return { caption: 'Mean loss', headers: hasAccuracy ? [...headers, 'train accuracy', 'test accuracy'] : headers, rows };
}
