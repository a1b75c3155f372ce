/**
 * Standard and inverted dropout as twins: the same data, masks and (rescaled) start, step by step. Under the exact rule they are one
 * network in two notations, W = q · V; under any other they part.
 *
 * Source of the rule: put V = W/q; then dLoss/dV = q · dLoss/dW, and an update of V moves q·V as one of W does only with rate /q².
 */
import { stepKey } from '../math/masks';
import { bernoulli, foldIn, normal } from '../math/threefry';
import type { EquivalenceParams } from '../protocol/studyParams';
import type { EquivalenceResult } from '../protocol/studyResults';
import { streamKey } from './keys';
import { backNet, createNet, type Gate, type Net, type NetGradients, OPEN_GATE, runNet, scoreNet } from './net';
import type { Study } from './study';

const SIZES = [5, 8, 7, 3] as const;
const BATCH = 6;
const NUM_EXAMPLES = 60;
const MOMENTUM = 0.9; // Adam's first decay as well
const SECOND_DECAY = 0.999;
const NUM_POINTS = 100;

type TwinSettings = EquivalenceResult['set'][number];

/** Returns what the standard twin is given for a matrix whose input is kept with probability q. */
function twinSettings({ rule, optimizer }: EquivalenceParams, keepProb: number): TwinSettings {
  const q = keepProb;
  const plain = { keepProb, startScale: 1, rateScale: 1, biasRateScale: 1, epsilonScale: 1, decayScale: 1 };
  const squared = 1 / (q * q);
  const exact = { ...plain, startScale: 1 / q, rateScale: optimizer === 'adam' ? 1 / q : squared, epsilonScale: q, decayScale: q * q };
  switch (rule) {
    case 'naive':
      return plain;
    case 'exact':
      return exact;
    case 'startOnly':
      return { ...plain, startScale: 1 / q };
    case 'biasesToo':
      return { ...exact, biasRateScale: exact.rateScale };
    case 'rateSquared':
      return { ...exact, rateScale: squared };
    case 'sameEpsilon':
      return { ...exact, epsilonScale: 1 };
    case 'sameDecay':
      return { ...exact, decayScale: 1 };
    default:
      return rule satisfies never;
  }
}

interface UpdateScales {
  readonly rate: number;
  readonly epsilon: number;
  readonly decay: number;
}

/** Running means of one array's gradients. */
class Memory {
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private firstPower = 1;
  private secondPower = 1;

  constructor(
    length: number,
    private readonly optimizer: EquivalenceParams['optimizer'],
  ) {
    this.first = new Float64Array(length);
    this.second = new Float64Array(length);
  }

  /** Updates values by one step of SGD, momentum or Adam with coupled weight decay. Writes: values. */
  update(values: Float64Array, gradient: Float64Array, { rate, epsilon, decay }: UpdateScales): void {
    const { first, second, optimizer } = this;
    this.firstPower *= MOMENTUM;
    this.secondPower *= SECOND_DECAY;
    for (let i = 0; i < values.length; i++) {
      const g = (gradient[i] as number) + decay * (values[i] as number);
      let direction = g;
      if (optimizer === 'momentum') {
        first[i] = MOMENTUM * (first[i] as number) + g;
        direction = first[i] as number;
      } else if (optimizer === 'adam') {
        first[i] = MOMENTUM * (first[i] as number) + (1 - MOMENTUM) * g;
        second[i] = SECOND_DECAY * (second[i] as number) + (1 - SECOND_DECAY) * g * g;
        const square = (second[i] as number) / (1 - this.secondPower);
        direction = (first[i] as number) / (1 - this.firstPower) / (Math.sqrt(square) + epsilon);
      }
      values[i] = (values[i] as number) - rate * direction;
    }
  }
}

/** One of the two: its network, its scales, its memory. */
class Twin {
  readonly net: Net;
  private readonly memories: { weights: Memory; biases: Memory }[];

  constructor(
    private readonly params: EquivalenceParams,
    private readonly set: readonly TwinSettings[],
    private readonly isInverted: boolean,
  ) {
    this.net = createNet(SIZES, params.activation, 'softmax', streamKey(params.seed, 'weights'));
    this.net.weights.forEach((weights, layerIndex) => {
      const scale = isInverted ? 1 : (set[layerIndex]?.startScale ?? 1);
      for (let i = 0; i < weights.length; i++) weights[i] = scale * (weights[i] as number);
    });
    this.memories = this.net.weights.map((weights, layerIndex) => ({
      weights: new Memory(weights.length, params.optimizer),
      biases: new Memory(this.net.biases[layerIndex]?.length ?? 0, params.optimizer),
    }));
  }

  private gate(masks: readonly Uint8Array[]): Gate {
    const pass = (layerIndex: number, values: Float64Array) => {
      const q = this.set[layerIndex]?.keepProb ?? 1;
      const mask = masks[layerIndex] as Uint8Array;
      return values.map((value, i) => (mask[i] ? (this.isInverted ? value / q : value) : 0));
    };
    return { forward: pass, backward: pass };
  }

  train(inputs: Float64Array, targets: readonly number[], masks: readonly Uint8Array[]): void {
    const gate = this.gate(masks);
    this.update(backNet(this.net, runNet(this.net, inputs, gate), targets, gate));
  }

  private update(gradients: NetGradients): void {
    const { learningRate, epsilon, weightDecay } = this.params;
    this.net.weights.forEach((weights, layerIndex) => {
      const scales = this.isInverted ? undefined : this.set[layerIndex];
      const memory = this.memories[layerIndex] as { weights: Memory; biases: Memory };
      memory.weights.update(weights, gradients.weights[layerIndex] as Float64Array, {
        rate: learningRate * (scales?.rateScale ?? 1),
        epsilon: epsilon * (scales?.epsilonScale ?? 1),
        decay: weightDecay * (scales?.decayScale ?? 1),
      });
      const biases = this.net.biases[layerIndex] as Float64Array;
      memory.biases.update(biases, gradients.biases[layerIndex] as Float64Array, {
        rate: learningRate * (scales?.biasRateScale ?? 1),
        epsilon,
        decay: 0,
      });
    });
  }

  /** Runs inputs in eval: the inverted twin as it is, the standard one with every dropped layer times q. */
  evaluate(inputs: Float64Array) {
    const gate: Gate = { ...OPEN_GATE, forward: (layerIndex, a) => a.map((value) => value * (this.set[layerIndex]?.keepProb ?? 1)) };
    return runNet(this.net, inputs, this.isInverted ? OPEN_GATE : gate);
  }
}

function relativeDifference(a: Float64Array, b: Float64Array): number {
  let [difference, size] = [0, 0];
  a.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - (b[i] as number)));
    size = Math.max(size, Math.abs(value));
  });
  return size === 0 ? difference : difference / size;
}

/** Both trainings, and everything that is compared. */
class Comparison {
  private readonly set: readonly TwinSettings[];
  private readonly inverted: Twin;
  private readonly standard: Twin;
  private readonly inputs: Float64Array;
  private readonly targets: readonly number[];
  private steps = 0;
  private firstParting: number | null = null;
  private readonly points: { step: number; difference: number; invertedLoss: number; standardLoss: number }[] = [];

  constructor(private readonly params: EquivalenceParams) {
    const { seed, inputP, p } = params;
    this.set = [inputP, p, p].map((drop) => twinSettings(params, 1 - drop));
    this.inverted = new Twin(params, this.set, true);
    this.standard = new Twin(params, this.set, false);
    const inputKey = streamKey(seed, 'inputs');
    this.inputs = Float64Array.from({ length: NUM_EXAMPLES * SIZES[0] }, (_, index) => normal(inputKey, index));
    const teacher = runNet(createNet([SIZES[0], 6, 3], 'tanh', 'softmax', streamKey(seed, 'targets')), this.inputs, OPEN_GATE);
    const scores = teacher.preActivations[2] as Float64Array;
    this.targets = Array.from({ length: NUM_EXAMPLES }, (_, row) => {
      const z = [...scores.subarray(row * 3, row * 3 + 3)];
      return z.indexOf(Math.max(...z));
    });
    this.addPoint();
  }

  advance(): void {
    const from = (this.steps * BATCH) % NUM_EXAMPLES;
    const inputs = this.inputs.slice(from * SIZES[0], (from + BATCH) * SIZES[0]);
    const targets = this.targets.slice(from, from + BATCH);
    const passKey = stepKey(this.params.seed, this.steps);
    const masks = this.set.map(({ keepProb }, layerIndex) => {
      const layerKey = foldIn(passKey, layerIndex);
      return Uint8Array.from({ length: BATCH * (SIZES[layerIndex] as number) }, (_, index) => bernoulli(layerKey, keepProb, index));
    });
    this.inverted.train(inputs, targets, masks);
    this.standard.train(inputs, targets, masks);
    this.steps += 1;
    if (this.firstParting === null && !this.hasSameBits()) this.firstParting = this.steps;
    if (this.steps % Math.max(1, Math.floor(this.params.steps / NUM_POINTS)) === 0) this.addPoint();
  }

  private hasSameBits(): boolean {
    const [a, b] = [this.inverted.net, this.standard.net];
    const areSame = a.weights.every((weights, layerIndex) => {
      const q = this.set[layerIndex]?.keepProb ?? 1;
      return weights.every((weight, i) => weight === q * (b.weights[layerIndex]?.[i] as number));
    });
    return areSame && a.biases.every((biases, layerIndex) => biases.every((bias, i) => bias === b.biases[layerIndex]?.[i]));
  }

  private layerDifference(): number[] {
    const [a, b] = [this.inverted.evaluate(this.inputs), this.standard.evaluate(this.inputs)];
    return a.activations.slice(1).map((activation, index) => relativeDifference(activation, b.activations[index + 1] as Float64Array));
  }

  private addPoint(): void {
    const [invertedLoss, standardLoss] = [this.inverted, this.standard].map((twin) => {
      const z = twin.evaluate(this.inputs).preActivations[3] as Float64Array;
      return scoreNet(twin.net, z, this.targets).loss;
    }) as [number, number];
    this.points.push({ step: this.steps, difference: Math.max(...this.layerDifference()), invertedLoss, standardLoss });
  }

  result(): EquivalenceResult {
    return {
      steps: this.steps,
      totalSteps: this.params.steps,
      step: this.points.map(({ step }) => step),
      difference: this.points.map(({ difference }) => difference),
      invertedLoss: this.points.map(({ invertedLoss }) => invertedLoss),
      standardLoss: this.points.map(({ standardLoss }) => standardLoss),
      layerDifference: this.layerDifference(),
      weightDifference: this.inverted.net.weights.map((weights, layerIndex) => {
        const q = this.set[layerIndex]?.keepProb ?? 1;
        return relativeDifference(
          weights,
          (this.standard.net.weights[layerIndex] as Float64Array).map((weight) => q * weight),
        );
      }),
      isBitwiseEqual: this.firstParting === null,
      firstParting: this.firstParting,
      set: this.set,
    };
  }
}

export const equivalenceStudy: Study<'equivalence', EquivalenceResult> = {
  name: 'equivalence',
  jobs: () => [1],
  *run(params) {
    const comparison = new Comparison(params);
    for (let step = 0; step < params.steps; step++) {
      comparison.advance();
      yield { share: (step + 1) / (params.steps + 1), peek: () => comparison.result() };
    }
    return comparison.result();
  },
  reduce: (_, [partial]) => partial as EquivalenceResult,
};
