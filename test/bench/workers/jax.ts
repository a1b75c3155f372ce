/** Contender: jax-js on its wasm device. The whole step is one jitted function: loss, gradients, masks and update. */
import { blockUntilReady, defaultDevice, init, type Array as JaxArray, jit, lax, nn, numpy as np, random, valueAndGrad } from '@jax-js/jax';
import { serveContender } from '../lib/contender';
import { makeBatches, makeParameters, oneHot, type Workload } from '../lib/workloads';

type Params = { weights: JaxArray[]; biases: JaxArray[] };
type Step = (params: Params, inputs: JaxArray, targets: JaxArray, key: JaxArray) => [Params, JaxArray, JaxArray];

let workload: Workload;
let dropP = 0;
let step = 0;
let params: Params | null = null;
let key: JaxArray;
let inputs: JaxArray[] = [];
let targets: JaxArray[] = [];
let trainStep: Step;
let evaluate: (params: Params, inputs: JaxArray, targets: JaxArray) => JaxArray;

/** Mean loss of a batch; `masks[l]` hold 0 or 1/keep for hidden layer l. Consumes its arguments, as jax-js has it. */
function batchLoss({ weights, biases }: Params, batch: JaxArray, expected: JaxArray, masks: JaxArray[]): JaxArray {
  let hidden = batch;
  weights.forEach((weight, layer) => {
    hidden = np.matmul(hidden, weight).add(biases[layer] as JaxArray);
    if (layer === weights.length - 1) return;
    hidden = nn.relu(hidden);
    const mask = masks[layer];
    if (mask) hidden = hidden.mul(mask);
  });
  if (workload.loss === 'squared') return np.square(hidden.sub(expected)).mean();
  return nn
    .logSoftmax(hidden)
    .mul(expected)
    .sum()
    .mul(-1 / workload.batchSize);
}

function createStep(): Step {
  const keepProb = 1 - dropP;
  const hiddenSizes = workload.sizes.slice(1, -1);
  const step: Step = (before, batch, expected, stream) => {
    let masks: JaxArray[] = [];
    let next = stream;
    if (dropP > 0) {
      const keys = random.split(stream, hiddenSizes.length + 1);
      const last = hiddenSizes.length;
      masks = hiddenSizes.map((units, layer) => {
        const bits = random.bernoulli(keys.ref.slice(layer), keepProb, [workload.batchSize, units]);
        return bits.astype(np.float32).mul(1 / keepProb);
      });
      next = keys.slice(last);
    }
    const copy: Params = { weights: before.weights.map((weight) => weight.ref), biases: before.biases.map((bias) => bias.ref) };
    const [loss, gradients] = valueAndGrad((params: Params) => batchLoss(params, batch, expected, masks.map(lax.stopGradient)))(copy);
    const update = (value: JaxArray, index: number, all: JaxArray[]) => value.sub((all[index] as JaxArray).mul(workload.learningRate));
    const after: Params = {
      weights: before.weights.map((weight, index) => update(weight, index, gradients.weights)),
      biases: before.biases.map((bias, index) => update(bias, index, gradients.biases)),
    };
    return [after, loss, next];
  };
  return jit(step);
}

serveContender({
  syncs: [1, 4, 16],
  async prepare(chosen, probability) {
    await init('wasm');
    defaultDevice('wasm');
    workload = chosen;
    dropP = probability;
    step = 0;
    const { sizes, batchSize, loss } = workload;
    const numOutputs = sizes.at(-1) as number;
    const batches = makeBatches(workload);
    inputs = batches.map((batch) => np.array(batch.inputs).reshape([batchSize, sizes[0] as number]));
    targets = batches.map((batch) =>
      np.array(loss === 'squared' ? batch.targets : oneHot(batch.targets, numOutputs)).reshape([batchSize, numOutputs]),
    );
    const initial = makeParameters(workload);
    params = {
      weights: initial.map((layer, index) => np.array(layer.weights).reshape([sizes[index] as number, sizes[index + 1] as number])),
      biases: initial.map((layer) => np.array(layer.biases)),
    };
    key = random.key(42);
    trainStep = createStep();
    evaluate = jit((at: Params, batch: JaxArray, expected: JaxArray) => batchLoss(at, batch, expected, []));
  },
  async train(count) {
    let loss: JaxArray | null = null;
    for (let i = 0; i < count; i += 1, step += 1) {
      const index = step % inputs.length;
      loss?.dispose();
      [params, loss, key] = trainStep(params as Params, (inputs[index] as JaxArray).ref, (targets[index] as JaxArray).ref, key);
    }
    await blockUntilReady([params, loss]);
    loss?.dispose();
  },
  async evalLoss() {
    const { weights, biases } = params as Params;
    const copy: Params = { weights: weights.map((weight) => weight.ref), biases: biases.map((bias) => bias.ref) };
    const loss = evaluate(copy, (inputs[0] as JaxArray).ref, (targets[0] as JaxArray).ref);
    return (await loss.data())[0] as number;
  },
  async keepFraction() {
    const mask = random.bernoulli(random.key(7), 1 - dropP, [1000, 100]).astype(np.float32);
    return (await mask.mean().data())[0] as number;
  },
});
