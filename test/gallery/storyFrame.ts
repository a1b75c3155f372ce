/**
 * Story data: frames that look like a lab's but come from no training. Weights and masks are drawn from a seed by a small generator of its
 * own, one forward pass is made with them, and belief and curves follow simple formulas. Nothing here is a reference for any number.
 */
import {
  CURVE_CAPACITY,
  DOMAIN,
  type Frame,
  type FrameLayer,
  frameBytes,
  frameShape,
  HEADER,
  type HeaderName,
  LAYER_STATS,
  type LayerStatName,
  NUM_BINS,
  NUM_WAVE_POINTS,
  openFrame,
  SURFACE_SIDE,
  writeHeader,
  writeStat,
} from '../../src/protocol/frame';
import type { DataReport } from '../../src/protocol/messages';
import { datasetShape } from '../../src/protocol/network';
import { DEFAULT_SETTINGS, dropProbability, type Settings } from '../../src/protocol/settings';

export interface StoryLab {
  readonly settings: Settings;
  readonly frame: Frame;
  readonly data: DataReport;
}

type Draw = () => number;

/** Returns a generator of numbers in [0, 1), the same for the same seed. */
function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const normal = (draw: Draw) => draw() + draw() + draw() + draw() - 2;
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
const at = (values: ArrayLike<number>, index: number) => values[index] as number;

/** Returns a lab's frame and data under `patch`ed default settings. */
export function storyLab(patch: Partial<Settings> = {}, seed = 5): StoryLab {
  const settings: Settings = { ...DEFAULT_SETTINGS, ...patch };
  const shape = frameShape(settings);
  const frame = openFrame(shape, new ArrayBuffer(frameBytes(shape)));
  const draw = drawFrom(seed);
  const data = drawData(settings, drawFrom(seed + 1));
  for (const name of HEADER) writeHeader(frame, name, 0);
  fillNetwork(frame, settings, data, draw);
  fillBelief(frame, settings, data);
  fillCurves(frame, shareRight(frame, data), draw);
  const header: Partial<Record<HeaderName, number>> = {
    revision: 1,
    step: 1240,
    epoch: 39,
    shownStep: 1239,
    batchSize: settings.batchSize,
  };
  for (const [name, value] of Object.entries(header)) writeHeader(frame, name as HeaderName, value);
  writeHeader(frame, 'numRows', shape.rows);
  writeHeader(frame, 'surfacePasses', settings.phase === 'mc' ? settings.passes : 0);
  return { settings, frame, data };
}

function drawData(settings: Settings, draw: Draw): DataReport {
  const { numInputs } = datasetShape(settings.dataset);
  const make = (size: number) => {
    const inputs = new Float32Array(size * numInputs);
    const targets = new Float32Array(size);
    for (let index = 0; index < size; index++) {
      if (settings.dataset === 'digits') drawDigit(inputs, targets, index, draw);
      else if (settings.dataset === 'wave') drawWave(inputs, targets, index, draw);
      else drawMoon(inputs, targets, index, draw);
    }
    return { inputs, targets };
  };
  const train = make(settings.trainSize);
  const test = make(settings.testSize);
  const trainFlipped = Uint8Array.from(train.targets, () => (draw() < settings.labelNoise && numInputs === 2 ? 1 : 0));
  trainFlipped.forEach((isFlipped, index) => {
    if (isFlipped) train.targets[index] = 1 - at(train.targets, index);
  });
  return {
    numInputs,
    trainInputs: train.inputs,
    trainTargets: train.targets,
    trainFlipped,
    testInputs: test.inputs,
    testTargets: test.targets,
  };
}

function drawMoon(inputs: Float32Array, targets: Float32Array, index: number, draw: Draw): void {
  const target = index % 2;
  const angle = Math.PI * draw();
  const x = target === 0 ? Math.cos(angle) - 0.5 : 0.5 - Math.cos(angle);
  const y = target === 0 ? Math.sin(angle) - 0.25 : 0.25 - Math.sin(angle);
  inputs[index * 2] = x + 0.2 * normal(draw);
  inputs[index * 2 + 1] = y + 0.2 * normal(draw);
  targets[index] = target;
}

function drawWave(inputs: Float32Array, targets: Float32Array, index: number, draw: Draw): void {
  const raw = draw() * 2 - 1;
  const x = raw < 0 ? -1.7 + 1.2 * (raw + 1) : 0.4 + 1.3 * raw;
  inputs[index] = x;
  targets[index] = Math.sin(2 * x) + 0.12 * normal(draw);
}

/** A ring or a stroke, by class, with noise: enough to look like something drawn. */
function drawDigit(inputs: Float32Array, targets: Float32Array, index: number, draw: Draw): void {
  const target = Math.floor(draw() * 10);
  targets[index] = target;
  for (let pixel = 0; pixel < 64; pixel++) {
    const x = (pixel % 8) - 3.5;
    const y = Math.floor(pixel / 8) - 3.5;
    const ring = Math.abs(Math.hypot(x, y * 0.8) - 2.2 - 0.2 * (target % 3)) < 0.8;
    const stroke = Math.abs(x - y * ((target - 5) / 6)) < 0.8;
    const ink = target % 2 === 0 ? ring && y * (target - 4) > -4 : stroke;
    inputs[index * 64 + pixel] = Math.min(Math.max((ink ? 0.85 : 0.04) + 0.12 * normal(draw), 0), 1);
  }
}

function activate(value: number, settings: Settings): number {
  switch (settings.activation) {
    case 'tanh':
      return Math.tanh(value);
    case 'sigmoid':
      return sigmoid(value);
    case 'linear':
      return value;
    case 'selu':
      return value > 0 ? 1.0507 * value : 1.7581 * (Math.exp(value) - 1);
    case 'relu':
      return Math.max(value, 0);
    default:
      return settings.activation satisfies never;
  }
}

function fillNetwork(frame: Frame, settings: Settings, data: DataReport, draw: Draw): void {
  const { rows, sizes } = frame.shape;
  for (let row = 0; row < rows; row++) {
    const example = (row * 7 + 3) % data.trainTargets.length;
    frame.examples[row] = example;
    frame.targets[row] = at(data.trainTargets, example);
  }
  const weights = sizes.slice(1).map((units, index) => {
    const inputs = at(sizes, index);
    return Float32Array.from({ length: units * inputs }, () => normal(draw) * Math.sqrt(4 / inputs));
  });
  for (const [index, layer] of frame.layers.entries()) {
    fillActivations(frame, settings, data, index, weights[index - 1]);
    fillMask(frame, settings, index, draw);
    fillOutputs(layer, settings, frame.layers.length - 1 === index ? 0 : dropProbability(settings, index));
    for (let cell = 0; cell < layer.gradient.length; cell++) layer.gradient[cell] = 0.02 * normal(draw);
    const link = frame.links[index];
    if (link) fillLink(frame, settings, index, weights[index] as Float32Array, draw);
    fillStats(layer, settings, index === frame.layers.length - 1 ? 0 : dropProbability(settings, index));
  }
  fillPredictions(frame);
}

function fillActivations(frame: Frame, settings: Settings, data: DataReport, index: number, weights: Float32Array | undefined): void {
  const layer = frame.layers[index] as FrameLayer;
  const before = frame.layers[index - 1];
  const isOutput = index === frame.layers.length - 1;
  for (let row = 0; row < frame.shape.rows; row++) {
    for (let unit = 0; unit < layer.units; unit++) {
      let z = 0;
      if (!before || !weights) z = at(data.trainInputs, at(frame.examples, row) * layer.units + unit);
      else
        for (let input = 0; input < before.units; input++)
          z += at(weights, unit * before.units + input) * at(before.output, row * before.units + input);
      const cell = row * layer.units + unit;
      layer.preActivation[cell] = z;
      layer.activation[cell] = index === 0 || isOutput ? z : activate(z, settings);
    }
  }
}

function fillMask(frame: Frame, settings: Settings, index: number, draw: Draw): void {
  const layer = frame.layers[index] as FrameLayer;
  const isOutput = index === frame.layers.length - 1;
  const p = isOutput ? 0 : dropProbability(settings, index);
  const hasUnitMask = settings.mode !== 'none' && settings.mode !== 'gaussian' && settings.mode !== 'dropconnect';
  const channel = settings.mode === 'spatial' ? settings.channelSize : 1;
  for (let row = 0; row < frame.shape.rows; row++) {
    for (let unit = 0; unit < layer.units; unit++) {
      const cell = row * layer.units + unit;
      const fate = draw() < p ? 0 : 1;
      const copied = settings.maskScope === 'batch' && row > 0 ? layer.mask[unit] : unit % channel > 0 ? layer.mask[cell - 1] : fate;
      layer.mask[cell] = hasUnitMask ? (copied ?? fate) : 1;
      layer.noise[cell] = settings.mode === 'gaussian' && p > 0 ? 1 + Math.sqrt(p / (1 - p)) * 1.7 * normal(draw) : 1;
    }
  }
}

function fillOutputs(layer: FrameLayer, settings: Settings, p: number): void {
  const doesScale = settings.mode === 'inverted' || settings.mode === 'spatial';
  for (let cell = 0; cell < layer.output.length; cell++) {
    const activation = at(layer.activation, cell);
    const kept = doesScale && p < 1 ? activation / (1 - p) : activation * at(layer.noise, cell);
    layer.output[cell] = layer.mask[cell] === 0 ? 0 : kept;
    layer.evalOutput[cell] = settings.mode === 'standard' ? activation * (1 - p) : activation;
  }
}

function fillLink(frame: Frame, settings: Settings, index: number, weights: Float32Array, draw: Draw): void {
  const link = frame.links[index];
  if (!link) return;
  const numInputs = at(frame.shape.sizes, index);
  const p = dropProbability(settings, index);
  for (let output = 0; output < link.outputs; output++) {
    for (let input = 0; input < link.inputs; input++) {
      const cell = output * link.inputs + input;
      link.weights[cell] = at(weights, output * numInputs + input);
      link.gradients[cell] = 0.05 * normal(draw);
    }
  }
  for (let cell = 0; cell < link.mask.length; cell++) link.mask[cell] = settings.mode === 'dropconnect' && draw() < p ? 0 : 1;
}

function fillStats(layer: FrameLayer, settings: Settings, p: number): void {
  let low = 0;
  let high = 0.1;
  for (const values of [layer.output, layer.evalOutput]) {
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const train = summarise(layer.output, layer.trainHistogram, low, high);
  const evaluated = summarise(layer.evalOutput, layer.evalHistogram, low, high);
  const isMasked = p > 0 && settings.mode !== 'none';
  const kept = layer.mask.reduce((sum, bit) => sum + bit, 0);
  const stats: Record<LayerStatName, number> = {
    trainMean: train.mean,
    trainSd: train.sd,
    trainZeros: train.zeros,
    evalMean: evaluated.mean,
    evalSd: evaluated.sd,
    evalZeros: evaluated.zeros,
    predictedMean: settings.mode === 'unscaled' ? evaluated.mean * (1 - p) : evaluated.mean,
    predictedError: evaluated.sd / Math.sqrt(layer.mask.length),
    kept,
    drawn: layer.mask.length,
    p,
    keepProb: 1 - p,
    scale: 1 / (1 - p),
    binLow: low,
    binHigh: high,
    masked: isMasked ? 1 : 0,
  };
  for (const name of LAYER_STATS) writeStat(layer, name, stats[name]);
}

function summarise(values: Float32Array, histogram: Float32Array, low: number, high: number): { mean: number; sd: number; zeros: number } {
  let sum = 0;
  let squares = 0;
  let zeros = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
    if (value === 0) zeros++;
    const bin = Math.min(Math.max(Math.floor(((value - low) / (high - low)) * NUM_BINS), 0), NUM_BINS - 1);
    histogram[bin] = at(histogram, bin) + 1 / values.length;
  }
  const mean = sum / values.length;
  return { mean, sd: Math.sqrt(Math.max(squares / values.length - mean * mean, 0)), zeros: zeros / values.length };
}

function fillPredictions(frame: Frame): void {
  const { rows, numOutputs, numSurface } = frame.shape;
  const last = frame.layers.at(-1) as FrameLayer;
  for (let cell = 0; cell < rows * numOutputs; cell++) {
    const isValue = numSurface === NUM_WAVE_POINTS;
    frame.outputs[cell] = isValue ? at(last.output, cell) : sigmoid(at(last.output, cell));
    frame.evalOutputs[cell] = isValue ? at(last.evalOutput, cell) : sigmoid(at(last.evalOutput, cell));
  }
}

/** The class 1 probability that the stories believe in: a bent line through the moons. */
function believe(x: number, y: number): number {
  return sigmoid(7 * (-0.3 * Math.sin(3.3 * x) - y));
}

function fillBelief(frame: Frame, settings: Settings, data: DataReport): void {
  const isMc = settings.phase === 'mc';
  const coordinate = (index: number, count: number) => -DOMAIN + (2 * DOMAIN * index) / (count - 1);
  if (settings.dataset === 'wave') {
    for (let index = 0; index < NUM_WAVE_POINTS; index++) {
      const x = coordinate(index, NUM_WAVE_POINTS);
      frame.surface[index] = 0.93 * Math.sin(2 * x) + 0.05 * x;
      frame.surfaceSpread[index] = isMc ? 0.1 + 0.22 * Math.exp(-8 * x * x) + (Math.abs(x) > 1.6 ? Math.abs(x) - 1.6 : 0) : 0;
    }
    for (let index = 0; index < settings.testSize; index++) frame.testPredictions[index] = 0.93 * Math.sin(2 * at(data.testInputs, index));
    return;
  }
  for (let index = 0; index < frame.surface.length; index++) {
    const value = believe(coordinate(index % SURFACE_SIDE, SURFACE_SIDE), -coordinate(Math.floor(index / SURFACE_SIDE), SURFACE_SIDE));
    frame.surface[index] = value;
    frame.surfaceSpread[index] = isMc ? 0.04 + 0.9 * value * (1 - value) : 0;
  }
  for (let index = 0; index < settings.testSize; index++) {
    const target = at(data.testTargets, index);
    if (settings.dataset === 'digits') frame.testPredictions[index] = index % 9 === 4 ? (target + 3) % 10 : target;
    else frame.testPredictions[index] = believe(at(data.testInputs, index * 2), at(data.testInputs, index * 2 + 1)) > 0.5 ? 1 : 0;
  }
}

/** The share of test examples read right, so that the accuracies agree with the picture; NaN for values. */
function shareRight(frame: Frame, data: DataReport): number {
  if (frame.shape.numSurface === NUM_WAVE_POINTS) return Number.NaN;
  const right = data.testTargets.filter((target, index) => target === frame.testPredictions[index]);
  return right.length / data.testTargets.length;
}

function fillCurves(frame: Frame, accuracy: number, draw: Draw): void {
  const count = 140;
  for (let index = 0; index < Math.min(count, CURVE_CAPACITY); index++) {
    const fall = Math.exp(-index / 28);
    frame.curveStep[index] = (1240 * index) / (count - 1);
    frame.curveTrainMasked[index] = 0.42 + 0.32 * fall + 0.03 * normal(draw);
    frame.curveTrainEval[index] = 0.24 + 0.46 * fall + 0.008 * normal(draw);
    frame.curveTest[index] = 0.31 + 0.4 * fall + 0.008 * normal(draw);
    frame.curveTrainAccuracy[index] = Math.min(accuracy + 0.04, 1) - 0.4 * fall;
    frame.curveTestAccuracy[index] = accuracy - 0.38 * fall;
  }
  const last = count - 1;
  const header: Partial<Record<HeaderName, number>> = {
    curveCount: count,
    loss: at(frame.curveTrainMasked, last),
    evalLoss: at(frame.curveTrainEval, last),
    trainLoss: at(frame.curveTrainEval, last),
    testLoss: at(frame.curveTest, last),
    trainAccuracy: at(frame.curveTrainAccuracy, last),
    testAccuracy: accuracy,
  };
  for (const [name, value] of Object.entries(header)) writeHeader(frame, name as HeaderName, value);
}
