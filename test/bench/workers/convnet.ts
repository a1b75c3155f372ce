/**
 * Contender: ConvNetJS. It trains example by example in float64 and scales nothing in training; its squared loss is halved, which the
 * doubled learning rate makes good.
 */
import convnetjs from 'convnetjs';
import { serveContender } from '../lib/contender';
import { type Batch, makeBatches, makeParameters, type Workload } from '../lib/workloads';

let workload: Workload;
let net: convnetjs.Net;
let trainer: convnetjs.SGDTrainer;
let volumes: convnetjs.Vol[][] = [];
let labels: (number | number[])[][] = [];
let batches: Batch[] = [];
let dropP = 0;
let step = 0;

function layerDefinitions(): object[] {
  const { sizes, loss } = workload;
  const hidden = sizes.slice(1, -1).map((units) => ({
    type: 'fc',
    num_neurons: units,
    activation: 'relu',
    ...(dropP > 0 ? { drop_prob: dropP } : {}),
  }));
  const numOutputs = sizes.at(-1) as number;
  const output = loss === 'squared' ? { type: 'regression', num_neurons: numOutputs } : { type: 'softmax', num_classes: numOutputs };
  return [{ type: 'input', out_sx: 1, out_sy: 1, out_depth: sizes[0] as number }, ...hidden, output];
}

function setParameters(): void {
  const dense = net.layers.filter((layer) => layer.layer_type === 'fc');
  makeParameters(workload).forEach(({ weights, biases }, index) => {
    const layer = dense[index] as convnetjs.DenseLayer;
    const outputs = layer.filters.length;
    layer.filters.forEach((filter, output) => {
      for (let i = 0; i < filter.w.length; i += 1) filter.w[i] = weights[i * outputs + output] as number;
    });
    layer.biases.w.set(biases);
  });
}

serveContender({
  syncs: [1],
  prepare(chosen, probability) {
    workload = chosen;
    dropP = probability;
    step = 0;
    const { sizes, batchSize, loss, learningRate } = workload;
    const numInputs = sizes[0] as number;
    batches = makeBatches(workload);
    volumes = batches.map(({ inputs }) =>
      Array.from({ length: batchSize }, (_, row) => {
        const volume = new convnetjs.Vol(1, 1, numInputs, 0);
        volume.w.set(inputs.subarray(row * numInputs, (row + 1) * numInputs));
        return volume;
      }),
    );
    labels = batches.map(({ targets }) => Array.from(targets, (target) => (loss === 'squared' ? [target] : target)));
    net = new convnetjs.Net();
    net.makeLayers(layerDefinitions());
    setParameters();
    const rate = loss === 'squared' ? 2 * learningRate : learningRate;
    trainer = new convnetjs.SGDTrainer(net, { learning_rate: rate, momentum: 0, batch_size: batchSize, l1_decay: 0, l2_decay: 0 });
  },
  train(count) {
    for (let i = 0; i < count; i += 1, step += 1) {
      const index = step % batches.length;
      const examples = volumes[index] as convnetjs.Vol[];
      const expected = labels[index] as (number | number[])[];
      for (let row = 0; row < examples.length; row += 1) trainer.train(examples[row] as convnetjs.Vol, expected[row] as number | number[]);
    }
  },
  evalLoss() {
    const { targets } = batches[0] as Batch;
    let total = 0;
    (volumes[0] as convnetjs.Vol[]).forEach((volume, row) => {
      const output = net.forward(volume, false).w;
      const target = targets[row] as number;
      total += workload.loss === 'squared' ? ((output[0] as number) - target) ** 2 : -Math.log(output[target] as number);
    });
    return total / targets.length;
  },
  keepFraction() {
    const layers = net.layers.filter((layer): layer is convnetjs.DropoutLayer => layer.layer_type === 'dropout');
    let kept = 0;
    let drawn = 0;
    for (let pass = 0; pass < 50_000 / (layers[0]?.dropped.length ?? 1); pass += 1) {
      net.forward((volumes[0] as convnetjs.Vol[])[0] as convnetjs.Vol, true);
      for (const { dropped } of layers) {
        drawn += dropped.length;
        kept += dropped.filter((isDropped) => !isDropped).length;
      }
    }
    return kept / drawn;
  },
});
