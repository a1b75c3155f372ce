/**
 * A network in the core: its parameters, its data, its training steps and passes, behind typed methods. One per run.
 *
 * Everything is a function of (spec, data, step). It knows nothing of settings, curves or seeking; the model does. Arrays that it
 * returns are copies, without padding, weights as [units of layer l + 1, units of layer l].
 */
import { CHUNK_ROWS, type LayerPlan, type NetworkPlan, planNetwork } from './arena';
import * as at from './assembly/layout';
import { Cells } from './cells';
import type { Core, CoreInstance } from './core';
import { checkExamples, checkSpec } from './networkChecks';
import { type Examples, type LiveSpec, type NetworkSpec, weightMasksOf } from './networkTypes';
import { Records } from './records';

export { CHUNK_ROWS };

/** What a layer holds after a pass, one row per example. */
export type LayerField = 'z' | 'a' | 'out' | 'grad' | 'delta' | 'evalOut';

export interface SetEvaluation {
  readonly loss: number; // mean
  readonly right: number; // examples read right; meaningless for 'squared'
}

/** Masks given from outside, for layers that have one; null leaves what is there. */
export interface GivenDraws {
  readonly masks?: readonly (Uint8Array | null)[]; // 1 kept [size, units]
  readonly noise?: readonly (Float32Array | null)[]; // multipliers [size, units]
  readonly weightMasks?: readonly (Uint8Array | null)[]; // 1 kept [1 or size, outputs, units]
}

export class Network {
  readonly spec: NetworkSpec;
  readonly numTrain: number;
  readonly numTest: number;
  /** Bytes of the whole instance. */
  readonly bytes: number;
  private readonly plan: NetworkPlan;
  private readonly instance: CoreInstance;
  private readonly cells: Cells;
  private readonly records: Records;

  /**
   * Lays out and fills a network: no weights yet (all zero), no live settings yet (call `configure`).
   * Errors: RangeError naming field, value and range; RangeError when the memory is not to be had.
   */
  constructor(core: Core, spec: NetworkSpec, train: Examples, test: Examples | null) {
    checkSpec(spec);
    const numInputs = spec.sizes[0] as number;
    this.numTrain = checkExamples('train', train, spec);
    this.numTest = test ? checkExamples('test', test, spec) : 0;
    this.spec = spec;
    this.plan = planNetwork(spec, this.numTrain, this.numTest);
    this.bytes = this.plan.bytes;
    this.instance = core.instantiate(this.plan.bytes);
    this.cells = new Cells(this.instance);
    this.records = new Records(this.instance, this.plan, spec);
    this.records.writeFixed(this.numTrain);
    this.clear();
    const ld = this.layer(0).ld;
    this.cells.writeRows(this.plan.trainInputs, ld, train.inputs, this.numTrain, numInputs);
    this.instance.f32.set(train.targets, this.plan.trainTargets / 4);
    if (!test) return;
    this.cells.writeRows(this.plan.testInputs, ld, test.inputs, this.numTest, numInputs);
    this.instance.f32.set(test.targets, this.plan.testTargets / 4);
  }

  get numLayers(): number {
    return this.plan.layers.length;
  }
  /** Training steps done. Writing it moves the run there, without its weights. */
  get step(): number {
    return this.records.getNet(at.NET_STEP);
  }
  set step(step: number) {
    this.records.setNet(at.NET_STEP, step);
  }
  /** Examples in the batch of the newest pass. */
  get size(): number {
    return this.records.getNet(at.NET_SIZE);
  }
  /** Mean loss of the newest pass with masks on, and, if it was captured, of the same batch in eval. */
  get batchLoss(): number {
    return this.records.getNetF32(at.NET_BATCH_LOSS);
  }
  get evalLoss(): number {
    return this.records.getNetF32(at.NET_EVAL_LOSS);
  }
  /** Sum and number of the mean batch losses of trained steps since they were last cleared. */
  get lossSum(): { sum: number; count: number } {
    return { sum: this.records.getNetF64(at.NET_LOSS_SUM), count: this.records.getNet(at.NET_LOSS_COUNT) };
  }
  set lossSum({ sum, count }: { sum: number; count: number }) {
    this.records.setNetF64(at.NET_LOSS_SUM, sum);
    this.records.setNet(at.NET_LOSS_COUNT, count);
  }

  /** Puts live settings in force from the next step on. Errors: RangeError for p; Error when 'dropconnect' has no room. */
  configure(live: LiveSpec): void {
    const needs = weightMasksOf(live);
    if (needs !== 'none' && needs !== this.spec.weightMasks) throw new Error(`the network has no room for weight masks per ${needs}`);
    this.records.writeLive(live);
  }

  /** Trains up to `count` steps; the last is captured if asked. Returns how many were done: fewer when a loss was not finite. */
  train(count: number, captures: boolean): number {
    return this.instance.exports.train(this.plan.net, count, captures ? 1 : 0);
  }

  /** Runs the pass of a step under the present weights and keeps all of it, without training. Returns whether its loss is finite. */
  rehearse(step: number): boolean {
    return this.instance.exports.pass(this.plan.net, step, at.PASS_CAPTURE) !== 0;
  }

  /** Feeds masks and noise instead of drawing them, until called with null. */
  give(draws: GivenDraws | null): void {
    this.records.setNet(at.NET_GIVEN, draws ? 1 : 0);
    draws?.masks?.forEach((mask, l) => {
      if (mask) this.cells.writeMask(this.layer(l).mask, mask);
    });
    draws?.noise?.forEach((noise, l) => {
      const { noise: start, ld, units } = this.layer(l);
      if (noise) this.cells.writeRows(start, ld, noise, noise.length / units, units);
    });
    draws?.weightMasks?.forEach((mask, l) => {
      const { link, units } = this.layer(l);
      if (mask && link) this.cells.writeNibbles(link.mask, mask, units, this.layer(l + 1).units);
    });
  }

  /** Reads rows of a layer after a pass. Shape: [size, units]. `evalOut` of the output layer is its pre-activation. */
  read(l: number, field: LayerField): Float32Array {
    const layer = this.layer(l);
    return this.cells.readRows(this.addressOf(l, field), layer.ld, this.size, layer.units);
  }
  /** The unit mask of the newest pass [size, units], 1 kept; null where none was drawn. */
  mask(l: number): Uint8Array | null {
    const drop = this.records.getLayer(l, at.LAYER_DROP);
    const { mask, units } = this.layer(l);
    return drop === at.DROP_MASK || drop === at.DROP_ALPHA ? this.cells.readMask(mask, this.size * units) : null;
  }
  /** The multipliers of the newest pass [size, units]; null unless 'gaussian'. */
  noise(l: number): Float32Array | null {
    const { noise, ld, units } = this.layer(l);
    return this.records.getLayer(l, at.LAYER_DROP) === at.DROP_GAUSSIAN ? this.cells.readRows(noise, ld, this.size, units) : null;
  }
  /** The mask of the weights out of a layer, [outputs, units] or [size, outputs, units]; null unless 'dropconnect'. */
  weightMask(l: number): Uint8Array | null {
    const { link, units } = this.layer(l);
    const kind = link ? this.records.getLayer(l, at.LINK_DROP) : 0;
    return link && kind ? this.cells.readNibbles(link.mask, units, this.layer(l + 1).units, kind === 2 ? this.size : 1) : null;
  }
  /** Targets and example indices of the newest pass. */
  batch(): { targets: Float32Array; examples: Uint32Array } {
    const { batchTargets, batchExamples } = this.plan;
    const { f32, u32 } = this.instance;
    return {
      targets: f32.slice(batchTargets / 4, batchTargets / 4 + this.size),
      examples: u32.slice(batchExamples / 4, batchExamples / 4 + this.size),
    };
  }
  /** Predictions of the newest captured pass, masks on or in eval. Shape: [size, outputs]. */
  readPredictions(isEval: boolean): Float32Array {
    this.instance.exports.readPass(this.plan.net, isEval ? 1 : 0);
    return this.predictions(this.size);
  }

  weights(l: number): Float32Array {
    return this.readMatrix(l, 0);
  }
  biases(l: number): Float32Array {
    return this.readBias(l, 0);
  }
  weightGradients(l: number): Float32Array {
    return this.readMatrix(l, this.gradientOffset);
  }
  biasGradients(l: number): Float32Array {
    return this.readBias(l, this.gradientOffset);
  }
  /** Overwrites weights [units of layer l + 1, units of layer l] and biases; moments stay. */
  setParameters(l: number, weights: Float32Array, biases: Float32Array): void {
    const { link, units } = this.layer(l);
    if (!link) return;
    this.cells.writeTransposed(link.weights, link.ld, weights, units, this.layer(l + 1).units);
    this.instance.f32.set(biases, link.bias / 4);
  }
  /** A copy of parameters, moments and Adam's powers: with the step, all that training depends on. Writes: `target`, `[stateBytes]`, if given. */
  saveState(target = new Uint8Array(this.plan.stateBytes)): Uint8Array<ArrayBuffer> {
    target.set(this.instance.u8.subarray(this.plan.state, this.plan.state + this.plan.stateBytes));
    return target;
  }
  loadState(state: Uint8Array): void {
    this.instance.u8.set(state, this.plan.state);
  }
  get stateBytes(): number {
    return this.plan.stateBytes;
  }
  /** Makes parameters, moments and their padding zero: a loss that was not finite may have spoilt even the padding. */
  clear(): void {
    const { state, stateBytes, powers } = this.plan;
    this.instance.u8.fill(0, state, state + stateBytes);
    this.instance.f64.fill(1, powers / 8, powers / 8 + 2);
  }

  /** Evaluates a set in eval. Reads what each example is read as into `predictions`, if given. */
  evaluate(set: 'train' | 'test', predictions?: Float32Array): SetEvaluation {
    const { net, read, trainInputs, trainTargets, testInputs, testTargets } = this.plan;
    const [inputs, targets, count] =
      set === 'train' ? [trainInputs, trainTargets, this.numTrain] : ([testInputs, testTargets, this.numTest] as const);
    const { exports, f32 } = this.instance;
    this.records.setNetF64(at.NET_SET_LOSS, 0);
    this.records.setNet(at.NET_RIGHT, 0);
    for (let row = 0; row < count; row += CHUNK_ROWS) {
      exports.evaluate(net, inputs + row * this.layer(0).ld, targets + row * 4, Math.min(CHUNK_ROWS, count - row), read + row * 4);
    }
    predictions?.set(f32.subarray(read / 4, read / 4 + count));
    return { loss: this.records.getNetF64(at.NET_SET_LOSS) / count, right: this.records.getNet(at.NET_RIGHT) };
  }

  /** Draws the sub-network of a Monte-Carlo pass, for `infer` in 'mc'. */
  prepareMc(index: number): void {
    this.instance.exports.prepareMc(this.plan.net, index);
  }
  /**
   * Predicts at most CHUNK_ROWS rows of inputs `[rows, inputs]`, from row `start` of `inputs`. Returns a view [rows, outputs] that the
   * next call overwrites.
   */
  infer(inputs: Float32Array, start: number, rows: number, phase: 'eval' | 'mc'): Float32Array {
    const { units, ld } = this.layer(0);
    const part = inputs.subarray(start * units, (start + rows) * units);
    this.cells.writeRows(this.plan.chunkInputs, ld, part, rows, units);
    this.instance.exports.infer(this.plan.net, this.plan.chunkInputs, rows, phase === 'mc' ? at.PHASE_MC : at.PHASE_EVAL);
    const { predictions } = this.plan;
    return this.instance.f32.subarray(predictions / 4, predictions / 4 + rows * this.layer(this.numLayers - 1).units);
  }

  /** Padding that is not zero anywhere it must be; empty unless something is broken. For tests. */
  findDirtyPadding(): string[] {
    const found: string[] = [];
    const fields: LayerField[] = ['z', 'a', 'out', 'grad', 'delta', 'evalOut'];
    for (const [l, { ld, units, columns, link }] of this.plan.layers.entries()) {
      for (const field of fields) {
        if (this.cells.hasDirtyPadding(this.addressOf(l, field), ld, this.size, units, columns)) found.push(`layer ${l} ${field}`);
      }
      const next = this.plan.layers[l + 1];
      if (!link || !next) continue;
      for (const [name, offset] of [
        ['weights', 0],
        ['gradients', this.gradientOffset],
      ] as const) {
        const start = link.weights + offset;
        const isDirty =
          this.cells.hasDirtyPadding(start, link.ld, units, next.units, next.columns) ||
          this.cells.hasDirtyPadding(start + units * link.ld, link.ld, columns * 4 - units, 0, next.columns) ||
          this.cells.hasDirtyPadding(link.bias + offset, link.ld, 1, next.units, next.columns);
        if (isDirty) found.push(`layer ${l} ${name}`);
      }
    }
    return found;
  }

  private layer(l: number): LayerPlan {
    const layer = this.plan.layers[l];
    if (!layer) throw new RangeError(`layer must be in [0, ${this.plan.layers.length - 1}], got ${l}`);
    return layer;
  }
  private get gradientOffset(): number {
    return this.plan.gradients - this.plan.state;
  }
  private predictions(rows: number): Float32Array {
    const start = this.plan.predictions / 4;
    return this.instance.f32.slice(start, start + rows * this.layer(this.numLayers - 1).units);
  }
  private readMatrix(l: number, offset: number): Float32Array {
    const { link, units } = this.layer(l);
    return link ? this.cells.readTransposed(link.weights + offset, link.ld, units, this.layer(l + 1).units) : new Float32Array(0);
  }
  private readBias(l: number, offset: number): Float32Array {
    const { link } = this.layer(l);
    const start = ((link?.bias ?? 0) + offset) / 4;
    return this.instance.f32.slice(start, start + this.layer(l + 1).units);
  }
  /** Where a field of a layer really is: without dropout the output is the activation, and of input and output layer z is both. */
  private addressOf(l: number, field: LayerField): number {
    const layer = this.layer(l);
    if (field === 'a') return this.records.getLayer(l, at.LAYER_A);
    if (field === 'out') return this.records.getLayer(l, at.LAYER_OUT);
    if (field === 'grad') return this.records.getLayer(l, at.LAYER_GRAD);
    return layer[field];
  }
}
