/**
 * Runs a training to its end and records what the figures of the museum show: curves, layer means, masks, gradients, flicker.
 *
 * Everything is measured at the final weights unless its comment says otherwise, and nothing that is measured moves a weight.
 */
import { stepKey } from '../math/masks';
import { foldIn } from '../math/threefry';
import type { TracedTraining } from '../protocol/studyResults';
import { CurveRecorder } from './curves';
import { streamKey } from './keys';
import { classProbabilities, runNet } from './net';
import type { JobUpdate } from './study';
import { drawMask, type Technique } from './technique';
import { CALLS, type StepRecord, TechniqueGate, Training, type TrainingConfig } from './training';

/** Consecutive steps whose masks are kept, and rows of each. */
const MASK_STEPS = 12;
const MASK_ROWS = 24;
/** Fresh masks that layer means are averaged over, at the end and while the training still runs. */
const FINAL_PASSES = 24;
const PEEK_PASSES = 3;
const SURFACE_SIDE = 24;
/** Half the side of the square that the surface covers. */
const DOMAIN = 2;

/** Trains to the end, one yield per step. The share runs from 0 to 1. */
export function* traceTraining(config: TrainingConfig, technique: Technique): Generator<JobUpdate<TracedTraining>, TracedTraining, void> {
  const training = new Training(config, technique);
  const recorder = new Recorder(training);
  while (training.step < config.steps && training.nonFiniteStep === null) {
    recorder.take(training.advance());
    yield { share: training.step / config.steps, peek: () => recorder.report(PEEK_PASSES) };
  }
  return recorder.report(FINAL_PASSES);
}

/** Records a training of which nothing is known yet: its start. */
export function untrainedTrace(config: TrainingConfig, technique: Technique): TracedTraining {
  return new Recorder(new Training(config, technique)).report(PEEK_PASSES);
}

class Recorder {
  private readonly curves: CurveRecorder;
  private first: StepRecord | null = null;
  private readonly kept: number[];
  private readonly drawn: number[];

  constructor(private readonly training: Training) {
    this.curves = new CurveRecorder(training);
    this.kept = training.config.hidden.map(() => 0);
    this.drawn = training.config.hidden.map(() => 0);
  }

  take(record: StepRecord): void {
    const { training } = this;
    this.first ??= record;
    this.curves.take(record.loss);
    if (training.step > training.config.steps * 0.75) this.countMasks(record);
  }

  private countMasks({ gate, pass }: StepRecord): void {
    this.training.config.hidden.forEach((_, index) => {
      const cells = pass.activations[index + 1]?.length ?? 0;
      this.drawn[index] = (this.drawn[index] as number) + cells;
      this.kept[index] = (this.kept[index] as number) + (gate.masks[index + 1]?.reduce((sum, kept) => sum + kept, 0) ?? cells);
    });
  }

  report(numPasses: number): TracedTraining {
    const { training } = this;
    const { hasMoved, nonFiniteStep, step } = training;
    const moved = hasMoved.reduce((sum, weights) => sum + weights.reduce((total, one) => total + one, 0), 0);
    const numWeights = hasMoved.reduce((sum, { length }) => sum + length, 0);
    return {
      steps: step,
      curves: this.curves.read(),
      trainAccuracy: training.score('train').accuracy,
      testAccuracy: training.score('test').accuracy,
      layers: this.layerMeans(numPasses),
      ...middleMasks(training),
      ...this.firstGradient(),
      flicker: flickerOf(training),
      stillShare: 1 - moved / numWeights,
      nonFiniteStep,
      surface: surfaceOf(training),
      surfaceSide: SURFACE_SIDE,
    };
  }

  /** Means of each hidden layer's output on the training set, under fresh masks in train, and as evaluation computes it. */
  private layerMeans(numPasses: number): TracedTraining['layers'] {
    const { training } = this;
    const { config, technique, net, data } = training;
    const inputs = Float64Array.from(data.trainInputs);
    const isMasked = technique.trainDraws(Math.max(0, training.step - 1), training.firstEvaluation);
    const passesKey = streamKey(config.seed, 'passes');
    const sums = config.hidden.map(() => ({ train: 0, eval: 0, evalKept: 0 }));
    for (let number = 0; number < numPasses; number++) {
      const gate = new TechniqueGate(technique, config.p, (layerIndex, cells) => {
        const units = net.sizes[layerIndex] as number;
        if (!isMasked) return null;
        return drawMask(technique, config.p, { step: number, layerIndex, rows: cells / units, units }, (at) => foldIn(passesKey, at));
      });
      const train = runNet(net, inputs, gate);
      const evaluation = training.evaluate(inputs, CALLS.means + number);
      sums.forEach((sum, index) => {
        sum.train += meanOf(train.outputs[index + 1] as Float64Array);
        sum.eval += meanOf(evaluation.pass.outputs[index + 1] as Float64Array);
        sum.evalKept += meanOf(evaluation.gate.masks[index + 1] ?? [1]);
      });
    }
    return sums.map((sum, index) => ({
      trainMean: sum.train / numPasses,
      evalMean: sum.eval / numPasses,
      ratio: sum.eval / sum.train,
      keptShare: (this.kept[index] as number) / (this.drawn[index] as number),
      evalKeptShare: sum.evalKept / numPasses,
    }));
  }

  /** The gradient behind the mask of the last hidden layer in step 0. */
  private firstGradient() {
    const layerIndex = this.training.config.hidden.length;
    const units = this.training.net.sizes[layerIndex] as number;
    const gradient = Float32Array.from(this.first?.gradients.activations[layerIndex] ?? []);
    const gradientMask = Uint8Array.from(this.first?.gate.masks[layerIndex] ?? new Uint8Array(gradient.length).fill(1));
    const dropped = gradientMask.reduce((sum, kept) => sum + 1 - kept, 0);
    const leaking = gradient.reduce((sum, g, i) => sum + (gradientMask[i] === 0 && g !== 0 ? 1 : 0), 0);
    return {
      gradient,
      gradientMask,
      gradientRows: gradient.length / units,
      gradientUnits: units,
      droppedGradientShare: dropped === 0 ? 0 : leaking / dropped,
    };
  }
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** The masks of the first hidden layer in consecutive steps from the middle of the run: a function of seed and step, so drawn again. */
function middleMasks({ config, technique, net, firstEvaluation }: Training) {
  const units = net.sizes[1] as number;
  const rows = Math.min(config.batchSize, MASK_ROWS);
  const middle = Math.floor(config.steps / 2);
  const masks = Array.from({ length: MASK_STEPS }, (_, offset) => {
    const step = middle + offset;
    if (config.p === 0 || !technique.trainDraws(step, firstEvaluation)) return new Uint8Array(rows * units).fill(1);
    return drawMask(technique, config.p, { step, layerIndex: 1, rows, units }, (at) => stepKey(config.seed, at));
  });
  const [one, ...others] = masks as [Uint8Array, ...Uint8Array[]];
  const rowTexts = Array.from({ length: rows }, (_, row) => one.slice(row * units, (row + 1) * units).join(''));
  let changed = 0;
  let before = one;
  for (const mask of others) {
    for (let cell = 0; cell < mask.length; cell++) changed += mask[cell] === before[cell] ? 0 : 1;
    before = mask;
  }
  return { masks, rows, units, distinctRows: new Set(rowTexts).size, maskChange: changed / (others.length * rows * units) };
}

/** Mean distance of two predictions for the test inputs, one call after the other. */
function flickerOf(training: Training): number {
  const { net, data } = training;
  const numOutputs = net.biases.at(-1)?.length ?? 1;
  const [first, second] = [0, 1]
    .map((time) => training.evaluate(data.testInputs, CALLS.repeat + time))
    .map(({ pass }) => pass.preActivations.at(-1));
  const rows = data.testTargets.length;
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const [a, b] = [first, second].map((z) => classProbabilities(net.loss, z as Float64Array, row, numOutputs)[1] as number);
    sum += Math.abs((a as number) - (b as number));
  }
  return sum / rows;
}

/** What evaluation predicts on a grid, each cell an example of its own. */
function surfaceOf(training: Training): Float32Array {
  const { net } = training;
  const step = (2 * DOMAIN) / (SURFACE_SIDE - 1);
  const inputs = Float64Array.from({ length: SURFACE_SIDE * SURFACE_SIDE * 2 }, (_, index) => {
    const cell = index >> 1;
    return index & 1 ? DOMAIN - step * Math.floor(cell / SURFACE_SIDE) : -DOMAIN + step * (cell % SURFACE_SIDE);
  });
  const z = training.evaluate(inputs, CALLS.surface).pass.preActivations.at(-1) as Float64Array;
  const numOutputs = net.sizes.at(-1) as number;
  return Float32Array.from(
    { length: SURFACE_SIDE * SURFACE_SIDE },
    (_, row) => classProbabilities(net.loss, z, row, numOutputs)[1] as number,
  );
}
