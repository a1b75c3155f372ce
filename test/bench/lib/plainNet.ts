/** A dense network with ReLU, inverted dropout, loss and SGD in plain TypeScript loops: the oracle of the bench and one of its contenders. */
import { product } from './plainMatrix';
import { type Batch, makeParameters, type Parameters, type Workload } from './workloads';

interface PlainLayer extends Parameters {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Float32Array; // [batch, outputs]; logits for the last layer
  readonly multiplier: Float32Array; // [batch, outputs]: 0, or scale where kept and active
  readonly gradient: Float32Array; // [batch, outputs]
}

export interface PlainNet {
  trainStep(batch: Batch): void;
  evalLoss(batch: Batch): number;
  /** Share of units kept since the start. */
  keepFraction(): number;
}

/** Writes dLoss/d(logits) and returns the mean loss. */
function lossGradient({ loss, batchSize }: Workload, last: PlainLayer, targets: Float32Array): number {
  const { activation: logits, gradient, outputs } = last;
  let total = 0;
  for (let row = 0; row < batchSize; row += 1) {
    const start = row * outputs;
    const target = targets[row] as number;
    if (loss === 'squared') {
      const error = (logits[start] as number) - target;
      gradient[start] = (2 * error) / batchSize;
      total += error * error;
      continue;
    }
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < outputs; k += 1) highest = Math.max(highest, logits[start + k] as number);
    let sum = 0;
    for (let k = 0; k < outputs; k += 1) {
      const power = Math.exp((logits[start + k] as number) - highest);
      gradient[start + k] = power;
      sum += power;
    }
    total += Math.log(sum) + highest - (logits[start + target] as number);
    for (let k = 0; k < outputs; k += 1) {
      gradient[start + k] = ((gradient[start + k] as number) / sum - (k === target ? 1 : 0)) / batchSize;
    }
  }
  return total / batchSize;
}

/** Carries the gradients down from the logits, and takes the step of SGD. */
function backward({ batchSize, learningRate }: Workload, layers: readonly PlainLayer[], inputs: Float32Array): void {
  for (let index = layers.length - 1; index >= 0; index -= 1) {
    const layer = layers[index] as PlainLayer;
    const below = layers[index - 1];
    const { weights, biases, gradient, outputs } = layer;
    if (below) {
      const left = { data: gradient, outer: outputs, inner: 1 };
      product(below.gradient, left, { data: weights, outer: outputs, inner: 1 }, [batchSize, layer.inputs, outputs], {});
      const { gradient: passed, multiplier } = below;
      for (let i = 0; i < passed.length; i += 1) passed[i] = (passed[i] as number) * (multiplier[i] as number);
    }
    const left = { data: below ? below.activation : inputs, outer: 1, inner: layer.inputs };
    product(weights, left, { data: gradient, outer: 1, inner: outputs }, [layer.inputs, outputs, batchSize], { rate: learningRate });
    for (let k = 0; k < outputs; k += 1) {
      let sum = 0;
      for (let row = 0; row < batchSize; row += 1) sum += gradient[row * outputs + k] as number;
      biases[k] = (biases[k] as number) - learningRate * sum;
    }
  }
}

/** Creates a network with the workload's initial weights, its hidden layers dropped with probability `dropP`. */
export function createPlainNet(workload: Workload, dropP: number): PlainNet {
  const { sizes, batchSize } = workload;
  const layers: PlainLayer[] = makeParameters(workload).map(({ weights, biases }, index) => {
    const outputs = sizes[index + 1] as number;
    const rows = () => new Float32Array(batchSize * outputs);
    return { weights, biases, inputs: sizes[index] as number, outputs, activation: rows(), multiplier: rows(), gradient: rows() };
  });
  const last = layers[layers.length - 1] as PlainLayer;
  const threshold = dropP * 2 ** 32;
  let state = 0x9e3779b9;
  let kept = 0;
  let drawn = 0;

  /** Applies ReLU and, with `scale` above 0, the mask; remembers what each value was multiplied by. */
  function activate({ activation, multiplier }: PlainLayer, scale: number): void {
    const masked = scale > 0 && dropP > 0;
    for (let i = 0; i < activation.length; i += 1) {
      let factor = 1;
      if (masked) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        const isKept = state >>> 0 >= threshold;
        factor = isKept ? scale : 0;
        if (isKept) kept += 1;
      }
      const value = activation[i] as number;
      if (value <= 0) factor = 0;
      multiplier[i] = factor;
      activation[i] = factor === 0 ? 0 : value * factor;
    }
    if (masked) drawn += activation.length;
  }

  function forward(inputs: Float32Array, scale: number): void {
    let source = inputs;
    for (const layer of layers) {
      const { weights, biases, activation, outputs } = layer;
      const left = { data: source, outer: layer.inputs, inner: 1 };
      product(activation, left, { data: weights, outer: 1, inner: outputs }, [batchSize, outputs, layer.inputs], { bias: biases });
      if (layer !== last) activate(layer, scale);
      source = activation;
    }
  }

  return {
    trainStep({ inputs, targets }) {
      forward(inputs, 1 / (1 - dropP));
      lossGradient(workload, last, targets);
      backward(workload, layers, inputs);
    },
    evalLoss({ inputs, targets }) {
      forward(inputs, 0);
      return lossGradient(workload, last, targets);
    },
    keepFraction: () => kept / drawn,
  };
}
