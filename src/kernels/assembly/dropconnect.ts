/**
 * DropConnect: masks on weights. One mask for the batch makes masked weights, which then go through the dense kernels; one mask per
 * example has its own loops. Masks are kept as nibbles, four outputs each, and spread by a table.
 */
import {
  KEY_WORD, LAYER_BYTES, LAYER_COLUMNS, LAYER_DELTA, LAYER_GRAD, LAYER_LD, LAYER_OUT, LAYER_UNITS, LAYER_Z, LINK_BIAS, LINK_DROP, LINK_LD, LINK_MASK,
  LINK_MASKED, LINK_SCALE, LINK_THRESHOLD, LINK_W,
} from './layout';
import { fillWeightMask } from './threefry';

/** Sixteen vectors: nibble n as four lanes of all ones or all zeros. */
const TABLE = memory.data(256, 16);

/** Fills the table; once, when the module starts. */
export function fillNibbleTable(): void {
  for (let n = 0; n < 16; n++) {
    const bits = v128.and(i32x4.splat(n), i32x4(1, 2, 4, 8));
    v128.store(TABLE + (<usize>n << 4), i32x4.ne(bits, i32x4.splat(0)));
  }
}

// @ts-ignore: decorator
@inline
function loadNibble(at: usize): v128 {
  return v128.load(TABLE + (<usize>(load<u8>(at) & 15) << 4));
}

/** Draws the masks of the weights out of a layer: one for the batch, or one for each of `rows` examples. */
export function drawWeights(layer: usize, key: usize, rows: i32): void {
  const k0 = load<u32>(key);
  const k1 = load<u32>(key, KEY_WORD);
  const inputs = load<i32>(layer, LAYER_UNITS);
  const outputs = load<i32>(layer + LAYER_BYTES, LAYER_UNITS);
  const columns = load<i32>(layer + LAYER_BYTES, LAYER_COLUMNS);
  const threshold = load<i32>(layer, LINK_THRESHOLD);
  const count = load<i32>(layer, LINK_DROP) == 2 ? rows : 1;
  let mask = <usize>load<i32>(layer, LINK_MASK);
  const bytes = <usize>(load<i32>(layer, LAYER_COLUMNS) << 2) * columns;
  for (let n = 0; n < count; n++, mask += bytes) fillWeightMask(k0, k1, n * outputs * inputs, inputs, columns, threshold, mask);
}

/** masked = mask ? w · scale : 0; with `mask` = 0 only scaled. */
export function maskWeights(layer: usize, mask: usize): void {
  const ld = <usize>load<i32>(layer, LINK_LD);
  const columns = load<i32>(layer + LAYER_BYTES, LAYER_COLUMNS);
  const scale = f32x4.splat(load<f32>(layer, LINK_SCALE));
  let w = <usize>load<i32>(layer, LINK_W);
  let masked = <usize>load<i32>(layer, LINK_MASKED);
  for (let i = load<i32>(layer, LAYER_COLUMNS) << 2; i > 0; i--, w += ld, masked += ld) {
    for (let at: usize = 0; at < <usize>columns << 4; at += 16) {
      const value = f32x4.mul(v128.load(w + at), scale);
      v128.store(masked + at, mask ? v128.and(value, loadNibble(mask + (at >> 4))) : value);
    }
    if (mask) mask += columns;
  }
}

/** The gradient of weights behind one mask: g = mask ? g · scale : 0, in place. */
export function maskGradient(layer: usize, gradient: usize): void {
  const ld = <usize>load<i32>(layer, LINK_LD);
  const columns = load<i32>(layer + LAYER_BYTES, LAYER_COLUMNS);
  const scale = f32x4.splat(load<f32>(layer, LINK_SCALE));
  let mask = <usize>load<i32>(layer, LINK_MASK);
  for (let i = load<i32>(layer, LAYER_COLUMNS) << 2; i > 0; i--, gradient += ld, mask += columns) {
    for (let at: usize = 0; at < <usize>columns << 4; at += 16) {
      const value = f32x4.mul(v128.load(gradient + at), scale);
      v128.store(gradient + at, v128.and(value, loadNibble(mask + (at >> 4))));
    }
  }
}

/** Z[b] = bias + Σ_i x[b][i] · (mask[b][i] ? w[i] · scale : 0), one mask per example. Reads the scaled weights. */
export function forwardPerExample(layer: usize, rows: i32): void {
  const next = layer + LAYER_BYTES;
  const ldw = <usize>load<i32>(layer, LINK_LD);
  const inputs = load<i32>(layer, LAYER_COLUMNS) << 2;
  const columns = load<i32>(next, LAYER_COLUMNS);
  const bias = <usize>load<i32>(layer, LINK_BIAS);
  const weights = <usize>load<i32>(layer, LINK_MASKED);
  let mask = <usize>load<i32>(layer, LINK_MASK);
  let x = <usize>load<i32>(layer, LAYER_OUT);
  let z = <usize>load<i32>(next, LAYER_Z);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = <usize>column << 4;
      let sum = v128.load(bias + at);
      let w = weights + at;
      let m = mask + column;
      for (let i = 0; i < inputs; i++, w += ldw, m += columns) {
        sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(x + (<usize>i << 2)), v128.and(v128.load(w), loadNibble(m))));
      }
      v128.store(z + at, sum);
    }
    mask += inputs * columns;
    x += <usize>load<i32>(layer, LAYER_LD);
    z += <usize>load<i32>(next, LAYER_LD);
  }
}

/** Gradient of the layer's output and of the weights, one mask per example; `gradient` is cleared first. */
export function backwardPerExample(layer: usize, gradient: usize, rows: i32, wantsInput: bool): void {
  const next = layer + LAYER_BYTES;
  const ldw = <usize>load<i32>(layer, LINK_LD);
  const inputs = load<i32>(layer, LAYER_COLUMNS) << 2;
  const columns = load<i32>(next, LAYER_COLUMNS);
  const weights = <usize>load<i32>(layer, LINK_MASKED);
  const scale = f32x4.splat(load<f32>(layer, LINK_SCALE));
  let mask = <usize>load<i32>(layer, LINK_MASK);
  let x = <usize>load<i32>(layer, LAYER_OUT);
  let grad = <usize>load<i32>(layer, LAYER_GRAD);
  let d = <usize>load<i32>(next, LAYER_DELTA);
  memory.fill(gradient, 0, <usize>inputs * ldw);
  for (let row = 0; row < rows; row++) {
    let w = weights;
    let g = gradient;
    for (let i: usize = 0; i < <usize>inputs; i++, w += ldw, g += ldw, mask += columns) {
      const value = f32x4.mul(v128.load32_splat(x + (i << 2)), scale);
      let sum = f32x4.splat(0);
      for (let at: usize = 0; at < <usize>columns << 4; at += 16) {
        const kept = v128.and(v128.load(d + at), loadNibble(mask + (at >> 4)));
        v128.store(g + at, f32x4.add(v128.load(g + at), f32x4.mul(value, kept)));
        sum = f32x4.add(sum, f32x4.mul(kept, v128.load(w + at)));
      }
      if (wantsInput) {
        const low = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
        store<f32>(grad + (i << 2), low + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)));
      }
    }
    x += <usize>load<i32>(layer, LAYER_LD);
    grad += <usize>load<i32>(layer, LAYER_LD);
    d += <usize>load<i32>(next, LAYER_LD);
  }
}
