/**
 * From gradients to an update: SGD, momentum, Adam, weight decay and max-norm, over ranges of parameters.
 *
 * Gradients, velocities and moments have the layout of the parameters, at a fixed distance from them. What fades geometrically is
 * flushed to zero before it sinks into subnormals.
 */
import {
  LAYER_BYTES, LAYER_COLUMNS, LINK_BIAS, LINK_LD, LINK_W, NET_BYTES, NET_GRADIENT_OFFSET, NET_MAX_NORM, NET_MOMENT_OFFSET, NET_MOMENTUM,
  NET_NUM_LINKS, NET_OPTIMIZER, NET_POWERS, NET_RATE, NET_VARIANCE_OFFSET, NET_WEIGHT_DECAY, OPT_ADAM, OPT_MOMENTUM,
} from './layout';
import { flush4, TINY } from './vectorMath';

const BETA2: f64 = 0.999;
const EPSILON: f32 = 1e-8;
/** Gradients below this do not enter Adam's second moment: their squares would be subnormal, and they vanish beside ε. */
const TINY_ROOT: f32 = 8.881784197001252e-16; // 2^−50
const TINY_SQUARE: f32 = 1.2924697071141057e-26; // 2^−86

/** w −= rate · (g + decay · w). */
function stepSgd(w: usize, end: usize, toGradient: usize, rate: f32, decay: f32): void {
  const r = f32x4.splat(rate);
  const d = f32x4.splat(decay);
  for (; w < end; w += 16) {
    let value = v128.load(w);
    let g = v128.load(w + toGradient);
    if (decay != 0) g = f32x4.add(g, f32x4.mul(d, value));
    value = f32x4.sub(value, f32x4.mul(r, g));
    v128.store(w, decay != 0 ? flush4(value, f32x4.splat(TINY)) : value);
  }
}

/** v = μ v + g + decay · w; w −= rate · v. */
function stepMomentum(w: usize, end: usize, toGradient: usize, toVelocity: usize, rate: f32, decay: f32, momentum: f32): void {
  const r = f32x4.splat(rate);
  const d = f32x4.splat(decay);
  const m = f32x4.splat(momentum);
  const tiny = f32x4.splat(TINY);
  for (; w < end; w += 16) {
    const value = v128.load(w);
    let g = v128.load(w + toGradient);
    if (decay != 0) g = f32x4.add(g, f32x4.mul(d, value));
    const velocity = flush4(f32x4.add(f32x4.mul(m, v128.load(w + toVelocity)), g), tiny);
    v128.store(w + toVelocity, velocity);
    const next = f32x4.sub(value, f32x4.mul(r, velocity));
    v128.store(w, decay != 0 ? flush4(next, tiny) : next);
  }
}

/** m = β₁ m + (1 − β₁) g; v = β₂ v + (1 − β₂) g²; w −= rate · m̂ / (√v̂ + ε). `c1`, `c2`: 1 / (1 − β^t). */
function stepAdam(
  w: usize, end: usize, toGradient: usize, toMoment: usize, toVariance: usize, rate: f32, decay: f32, beta1: f32, c1: f32, c2: f32,
): void {
  const r = f32x4.splat(rate);
  const d = f32x4.splat(decay);
  const b1 = f32x4.splat(beta1);
  const n1 = f32x4.splat(1 - beta1);
  const b2 = f32x4.splat(<f32>BETA2);
  const n2 = f32x4.splat(<f32>(1 - BETA2));
  const tiny = f32x4.splat(TINY);
  for (; w < end; w += 16) {
    const value = v128.load(w);
    let g = v128.load(w + toGradient);
    if (decay != 0) g = f32x4.add(g, f32x4.mul(d, value));
    const moment = flush4(f32x4.add(f32x4.mul(b1, v128.load(w + toMoment)), f32x4.mul(n1, g)), tiny);
    const root = flush4(g, f32x4.splat(TINY_ROOT));
    const sum = f32x4.add(f32x4.mul(b2, v128.load(w + toVariance)), f32x4.mul(n2, f32x4.mul(root, root)));
    const variance = flush4(sum, f32x4.splat(TINY_SQUARE));
    v128.store(w + toMoment, moment);
    v128.store(w + toVariance, variance);
    const size = f32x4.add(f32x4.sqrt(f32x4.mul(variance, f32x4.splat(c2))), f32x4.splat(EPSILON));
    const next = f32x4.sub(value, f32x4.div(f32x4.mul(r, f32x4.mul(moment, f32x4.splat(c1))), size));
    v128.store(w, decay != 0 ? flush4(next, tiny) : next);
  }
}

/** Shortens the vector of weights into each unit to at most `limit`. */
function limitNorms(w: usize, ld: usize, inputs: i32, columns: i32, limit: f32): void {
  const c = f32x4.splat(limit);
  const squaredLimit = f32x4.mul(c, c);
  for (; columns > 0; columns--, w += 16) {
    let sum = f32x4.splat(0);
    let at = w;
    for (let i = inputs; i > 0; i--, at += ld) {
      const value = v128.load(at);
      sum = f32x4.add(sum, f32x4.mul(value, value));
    }
    const isLong = f32x4.gt(sum, squaredLimit);
    if (!v128.any_true(isLong)) continue;
    const factor = v128.bitselect(f32x4.div(c, f32x4.sqrt(sum)), f32x4.splat(1), isLong);
    at = w;
    for (let i = inputs; i > 0; i--, at += ld) v128.store(at, f32x4.mul(v128.load(at), factor));
  }
}

function stepRange(net: usize, from: usize, to: usize, decay: f32, c1: f32, c2: f32): void {
  const kind = load<i32>(net, NET_OPTIMIZER);
  const rate = load<f32>(net, NET_RATE);
  const toGradient = <usize>load<i32>(net, NET_GRADIENT_OFFSET);
  const toMoment = <usize>load<i32>(net, NET_MOMENT_OFFSET);
  const momentum = load<f32>(net, NET_MOMENTUM);
  if (kind == OPT_ADAM) {
    const toVariance = <usize>load<i32>(net, NET_VARIANCE_OFFSET);
    stepAdam(from, to, toGradient, toMoment, toVariance, rate, decay, momentum, c1, c2);
  } else if (kind == OPT_MOMENTUM) stepMomentum(from, to, toGradient, toMoment, rate, decay, momentum);
  else stepSgd(from, to, toGradient, rate, decay);
}

/** Updates all parameters by the gradients that are stored. Weight decay is for weights, not biases. */
export function updateAll(net: usize): void {
  let c1: f32 = 1;
  let c2: f32 = 1;
  if (load<i32>(net, NET_OPTIMIZER) == OPT_ADAM) {
    const powers = <usize>load<i32>(net, NET_POWERS);
    const p1 = load<f64>(powers) * <f64>load<f32>(net, NET_MOMENTUM);
    const p2 = load<f64>(powers, 8) * BETA2;
    store<f64>(powers, p1 < 1e-100 ? 0 : p1);
    store<f64>(powers, p2 < 1e-100 ? 0 : p2, 8);
    c1 = <f32>(1 / (1 - p1));
    c2 = <f32>(1 / (1 - p2));
  }
  const decay = load<f32>(net, NET_WEIGHT_DECAY);
  let layer = net + NET_BYTES;
  for (let link = load<i32>(net, NET_NUM_LINKS); link > 0; link--, layer += LAYER_BYTES) {
    const w = <usize>load<i32>(layer, LINK_W);
    const bias = <usize>load<i32>(layer, LINK_BIAS);
    const columns = <usize>load<i32>(layer + LAYER_BYTES, LAYER_COLUMNS);
    stepRange(net, w, bias, decay, c1, c2);
    stepRange(net, bias, bias + (columns << 4), 0, c1, c2);
  }
}

/** Applies max-norm to every link, if it is on. */
export function limitAll(net: usize): void {
  const limit = load<f32>(net, NET_MAX_NORM);
  if (limit == 0) return;
  let layer = net + NET_BYTES;
  for (let link = load<i32>(net, NET_NUM_LINKS); link > 0; link--, layer += LAYER_BYTES) {
    const inputs = load<i32>(layer, LAYER_COLUMNS) << 2;
    const columns = load<i32>(layer + LAYER_BYTES, LAYER_COLUMNS);
    limitNorms(<usize>load<i32>(layer, LINK_W), <usize>load<i32>(layer, LINK_LD), inputs, columns, limit);
  }
}
