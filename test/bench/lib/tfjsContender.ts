/** TensorFlow.js as a contender, on either of its backends: core API, fused dense layers, `tf.dropout`, its own SGD. */
import * as tf from '@tensorflow/tfjs';
import type { Contender } from './contender';
import { makeBatches, makeParameters, oneHot, type Workload } from './workloads';

interface Tensors {
  readonly inputs: readonly tf.Tensor2D[];
  readonly targets: readonly tf.Tensor2D[];
  readonly weights: readonly tf.Variable[];
  readonly biases: readonly tf.Variable[];
}

function makeTensors(workload: Workload): Tensors {
  const { sizes, batchSize, loss } = workload;
  const numOutputs = sizes.at(-1) as number;
  const batches = makeBatches(workload);
  const parameters = makeParameters(workload);
  return {
    inputs: batches.map((batch) => tf.tensor2d(batch.inputs, [batchSize, sizes[0] as number])),
    targets: batches.map((batch) =>
      tf.tensor2d(loss === 'squared' ? batch.targets : oneHot(batch.targets, numOutputs), [batchSize, numOutputs]),
    ),
    weights: parameters.map((layer, index) =>
      tf.variable(tf.tensor2d(layer.weights, [sizes[index] as number, sizes[index + 1] as number])),
    ),
    biases: parameters.map((layer) => tf.variable(tf.tensor1d(layer.biases))),
  };
}

/** Creates the contender; `selectBackend` makes its backend the one in use. */
export function createTfjsContender(selectBackend: () => Promise<void>): Contender {
  let workload: Workload;
  let dropP = 0;
  let step = 0;
  let tensors: Tensors = { inputs: [], targets: [], weights: [], biases: [] };
  let optimizer: tf.Optimizer;
  let isReady = false;

  function batchLoss(index: number, masked: boolean): tf.Scalar {
    const { inputs, targets, weights, biases } = tensors;
    let hidden = inputs[index] as tf.Tensor2D;
    const last = weights.length - 1;
    weights.forEach((b, layer) => {
      const bias = biases[layer] as tf.Variable;
      hidden = tf.fused.matMul({ a: hidden, b, bias, activation: layer === last ? 'linear' : 'relu' });
      if (layer !== last && masked && dropP > 0) hidden = tf.dropout(hidden, dropP) as tf.Tensor2D;
    });
    const expected = targets[index] as tf.Tensor2D;
    return workload.loss === 'squared' ? tf.losses.meanSquaredError(expected, hidden) : tf.losses.softmaxCrossEntropy(expected, hidden);
  }

  return {
    syncs: [1, 8, 64],
    async prepare(chosen, probability) {
      if (!isReady) {
        tf.enableProdMode();
        await selectBackend();
        isReady = true;
      }
      for (const tensor of Object.values(tensors).flat()) tensor.dispose();
      workload = chosen;
      dropP = probability;
      step = 0;
      tensors = makeTensors(workload);
      optimizer = tf.train.sgd(workload.learningRate);
    },
    async train(count) {
      const variables = [...tensors.weights, ...tensors.biases];
      for (let i = 0; i < count; i += 1, step += 1) {
        const index = step % tensors.inputs.length;
        const isLast = i === count - 1;
        const loss = optimizer.minimize(() => batchLoss(index, true), isLast, variables);
        if (loss) {
          await loss.data();
          loss.dispose();
        }
      }
    },
    evalLoss: () => tf.tidy(() => batchLoss(0, false).dataSync()[0] as number),
    keepFraction: () =>
      tf.tidy(
        () =>
          tf
            .dropout(tf.ones([1000, 100]), dropP)
            .greater(0)
            .toFloat()
            .mean()
            .dataSync()[0] as number,
      ),
  };
}
