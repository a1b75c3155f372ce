/**
 * One training step, and the passes without training, over the records of layout.ts.
 *
 * Everything a step does follows from (settings, data, step): however steps are grouped, captured or repeated, the bits are the same.
 */
import { activate, activateBackward } from './activation';
import { biasGradient, denseBackward, denseForward, denseGradient } from './dense';
import { unitBackward, unitGradient } from './denseUnit';
import { backwardPerExample, drawWeights, forwardPerExample, maskGradient, maskWeights } from './dropconnect';
import { applyFactors, drawFactors, drawsActiveOnly, drawUnits, dropBackward, dropForward, reluDropBackward, reluDropForward, scaleRows } from './dropout';
import {
  ACT_RELU, DROP_ALPHA, DROP_GAUSSIAN, DROP_MASK, DROP_NONE, KEY_SLOT, LAYER_A, LAYER_BYTES, LAYER_CHUNK, LAYER_COLUMNS, LAYER_DELTA,
  LAYER_DROP, LAYER_EVAL,
  LAYER_EVAL_SCALE, LAYER_GRAD, LAYER_LD, LAYER_OUT, LAYER_UNITS, LAYER_Z, LINK_BIAS, LINK_DROP, LINK_LD, LINK_MASK, LINK_MASKED,
  LINK_MC_MASK, LINK_THRESHOLD, LINK_W, NET_ACTIVATION, NET_BATCH, NET_BATCH_EXAMPLES, NET_BATCH_LOSS, NET_BATCH_TARGETS, NET_BYTES,
  NET_DATA, NET_EVAL_LOSS, NET_GIVEN, NET_GRADIENT_OFFSET, NET_HAS_WEIGHT_MASKS, NET_KEYS, NET_LOSS_COUNT, NET_LOSS_SUM, NET_NUM_EXAMPLES,
  NET_NUM_LINKS, NET_OPTIMIZER, NET_ORDER, NET_ORDER_EPOCH, NET_PREDICTIONS, NET_RATE, NET_RIGHT, NET_ROOM, NET_SCRATCH, NET_SEED,
  NET_SET_LOSS, NET_SHUFFLE, NET_SIZE, NET_STEP, NET_TARGETS, NET_WEIGHT_DECAY, NET_ZERO, OPT_SGD, PASS_CAPTURE, PASS_UPDATE, PHASE_MC,
  TAG_MC, TAG_ORDER, WEIGHT_MASK_OFFSET,
} from './layout';
import { lossOf, predictRows, readRows } from './loss';
import { limitAll, updateAll } from './optimizer';
import { fillBits, fillWeightMask, foldIn, layerKeys } from './threefry';

// @ts-ignore: decorator
@inline
function pointer(record: usize, field: usize): usize {
  return <usize>load<i32>(record + field);
}

// @ts-ignore: decorator
@inline
function outputLayer(net: usize): usize {
  return net + NET_BYTES + <usize>(LAYER_BYTES * load<i32>(net, NET_NUM_LINKS));
}

/** Puts the examples in the order of an epoch: Fisher–Yates, j = ⌊bits(i) · (i + 1) / 2³²⌋ for i from the last down to 1. */
function drawOrder(net: usize, epoch: i32): void {
  store<i32>(net, epoch, NET_ORDER_EPOCH);
  const count = load<i32>(net, NET_NUM_EXAMPLES);
  const order = pointer(net, NET_ORDER);
  for (let i = 0; i < count; i++) store<i32>(order + (<usize>i << 2), i);
  if (!load<i32>(net, NET_SHUFFLE)) return;
  const bits = order + (<usize>((count + 15) & ~15) << 2);
  const stream = foldIn(0, load<u32>(net, NET_SEED), TAG_ORDER);
  const key = foldIn(<u32>stream, <u32>(stream >> 32), epoch);
  fillBits(<u32>key, <u32>(key >> 32), 0, count, bits);
  for (let i = count - 1; i > 0; i--) {
    const j = <usize>((<u64>load<u32>(bits + (<usize>i << 2)) * <u64>(i + 1)) >> 32);
    const a = order + (<usize>i << 2);
    const b = order + (j << 2);
    const held = load<u32>(a);
    store<u32>(a, load<u32>(b));
    store<u32>(b, held);
  }
}

/** Makes the row after an odd number of examples zero, in what goes into a link and in its delta: weight gradients read examples two at a time. */
function clearSpareRow(net: usize, rows: i32): void {
  let layer = net + NET_BYTES;
  for (let l = load<i32>(net, NET_NUM_LINKS); l >= 0; l--, layer += LAYER_BYTES) {
    const ld = pointer(layer, LAYER_LD);
    memory.fill(pointer(layer, LAYER_OUT) + <usize>rows * ld, 0, ld);
    memory.fill(pointer(layer, LAYER_DELTA) + <usize>rows * ld, 0, ld);
  }
}

/** Copies the batch of a step to layer 0. Returns its size: the last batch of an epoch may be smaller. */
function gather(net: usize, step: i32): i32 {
  const count = load<i32>(net, NET_NUM_EXAMPLES);
  const batch = load<i32>(net, NET_BATCH);
  const stepsPerEpoch = (count + batch - 1) / batch;
  const epoch = step / stepsPerEpoch;
  if (epoch != load<i32>(net, NET_ORDER_EPOCH)) drawOrder(net, epoch);
  const start = (step - epoch * stepsPerEpoch) * batch;
  const size = min(batch, count - start);
  const layer = net + NET_BYTES;
  const ld = pointer(layer, LAYER_LD);
  const width = pointer(layer, LAYER_COLUMNS) << 4;
  const data = pointer(net, NET_DATA);
  const targets = pointer(net, NET_TARGETS);
  let batchTargets = pointer(net, NET_BATCH_TARGETS);
  let batchExamples = pointer(net, NET_BATCH_EXAMPLES);
  let order = pointer(net, NET_ORDER) + (<usize>start << 2);
  let to = pointer(layer, LAYER_Z);
  for (const end = order + (<usize>size << 2); order < end; order += 4, batchTargets += 4, batchExamples += 4, to += ld) {
    const example = load<u32>(order);
    const from = data + <usize>example * ld;
    v128.store(to, v128.load(from));
    for (let at: usize = 16; at < width; at += 16) v128.store(to + at, v128.load(from + at));
    store<u32>(batchTargets, load<u32>(targets + (<usize>example << 2)));
    store<u32>(batchExamples, example);
  }
  if (size & 1) clearSpareRow(net, size);
  store<i32>(net, size, NET_SIZE);
  return size;
}

/** Whether the forward pass of this layer draws for itself, active units only. */
// @ts-ignore: decorator
@inline
function drawsLater(net: usize, l: i32, layer: usize, captures: bool): bool {
  return l > 0 && !captures && load<i32>(net, NET_ACTIVATION) == ACT_RELU && drawsActiveOnly(layer);
}

/** Draws every mask and noise of a step, but those that the forward pass draws for active units alone. */
function draw(net: usize, step: i32, size: i32, captures: bool): void {
  const numLinks = load<i32>(net, NET_NUM_LINKS);
  const hasWeightMasks = load<i32>(net, NET_HAS_WEIGHT_MASKS) != 0;
  let key = layerKeys(net, step, numLinks, hasWeightMasks);
  let layer = net + NET_BYTES;
  for (let l = 0; l < numLinks; l++, layer += LAYER_BYTES, key += KEY_SLOT) {
    if (!hasWeightMasks) {
      if (!drawsLater(net, l, layer, captures)) drawUnits(layer, key, size);
    } else if (load<i32>(layer, LINK_DROP)) drawWeights(layer, key, size);
  }
}

/** Pre-activations of the next layer from the output of this one. */
function linkForward(net: usize, layer: usize, x: usize, rows: i32, w: usize, z: usize): void {
  const next = layer + LAYER_BYTES;
  denseForward(
    x, pointer(layer, LAYER_LD), rows, load<i32>(layer, LAYER_COLUMNS), w, pointer(layer, LINK_LD), pointer(layer, LINK_BIAS),
    load<i32>(next, LAYER_COLUMNS), z, pointer(next, LAYER_LD), pointer(net, NET_SCRATCH),
  );
}

/** The pass with masks on: from the batch in layer 0 to the logits. */
function forward(net: usize, step: i32, rows: i32, captures: bool): void {
  let key = pointer(net, NET_KEYS) + KEY_SLOT + (<usize>(step & 15) << 2); // as `draw` has left them
  const activation = load<i32>(net, NET_ACTIVATION);
  const numLinks = load<i32>(net, NET_NUM_LINKS);
  let layer = net + NET_BYTES;
  for (let l = 0; l < numLinks; l++, layer += LAYER_BYTES, key += KEY_SLOT) {
    const drop = load<i32>(layer, LAYER_DROP);
    const z = pointer(layer, LAYER_Z);
    const a = pointer(layer, LAYER_A);
    if (drawsLater(net, l, layer, captures)) reluDropForward(layer, key, rows);
    else {
      if (l > 0) activate(activation, z, a, pointer(layer, LAYER_LD), rows, load<i32>(layer, LAYER_UNITS));
      if (drop != DROP_NONE) dropForward(layer, a, rows);
    }
    const kind = load<i32>(layer, LINK_DROP);
    const nextZ = pointer(layer + LAYER_BYTES, LAYER_Z);
    if (kind) maskWeights(layer, kind == 1 ? pointer(layer, LINK_MASK) : 0);
    if (kind == 2) forwardPerExample(layer, rows);
    else linkForward(net, layer, pointer(layer, LAYER_OUT), rows, pointer(layer, kind ? LINK_MASKED : LINK_W), nextZ);
  }
}

/** Gradients of one link, from the next layer's delta: of this layer's output if wanted, then of weights and biases, or their SGD step. */
function linkBackward(net: usize, layer: usize, rows: i32, wantsInput: bool, rate: usize): void {
  const next = layer + LAYER_BYTES;
  const kind = load<i32>(layer, LINK_DROP);
  const offset = rate == 0 ? pointer(net, NET_GRADIENT_OFFSET) : 0;
  const gradient = pointer(layer, LINK_W) + offset;
  const delta = pointer(next, LAYER_DELTA);
  const ldd = pointer(next, LAYER_LD);
  const ldx = pointer(layer, LAYER_LD);
  const ldw = pointer(layer, LINK_LD);
  const inColumns = load<i32>(layer, LAYER_COLUMNS);
  const outColumns = load<i32>(next, LAYER_COLUMNS);
  if (kind == 2) backwardPerExample(layer, gradient, rows, wantsInput);
  else {
    const isUnit = load<i32>(next, LAYER_UNITS) == 1;
    const room = pointer(net, NET_SCRATCH);
    if (wantsInput) {
      const w = pointer(layer, kind ? LINK_MASKED : LINK_W);
      const grad = pointer(layer, LAYER_GRAD);
      if (isUnit) unitBackward(delta, ldd, rows, w, ldw, inColumns, grad, ldx, room);
      else denseBackward(delta, ldd, rows, outColumns, w, ldw, pointer(net, NET_ZERO), inColumns, grad, ldx, room);
    }
    const x = pointer(layer, LAYER_OUT);
    if (isUnit) unitGradient(x, ldx, rows, inColumns, delta, ldd, rate, gradient, ldw, room);
    else denseGradient(x, ldx, rows, inColumns, delta, ldd, outColumns, rate, gradient, ldw);
    if (kind) maskGradient(layer, gradient);
  }
  biasGradient(delta, ldd, rows, outColumns, rate, pointer(layer, LINK_BIAS) + offset);
}

/** Delta of a hidden layer from the gradient of its output. */
function unitsBackward(net: usize, layer: usize, rows: i32): void {
  const activation = load<i32>(net, NET_ACTIVATION);
  const drop = load<i32>(layer, LAYER_DROP);
  if (activation == ACT_RELU && (drop == DROP_MASK || drop == DROP_NONE)) {
    reluDropBackward(layer, rows);
    return;
  }
  dropBackward(layer, rows);
  const columns = load<i32>(layer, LAYER_COLUMNS);
  const delta = pointer(layer, LAYER_DELTA);
  activateBackward(activation, pointer(layer, LAYER_Z), pointer(layer, LAYER_A), delta, pointer(layer, LAYER_LD), rows, columns);
}

/** The whole backward pass. With the address of a `rate` weights are updated on the way, each after its last use; else gradients are stored. */
function backward(net: usize, rows: i32, captures: bool, rate: usize): void {
  let layer = outputLayer(net);
  for (let l = load<i32>(net, NET_NUM_LINKS) - 1; l >= 0; l--) {
    layer -= LAYER_BYTES;
    linkBackward(net, layer, rows, l > 0 || captures, rate);
    if (l > 0) unitsBackward(net, layer, rows);
  }
}

/**
 * The pass with masks off, or one shared sub-network: `x` [rows, ld of layer 0] through all layers, into the buffers at `field` of
 * each layer. Returns the address of the logits.
 */
function whole(net: usize, x: usize, rows: i32, field: usize, isMc: bool): usize {
  const activation = load<i32>(net, NET_ACTIVATION);
  const numLinks = load<i32>(net, NET_NUM_LINKS);
  let layer = net + NET_BYTES;
  for (let l = 0; l < numLinks; l++, layer += LAYER_BYTES) {
    const ld = pointer(layer, LAYER_LD);
    const columns = load<i32>(layer, LAYER_COLUMNS);
    const scale = load<f32>(layer, LAYER_EVAL_SCALE);
    const changes = isMc ? load<i32>(layer, LAYER_DROP) != DROP_NONE : scale != 1;
    const here = pointer(layer, field);
    if (l > 0) activate(activation, here, here, ld, rows, load<i32>(layer, LAYER_UNITS));
    else if (changes || field == LAYER_EVAL) {
      memory.copy(here, x, <usize>rows * ld);
      x = here;
    }
    if (l > 0) x = here;
    if (changes) {
      if (isMc) applyFactors(layer, x, rows);
      else scaleRows(x, ld, rows, columns, scale);
    }
    const w = pointer(layer, isMc && load<i32>(layer, LINK_DROP) ? LINK_MASKED : LINK_W);
    linkForward(net, layer, x, rows, w, pointer(layer + LAYER_BYTES, field));
  }
  return pointer(layer, field);
}

/**
 * Runs the pass of a step: batch, masks, forward, loss, backward, and with PASS_UPDATE the update, unless the loss is not finite.
 * With PASS_CAPTURE everything is kept, with the same batch in eval under the same weights. Returns whether the loss is finite.
 */
export function pass(net: usize, step: i32, parts: i32): bool {
  const captures = (parts & PASS_CAPTURE) != 0;
  const size = gather(net, step);
  const isGiven = load<i32>(net, NET_GIVEN) != 0;
  if (!isGiven) draw(net, step, size, captures);
  forward(net, step, size, captures || isGiven);
  const output = outputLayer(net);
  const targets = pointer(net, NET_BATCH_TARGETS);
  const z = pointer(output, LAYER_Z);
  const ld = pointer(output, LAYER_LD);
  const sum = lossOf(net, output, z, ld, targets, size, <f32>1 / <f32>size, pointer(output, LAYER_DELTA));
  const loss = <f32>(sum / <f64>size);
  store<f32>(net, loss, NET_BATCH_LOSS);
  if (captures) {
    const evalZ = whole(net, pointer(net + NET_BYTES, LAYER_Z), size, LAYER_EVAL, false);
    store<f32>(net, <f32>(lossOf(net, output, evalZ, ld, targets, size, 0, 0) / <f64>size), NET_EVAL_LOSS);
  }
  const updates = (parts & PASS_UPDATE) != 0;
  if (updates && !isFinite(loss)) return false;
  const isPlain = load<i32>(net, NET_OPTIMIZER) == OPT_SGD && load<f32>(net, NET_WEIGHT_DECAY) == 0;
  const fuses = updates && isPlain && !captures && !load<i32>(net, NET_HAS_WEIGHT_MASKS);
  if (!fuses || load<f32>(net, NET_RATE) != 0) backward(net, size, captures, fuses ? net + NET_RATE : 0);
  if (!updates) return isFinite(loss);
  if (!fuses) updateAll(net);
  limitAll(net);
  return true;
}

/** Trains up to `count` steps; the last is captured if asked. Returns the steps done: fewer when a loss was not finite. */
export function train(net: usize, count: i32, captures: bool): i32 {
  for (let n = 0; n < count; n++) {
    const step = load<i32>(net, NET_STEP);
    if (!pass(net, step, PASS_UPDATE | (captures && n == count - 1 ? PASS_CAPTURE : 0))) return n;
    store<f64>(net, load<f64>(net, NET_LOSS_SUM) + <f64>load<f32>(net, NET_BATCH_LOSS), NET_LOSS_SUM);
    store<i32>(net, load<i32>(net, NET_LOSS_COUNT) + 1, NET_LOSS_COUNT);
    store<i32>(net, step + 1, NET_STEP);
  }
  return count;
}

/** Draws the sub-network of Monte-Carlo pass `index`: key fold_in(fold_in(key(seed), TAG_MC), index), one mask for all inputs. */
export function prepareMc(net: usize, index: u32): void {
  const stream = foldIn(0, load<u32>(net, NET_SEED), TAG_MC);
  const passKey = foldIn(<u32>stream, <u32>(stream >> 32), index);
  const numLinks = load<i32>(net, NET_NUM_LINKS);
  let layer = net + NET_BYTES;
  for (let l = 0; l < numLinks; l++, layer += LAYER_BYTES) {
    const isWeights = load<i32>(layer, LINK_DROP) != 0;
    const key = foldIn(<u32>passKey, <u32>(passKey >> 32), isWeights ? l + WEIGHT_MASK_OFFSET : l);
    const k0 = <u32>key;
    const k1 = <u32>(key >> 32);
    if (isWeights) {
      const mask = pointer(layer, LINK_MC_MASK);
      const columns = load<i32>(layer + LAYER_BYTES, LAYER_COLUMNS);
      fillWeightMask(k0, k1, 0, load<i32>(layer, LAYER_UNITS), columns, load<i32>(layer, LINK_THRESHOLD), mask);
      maskWeights(layer, mask);
    } else if (load<i32>(layer, LAYER_DROP) != DROP_NONE) drawFactors(layer, k0, k1, pointer(net, NET_ROOM));
  }
}

/** Predicts rows of padded inputs in eval, or with the sub-network that `prepareMc` drew, into NET_PREDICTIONS [rows, outputs]. */
export function infer(net: usize, x: usize, rows: i32, phase: i32): void {
  const output = outputLayer(net);
  const z = whole(net, x, rows, LAYER_CHUNK, phase == PHASE_MC);
  predictRows(net, output, z, pointer(output, LAYER_LD), rows, pointer(net, NET_PREDICTIONS));
}

/** Evaluates rows of padded inputs in eval: adds to NET_SET_LOSS and NET_RIGHT, and puts what is read into `out`. */
export function evaluate(net: usize, x: usize, targets: usize, rows: i32, out: usize): void {
  const output = outputLayer(net);
  const ld = pointer(output, LAYER_LD);
  const z = whole(net, x, rows, LAYER_CHUNK, false);
  store<f64>(net, load<f64>(net, NET_SET_LOSS) + lossOf(net, output, z, ld, targets, rows, 0, 0), NET_SET_LOSS);
  store<i32>(net, load<i32>(net, NET_RIGHT) + readRows(net, output, z, ld, targets, rows, out), NET_RIGHT);
}

/** Predictions of the newest captured pass into NET_PREDICTIONS: masks on, or in eval. */
export function readPass(net: usize, isEval: bool): void {
  const output = outputLayer(net);
  const z = pointer(output, isEval ? LAYER_EVAL : LAYER_Z);
  predictRows(net, output, z, pointer(output, LAYER_LD), load<i32>(net, NET_SIZE), pointer(net, NET_PREDICTIONS));
}
