/**
 * A run: one network with its data, its timeline of live changes, its curves and its checkpoints.
 *
 * However `train`, `seek`, `lastPass` and the rest are called, the weights at a step are a function of (settings, changes, data, step).
 */
import type { Core } from '../kernels/core';
import { Network } from '../kernels/network';
import { weightMasksOf } from '../kernels/networkTypes';
import type { Settings } from '../protocol/settings';
import type { Change, CurvePoint, Prediction, PredictOptions, Snapshot } from '../protocol/snapshot';
import { Checkpoints } from './checkpoints';
import { Curves, leastStride } from './curves';
import { fingerprint } from './fingerprint';
import { accumulatePasses, predict } from './prediction';
import { readParameters, readPass } from './snapshot';
import { liveSpec, networkSpec } from './specs';
import { liveDifference, Timeline } from './timeline';
import { initialize } from './trainer';
import type { Dataset, Evaluation, Pass, Run } from './types';

/** Steps between checkpoints are about this much work, so that a replay is not felt; copying state must stay small beside it. */
const CHECKPOINT_WORK = 2 ** 27; // multiply-adds
const STEP_OVERHEAD = 2 ** 13; // what a step costs beside its multiply-adds, in the same unit
const ROW_OVERHEAD = 2 ** 8; // what evaluating a row costs beside its own
const COPY_WORK_PER_BYTE = 64; // fifty times the cost of copying a byte

/**
 * Makes the run of some settings on a data set, at step 0.
 *
 * Range: the caller has validated `settings`. Errors: RangeError naming field, value and range.
 */
export function createRun(core: Core, settings: Settings, dataset: Dataset): Run {
  return new NetworkRun(core, settings, dataset);
}

class NetworkRun implements Run {
  readonly sizes: readonly number[];
  private current: Settings;
  private network: Network;
  private timeline: Timeline;
  private readonly curveList: Curves;
  private readonly checkpoints: Checkpoints;
  private furthest = 0;
  private pass: Pass | null = null; // the newest step's, once it has been read
  private isCaptured = false; // the newest step's pass is in the core, not read yet

  constructor(
    private readonly core: Core,
    settings: Settings,
    readonly dataset: Dataset,
  ) {
    this.current = settings;
    this.network = this.createNetwork(settings);
    this.sizes = this.network.spec.sizes;
    const evaluated = dataset.trainTargets.length + dataset.testTargets.length;
    this.curveList = new Curves(leastStride(evaluated * (this.multiplyAdds + ROW_OVERHEAD), this.stepWork));
    this.timeline = new Timeline(settings);
    this.checkpoints = this.createCheckpoints();
    this.reset();
  }

  get settings(): Settings {
    return this.current;
  }
  get step(): number {
    return this.network.step;
  }
  get lastStep(): number {
    return this.furthest;
  }
  get epoch(): number {
    const { batchSize } = this.network.spec;
    return Math.floor(this.step / Math.ceil(this.network.numTrain / batchSize));
  }
  get changes(): readonly Change[] {
    return this.timeline.changes;
  }
  get curves(): readonly CurvePoint[] {
    return this.curveList.upTo(this.step);
  }

  train(count: number, capture: boolean): boolean {
    const target = this.step + count;
    if (count < 1) return true;
    this.pass = null;
    this.isCaptured = false;
    while (this.step < target) {
      const { step } = this;
      const stop = Math.min(target, this.curveList.nextAfter(step), this.checkpoints.nextAfter(step), this.timeline.nextAfter(step));
      const captures = capture && stop === target;
      const trained = this.network.train(stop - step, captures);
      this.furthest = Math.max(this.furthest, this.step);
      if (trained < stop - step) return false;
      this.isCaptured = captures;
      this.arrive();
    }
    return true;
  }

  lastPass(): Pass | null {
    if (this.pass || this.step === 0) return this.pass;
    if (!this.isCaptured) {
      const { step } = this;
      this.restore(step - 1);
      this.train(step - this.step, true);
    }
    return this.readCapture();
  }

  rehearse(stepIndex: number): Pass {
    this.readCapture();
    this.network.rehearse(stepIndex);
    return readPass(this.network, stepIndex, true);
  }

  applyLive(settings: Settings): void {
    const patch = liveDifference(this.current, settings);
    if (!patch) {
      this.current = settings;
      return;
    }
    this.readCapture();
    this.timeline.put(this.step, patch);
    this.checkpoints.forgetAfter(this.step);
    this.curveList.forgetAfter(this.step);
    this.furthest = this.step;
    this.current = settings;
    this.putInForce(settings);
  }

  seek(step: number, budgetMs: number, now: () => number): boolean {
    const start = now();
    if (step < this.step || (this.checkpoints.before(step)?.step ?? 0) > this.step) this.restore(step);
    let chunk = 1;
    while (this.step < step) {
      if (now() - start >= budgetMs) return false;
      const before = now();
      const count = Math.min(chunk, step - this.step);
      if (!this.train(count, this.step + count === step)) return true;
      if (now() - before < budgetMs / 8) chunk *= 2;
    }
    return true;
  }

  reset(): void {
    this.begin(new Timeline(this.current));
  }

  replay(start: Settings, changes: readonly Change[]): void {
    this.begin(new Timeline(start, changes));
  }

  private begin(timeline: Timeline): void {
    this.timeline = timeline;
    const first = timeline.settingsAt(0);
    if (liveDifference(this.current, first)) this.putInForce(first);
    this.curveList.forgetAfter(-1);
    this.checkpoints.forgetAfter(-1);
    this.pass = null;
    this.isCaptured = false;
    this.furthest = 0;
    initialize(this.core, this.network);
    this.checkpoints.add(this.checkpoint());
  }

  evaluate(set: 'train' | 'test'): Evaluation {
    const count = set === 'train' ? this.network.numTrain : this.network.numTest;
    const predictions = new Float32Array(count);
    const { loss, right } = this.network.evaluate(set, predictions);
    return { loss, accuracy: this.accuracy(right, count), predictions };
  }

  predict(inputs: Float32Array, options: Required<PredictOptions>): Prediction {
    return predict(this.network, inputs, options);
  }

  accumulatePasses(inputs: Float32Array, from: number, count: number, sum: Float64Array, sumOfSquares: Float64Array): void {
    accumulatePasses(this.network, inputs, from, count, sum, sumOfSquares);
  }

  fingerprint(): string {
    const { weights, biases } = readParameters(this.network);
    return fingerprint(weights, biases);
  }

  parameters(): { weights: Float32Array[]; biases: Float32Array[] } {
    return readParameters(this.network);
  }

  snapshot(): Snapshot {
    const { weights, biases } = readParameters(this.network);
    return {
      settings: structuredClone(this.current),
      step: this.step,
      epoch: this.epoch,
      fingerprint: fingerprint(weights, biases),
      weights,
      biases,
      last: this.lastPass()?.step ?? null,
      curves: this.curves.map((point) => ({ ...point })),
      changes: structuredClone([...this.changes]),
    };
  }

  /** Does what is due at the step just reached: its curve point under the old settings, its checkpoint, then changes in force from here. */
  private arrive(): void {
    const { step, network } = this;
    if (this.curveList.nextAfter(step - 1) === step) {
      const { sum, count } = network.lossSum;
      network.lossSum = { sum: 0, count: 0 };
      if (!this.curveList.has(step)) this.curveList.add(this.curvePoint(sum / count));
    }
    if (this.checkpoints.isDue(step)) this.checkpoints.add(this.checkpoint());
    if (this.timeline.nextAfter(step - 1) !== step) return;
    this.readCapture();
    this.putInForce(this.timeline.settingsAt(step));
  }

  private curvePoint(trainMasked: number): CurvePoint {
    const { network } = this;
    const train = network.evaluate('train');
    const test = network.evaluate('test');
    return {
      step: this.step,
      trainMasked,
      trainEval: train.loss,
      test: test.loss,
      trainAccuracy: this.accuracy(train.right, network.numTrain),
      testAccuracy: this.accuracy(test.right, network.numTest),
    };
  }

  private accuracy(right: number, count: number): number {
    return this.dataset.loss === 'squared' ? Number.NaN : right / count;
  }

  /** Reads the captured pass out of the core before something overwrites it. */
  private readCapture(): Pass | null {
    if (this.isCaptured) this.pass = readPass(this.network, this.step - 1, false);
    this.isCaptured = false;
    return this.pass;
  }

  private checkpoint() {
    return { step: this.step, state: this.network.saveState(this.checkpoints.takeSpare()), lossSum: this.network.lossSum };
  }

  /** Goes to the last checkpoint at or before `step`, with the settings that are in force there. */
  private restore(step: number): void {
    const checkpoint = this.checkpoints.before(step);
    if (!checkpoint) throw new Error(`no checkpoint at or before step ${step}`);
    this.pass = null;
    this.isCaptured = false;
    this.network.loadState(checkpoint.state);
    this.network.lossSum = checkpoint.lossSum;
    this.network.step = checkpoint.step;
    this.putInForce(this.timeline.settingsAt(checkpoint.step));
  }

  /** Configures the network; where it lacks room for the masks that the settings need, moves to one that has it. */
  private putInForce(settings: Settings): void {
    const { phase, passes } = this.current;
    this.current = { ...settings, phase, passes };
    const needs = weightMasksOf(settings);
    if (needs === 'none' || needs === this.network.spec.weightMasks) {
      this.network.configure(liveSpec(settings));
      return;
    }
    const former = this.network;
    this.network = this.createNetwork(settings);
    this.network.loadState(former.saveState());
    this.network.lossSum = former.lossSum;
    this.network.step = former.step;
  }

  private createNetwork(settings: Settings): Network {
    const { trainInputs, trainTargets, testInputs, testTargets } = this.dataset;
    const train = { inputs: trainInputs, targets: trainTargets };
    const network = new Network(this.core, networkSpec(settings, this.dataset), train, { inputs: testInputs, targets: testTargets });
    network.configure(liveSpec(settings));
    return network;
  }

  /** Multiply-adds of one example through all links. */
  private get multiplyAdds(): number {
    return this.sizes.slice(1).reduce((sum, units, layerIndex) => sum + units * (this.sizes[layerIndex] as number), 0);
  }

  /** Work of one training step, in multiply-adds. */
  private get stepWork(): number {
    return STEP_OVERHEAD + 3 * this.network.spec.batchSize * this.multiplyAdds;
  }

  private createCheckpoints(): Checkpoints {
    const wanted = Math.max(CHECKPOINT_WORK, this.network.stateBytes * COPY_WORK_PER_BYTE);
    let stride = 1;
    while (stride * 2 * this.stepWork <= wanted) stride *= 2;
    return new Checkpoints(stride, this.network.stateBytes);
  }
}
