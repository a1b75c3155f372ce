/**
 * A small dense network in double precision, for studies that must reach into it: every value passes through a gate of the caller's
 * between a layer and the next, forward and backward.
 *
 * Slower than the core and open where the core is closed. Its exponentials are the exact ones, so that the bits are the same in every
 * engine. It must not know of dropout: what a gate does is its maker's affair.
 */
import { ALPHA_DROPPED, SELU_SCALE } from '../math/dropout';
import { exactExp, exactLog } from '../math/exactMath';
import { foldIn, type Key, normal } from '../math/threefry';
import type { Activation } from '../protocol/settings';

type NetLoss = 'binary' | 'softmax';

export interface Net {
  readonly sizes: readonly number[]; // input first, output last
  readonly activation: Activation;
  readonly loss: NetLoss;
  readonly weights: readonly Float64Array[]; // [units of layer l + 1, units of layer l]
  readonly biases: readonly Float64Array[];
}

/** What happens to a layer's activation before the next layer reads it, and to the gradient on the way back. Layer 0 is the input. */
export interface Gate {
  /** Shape: `activation` and what is returned `[rows, units]`. */
  forward(layerIndex: number, activation: Float64Array): Float64Array;
  /** Turns dLoss/d(output) into dLoss/d(activation). */
  backward(layerIndex: number, gradient: Float64Array): Float64Array;
}

/** Lets everything through. */
export const OPEN_GATE: Gate = { forward: (_, activation) => activation, backward: (_, gradient) => gradient };

export interface NetPass {
  readonly preActivations: readonly Float64Array[]; // of layer 0: the input
  readonly activations: readonly Float64Array[]; // before the gate
  readonly outputs: readonly Float64Array[]; // behind it; the last layer has none and repeats its pre-activation
}

export interface NetGradients {
  readonly weights: readonly Float64Array[];
  readonly biases: readonly Float64Array[];
  readonly activations: readonly Float64Array[]; // dLoss/d(activation), behind the gate on the way back; empty for input and output
}

/** Returns `1 / (1 + e^−z)`. */
export function exactSigmoid(z: number): number {
  return 1 / (1 + exactExp(-z));
}

/** Returns the hyperbolic tangent. Accuracy: 1e-15 absolute. */
export function exactTanh(z: number): number {
  const e = exactExp(-2 * Math.abs(z));
  const value = (1 - e) / (1 + e);
  return z < 0 ? -value : value;
}

/** Returns `a = f(z)`. NaN stays NaN. */
export function exactActivate(activation: Activation, z: number): number {
  switch (activation) {
    case 'relu':
      return Math.max(0, z);
    case 'tanh':
      return exactTanh(z);
    case 'sigmoid':
      return exactSigmoid(z);
    case 'selu':
      return z > 0 ? SELU_SCALE * z : ALPHA_DROPPED * (1 - exactExp(z));
    case 'linear':
      return z;
    default:
      return activation satisfies never;
  }
}

/** Returns `da/dz` from z and `a = f(z)`. */
function slope(activation: Activation, z: number, a: number): number {
  switch (activation) {
    case 'relu':
      return z > 0 ? 1 : 0;
    case 'tanh':
      return 1 - a * a;
    case 'sigmoid':
      return a * (1 - a);
    case 'selu':
      return z > 0 ? SELU_SCALE : a - ALPHA_DROPPED;
    case 'linear':
      return 1;
    default:
      return activation satisfies never;
  }
}

/**
 * Makes a network with normal weights of variance `gain / inputs` (2 for ReLU, else 1) and biases of 0.
 * Determinism: weight i of a layer depends on the key, the layer and i alone.
 */
export function createNet(sizes: readonly number[], activation: Activation, loss: NetLoss, key: Key): Net {
  const gain = activation === 'relu' ? 2 : 1;
  const weights = sizes.slice(1).map((outputs, layerIndex) => {
    const inputs = sizes[layerIndex] as number;
    const layerKey = foldIn(key, layerIndex);
    const sd = Math.sqrt((layerIndex === sizes.length - 2 ? 1 : gain) / inputs);
    return Float64Array.from({ length: outputs * inputs }, (_, index) => sd * normal(layerKey, index));
  });
  return { sizes, activation, loss, weights, biases: sizes.slice(1).map((outputs) => new Float64Array(outputs)) };
}

/** Computes `z = b + W · input` for every row. Shape: input `[rows, inputs]`, returned `[rows, outputs]`. */
export function linear(weights: Float64Array, biases: Float64Array, input: Float64Array): Float64Array {
  const numOutputs = biases.length;
  const numInputs = weights.length / numOutputs;
  const rows = input.length / numInputs;
  const z = new Float64Array(rows * numOutputs);
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < numOutputs; o++) {
      let sum = biases[o] as number;
      for (let i = 0; i < numInputs; i++) sum += (weights[o * numInputs + i] as number) * (input[row * numInputs + i] as number);
      z[row * numOutputs + o] = sum;
    }
  }
  return z;
}

/** Runs rows through the network and its gate. Shape: inputs `[rows, sizes[0]]`. */
export function runNet(net: Net, inputs: Float64Array, gate: Gate): NetPass {
  const last = net.weights.length;
  const preActivations: Float64Array[] = [inputs];
  const activations: Float64Array[] = [inputs];
  const outputs: Float64Array[] = [gate.forward(0, inputs)];
  for (let layerIndex = 1; layerIndex <= last; layerIndex++) {
    const z = linear(
      net.weights[layerIndex - 1] as Float64Array,
      net.biases[layerIndex - 1] as Float64Array,
      outputs[layerIndex - 1] as Float64Array,
    );
    const a = layerIndex < last ? z.map((value) => exactActivate(net.activation, value)) : z;
    preActivations.push(z);
    activations.push(a);
    outputs.push(layerIndex < last ? gate.forward(layerIndex, a) : a);
  }
  return { preActivations, activations, outputs };
}

/** Returns the probabilities of the classes for one row of last pre-activations: two for 'binary' too, that of class 0 first. */
export function classProbabilities(loss: NetLoss, z: ArrayLike<number>, row: number, numOutputs: number): number[] {
  if (loss === 'binary') {
    const probability = exactSigmoid(z[row] as number);
    return [1 - probability, probability];
  }
  const values = Array.from({ length: numOutputs }, (_, o) => z[row * numOutputs + o] as number);
  const largest = Math.max(...values);
  const powers = values.map((value) => exactExp(value - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Returns log P of each class, which stays finite where P rounds to 0. */
function logProbabilities(loss: NetLoss, z: readonly number[]): number[] {
  const values = loss === 'binary' ? [0, z[0] as number] : z;
  const largest = Math.max(...values);
  const norm = largest + exactLog(values.reduce((total, value) => total + exactExp(value - largest), 0));
  return values.map((value) => value - norm);
}

/** Returns the mean loss and the share of rows read right. NaN when the network has broken. */
export function scoreNet(net: Net, z: Float64Array, targets: ArrayLike<number>): { loss: number; accuracy: number } {
  const numOutputs = net.biases.at(-1)?.length ?? 1;
  const rows = z.length / numOutputs;
  let loss = 0;
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const logs = logProbabilities(net.loss, [...z.subarray(row * numOutputs, (row + 1) * numOutputs)]);
    const target = targets[row] as number;
    loss -= logs[target] ?? NaN;
    if (logs.every((log, index) => index === target || log <= (logs[target] as number))) right += 1;
  }
  return { loss: loss / rows, accuracy: right / rows };
}

/** Computes the gradients of the mean loss of a pass. */
export function backNet(net: Net, pass: NetPass, targets: ArrayLike<number>, gate: Gate): NetGradients {
  const last = net.weights.length;
  const weights: Float64Array[] = Array(last);
  const biases: Float64Array[] = Array(last);
  const activations: Float64Array[] = Array.from({ length: last + 1 }, () => new Float64Array(0));
  let gradient = outputGradient(net, pass.preActivations[last] as Float64Array, targets);
  for (let layerIndex = last; layerIndex >= 1; layerIndex--) {
    const numOutputs = net.sizes[layerIndex] as number;
    const below = linearBack(
      net.weights[layerIndex - 1] as Float64Array,
      numOutputs,
      pass.outputs[layerIndex - 1] as Float64Array,
      gradient,
    );
    weights[layerIndex - 1] = below.weights;
    biases[layerIndex - 1] = below.biases;
    if (layerIndex === 1) break;
    const behindGate = gate.backward(layerIndex - 1, below.input);
    activations[layerIndex - 1] = behindGate;
    const z = pass.preActivations[layerIndex - 1] as Float64Array;
    const a = pass.activations[layerIndex - 1] as Float64Array;
    gradient = behindGate.map((g, i) => g * slope(net.activation, z[i] as number, a[i] as number));
  }
  return { weights, biases, activations };
}

/** Returns dLoss/dz of the last layer: (prediction − target) / rows. */
function outputGradient(net: Net, z: Float64Array, targets: ArrayLike<number>): Float64Array {
  const numOutputs = net.biases.at(-1)?.length ?? 1;
  const rows = z.length / numOutputs;
  const gradient = new Float64Array(z.length);
  for (let row = 0; row < rows; row++) {
    const probabilities = classProbabilities(net.loss, z, row, numOutputs);
    const target = targets[row] as number;
    for (let o = 0; o < numOutputs; o++) {
      const isTarget = net.loss === 'binary' ? target : Number(o === target);
      gradient[row * numOutputs + o] = ((probabilities[net.loss === 'binary' ? 1 : o] as number) - isTarget) / rows;
    }
  }
  return gradient;
}

/** Computes the gradients of `linear`: `dW = Σ g · input`, `d(input) = Σ g · W`, `db = Σ g`. */
function linearBack(weights: Float64Array, numOutputs: number, input: Float64Array, gradient: Float64Array) {
  const numWeights = weights.length;
  const numInputs = numWeights / numOutputs;
  const rows = gradient.length / numOutputs;
  const result = { weights: new Float64Array(numWeights), biases: new Float64Array(numOutputs), input: new Float64Array(input.length) };
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < numOutputs; o++) {
      const g = gradient[row * numOutputs + o] as number;
      result.biases[o] = (result.biases[o] as number) + g;
      for (let i = 0; i < numInputs; i++) {
        const index = o * numInputs + i;
        const at = row * numInputs + i;
        result.weights[index] = (result.weights[index] as number) + g * (input[at] as number);
        result.input[at] = (result.input[at] as number) + g * (weights[index] as number);
      }
    }
  }
  return result;
}
