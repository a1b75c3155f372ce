/**
 * A readable training on a small net under any technique, right or wrong: the same data, start, order and masks for both sides of a
 * comparison, so that the technique alone makes the difference.
 *
 * Momentum SGD, as the lab has it. It records what the figures of the museum show.
 */

import type { Dataset } from '../data/dataset';
import { drawDataset } from '../data/draw';
import { stepKey } from '../math/masks';
import { bits, foldIn } from '../math/threefry';
import { type Activation, DEFAULT_SETTINGS } from '../protocol/settings';
import type { PlanarDataset } from '../protocol/studyParams';
import { streamKey } from './keys';
import { backNet, createNet, type Gate, type Net, type NetGradients, type NetPass, runNet, scoreNet } from './net';
import { drawMask, type Technique } from './technique';

export interface TrainingConfig {
  readonly dataset: PlanarDataset;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly p: number; // of every hidden layer
  readonly batchSize: number;
  readonly learningRate: number;
  readonly momentum: number;
  readonly steps: number;
  readonly seed: number;
  readonly numOutputs: 1 | 2; // 1: sigmoid; 2: softmax
  /** A hidden layer (1 the first) whose weights start at zero. */
  readonly zeroLayer: number | null;
}

/** A gate that draws masks and remembers what passed, for one pass. */
export class TechniqueGate implements Gate {
  readonly masks: (Uint8Array | null)[] = [];
  private readonly passed: { a: Float64Array; output: Float64Array }[] = [];

  /** `draw` gives the mask of a layer, or null where the pass draws none and reads as in eval. */
  constructor(
    private readonly technique: Technique,
    private readonly p: number,
    private readonly draw: (layerIndex: number, cells: number) => Uint8Array | null,
  ) {}

  forward(layerIndex: number, a: Float64Array): Float64Array {
    if (layerIndex === 0 || this.p === 0) return a;
    const { technique, p } = this;
    const mask = this.draw(layerIndex, a.length);
    this.masks[layerIndex] = mask;
    const cell = { p, kept: 1 }; // one object for all cells: this is the inner loop
    const output = a.map((value, i) => {
      if (mask === null) return technique.evaluate(value, p);
      cell.kept = mask[i] as number;
      return technique.train(value, cell);
    });
    this.passed[layerIndex] = { a, output };
    return output;
  }

  backward(layerIndex: number, gradient: Float64Array): Float64Array {
    const mask = this.masks[layerIndex];
    const passed = this.passed[layerIndex];
    if (this.p === 0 || passed === undefined) return gradient;
    const { technique, p } = this;
    if (!mask) return gradient.map((g) => technique.evaluate(g, p));
    const cell = { p, kept: 1 };
    return gradient.map((g, i) => {
      cell.kept = mask[i] as number;
      return technique.back(g, cell, passed.a[i] as number, passed.output[i] as number);
    });
  }
}

/** One step as it was: for the trace. */
export interface StepRecord {
  readonly gate: TechniqueGate;
  readonly pass: NetPass;
  readonly gradients: NetGradients;
  readonly examples: readonly number[];
  readonly loss: number;
}

/** Numbers the calls of an evaluation at one step; repeated and averaged ones count on from the last two. */
export const CALLS = { train: 0, test: 1, repeat: 2, surface: 4, means: 5 } as const;

/** A training under way. `step` counts steps done; it ends early, for good, at a loss that is not finite. */
export class Training {
  readonly data: Dataset;
  readonly net: Net;
  readonly hasMoved: readonly Uint8Array[]; // 1: this weight has changed at least once
  step = 0;
  nonFiniteStep: number | null = null;
  /** The first step at which evaluation has happened after training began. */
  readonly firstEvaluation: number;
  private readonly velocity: { weights: Float64Array[]; biases: Float64Array[] };

  constructor(
    readonly config: TrainingConfig,
    readonly technique: Technique,
  ) {
    const { dataset, seed, hidden, activation, numOutputs, zeroLayer, steps } = config;
    this.data = drawDataset({ ...DEFAULT_SETTINGS, dataset, dataSeed: seed });
    const sizes = [this.data.numInputs, ...hidden, numOutputs];
    this.net = createNet(sizes, activation, numOutputs === 1 ? 'binary' : 'softmax', streamKey(seed, 'weights'));
    if (zeroLayer !== null) this.net.weights[zeroLayer - 1]?.fill(0);
    this.hasMoved = this.net.weights.map(({ length }) => new Uint8Array(length));
    this.velocity = {
      weights: this.net.weights.map(({ length }) => new Float64Array(length)),
      biases: this.net.biases.map(({ length }) => new Float64Array(length)),
    };
    this.firstEvaluation = curveInterval(steps);
  }

  /** Returns the examples of a step: a fresh order each epoch, sorted by 32 drawn bits, the last batch of an epoch shorter. */
  examplesOf(step: number): number[] {
    const total = this.data.trainTargets.length;
    const perEpoch = Math.ceil(total / this.config.batchSize);
    const orderKey = foldIn(streamKey(this.config.seed, 'order'), Math.floor(step / perEpoch));
    const lots = Array.from({ length: total }, (_, index) => ({ index, lot: bits(orderKey, index) }));
    lots.sort((a, b) => a.lot - b.lot || a.index - b.index);
    const from = (step % perEpoch) * this.config.batchSize;
    return lots.slice(from, from + this.config.batchSize).map(({ index }) => index);
  }

  /** Runs the pass of the present step, and its backward pass, without training. */
  look(): StepRecord {
    const { config, net, technique, step } = this;
    const examples = this.examplesOf(step);
    const { inputs, targets } = pick(this.data.trainInputs, this.data.trainTargets, examples);
    const isMasked = technique.trainDraws(step, this.firstEvaluation);
    const gate = new TechniqueGate(technique, config.p, (layerIndex, cells) => {
      const units = net.sizes[layerIndex] as number;
      return isMasked
        ? drawMask(technique, config.p, { step, layerIndex, rows: cells / units, units }, (at) => stepKey(config.seed, at))
        : null;
    });
    const pass = runNet(net, inputs, gate);
    const { loss } = scoreNet(net, pass.preActivations.at(-1) as Float64Array, targets);
    return { gate, pass, gradients: backNet(net, pass, targets, gate), examples, loss };
  }

  /** Trains one step and returns it. Does nothing more once the loss has not been finite. */
  advance(): StepRecord {
    const record = this.look();
    if (!Number.isFinite(record.loss)) this.nonFiniteStep ??= this.step;
    this.update(record.gradients);
    this.step += 1;
    return record;
  }

  private update(gradients: NetGradients): void {
    const { learningRate, momentum } = this.config;
    const move = (values: Float64Array, gradient: Float64Array, velocity: Float64Array, moved: Uint8Array | null) => {
      for (let i = 0; i < values.length; i++) {
        velocity[i] = momentum * (velocity[i] as number) + (gradient[i] as number);
        const before = values[i] as number;
        values[i] = before - learningRate * (velocity[i] as number);
        if (moved !== null && values[i] !== before) moved[i] = 1;
      }
    };
    this.net.weights.forEach((weights, layerIndex) => {
      const moved = this.hasMoved[layerIndex] as Uint8Array;
      move(weights, gradients.weights[layerIndex] as Float64Array, this.velocity.weights[layerIndex] as Float64Array, moved);
      const biases = this.net.biases[layerIndex] as Float64Array;
      move(biases, gradients.biases[layerIndex] as Float64Array, this.velocity.biases[layerIndex] as Float64Array, null);
    });
  }

  /**
   * Runs inputs as this code evaluates: usually without masks. Where it leaves them on, they are drawn for the present step and `call`,
   * so that who looks, and how often, changes nothing.
   */
  evaluate(inputs: ArrayLike<number>, call: number): { pass: NetPass; gate: TechniqueGate } {
    const { config, net, technique, step } = this;
    const evaluationKey = foldIn(streamKey(config.seed, 'evaluation'), step);
    const gate = new TechniqueGate(technique, config.p, (layerIndex, cells) => {
      const units = net.sizes[layerIndex] as number;
      if (!technique.evalDraws(layerIndex)) return null;
      return drawMask(technique, config.p, { step: call, layerIndex, rows: cells / units, units }, (at) => foldIn(evaluationKey, at));
    });
    return { pass: runNet(net, Float64Array.from(inputs), gate), gate };
  }

  /** Mean loss and accuracy on a set, as this code evaluates. */
  score(set: 'train' | 'test'): { loss: number; accuracy: number } {
    const { trainInputs, trainTargets, testInputs, testTargets } = this.data;
    const { pass } = this.evaluate(set === 'train' ? trainInputs : testInputs, CALLS[set]);
    return scoreNet(this.net, pass.preActivations.at(-1) as Float64Array, set === 'train' ? trainTargets : testTargets);
  }
}

/** Returns after how many steps a point is added to the curves: about 80 points in all. */
export function curveInterval(steps: number): number {
  return Math.max(1, Math.floor(steps / 80));
}

/** Copies the rows of some examples. */
function pick(inputs: Float32Array, targets: Float32Array, examples: readonly number[]): { inputs: Float64Array; targets: Float64Array } {
  const width = inputs.length / targets.length;
  return {
    inputs: Float64Array.from(examples.flatMap((example) => [...inputs.subarray(example * width, (example + 1) * width)])),
    targets: Float64Array.from(examples, (example) => targets[example] as number),
  };
}
