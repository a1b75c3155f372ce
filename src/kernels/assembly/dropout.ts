/**
 * Dropout on units: drawing, forward, backward, and the factors of one whole Monte-Carlo pass.
 *
 * A dropped value is chosen away (an `and` with the mask), not multiplied away, and the backward pass reads the saved mask.
 */
import {
  DROP_ALPHA, DROP_GAUSSIAN, DROP_MASK, DROP_NONE, KEY_WORD, LAYER_CHANNEL, LAYER_COLUMNS, LAYER_DELTA, LAYER_DROP, LAYER_DROPPED,
  LAYER_FACTOR, LAYER_GRAD, LAYER_LD, LAYER_MASK, LAYER_NOISE, LAYER_OUT, LAYER_SCALE, LAYER_SHARED, LAYER_SHIFT, LAYER_SIGMA, LAYER_TERM,
  LAYER_THRESHOLD, LAYER_UNITS, LAYER_Z,
} from './layout';
import { clearPadding } from './activation';
import { bitsToNormal, fillBits, fillMask, maskList } from './threefry';
import { flush4, TINY } from './vectorMath';

/** Four mask bytes as four lanes of all ones or all zeros. */
// @ts-ignore: decorator
@inline
function loadMask4(at: usize): v128 {
  return i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(v128.load32_zero(at)));
}

/** Spreads rows of draws, back to front and in place, over the units of their channels and, when shared, over all rows. */
function spreadMask(at: usize, rows: i32, units: i32, channel: i32, shared: bool): void {
  const draws = (units + channel - 1) / channel;
  if (channel > 1) {
    for (let row = (shared ? 1 : rows) - 1; row >= 0; row--) {
      for (let unit = units - 1; unit >= 0; unit--) store<u8>(at + row * units + unit, load<u8>(at + row * draws + unit / channel));
    }
  }
  if (shared) for (let row = 1; row < rows; row++) memory.copy(at + row * units, at, units);
}

/** Makes multipliers 1 + σε of normals drawn flat, and spreads them to padded rows; back to front, in place. */
function spreadNoise(at: usize, ld: usize, rows: i32, units: i32, shared: bool, sigma: f32): void {
  for (let row = (shared ? 1 : rows) - 1; row >= 0; row--) {
    for (let unit = units - 1; unit >= 0; unit--) {
      const normal = load<f32>(at + (<usize>(row * units + unit) << 2));
      store<f32>(at + <usize>row * ld + (<usize>unit << 2), 1 + sigma * normal);
    }
  }
  if (shared) for (let row = 1; row < rows; row++) memory.copy(at + <usize>row * ld, at, ld);
  clearPadding(at, ld, rows, units);
}

/** Draws the mask or noise of a layer for a batch of `rows`, under the key at `key`. */
export function drawUnits(layer: usize, key: usize, rows: i32): void {
  const drop = load<i32>(layer, LAYER_DROP);
  if (drop == DROP_NONE) return;
  const k0 = load<u32>(key);
  const k1 = load<u32>(key, KEY_WORD);
  const units = load<i32>(layer, LAYER_UNITS);
  const shared = load<i32>(layer, LAYER_SHARED) != 0;
  const drawnRows = shared ? 1 : rows;
  if (drop == DROP_GAUSSIAN) {
    const noise = <usize>load<i32>(layer, LAYER_NOISE);
    const count = drawnRows * units;
    fillBits(k0, k1, 0, count, noise);
    bitsToNormal(noise, count);
    spreadNoise(noise, load<i32>(layer, LAYER_LD), rows, units, shared, load<f32>(layer, LAYER_SIGMA));
    return;
  }
  const mask = <usize>load<i32>(layer, LAYER_MASK);
  const channel = load<i32>(layer, LAYER_CHANNEL);
  fillMask(k0, k1, drawnRows * ((units + channel - 1) / channel), load<i32>(layer, LAYER_THRESHOLD), mask);
  if (channel > 1 || shared) spreadMask(mask, rows, units, channel, shared);
}

/** out = dropout(a), by the mask or noise of the layer. */
export function dropForward(layer: usize, a: usize, rows: i32): void {
  const drop = load<i32>(layer, LAYER_DROP);
  const units = load<i32>(layer, LAYER_UNITS);
  const ld = <usize>load<i32>(layer, LAYER_LD);
  const width = <usize>load<i32>(layer, LAYER_COLUMNS) << 4;
  const gap = ld - width;
  const scale = f32x4.splat(load<f32>(layer, LAYER_SCALE));
  let out = <usize>load<i32>(layer, LAYER_OUT);
  if (drop == DROP_GAUSSIAN) {
    let noise = <usize>load<i32>(layer, LAYER_NOISE);
    for (let row = 0; row < rows; row++) {
      const end = out + width;
      for (; out < end; out += 16, a += 16, noise += 16) v128.store(out, f32x4.mul(v128.load(a), v128.load(noise)));
      out += gap; a += gap; noise += gap;
    }
    return;
  }
  const isAlpha = drop == DROP_ALPHA;
  const shift = f32x4.splat(load<f32>(layer, LAYER_SHIFT));
  const dropped = f32x4.splat(load<f32>(layer, LAYER_DROPPED));
  let maskRow = <usize>load<i32>(layer, LAYER_MASK);
  for (let row = 0; row < rows; row++) {
    const end = out + width;
    let mask = maskRow;
    if (isAlpha) {
      for (; out < end; out += 16, a += 16, mask += 4) {
        const kept = f32x4.add(f32x4.mul(v128.load(a), scale), shift);
        v128.store(out, v128.bitselect(kept, dropped, loadMask4(mask)));
      }
    } else {
      for (; out < end; out += 16, a += 16, mask += 4) v128.store(out, v128.and(f32x4.mul(v128.load(a), scale), loadMask4(mask)));
    }
    out += gap; a += gap; maskRow += units;
  }
  if (isAlpha) clearPadding(out - <usize>rows * ld, ld, rows, units);
}

/** For each set of idle lanes: the bytes that move the other lanes to the front, and the bytes that move them back. */
const TO_FRONT = memory.data(256, 16);
const FROM_FRONT = memory.data(256, 16);

/** Fills the two tables; once, when the module starts. */
export function fillLaneTables(): void {
  for (let set = 0; set < 16; set++) {
    let front = 0;
    memory.fill(FROM_FRONT + (set << 4), 255, 16); // out of range: becomes zero
    for (let lane = 0; lane < 4; lane++) {
      if ((set >> lane) & 1) continue;
      for (let byte = 0; byte < 4; byte++) {
        store<u8>(TO_FRONT + (set << 4) + front * 4 + byte, <u8>(lane * 4 + byte));
        store<u8>(FROM_FRONT + (set << 4) + lane * 4 + byte, <u8>(front * 4 + byte));
      }
      front++;
    }
  }
}

/** Lanes that relu makes zero, as bits; NaN is not among them. */
// @ts-ignore: decorator
@inline
function idleLanes(z: v128): i32 {
  return i32x4.bitmask(f32x4.le(z, f32x4.splat(0)));
}

/** Whether a step may draw a layer's mask for active units alone: nothing but relu makes the others zero anyway. */
export function drawsActiveOnly(layer: usize): bool {
  return load<i32>(layer, LAYER_DROP) == DROP_MASK && !load<i32>(layer, LAYER_SHARED) && load<i32>(layer, LAYER_CHANNEL) == 1;
}

/**
 * out = dropout(relu(z)) with a mask, the mask drawn under the key at `key` for the active units alone: whatever relu makes zero stays
 * zero, kept or not. The random number of a unit is a hash of its index, so it may be left out. The same bits as with the whole mask.
 */
export function reluDropForward(layer: usize, key: usize, rows: i32): void {
  const units = load<i32>(layer, LAYER_UNITS);
  const ld = <usize>load<i32>(layer, LAYER_LD);
  let width = <usize>load<i32>(layer, LAYER_COLUMNS) << 4;
  if (width == ld && width == <usize>units << 2) { // rows without gaps are one long row
    width *= rows;
    rows = 1;
  }
  const scale = f32x4.splat(load<f32>(layer, LAYER_SCALE));
  const list = <usize>load<i32>(layer, LAYER_NOISE);
  let next = list;
  let z = <usize>load<i32>(layer, LAYER_Z);
  for (let row = 0; row < rows; row++, z += ld) {
    let index = i32x4.add(i32x4.splat(row * units), i32x4(0, 1, 2, 3));
    for (let at = z; at < z + width; at += 16) {
      const idle = idleLanes(v128.load(at));
      v128.store(next, v128.swizzle(index, v128.load(TO_FRONT + (<usize>idle << 4))));
      next += 16 - (<usize>popcnt<i32>(idle) << 2);
      index = i32x4.add(index, i32x4.splat(4));
    }
  }
  maskList(load<u32>(key), load<u32>(key, KEY_WORD), <i32>((next - list) >> 2), load<i32>(layer, LAYER_THRESHOLD), list);
  next = list;
  z = <usize>load<i32>(layer, LAYER_Z);
  let out = <usize>load<i32>(layer, LAYER_OUT);
  for (let row = 0; row < rows; row++, z += ld, out += ld) {
    for (let at: usize = 0; at < width; at += 16) {
      const value = v128.load(z + at);
      const idle = idleLanes(value);
      const mask = v128.swizzle(v128.load(next), v128.load(FROM_FRONT + (<usize>idle << 4)));
      v128.store(out + at, v128.and(f32x4.mul(value, scale), mask));
      next += 16 - (<usize>popcnt<i32>(idle) << 2);
    }
  }
}

/** delta = dropout'(gradient of the output), by the saved mask or noise. */
export function dropBackward(layer: usize, rows: i32): void {
  const drop = load<i32>(layer, LAYER_DROP);
  const units = load<i32>(layer, LAYER_UNITS);
  const width = <usize>load<i32>(layer, LAYER_COLUMNS) << 4;
  const gap = <usize>load<i32>(layer, LAYER_LD) - width;
  const scale = f32x4.splat(load<f32>(layer, LAYER_SCALE));
  let gradient = <usize>load<i32>(layer, LAYER_GRAD);
  let delta = <usize>load<i32>(layer, LAYER_DELTA);
  let maskRow = <usize>load<i32>(layer, LAYER_MASK);
  let noise = <usize>load<i32>(layer, LAYER_NOISE);
  for (let row = 0; row < rows; row++) {
    const end = delta + width;
    let mask = maskRow;
    if (drop == DROP_NONE) {
      for (; delta < end; delta += 16, gradient += 16) v128.store(delta, v128.load(gradient));
    } else if (drop == DROP_GAUSSIAN) {
      for (; delta < end; delta += 16, gradient += 16, noise += 16) {
        v128.store(delta, f32x4.mul(v128.load(gradient), v128.load(noise)));
      }
      noise += gap;
    } else {
      for (; delta < end; delta += 16, gradient += 16, mask += 4) {
        v128.store(delta, v128.and(f32x4.mul(v128.load(gradient), scale), loadMask4(mask)));
      }
      maskRow += units;
    }
    delta += gap; gradient += gap;
  }
}

/** delta = relu'(z) ∘ dropout'(gradient) with a mask or none, in one pass: the output is above zero just where a unit is active and kept. */
export function reluDropBackward(layer: usize, rows: i32): void {
  const ld = <usize>load<i32>(layer, LAYER_LD);
  let width = <usize>load<i32>(layer, LAYER_COLUMNS) << 4;
  if (width == ld) {
    width *= rows;
    rows = 1;
  }
  const scale = f32x4.splat(load<f32>(layer, LAYER_SCALE));
  const zero = f32x4.splat(0);
  const tiny = f32x4.splat(TINY);
  let out = <usize>load<i32>(layer, LAYER_OUT);
  let gradient = <usize>load<i32>(layer, LAYER_GRAD);
  let delta = <usize>load<i32>(layer, LAYER_DELTA);
  for (; rows > 0; rows--, out += ld, gradient += ld, delta += ld) {
    for (let at: usize = 0; at < width; at += 16) {
      const kept = f32x4.gt(v128.load(out + at), zero);
      v128.store(delta + at, flush4(v128.and(f32x4.mul(v128.load(gradient + at), scale), kept), tiny));
    }
  }
}

/**
 * Draws one sub-network for a Monte-Carlo pass: every unit's factor and term, out = a · factor + term, under the key (k0, k1).
 * `room` takes the draws of one row.
 */
export function drawFactors(layer: usize, k0: u32, k1: u32, room: usize): void {
  const drop = load<i32>(layer, LAYER_DROP);
  const units = load<i32>(layer, LAYER_UNITS);
  const factor = <usize>load<i32>(layer, LAYER_FACTOR);
  const term = <usize>load<i32>(layer, LAYER_TERM);
  const channel = load<i32>(layer, LAYER_CHANNEL);
  if (drop == DROP_GAUSSIAN) {
    fillBits(k0, k1, 0, units, room);
    bitsToNormal(room, units);
  } else if (drop != DROP_NONE) fillMask(k0, k1, (units + channel - 1) / channel, load<i32>(layer, LAYER_THRESHOLD), room);
  for (let unit = 0; unit < units; unit++) {
    let f: f32 = 1;
    let t: f32 = 0;
    if (drop == DROP_GAUSSIAN) f = 1 + load<f32>(layer, LAYER_SIGMA) * load<f32>(room + (<usize>unit << 2));
    else if (drop != DROP_NONE) {
      const kept = load<u8>(room + unit / channel) != 0;
      f = kept ? load<f32>(layer, LAYER_SCALE) : 0;
      if (drop == DROP_ALPHA) t = kept ? load<f32>(layer, LAYER_SHIFT) : load<f32>(layer, LAYER_DROPPED);
    }
    store<f32>(factor + (<usize>unit << 2), f);
    store<f32>(term + (<usize>unit << 2), t);
  }
}

/** out = a · factor + term, in place, the same factors for every row. */
export function applyFactors(layer: usize, at: usize, rows: i32): void {
  const ld = <usize>load<i32>(layer, LAYER_LD);
  const width = <usize>load<i32>(layer, LAYER_COLUMNS) << 4;
  for (let row = 0; row < rows; row++, at += ld) {
    let factor = <usize>load<i32>(layer, LAYER_FACTOR);
    let term = <usize>load<i32>(layer, LAYER_TERM);
    for (let x = at; x < at + width; x += 16, factor += 16, term += 16) {
      v128.store(x, f32x4.add(f32x4.mul(v128.load(x), v128.load(factor)), v128.load(term)));
    }
  }
}

/** out = a · factor, in place: the eval pass of the standard mode. */
export function scaleRows(at: usize, ld: usize, rows: i32, columns: i32, factor: f32): void {
  const f = f32x4.splat(factor);
  for (let row = 0; row < rows; row++, at += ld) {
    for (let x = at; x < at + (<usize>columns << 4); x += 16) v128.store(x, f32x4.mul(v128.load(x), f));
  }
}
