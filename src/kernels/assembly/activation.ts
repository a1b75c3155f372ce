/**
 * The nonlinearities and their derivatives, over rows of padded vectors. Padding comes in as zero and goes out as zero.
 */
import { ACT_LINEAR, ACT_RELU, ACT_SELU, ACT_SIGMOID, ACT_TANH } from './layout';
import { exp4, flush4, sigmoid4, tanh4, TINY } from './vectorMath';

const SELU_SCALE: f32 = 1.0507009873554805;
const SELU_SCALE_ALPHA: f32 = 1.7580993408473766; // λα

// @ts-ignore: decorator
@inline
function selu4(z: v128): v128 {
  const below = f32x4.mul(f32x4.splat(SELU_SCALE_ALPHA), f32x4.sub(exp4(f32x4.pmin(z, f32x4.splat(0))), f32x4.splat(1)));
  return v128.bitselect(f32x4.mul(z, f32x4.splat(SELU_SCALE)), below, f32x4.gt(z, f32x4.splat(0)));
}

/** z where it is above zero, else +0 (of −0, too); NaN stays, so that a run that has gone wrong is seen to have. */
// @ts-ignore: decorator
@inline
function relu4(z: v128): v128 {
  return v128.andnot(z, f32x4.le(z, f32x4.splat(0)));
}

/** Clears the lanes of the last vector of each row that are padding. */
export function clearPadding(at: usize, ld: usize, rows: i32, units: i32): void {
  const used = units & 3;
  if (used == 0) return;
  at += <usize>units << 2;
  for (; rows > 0; rows--, at += ld) {
    store<f32>(at, 0);
    if (used < 3) store<f32>(at, 0, 4);
    if (used < 2) store<f32>(at, 0, 8);
  }
}

/** a = φ(z). Reads and writes [rows, units]; `a` may be `z`. */
export function activate(kind: i32, z: usize, a: usize, ld: usize, rows: i32, units: i32): void {
  const width = <usize>((units + 3) & ~3) << 2;
  const gap = ld - width;
  for (let row = 0; row < rows; row++) {
    const end = z + width;
    switch (kind) {
      case ACT_RELU:
        for (; z < end; z += 16, a += 16) v128.store(a, relu4(v128.load(z)));
        break;
      case ACT_TANH:
        for (; z < end; z += 16, a += 16) v128.store(a, tanh4(v128.load(z)));
        break;
      case ACT_SIGMOID:
        for (; z < end; z += 16, a += 16) v128.store(a, sigmoid4(v128.load(z)));
        break;
      case ACT_SELU:
        for (; z < end; z += 16, a += 16) v128.store(a, selu4(v128.load(z)));
        break;
      default:
        if (z == a) { z += width; a += width; }
        for (; z < end; z += 16, a += 16) v128.store(a, v128.load(z));
    }
    z += gap;
    a += gap;
  }
  if (kind == ACT_SIGMOID) clearPadding(a - <usize>rows * ld, ld, rows, units);
}

/**
 * delta ∘= φ'(z), in place, read from the activation (relu: from z). What is next to nothing becomes nothing: a delta that fades out
 * would sink into subnormals. Applies the same to every activation, so that a step is the same however it was asked for.
 */
export function activateBackward(kind: i32, z: usize, a: usize, delta: usize, ld: usize, rows: i32, columns: i32): void {
  const width = <usize>columns << 4;
  const gap = ld - width;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const tiny = f32x4.splat(TINY);
  for (let row = 0; row < rows; row++) {
    const end = delta + width;
    for (; delta < end; delta += 16, z += 16, a += 16) {
      let d = v128.load(delta);
      if (kind == ACT_RELU) d = v128.and(d, f32x4.gt(v128.load(z), zero));
      else if (kind != ACT_LINEAR) {
        const value = v128.load(a);
        if (kind == ACT_TANH) d = f32x4.mul(d, f32x4.sub(one, f32x4.mul(value, value)));
        else if (kind == ACT_SIGMOID) d = f32x4.mul(d, f32x4.mul(value, f32x4.sub(one, value)));
        else if (kind == ACT_SELU) {
          const below = f32x4.add(value, f32x4.splat(SELU_SCALE_ALPHA));
          d = f32x4.mul(d, v128.bitselect(f32x4.splat(SELU_SCALE), below, f32x4.gt(value, zero)));
        }
      }
      v128.store(delta, flush4(d, tiny));
    }
    delta += gap; z += gap; a += gap;
  }
}
