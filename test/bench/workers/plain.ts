/** Contender: plain TypeScript loops. */
import { serveContender } from '../lib/contender';
import { createPlainNet, type PlainNet } from '../lib/plainNet';
import { type Batch, makeBatches } from '../lib/workloads';

let net: PlainNet;
let batches: Batch[] = [];
let step = 0;

serveContender({
  syncs: [1],
  prepare(workload, dropP) {
    batches = makeBatches(workload);
    net = createPlainNet(workload, dropP);
    step = 0;
  },
  train(count) {
    for (let i = 0; i < count; i += 1, step += 1) net.trainStep(batches[step % batches.length] as Batch);
  },
  evalLoss: () => net.evalLoss(batches[0] as Batch),
  keepFraction: () => net.keepFraction(),
});
