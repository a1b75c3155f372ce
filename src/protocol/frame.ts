/**
 * The layout of a frame: everything that the page paints, in one transferable buffer whose sections follow from the settings alone.
 *
 * The worker fills a `Frame`, the page reads the same `Frame` from the same bytes; neither side parses. Nothing here allocates per
 * frame but the views. All sections are row-major; "rows" are the first `header.numRows` examples of the batch shown.
 */
import { datasetShape, layerSizes } from './network';
import type { Settings } from './settings';

/** Examples of the batch that a frame carries cell by cell; statistics and histograms cover the whole batch. */
export const MAX_ROWS = 24;
/** Units per layer whose links a frame carries; the diagram shows the first so many. */
export const MAX_SHOWN_UNITS = 32;
export const NUM_BINS = 32;
export const SURFACE_SIDE = 48;
/** Half the side of the square that the decision surface covers, and half the x-range of the wave, in data units. */
export const DOMAIN = 2;
export const NUM_WAVE_POINTS = 161;
export const CURVE_CAPACITY = 512;

/** One number each, in this order, as Float64 at the head of the buffer. */
export const HEADER = [
  'revision', // settings revision the frame was made under
  'step', // training steps done
  'epoch', // passes over the training set begun, 0-based
  'shownStep', // 0-based number of the step whose pass is shown
  'rehearsal', // 1: the pass was run for show with the present weights and settings, nothing was trained; 0: it is the newest training step
  'batchSize', // examples in the batch shown
  'numRows', // examples carried cell by cell
  'loss', // mean loss of the shown pass, masks on
  'evalLoss', // mean loss of the same batch and weights, masks off
  'curveCount', // points of the curves that are filled
  'surfacePasses', // MC passes averaged in surface and surfaceSpread; 0 when not in MC phase
  'trainAccuracy', // share right on the training set in eval, NaN for regression
  'testAccuracy', // the same on the test set
  'trainLoss', // loss on the whole training set in eval
  'testLoss', // loss on the whole test set in eval
  'stepsPerSecond', // measured over the last half second; 0 when paused
  'sliceMs', // length of the last time slice
  'skippedFrames', // frames not emitted for want of a buffer, since the start
] as const;
export type HeaderName = (typeof HEADER)[number];

/** Per layer, in this order, as Float64. */
export const LAYER_STATS = [
  'trainMean', // of the layer's output over the batch, masks on
  'trainSd',
  'trainZeros', // share of exact zeros
  'evalMean', // of the layer's output over the batch, whole network
  'evalSd',
  'evalZeros',
  'predictedMean', // E[mean of output | activation], table 1.0 of the semantics
  'predictedError', // standard deviation of that mean under fresh masks
  'kept', // mask entries that are 1
  'drawn', // mask entries drawn
  'p', // drop probability in force
  'keepProb', // fround(1 − p)
  'scale', // what a kept value is multiplied by in train
  'binLow', // range of both histograms
  'binHigh',
  'masked', // 1 when the mode masks units here (p > 0, not the output layer)
] as const;
export type LayerStatName = (typeof LAYER_STATS)[number];

export interface FrameShape {
  readonly sizes: readonly number[];
  readonly rows: number;
  readonly numOutputs: number;
  readonly numSurface: number;
  readonly testSize: number;
}

export interface FrameLayer {
  readonly units: number;
  readonly stats: Float64Array; // see LAYER_STATS
  readonly preActivation: Float32Array; // z [rows, units]; for the input, the input
  readonly activation: Float32Array; // a, before the mask [rows, units]
  readonly output: Float32Array; // what the next layer reads in train [rows, units]
  readonly evalOutput: Float32Array; // the same in eval, same weights and examples [rows, units]
  readonly gradient: Float32Array; // dLoss/d(output) [rows, units]
  readonly noise: Float32Array; // multiplier drawn, 'gaussian' only [rows, units]
  readonly mask: Uint8Array; // 1 kept, 0 dropped [rows, units]; all 1 where no unit mask is drawn
  readonly trainHistogram: Float32Array; // share of the batch's outputs in each bin [NUM_BINS]
  readonly evalHistogram: Float32Array; // the same in eval [NUM_BINS]
}

/** Links from layer l to layer l + 1, among the first MAX_SHOWN_UNITS units of each. */
export interface FrameLink {
  readonly inputs: number; // shown units of layer l
  readonly outputs: number; // shown units of layer l + 1
  readonly weights: Float32Array; // [outputs, inputs]
  readonly gradients: Float32Array; // dLoss/dW of the shown pass [outputs, inputs]
  readonly mask: Uint8Array; // 'dropconnect': 1 kept [rows, outputs, inputs]; else all 1
  readonly biases: Float32Array; // [outputs]
}

export interface Frame {
  readonly buffer: ArrayBuffer;
  readonly shape: FrameShape;
  readonly header: Float64Array; // see HEADER
  readonly layers: readonly FrameLayer[];
  readonly links: readonly FrameLink[];
  readonly targets: Float32Array; // class (0-based) or value [rows]
  readonly examples: Uint32Array; // index of each row in the training set [rows]
  readonly outputs: Float32Array; // prediction in train: probability or value [rows, numOutputs]
  readonly evalOutputs: Float32Array; // prediction in eval [rows, numOutputs]
  /** Eval prediction on the grid (mean over passes in MC phase): row r, column c is y = DOMAIN − 2·DOMAIN·r/(side−1), x = −DOMAIN + 2·DOMAIN·c/(side−1); for 'wave', along x. */
  readonly surface: Float32Array;
  readonly surfaceSpread: Float32Array; // standard deviation over MC passes; zeros unless in MC phase
  readonly testPredictions: Float32Array; // class read, or value, in eval [testSize]
  readonly curveStep: Float64Array; // [CURVE_CAPACITY], `curveCount` filled
  readonly curveTrainMasked: Float32Array;
  readonly curveTrainEval: Float32Array;
  readonly curveTest: Float32Array;
  readonly curveTrainAccuracy: Float32Array;
  readonly curveTestAccuracy: Float32Array;
}

/** Returns the shape of the frames of a lab with these settings. */
export function frameShape(settings: Settings): FrameShape {
  const { numOutputs, loss } = datasetShape(settings.dataset);
  const numSurface = loss === 'binary' ? SURFACE_SIDE * SURFACE_SIDE : loss === 'squared' ? NUM_WAVE_POINTS : 0;
  return { sizes: layerSizes(settings), rows: Math.min(settings.batchSize, MAX_ROWS), numOutputs, numSurface, testSize: settings.testSize };
}

/** Hands out consecutive sections of one buffer, each aligned to 8 bytes; without a buffer it only counts. */
class Sections {
  offset = 0;
  constructor(private readonly buffer: ArrayBuffer) {}
  private take(bytes: number): number {
    const start = this.offset;
    this.offset = start + Math.ceil(bytes / 8) * 8;
    return start;
  }
  f64 = (length: number) => this.view(Float64Array, length);
  f32 = (length: number) => this.view(Float32Array, length);
  u32 = (length: number) => this.view(Uint32Array, length);
  u8 = (length: number) => this.view(Uint8Array, length);
  private view<View>(
    type: { new (buffer: ArrayBuffer, start: number, length: number): View; BYTES_PER_ELEMENT: number },
    length: number,
  ): View {
    const start = this.take(length * type.BYTES_PER_ELEMENT);
    return new type(this.buffer, start, length);
  }
}

function layerSections(sections: Sections, shape: FrameShape, units: number): FrameLayer {
  const cells = shape.rows * units;
  const { f64, f32, u8 } = sections;
  return {
    units,
    stats: f64(LAYER_STATS.length),
    preActivation: f32(cells),
    activation: f32(cells),
    output: f32(cells),
    evalOutput: f32(cells),
    gradient: f32(cells),
    noise: f32(cells),
    mask: u8(cells),
    trainHistogram: f32(NUM_BINS),
    evalHistogram: f32(NUM_BINS),
  };
}

function linkSections(sections: Sections, shape: FrameShape, layerIndex: number): FrameLink {
  const inputs = Math.min(shape.sizes[layerIndex] ?? 0, MAX_SHOWN_UNITS);
  const outputs = Math.min(shape.sizes[layerIndex + 1] ?? 0, MAX_SHOWN_UNITS);
  const { f32, u8 } = sections;
  return {
    inputs,
    outputs,
    weights: f32(outputs * inputs),
    gradients: f32(outputs * inputs),
    mask: u8(shape.rows * outputs * inputs),
    biases: f32(outputs),
  };
}

/** Returns how many bytes a frame of this shape takes. */
export function frameBytes(shape: FrameShape): number {
  const padded = (bytes: number) => Math.ceil(bytes / 8) * 8;
  let bytes = HEADER.length * 8;
  shape.sizes.forEach((units, layerIndex) => {
    const cells = shape.rows * units;
    bytes += LAYER_STATS.length * 8 + 6 * padded(cells * 4) + padded(cells) + 2 * NUM_BINS * 4;
    const next = shape.sizes[layerIndex + 1];
    if (next === undefined) return;
    const outputs = Math.min(next, MAX_SHOWN_UNITS);
    const block = outputs * Math.min(units, MAX_SHOWN_UNITS);
    bytes += 2 * padded(block * 4) + padded(shape.rows * block) + padded(outputs * 4);
  });
  bytes += 2 * padded(shape.rows * 4) + 2 * padded(shape.rows * shape.numOutputs * 4);
  bytes += 2 * padded(shape.numSurface * 4) + padded(shape.testSize * 4);
  return bytes + CURVE_CAPACITY * (8 + 5 * 4);
}

/** Lays the views of a frame over `buffer`. Errors: RangeError when the buffer is not `frameBytes(shape)` long. */
export function openFrame(shape: FrameShape, buffer: ArrayBuffer): Frame {
  const expected = frameBytes(shape);
  if (buffer.byteLength !== expected) throw new RangeError(`frame buffer must be ${expected} bytes, got ${buffer.byteLength}`);
  const sections = new Sections(buffer);
  const { f64, f32, u32 } = sections;
  const header = f64(HEADER.length);
  const layers = shape.sizes.map((units) => layerSections(sections, shape, units));
  const links = shape.sizes.slice(1).map((_, layerIndex) => linkSections(sections, shape, layerIndex));
  return {
    buffer,
    shape,
    header,
    layers,
    links,
    targets: f32(shape.rows),
    examples: u32(shape.rows),
    outputs: f32(shape.rows * shape.numOutputs),
    evalOutputs: f32(shape.rows * shape.numOutputs),
    surface: f32(shape.numSurface),
    surfaceSpread: f32(shape.numSurface),
    testPredictions: f32(shape.testSize),
    curveStep: f64(CURVE_CAPACITY),
    curveTrainMasked: f32(CURVE_CAPACITY),
    curveTrainEval: f32(CURVE_CAPACITY),
    curveTest: f32(CURVE_CAPACITY),
    curveTrainAccuracy: f32(CURVE_CAPACITY),
    curveTestAccuracy: f32(CURVE_CAPACITY),
  };
}

/** Copies a frame into a buffer of its own, to be kept. */
export function copyFrame(frame: Frame): Frame {
  return openFrame(frame.shape, frame.buffer.slice(0));
}

const headerIndex = new Map(HEADER.map((name, index) => [name, index]));
const statIndex = new Map(LAYER_STATS.map((name, index) => [name, index]));

/** Reads one number of the header. */
export function readHeader(frame: Frame, name: HeaderName): number {
  return frame.header[headerIndex.get(name) as number] as number;
}
/** Writes one number of the header. */
export function writeHeader(frame: Frame, name: HeaderName, value: number): void {
  frame.header[headerIndex.get(name) as number] = value;
}
/** Reads one statistic of a layer. */
export function readStat(layer: FrameLayer, name: LayerStatName): number {
  return layer.stats[statIndex.get(name) as number] as number;
}
/** Writes one statistic of a layer. */
export function writeStat(layer: FrameLayer, name: LayerStatName, value: number): void {
  layer.stats[statIndex.get(name) as number] = value;
}
