/**
 * Writes a pass and all that belongs to it into the sections of a frame.
 *
 * It is called at most once per animation frame, copies and counts, and evaluates nothing itself: surface and evaluations come in ready.
 */
import type { Evaluation, Pass, Run } from '../model/types';
import {
  CURVE_CAPACITY,
  type Frame,
  type FrameLayer,
  type FrameLink,
  type HeaderName,
  type LayerStatName,
  MAX_SHOWN_UNITS,
  writeHeader,
  writeStat,
} from '../protocol/frame';
import type { Settings } from '../protocol/settings';
import type { CurvePoint, LayerSnapshot } from '../protocol/snapshot';
import { countDraws, fillHistogram, layerDropout, measure, predictMean, SteadyRange } from './layerStatistics';
import type { Surface } from './surface';

/** What a frame shows beside the pass. */
interface FrameContent {
  readonly run: Run;
  readonly settings: Settings;
  readonly pass: Pass;
  readonly surface: Surface;
  readonly train: Evaluation;
  readonly test: Evaluation;
  readonly revision: number;
  readonly stepsPerSecond: number;
  readonly sliceMs: number;
  readonly skippedFrames: number;
}

/** Fills frames of one run; remembers the ranges of its histograms so that they hold still. */
export class FrameWriter {
  private readonly ranges: SteadyRange[] = [];

  /** Fills every section of `frame`; nothing of its former content remains. */
  fill(frame: Frame, content: FrameContent): void {
    const { pass, settings, surface, run } = content;
    const rows = Math.min(frame.shape.rows, pass.step.size);
    for (const [index, layer] of frame.layers.entries()) this.fillLayer(layer, index, rows, content);
    const { weights, biases } = run.parameters();
    for (const [index, link] of frame.links.entries())
      fillLink(link, index, rows, pass, weights[index] as Float32Array, biases[index] as Float32Array);
    copyRows(frame.targets, pass.step.targets, rows, 1);
    frame.examples.fill(0);
    frame.examples.set(pass.examples.subarray(0, rows));
    copyRows(frame.outputs, pass.outputs, rows, frame.shape.numOutputs);
    copyRows(frame.evalOutputs, pass.evalOutputs, rows, frame.shape.numOutputs);
    surface.fill(frame);
    frame.testPredictions.set(content.test.predictions);
    const curveCount = fillCurves(frame, run.curves);
    fillHeader(frame, content, rows, curveCount, settings);
  }

  private fillLayer(layer: FrameLayer, index: number, rows: number, { pass, settings }: FrameContent): void {
    const trained = pass.step.layers[index] as LayerSnapshot;
    const evalOutput = pass.evalLayers[index] as Float32Array;
    const { units } = layer;
    copyRows(layer.preActivation, trained.preActivation, rows, units);
    copyRows(layer.activation, trained.activation, rows, units);
    copyRows(layer.output, trained.output, rows, units);
    copyRows(layer.evalOutput, evalOutput, rows, units);
    copyRows(layer.gradient, trained.gradient, rows, units);
    if (trained.noise === null) layer.noise.fill(1);
    else copyRows(layer.noise, trained.noise, rows, units);
    layer.mask.fill(1);
    if (trained.mask !== null) layer.mask.set(trained.mask.subarray(0, rows * units));
    this.fillStatistics(layer, index, trained, evalOutput, { pass, settings });
  }

  private fillStatistics(
    layer: FrameLayer,
    index: number,
    trained: LayerSnapshot,
    evalOutput: Float32Array,
    { pass, settings }: Pick<FrameContent, 'pass' | 'settings'>,
  ): void {
    const isOutput = index === pass.step.layers.length - 1;
    const dropout = layerDropout(settings, index, isOutput);
    const train = measure(trained.output);
    const whole = measure(evalOutput);
    const range = this.rangeOf(index);
    range.include(Math.min(train.low, whole.low), Math.max(train.high, whole.high));
    fillHistogram(layer.trainHistogram, trained.output, range.low, range.high);
    fillHistogram(layer.evalHistogram, evalOutput, range.low, range.high);
    const predicted = predictMean(dropout, trained.activation, layer.units);
    const { kept, drawn } = countDraws(dropout, trained, pass.step.size);
    const stats: Record<LayerStatName, number> = {
      trainMean: train.mean,
      trainSd: train.sd,
      trainZeros: train.zeros,
      evalMean: whole.mean,
      evalSd: whole.sd,
      evalZeros: whole.zeros,
      predictedMean: predicted.mean,
      predictedError: predicted.error,
      kept,
      drawn,
      p: dropout.p,
      keepProb: dropout.keepProb,
      scale: dropout.scale,
      binLow: range.low,
      binHigh: range.high,
      masked: trained.mask === null ? 0 : 1,
    };
    for (const [name, value] of Object.entries(stats)) writeStat(layer, name as LayerStatName, value);
  }

  private rangeOf(index: number): SteadyRange {
    this.ranges[index] ??= new SteadyRange();
    return this.ranges[index];
  }
}

/** Copies the first `rows` rows; rows that the batch does not have are 0. */
function copyRows(target: Float32Array, source: Float32Array, rows: number, width: number): void {
  target.set(source.subarray(0, rows * width));
  target.fill(0, rows * width);
}

function fillLink(link: FrameLink, index: number, rows: number, pass: Pass, weights: Float32Array, biases: Float32Array): void {
  const layer = pass.step.layers[index] as LayerSnapshot;
  const gradients = pass.step.weightGradients[index] as Float32Array;
  copyBlock(link.weights, weights, link, layer.units);
  copyBlock(link.gradients, gradients, link, layer.units);
  link.biases.set(biases.subarray(0, link.outputs));
  fillLinkMask(link, rows, layer, biases.length);
}

/** Copies the corner `[link.outputs, link.inputs]` of a matrix whose rows are `units` long. */
function copyBlock(target: Float32Array | Uint8Array, source: Float32Array | Uint8Array, link: FrameLink, units: number): void {
  if (link.inputs === units && units <= MAX_SHOWN_UNITS) {
    target.set(source.subarray(0, link.outputs * units));
    return;
  }
  for (let row = 0; row < link.outputs; row++) {
    target.set(source.subarray(row * units, row * units + link.inputs), row * link.inputs);
  }
}

function fillLinkMask(link: FrameLink, rows: number, layer: LayerSnapshot, numOutputs: number): void {
  link.mask.fill(1);
  if (layer.weightMask === null) return;
  const perExample = numOutputs * layer.units;
  const isShared = layer.weightMask.length === perExample;
  const block = link.outputs * link.inputs;
  for (let row = 0; row < rows; row++) {
    const start = isShared ? 0 : row * perExample;
    copyBlock(link.mask.subarray(row * block, (row + 1) * block), layer.weightMask.subarray(start, start + perExample), link, layer.units);
  }
}

/** Writes at most CURVE_CAPACITY points, evenly chosen, the first and the newest among them. Returns how many. */
export function fillCurves(frame: Frame, curves: readonly CurvePoint[]): number {
  const count = Math.min(curves.length, CURVE_CAPACITY);
  for (let i = 0; i < count; i++) {
    const index = count < curves.length ? Math.round((i * (curves.length - 1)) / (count - 1)) : i;
    const point = curves[index] as CurvePoint;
    frame.curveStep[i] = point.step;
    frame.curveTrainMasked[i] = point.trainMasked;
    frame.curveTrainEval[i] = point.trainEval;
    frame.curveTest[i] = point.test;
    frame.curveTrainAccuracy[i] = point.trainAccuracy;
    frame.curveTestAccuracy[i] = point.testAccuracy;
  }
  return count;
}

function fillHeader(frame: Frame, content: FrameContent, rows: number, curveCount: number, settings: Settings): void {
  const { run, pass, surface, train, test } = content;
  const header: Record<HeaderName, number> = {
    revision: content.revision,
    step: run.step,
    epoch: run.epoch,
    shownStep: pass.stepIndex,
    rehearsal: pass.rehearsal ? 1 : 0,
    batchSize: pass.step.size,
    numRows: rows,
    loss: pass.step.loss,
    evalLoss: pass.evalLoss,
    curveCount,
    surfacePasses: settings.phase === 'mc' ? surface.passes : 0,
    trainAccuracy: train.accuracy,
    testAccuracy: test.accuracy,
    trainLoss: train.loss,
    testLoss: test.loss,
    stepsPerSecond: content.stepsPerSecond,
    sliceMs: content.sliceMs,
    skippedFrames: content.skippedFrames,
  };
  for (const [name, value] of Object.entries(header)) writeHeader(frame, name as HeaderName, value);
}
