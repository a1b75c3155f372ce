/**
 * Says in words what each figure shows now: the text summary that follows it, for people who hear the page. Pure functions of the frame.
 */
import { type Frame, type FrameLayer, NUM_WAVE_POINTS, readHeader, readStat } from '../protocol/frame';
import type { DataReport } from '../protocol/messages';
import { at, isDropped, lossOf, shownOutput } from './cells';
import { layerName, shownLayers } from './columns';
import { isMisread } from './decisionSurface';
import { confusion } from './digitsGrid';
import { formatCount, formatPercent, formatSignificant, formatValue } from './format';
import { recentLoss } from './lossCurves';
import type { ViewStyle } from './view';

/** The part of the view that words depend on. `inputP`: the input's drop probability, which decides whether the input has a heatmap. */
export type WordsView = Pick<ViewStyle, 'mode' | 'phase' | 'row'> & { readonly inputP: number };

function joinSentences(sentences: readonly (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null && sentence !== '').join(' ');
}

function eachShownLayer(frame: Frame, inputP: number, write: (layer: FrameLayer, name: string, index: number) => string | null): string {
  const { sizes } = frame.shape;
  return joinSentences(
    shownLayers(sizes, inputP).map((index) => {
      const layer = frame.layers[index];
      return layer ? write(layer, layerName(index, sizes.length), index) : null;
    }),
  );
}

/** Counts the units of one example in a layer: dropped, silent, active. */
function countUnits(layer: FrameLayer, view: Pick<WordsView, 'phase' | 'row'>): { dropped: number; silent: number; active: number } {
  const values = shownOutput(layer, view.phase);
  const counts = { dropped: 0, silent: 0, active: 0 };
  for (let unit = 0; unit < layer.units; unit++) {
    const cell = view.row * layer.units + unit;
    if (isDropped(layer, view.phase, cell)) counts.dropped++;
    else if (at(values, cell) === 0) counts.silent++;
    else counts.active++;
  }
  return counts;
}

export function describeNetwork(frame: Frame, view: WordsView): string {
  const { sizes } = frame.shape;
  const phase = { train: 'Train, masks on', eval: 'Eval, the whole network', mc: 'Monte-Carlo, masks on' }[view.phase];
  const layers = sizes.slice(1, -1).map((units, index) => {
    const layer = frame.layers[index + 1];
    if (!layer) return null;
    const { dropped, silent, active } = countUnits(layer, view);
    return `${layerName(index + 1, sizes.length)}: ${dropped} of ${units} units dropped, ${silent} kept but silent, ${active} active.`;
  });
  const input = frame.layers[0];
  const inputDropped = input && view.inputP > 0 ? `Input: ${countUnits(input, view).dropped} of ${input.units} dropped.` : null;
  return joinSentences([`${phase}. Example ${view.row + 1} of ${frame.shape.rows}.`, inputDropped, ...layers, describeOutput(frame, view)]);
}

function describeOutput(frame: Frame, view: WordsView): string {
  const { numOutputs } = frame.shape;
  const outputs = view.phase === 'eval' ? frame.evalOutputs : frame.outputs;
  const own = outputs.subarray(view.row * numOutputs, (view.row + 1) * numOutputs);
  const target = at(frame.targets, view.row);
  const loss = lossOf(frame);
  if (loss === 'squared') return `Output ${formatValue(at(own, 0))}, target ${formatValue(target)}.`;
  if (loss === 'binary') return `Output: probability ${formatValue(at(own, 0))} of class 1; the label is class ${target}.`;
  let read = 0;
  for (let unit = 1; unit < own.length; unit++) if (at(own, unit) > at(own, read)) read = unit;
  return `Output: reads ${read} with probability ${formatValue(at(own, read))}; the label is ${target}.`;
}

export function describeMasks(frame: Frame, view: WordsView): string {
  if (view.phase === 'eval') return 'Eval: no mask is drawn, every unit takes part.';
  const noun = view.mode === 'dropconnect' ? 'weights' : 'cells';
  return eachShownLayer(frame, view.inputP, (layer, name) => {
    if (view.mode === 'gaussian') return describeNoise(layer, name);
    if (readStat(layer, 'masked') === 0) return `${name}: nothing is masked.`;
    const kept = readStat(layer, 'kept');
    const drawn = readStat(layer, 'drawn');
    const share = `kept ${formatCount(kept)} of ${formatCount(drawn)} ${noun} (${formatPercent(kept / drawn)})`;
    const keep = readStat(layer, 'keepProb');
    const both = `drop ${formatValue(readStat(layer, 'p'))} = keep ${formatValue(keep)}`;
    return `${name}: ${share}, expected ${formatPercent(keep)} (${both}).`;
  });
}

function describeNoise(layer: FrameLayer, name: string): string {
  const p = readStat(layer, 'p');
  if (p === 0) return `${name}: no noise.`;
  let sum = 0;
  for (const factor of layer.noise) sum += factor;
  const spread = Math.sqrt(p / (1 - p));
  const mean = formatValue(sum / layer.noise.length);
  return `${name}: nothing is dropped; outputs are multiplied by noise of mean ${mean} here, expected 1.00 with deviation ${formatValue(spread)}.`;
}

export function describeGradients(frame: Frame, view: WordsView): string {
  return eachShownLayer(frame, view.inputP, (layer, name) => {
    let dropped = 0;
    let sum = 0;
    for (let cell = 0; cell < layer.gradient.length; cell++) {
      if (isDropped(layer, view.phase, cell)) dropped++;
      else sum += Math.abs(at(layer.gradient, cell));
    }
    const carried = layer.gradient.length - dropped;
    const mean = carried > 0 ? formatSignificant(sum / carried) : '0';
    const blocked = dropped > 0 ? `; ${formatCount(dropped)} dropped cells let none through` : '';
    return `${name}: gradients of mean size ${mean} in ${formatCount(carried)} cells${blocked}.`;
  });
}

export function describeHistograms(frame: Frame, view: WordsView): string {
  return eachShownLayer(frame, view.inputP, (layer, name) => {
    const pair = (train: string, evaluated: string) => `${train} in train, ${evaluated} in eval`;
    const value = (stat: 'trainMean' | 'evalMean' | 'trainSd' | 'evalSd') => formatValue(readStat(layer, stat));
    const zeros = pair(formatPercent(readStat(layer, 'trainZeros')), formatPercent(readStat(layer, 'evalZeros')));
    const theory = `${formatValue(readStat(layer, 'predictedMean'))} ± ${formatValue(readStat(layer, 'predictedError'))}`;
    return joinSentences([
      `${name}: mean ${pair(value('trainMean'), value('evalMean'))}; theory predicts ${theory} for train.`,
      `Standard deviation ${pair(value('trainSd'), value('evalSd'))}. Zeros ${zeros}.`,
    ]);
  });
}

/** Decision surface, regression curve or digits, whichever the data calls for. */
export function describeBelief(frame: Frame, data: DataReport, view: WordsView): string {
  const loss = lossOf(frame);
  if (loss === 'squared') return describeWave(frame, view);
  const { misread, size } = countMisread(frame, data);
  const score = `In eval the network reads ${size - misread} of ${size} test examples right (${formatPercent((size - misread) / size)}).`;
  if (loss === 'softmax') return joinSentences([score, describeConfusion(frame, data)]);
  return joinSentences([score, view.phase === 'mc' ? describeDisagreement(frame) : null]);
}

function countMisread(frame: Frame, data: DataReport): { misread: number; size: number } {
  const size = Math.min(data.testTargets.length, frame.testPredictions.length);
  let misread = 0;
  for (let index = 0; index < size; index++) if (isMisread(frame, data.testTargets, index)) misread++;
  return { misread, size };
}

function describeDisagreement(frame: Frame): string {
  let undecided = 0;
  for (let index = 0; index < frame.surface.length; index++) {
    if (Math.abs(at(frame.surface, index) - 0.5) <= at(frame.surfaceSpread, index)) undecided++;
  }
  const share = formatPercent(undecided / frame.surface.length);
  return `Over ${formatCount(readHeader(frame, 'surfacePasses'))} masked passes, one half lies within a standard deviation on ${share} of the square.`;
}

function describeWave(frame: Frame, view: WordsView): string {
  const score = `Mean squared error in eval: ${formatValue(readHeader(frame, 'testLoss'), 3)} on the test set, ${formatValue(readHeader(frame, 'trainLoss'), 3)} on the training set.`;
  if (view.phase !== 'mc') return score;
  let sum = 0;
  let widest = 0;
  for (let index = 0; index < frame.surfaceSpread.length; index++) {
    sum += at(frame.surfaceSpread, index);
    if (at(frame.surfaceSpread, index) > at(frame.surfaceSpread, widest)) widest = index;
  }
  const x = -2 + (4 * widest) / (NUM_WAVE_POINTS - 1);
  const mean = formatValue(sum / frame.surfaceSpread.length);
  const passes = formatCount(readHeader(frame, 'surfacePasses'));
  return `${score} Over ${passes} masked passes the standard deviation is ${mean} on average and widest, ${formatValue(at(frame.surfaceSpread, widest))}, at x = ${formatValue(x, 1)}.`;
}

function describeConfusion(frame: Frame, data: DataReport): string | null {
  const classes = frame.shape.numOutputs;
  const counts = confusion(frame, data.testTargets, classes);
  let worst = -1;
  for (let cell = 0; cell < counts.length; cell++) {
    const isWrong = Math.floor(cell / classes) !== cell % classes;
    if (isWrong && at(counts, cell) > (worst < 0 ? 0 : at(counts, worst))) worst = cell;
  }
  if (worst < 0) return null;
  return `Most often mistaken: ${Math.floor(worst / classes)} read as ${worst % classes}, ${at(counts, worst)} times.`;
}

export function describeLosses(frame: Frame): string {
  const count = readHeader(frame, 'curveCount');
  if (count === 0) return 'No loss yet: the network has not trained a step.';
  const steps = formatCount(readHeader(frame, 'step'));
  const losses = `train ${formatValue(recentLoss(frame))} with masks (recent mean), ${formatValue(readHeader(frame, 'trainLoss'))} in eval mode, test ${formatValue(readHeader(frame, 'testLoss'))}`;
  const accuracy = readHeader(frame, 'testAccuracy');
  const share = Number.isFinite(accuracy) ? ` Test accuracy ${formatPercent(accuracy)}.` : '';
  return `Loss after ${steps} steps: ${losses}.${share}`;
}
