/**
 * The four workloads of the bench and their data. Every contender gets the same batches and the same initial weights, made here from a
 * seed; nothing here is timed.
 */

export type WorkloadName = 'tiny' | 'small' | 'digits' | 'large';

export interface Workload {
  readonly name: WorkloadName;
  /** Units of each layer, input first, output last; hidden layers are ReLU. */
  readonly sizes: readonly number[];
  readonly batchSize: number;
  readonly loss: 'squared' | 'softmax';
  readonly learningRate: number;
  readonly numBatches: number;
}

export const WORKLOADS: Readonly<Record<WorkloadName, Workload>> = {
  tiny: { name: 'tiny', sizes: [2, 8, 8, 1], batchSize: 10, loss: 'squared', learningRate: 0.01, numBatches: 64 },
  small: { name: 'small', sizes: [2, 64, 64, 2], batchSize: 32, loss: 'softmax', learningRate: 0.02, numBatches: 32 },
  digits: { name: 'digits', sizes: [64, 128, 128, 10], batchSize: 64, loss: 'softmax', learningRate: 0.02, numBatches: 16 },
  large: { name: 'large', sizes: [784, 512, 512, 10], batchSize: 64, loss: 'softmax', learningRate: 0.02, numBatches: 4 },
};

const LABEL_NOISE = 0.1;

export interface Batch {
  readonly inputs: Float32Array; // [batchSize, sizes[0]]
  readonly targets: Float32Array; // class, or value, [batchSize]
}

export interface Parameters {
  readonly weights: Float32Array; // [inputs, outputs]
  readonly biases: Float32Array; // [outputs]
}

/** Useful floating-point operations of one training step: three products per layer, two for the first, which needs no dX. */
export function flopsPerStep({ sizes, batchSize }: Workload): number {
  let flops = 0;
  for (let layer = 0; layer + 1 < sizes.length; layer += 1) {
    const cells = (sizes[layer] as number) * (sizes[layer + 1] as number);
    flops += 2 * batchSize * cells * (layer === 0 ? 2 : 3);
  }
  return flops;
}

/** A small generator of its own, so that no contender's is favoured. Returns numbers in [0, 1). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Draws all batches: inputs uniform in [-1, 1), labels by a random two-layer teacher, a tenth of them wrong, so that gradients never die
 * out. `separable`: labels by the sign of the first input instead, none wrong, so that they do.
 */
export function makeBatches(workload: Workload, separable = false): Batch[] {
  const random = createRandom(1);
  const numInputs = workload.sizes[0] as number;
  const numClasses = workload.loss === 'squared' ? 2 : (workload.sizes.at(-1) as number);
  const numFeatures = 16;
  const first = Float32Array.from({ length: numInputs * numFeatures }, () => random() * 2 - 1);
  const second = Float32Array.from({ length: numFeatures * numClasses }, () => random() * 2 - 1);
  const label = (inputs: Float32Array): number => {
    if (separable) return (inputs[0] as number) > 0 ? 1 : 0;
    const scores = new Float64Array(numClasses);
    for (let feature = 0; feature < numFeatures; feature += 1) {
      let sum = 0;
      for (let i = 0; i < numInputs; i += 1) sum += (inputs[i] as number) * (first[i * numFeatures + feature] as number);
      for (let k = 0; k < numClasses; k += 1)
        scores[k] = (scores[k] as number) + Math.tanh(sum) * (second[feature * numClasses + k] as number);
    }
    return scores.indexOf(Math.max(...scores));
  };
  return Array.from({ length: workload.numBatches }, () => {
    const inputs = Float32Array.from({ length: workload.batchSize * numInputs }, () => random() * 2 - 1);
    const targets = Float32Array.from({ length: workload.batchSize }, (_, row) => {
      const taught = label(inputs.subarray(row * numInputs, (row + 1) * numInputs));
      const said = !separable && random() < LABEL_NOISE ? Math.floor(random() * numClasses) : taught;
      return workload.loss === 'squared' ? said * 2 - 1 : said;
    });
    return { inputs, targets };
  });
}

/** Draws the initial weights, uniform in ±sqrt(3 / inputs); biases are zero. */
export function makeParameters({ sizes }: Workload): Parameters[] {
  const random = createRandom(2);
  return sizes.slice(1).map((outputs, layer) => {
    const inputs = sizes[layer] as number;
    const limit = Math.sqrt(3 / inputs);
    return {
      weights: Float32Array.from({ length: inputs * outputs }, () => (random() * 2 - 1) * limit),
      biases: new Float32Array(outputs),
    };
  });
}

/** Returns `targets` as rows of zeros with a one, `[size, numClasses]`. */
export function oneHot(targets: Float32Array, numClasses: number): Float32Array {
  const rows = new Float32Array(targets.length * numClasses);
  targets.forEach((target, row) => {
    rows[row * numClasses + target] = 1;
  });
  return rows;
}
