/** Contender: our own core, through the trainer that every run trains on. */
import { compileCore } from '../../../src/kernels/core';
import type { Network } from '../../../src/kernels/network';
import { createTrainer } from '../../../src/model/trainer';
import { serveContender } from '../lib/contender';
import { makeBatches, makeParameters } from '../lib/workloads';

const SEED = 42;
let network: Network;
let hiddenLayers: number[] = [];

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}

/** Turns `[inputs, outputs]` into `[outputs, inputs]`. */
function transpose(weights: Float32Array, inputs: number, outputs: number): Float32Array {
  return Float32Array.from(weights, (_, cell) => weights[(cell % inputs) * outputs + Math.floor(cell / inputs)] as number);
}

serveContender({
  syncs: [1],
  async prepare(workload, dropP, { optimizer = 'sgd', separable = false }) {
    const { sizes, batchSize, loss, learningRate } = workload;
    const batches = makeBatches(workload, separable);
    const train = { inputs: concatenate(batches.map(({ inputs }) => inputs)), targets: concatenate(batches.map(({ targets }) => targets)) };
    hiddenLayers = sizes.slice(1, -1).map((_, index) => index + 1);
    network = createTrainer(await compileCore(), {
      sizes,
      activation: 'relu',
      loss,
      train,
      batchSize,
      mode: dropP > 0 ? 'inverted' : 'none',
      p: dropP,
      optimizer,
      learningRate: optimizer === 'sgd' ? learningRate : learningRate / 10,
      seed: SEED,
      shuffle: false,
    });
    makeParameters(workload).forEach(({ weights, biases }, layer) => {
      network.setParameters(layer, transpose(weights, sizes[layer] as number, sizes[layer + 1] as number), biases);
    });
  },
  train(count) {
    const done = network.train(count, false);
    if (done !== count) throw new Error(`the loss was not finite after ${network.step} steps`);
  },
  evalLoss() {
    network.rehearse(0);
    return network.evalLoss;
  },
  keepFraction() {
    let kept = 0;
    let drawn = 0;
    for (let step = 0; drawn < 50_000; step += 1) {
      network.rehearse(step);
      for (const layer of hiddenLayers) {
        const mask = network.mask(layer);
        if (!mask) throw new Error(`layer ${layer} has no mask`);
        for (const bit of mask) kept += bit;
        drawn += mask.length;
      }
    }
    return kept / drawn;
  },
});
