/**
 * Losses from logits, stable at both ends, with their gradients; and what the outputs say: probabilities, classes.
 */
import {
  LAYER_COLUMNS, LAYER_UNITS, LOSS_BINARY, LOSS_SOFTMAX, NET_LOSS, NET_TERMS,
} from './layout';
import { exp4, log4, sigmoid4 } from './vectorMath';

/** Softmax terms this far below the largest are nothing: e^−40 is lost beside 1, and its gradients would end in subnormals. */
const NEGLIGIBLE: f32 = -40;

// @ts-ignore: decorator
@inline
function largest(x: v128): f32 {
  x = f32x4.pmax(x, v128.shuffle<i32>(x, x, 2, 3, 0, 1));
  x = f32x4.pmax(x, v128.shuffle<i32>(x, x, 1, 0, 3, 2));
  return f32x4.extract_lane(x, 0);
}

// @ts-ignore: decorator
@inline
function total(x: v128): f32 {
  x = f32x4.add(x, v128.shuffle<i32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1);
}

/** All ones in the lanes of the last vector that are real units. */
// @ts-ignore: decorator
@inline
function lastLanes(units: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(((units - 1) & 3) + 1));
}

/** e^(z − max) of a row, stored to `out` (rows of whole vectors; padding becomes 0). Returns the sum; `max` is the largest of z. */
// @ts-ignore: decorator
@inline
function exponentials(z: usize, columns: i32, units: i32, max: f32, out: usize): f32 {
  const last = lastLanes(units);
  const m = f32x4.splat(max);
  let sum = f32x4.splat(0);
  for (let column = 0; column < columns; column++) {
    const at = <usize>column << 4;
    const x = f32x4.sub(v128.load(z + at), m);
    let e = v128.andnot(exp4(x), f32x4.lt(x, f32x4.splat(NEGLIGIBLE)));
    if (column == columns - 1) e = v128.and(e, last);
    v128.store(out + at, e);
    sum = f32x4.add(sum, e);
  }
  return total(sum);
}

/** Largest of the real units of a row. */
// @ts-ignore: decorator
@inline
function rowMax(z: usize, columns: i32, units: i32): f32 {
  const at = <usize>(columns - 1) << 4;
  let max = v128.bitselect(v128.load(z + at), f32x4.splat(-1e30), lastLanes(units));
  for (let column = 0; column < columns - 1; column++) max = f32x4.pmax(max, v128.load(z + (<usize>column << 4)));
  return largest(max);
}

/** Sum of the first `rows` floats, in order, in double. */
function sumTerms(at: usize, rows: i32): f64 {
  let sum: f64 = 0;
  for (const end = at + (<usize>rows << 2); at < end; at += 4) sum += <f64>load<f32>(at);
  return sum;
}

/** Binary cross-entropy −t ln σ(z) − (1 − t) ln(1 − σ(z)) = max(z, 0) − z t + ln(1 + e^−|z|); gradient (σ(z) − t) · factor. */
function binaryLoss(terms: usize, z: usize, ld: usize, targets: usize, rows: i32, factor: f32, delta: usize): f64 {
  const width = <usize>((rows + 3) & ~3) << 2;
  const gradients = terms + width;
  for (let row = 0; row < rows; row++) store<f32>(terms + (<usize>row << 2), load<f32>(z + <usize>row * ld));
  const one = f32x4.splat(1);
  for (let at: usize = 0; at < width; at += 16) {
    const x = v128.load(terms + at);
    const t = v128.load(targets + at);
    const e = exp4(f32x4.neg(f32x4.abs(x)));
    const sum = f32x4.add(one, e);
    const rest = f32x4.sub(sum, one);
    const exact = f32x4.div(f32x4.mul(log4(sum), e), rest); // ln(1 + e), with the rounding of 1 + e undone
    const log = v128.bitselect(e, exact, f32x4.eq(rest, f32x4.splat(0)));
    const positive = f32x4.pmax(x, f32x4.splat(0));
    v128.store(terms + at, f32x4.add(f32x4.sub(positive, f32x4.mul(x, t)), log));
    if (delta) v128.store(gradients + at, f32x4.mul(f32x4.sub(sigmoid4(x), t), f32x4.splat(factor)));
  }
  if (delta) for (let row = 0; row < rows; row++) store<f32>(delta + <usize>row * ld, load<f32>(gradients + (<usize>row << 2)));
  return sumTerms(terms, rows);
}

/** Squared error (z − t)²; gradient 2 (z − t) · factor. */
function squaredLoss(z: usize, ld: usize, targets: usize, rows: i32, factor: f32, delta: usize): f64 {
  let sum: f64 = 0;
  for (; rows > 0; rows--, z += ld, targets += 4) {
    const error = load<f32>(z) - load<f32>(targets);
    sum += <f64>(error * error);
    if (!delta) continue;
    store<f32>(delta, 2 * error * factor);
    delta += ld;
  }
  return sum;
}

/** Softmax cross-entropy ln Σ e^z − z_t; gradient (softmax(z) − onehot(t)) · factor. */
function softmaxLoss(
  terms: usize, z: usize, ld: usize, columns: i32, units: i32, targets: usize, rows: i32, factor: f32, delta: usize,
): f64 {
  const width = <usize>((rows + 3) & ~3) << 2;
  const chosen = terms + width;
  const room = chosen + width;
  for (let row = 0; row < rows; row++) {
    const target = <usize>load<f32>(targets + (<usize>row << 2)) << 2;
    const max = rowMax(z, columns, units);
    const sum = exponentials(z, columns, units, max, room);
    store<f32>(terms + (<usize>row << 2), sum);
    store<f32>(chosen + (<usize>row << 2), load<f32>(z + target) - max);
    if (delta) {
      const f = f32x4.splat(factor);
      const s = f32x4.splat(sum);
      for (let at: usize = 0; at < <usize>columns << 4; at += 16) {
        v128.store(delta + at, f32x4.mul(f32x4.div(v128.load(room + at), s), f));
      }
      store<f32>(delta + target, (load<f32>(room + target) / sum - 1) * factor);
      delta += ld;
    }
    z += ld;
  }
  for (let at: usize = 0; at < width; at += 16) {
    v128.store(terms + at, f32x4.sub(log4(v128.load(terms + at)), v128.load(chosen + at)));
  }
  return sumTerms(terms, rows);
}

/** Sum of the losses of `rows` rows of logits; with `delta` ≠ 0 also dLoss/dz times `factor`. Both have rows of `ld` bytes. */
export function lossOf(net: usize, layer: usize, z: usize, ld: usize, targets: usize, rows: i32, factor: f32, delta: usize): f64 {
  const terms = <usize>load<i32>(net, NET_TERMS);
  const kind = load<i32>(net, NET_LOSS);
  if (kind == LOSS_BINARY) return binaryLoss(terms, z, ld, targets, rows, factor, delta);
  if (kind == LOSS_SOFTMAX) {
    const columns = load<i32>(layer, LAYER_COLUMNS);
    return softmaxLoss(terms, z, ld, columns, load<i32>(layer, LAYER_UNITS), targets, rows, factor, delta);
  }
  return squaredLoss(z, ld, targets, rows, factor, delta);
}

/** What rows of logits predict: probabilities, or values as they are. Shape: out [rows, outputs], without padding. */
export function predictRows(net: usize, layer: usize, z: usize, ld: usize, rows: i32, out: usize): void {
  const kind = load<i32>(net, NET_LOSS);
  const units = load<i32>(layer, LAYER_UNITS);
  const columns = load<i32>(layer, LAYER_COLUMNS);
  const room = <usize>load<i32>(net, NET_TERMS);
  for (let row = 0; row < rows; row++, z += ld) {
    let from = z;
    let sum: f32 = 1;
    if (kind == LOSS_BINARY) {
      v128.store(room, sigmoid4(v128.load(z)));
      from = room;
    } else if (kind == LOSS_SOFTMAX) {
      sum = exponentials(z, columns, units, rowMax(z, columns, units), room);
      from = room;
    }
    for (let unit = 0; unit < units; unit++, out += 4) store<f32>(out, load<f32>(from + (<usize>unit << 2)) / sum);
  }
}

/** What rows of logits are read as: the class (binary: z > 0; softmax: the first of the largest), or the value. Returns how many are right. */
export function readRows(net: usize, layer: usize, z: usize, ld: usize, targets: usize, rows: i32, out: usize): i32 {
  const kind = load<i32>(net, NET_LOSS);
  const units = load<i32>(layer, LAYER_UNITS);
  let right = 0;
  for (let row = 0; row < rows; row++, z += ld, out += 4, targets += 4) {
    let read = load<f32>(z);
    if (kind == LOSS_BINARY) read = read > 0 ? 1 : 0;
    else if (kind == LOSS_SOFTMAX) {
      let best = load<f32>(z);
      read = 0;
      for (let unit = 1; unit < units; unit++) {
        const value = load<f32>(z + (<usize>unit << 2));
        if (value > best) { best = value; read = <f32>unit; }
      }
    }
    store<f32>(out, read);
    if (read == load<f32>(targets)) right++;
  }
  return right;
}
