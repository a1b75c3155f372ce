/**
 * A whole network in readable form and double precision: forward, loss, backward, update, under any dropout. It is what the kernels are
 * tested against; it is not fast and never trains for the page.
 *
 * Layer 0 is the input. Layer l is passed through dropout with `p[l]`, then read by `weights[l]`; the output layer is never dropped.
 */
import { type Activation, activate, activationSlope } from './activations';
import { type Dropout, dropoutBackward, dropoutForward, dropWeight, type Mode, type Phase } from './dropout';
import { exampleLoss, type Loss, lossGradient } from './losses';
import { drawNoise, drawUnitMask, drawWeightMask, type MaskScope } from './masks';
import { createMemory, limitNorms, type Memory, type UpdateRule, updateParameters } from './optimisers';
import type { Key } from './threefry';

export interface Network {
  readonly sizes: readonly number[]; // units of each layer, input first
  readonly activation: Activation; // of the hidden layers
  readonly loss: Loss;
  readonly weights: readonly Float64Array[]; // [units of layer l + 1, units of layer l]
  readonly biases: readonly Float64Array[];
}

/** What one pass drew at a layer, or what a test gives it instead. */
export interface LayerDraw {
  readonly units: ArrayLike<number> | null; // mask, or Gaussian multipliers [size, units]; null where nothing is drawn
  readonly weights: ArrayLike<number> | null; // DropConnect: [outputs, units], or [size, outputs, units]
}

/** How a pass goes: which dropout, which phase, which draws. Arrays have one entry per layer but the last. */
export interface PassPlan {
  readonly mode: Mode;
  readonly phase: Phase;
  readonly p: readonly number[];
  readonly draws: readonly LayerDraw[];
}

export interface LayerPass {
  readonly preActivation: Float64Array; // z [size, units]; for layer 0 the input
  readonly activation: Float64Array; // a = f(z), before the mask
  readonly output: Float64Array; // what the next layer reads
}

interface Gradients {
  readonly loss: number; // mean over the batch
  readonly weights: readonly Float64Array[];
  readonly biases: readonly Float64Array[];
  readonly outputs: readonly Float64Array[]; // dLoss/d(output) of each layer [size, units]
  readonly input: Float64Array; // dLoss/d(input), before the input's own mask
}

const NO_DRAW: LayerDraw = { units: null, weights: null };

/** Draws what a pass needs at every layer, from the key of its step (see masks.ts). */
export function drawPass(
  passKey: Key,
  sizes: readonly number[],
  size: number,
  dropout: { mode: Mode; p: readonly number[]; maskScope: MaskScope; channelSize: number },
): LayerDraw[] {
  return sizes.slice(0, -1).map((units, layerIndex) => {
    const plan = { ...dropout, p: dropout.p[layerIndex] as number, size, units };
    return {
      units: drawUnitMask(passKey, layerIndex, plan) ?? drawNoise(passKey, layerIndex, plan),
      weights: drawWeightMask(passKey, layerIndex, plan, sizes[layerIndex + 1] as number),
    };
  });
}

/**
 * Computes a pass: `z = b + W · output of the layer below`, `a = f(z)`, `output = dropout(a)`.
 *
 * Shape: `inputs` `[size, sizes[0]]`. The last layer has `output = activation = z`; the loss reads it.
 */
export function forward(network: Network, plan: PassPlan, inputs: ArrayLike<number>): LayerPass[] {
  const lastIndex = network.sizes.length - 1;
  const size = inputs.length / (network.sizes[0] as number);
  const layers: LayerPass[] = [];
  let preActivation: Float64Array = Float64Array.from(inputs);
  for (let layerIndex = 0; layerIndex <= lastIndex; layerIndex++) {
    const isOutput = layerIndex === lastIndex;
    const isHidden = layerIndex > 0 && !isOutput;
    const activation = isHidden ? preActivation.map((z) => activate(network.activation, z)) : preActivation;
    const output = isOutput ? activation : dropForward(plan, layerIndex, activation);
    layers.push({ preActivation, activation, output });
    if (!isOutput) preActivation = linear(network, plan, layerIndex, output, size);
  }
  return layers;
}

/** Returns the mean loss of a pass over its batch. */
export function meanLoss(network: Network, layers: readonly LayerPass[], targets: ArrayLike<number>): number {
  const rows = outputRows(network, layers);
  return rows.reduce((sum, z, example) => sum + exampleLoss(network.loss, z, targets[example] as number), 0) / rows.length;
}

/** Computes all gradients of the mean loss of a pass, from the last layer down, with the draws of that pass. */
export function backward(network: Network, plan: PassPlan, layers: readonly LayerPass[], targets: ArrayLike<number>): Gradients {
  const rows = outputRows(network, layers);
  const lossGradients = rows.flatMap((z, example) => lossGradient(network.loss, z, targets[example] as number));
  let dz: Float64Array = Float64Array.from(lossGradients, (g) => g / rows.length);
  const [weights, biases, outputs]: [Float64Array[], Float64Array[], Float64Array[]] = [[], [], [dz]];
  for (let layerIndex = network.sizes.length - 2; layerIndex >= 0; layerIndex--) {
    const { preActivation, output } = layers[layerIndex] as LayerPass;
    const through = linearBackward(network, plan, layerIndex, output, dz);
    weights.unshift(through.weights);
    biases.unshift(through.biases);
    outputs.unshift(through.input);
    const da = dropBackward(plan, layerIndex, through.input);
    dz = layerIndex > 0 ? da.map((g, i) => g * activationSlope(network.activation, preActivation[i] as number)) : da;
  }
  return { loss: meanLoss(network, layers, targets), weights, biases, outputs, input: dz };
}

/** Makes the empty memories of a network's optimiser. */
export function createMemories(network: Network): { weights: Memory[]; biases: Memory[] } {
  const empty = (arrays: readonly Float64Array[]) => arrays.map(({ length }) => createMemory(length));
  return { weights: empty(network.weights), biases: empty(network.biases) };
}

/** Updates a network by one step; `step` is 1 for the first. Weight decay and max-norm touch weights alone. Writes: network, memories. */
export function update(
  network: Network,
  rule: UpdateRule,
  step: number,
  gradients: Gradients,
  memories: { weights: readonly Memory[]; biases: readonly Memory[] },
): void {
  network.weights.forEach((weights, layerIndex) => {
    updateParameters(rule, step, weights, gradients.weights[layerIndex] as Float64Array, memories.weights[layerIndex] as Memory);
    limitNorms(weights, network.sizes[layerIndex] as number, rule.maxNorm);
  });
  network.biases.forEach((biases, layerIndex) => {
    const memory = memories.biases[layerIndex] as Memory;
    updateParameters({ ...rule, weightDecay: 0 }, step, biases, gradients.biases[layerIndex] as Float64Array, memory);
  });
}

const dropoutOf = (plan: PassPlan, layerIndex: number): Dropout => ({ mode: plan.mode, p: plan.p[layerIndex] as number });
const drawOf = (plan: PassPlan, layerIndex: number): LayerDraw => plan.draws[layerIndex] ?? NO_DRAW;

const dropForward = (plan: PassPlan, layerIndex: number, activation: Float64Array): Float64Array =>
  dropoutForward(dropoutOf(plan, layerIndex), plan.phase, activation, drawOf(plan, layerIndex).units);

const dropBackward = (plan: PassPlan, layerIndex: number, gradient: Float64Array): Float64Array =>
  dropoutBackward(dropoutOf(plan, layerIndex), plan.phase, gradient, drawOf(plan, layerIndex).units);

function outputRows(network: Network, layers: readonly LayerPass[]): number[][] {
  const numOutputs = network.sizes.at(-1) as number;
  const z = layers.at(-1)?.preActivation ?? new Float64Array(0);
  return Array.from({ length: z.length / numOutputs }, (_, row) => [...z.subarray(row * numOutputs, (row + 1) * numOutputs)]);
}

/** How the weights out of a layer are read: the factor of weight `index` for an example, 1 unless DropConnect masks them. */
function weightReader(network: Network, plan: PassPlan, layerIndex: number): (weight: number, index: number, example: number) => number {
  const mask = drawOf(plan, layerIndex).weights;
  const p = plan.p[layerIndex] as number;
  if (mask === null || p === 0 || plan.mode !== 'dropconnect' || plan.phase === 'eval') return (weight) => weight;
  const numWeights = network.weights[layerIndex]?.length ?? 0;
  const stride = mask.length > numWeights ? numWeights : 0; // one mask per example, or one for all
  return (weight, index, example) => dropWeight(p, weight, mask[example * stride + index] as number);
}

/** Computes `z[example, o] = b[o] + Σ w[o, i] · input[example, i]`. */
function linear(network: Network, plan: PassPlan, layerIndex: number, input: Float64Array, size: number): Float64Array {
  const [weights, biases] = [network.weights[layerIndex] as Float64Array, network.biases[layerIndex] as Float64Array];
  const numInputs = network.sizes[layerIndex] as number;
  const read = weightReader(network, plan, layerIndex);
  const z = new Float64Array(size * biases.length);
  for (let example = 0; example < size; example++) {
    biases.forEach((bias, o) => {
      let sum = bias;
      for (let i = 0; i < numInputs; i++) {
        const index = o * numInputs + i;
        sum += read(weights[index] as number, index, example) * (input[example * numInputs + i] as number);
      }
      z[example * biases.length + o] = sum;
    });
  }
  return z;
}

/** Computes the gradients of `linear`: `dW = Σ g · input` and `d(input) = Σ w · g`, both through the weight mask, and `db = Σ g`. */
function linearBackward(network: Network, plan: PassPlan, layerIndex: number, input: Float64Array, gradient: Float64Array) {
  const weights = network.weights[layerIndex] as Float64Array;
  const numInputs = network.sizes[layerIndex] as number;
  const numOutputs = network.sizes[layerIndex + 1] as number;
  const read = weightReader(network, plan, layerIndex);
  const result = { weights: new Float64Array(weights.length), biases: new Float64Array(numOutputs), input: new Float64Array(input.length) };
  gradient.forEach((g, cell) => {
    const example = Math.floor(cell / numOutputs);
    const o = cell % numOutputs;
    result.biases[o] = (result.biases[o] as number) + g;
    for (let i = 0; i < numInputs; i++) {
      const index = o * numInputs + i;
      const at = example * numInputs + i;
      result.weights[index] = (result.weights[index] as number) + read(g * (input[at] as number), index, example);
      result.input[at] = (result.input[at] as number) + read(weights[index] as number, index, example) * g;
    }
  });
  return result;
}
