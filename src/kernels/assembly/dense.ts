/**
 * The matrix products of a dense layer, as sweeps of register tiles: forward, back to the inputs, and the gradient of the weights.
 *
 * Strides are in bytes; `columns` counts vectors of four. Every output element is one sequential sum, so the sweep decides speed only.
 */
import {
  outer4x4, outer4x8, product1x4, product1x8, product2x4, product2x8, product3x4, product3x8,
  product4x4, product4x8, product5x4, product5x8, product6x4,
} from '../generated/tiles';

/** Weights above this many are packed panel by panel: then a panel is contiguous and stays in the first cache. */
const PACK_ABOVE = 8192;
/** Rows of inputs per block of the weight gradient, so that the block stays in the first cache while the panels pass over it. */
const OUTER_BLOCK = 48;

/** All rows of one panel of 8 columns. */
function sweep8(a: usize, lda: usize, rows: i32, k: i32, b: usize, ldb: usize, init: usize, c: usize, ldc: usize): void {
  while (rows >= 5) {
    product5x8(a, lda, b, ldb, k, init, c, ldc);
    a += 5 * lda; c += 5 * ldc; rows -= 5;
  }
  if (rows == 1) product1x8(a, lda, b, ldb, k, init, c, ldc);
  else if (rows == 2) product2x8(a, lda, b, ldb, k, init, c, ldc);
  else if (rows == 3) product3x8(a, lda, b, ldb, k, init, c, ldc);
  else if (rows == 4) product4x8(a, lda, b, ldb, k, init, c, ldc);
}

/** All rows of one panel of 4 columns. */
function sweep4(a: usize, lda: usize, rows: i32, k: i32, b: usize, ldb: usize, init: usize, c: usize, ldc: usize): void {
  while (rows >= 6) {
    product6x4(a, lda, b, ldb, k, init, c, ldc);
    a += 6 * lda; c += 6 * ldc; rows -= 6;
  }
  if (rows == 1) product1x4(a, lda, b, ldb, k, init, c, ldc);
  else if (rows == 2) product2x4(a, lda, b, ldb, k, init, c, ldc);
  else if (rows == 3) product3x4(a, lda, b, ldb, k, init, c, ldc);
  else if (rows == 4) product4x4(a, lda, b, ldb, k, init, c, ldc);
  else if (rows == 5) product5x4(a, lda, b, ldb, k, init, c, ldc);
}

/** Copies a panel of 8 columns of a [k, …] matrix to contiguous rows. */
function pack8(w: usize, ldw: usize, k: i32, panel: usize): void {
  while (k > 0) {
    v128.store(panel, v128.load(w));
    v128.store(panel, v128.load(w, 16), 16);
    w += ldw; panel += 32; k--;
  }
}

/** Transposes four rows of a matrix into four columns of a panel with rows of `ldp` bytes. */
function transpose4(w: usize, ldw: usize, columns: i32, panel: usize, ldp: usize): void {
  while (columns > 0) {
    const r0 = v128.load(w);
    const r1 = v128.load(w + ldw);
    const r2 = v128.load(w + 2 * ldw);
    const r3 = v128.load(w + 3 * ldw);
    const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
    const high23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
    v128.store(panel, v128.shuffle<i64>(low01, low23, 0, 2));
    v128.store(panel + ldp, v128.shuffle<i64>(low01, low23, 1, 3));
    v128.store(panel + 2 * ldp, v128.shuffle<i64>(high01, high23, 0, 2));
    v128.store(panel + 3 * ldp, v128.shuffle<i64>(high01, high23, 1, 3));
    w += 16; panel += 4 * ldp; columns--;
  }
}

/** Z[b][o] = bias[o] + Σ_i X[b][i] · W[i][o]. Reads padded inputs and weights, which are zero. */
export function denseForward(
  x: usize, ldx: usize, rows: i32, inColumns: i32, w: usize, ldw: usize, bias: usize, outColumns: i32, z: usize, ldz: usize, panel: usize,
): void {
  const k = inColumns << 2;
  const packs = k * (outColumns << 2) > PACK_ABOVE && rows > 6;
  while (outColumns >= 2) {
    if (packs) {
      pack8(w, ldw, k, panel);
      sweep8(x, ldx, rows, k, panel, 32, bias, z, ldz);
    } else sweep8(x, ldx, rows, k, w, ldw, bias, z, ldz);
    w += 32; bias += 32; z += 32; outColumns -= 2;
  }
  if (outColumns) sweep4(x, ldx, rows, k, w, ldw, bias, z, ldz);
}

/** G[b][i] = Σ_o D[b][o] · W[i][o]. */
export function denseBackward(
  d: usize, ldd: usize, rows: i32, outColumns: i32, w: usize, ldw: usize, zero: usize, inColumns: i32, g: usize, ldg: usize, panel: usize,
): void {
  const k = outColumns << 2;
  while (inColumns >= 2) {
    transpose4(w, ldw, outColumns, panel, 32);
    transpose4(w + 4 * ldw, ldw, outColumns, panel + 16, 32);
    sweep8(d, ldd, rows, k, panel, 32, zero, g, ldg);
    w += 8 * ldw; g += 32; inColumns -= 2;
  }
  if (inColumns) {
    transpose4(w, ldw, outColumns, panel, 16);
    sweep4(d, ldd, rows, k, panel, 16, zero, g, ldg);
  }
}

/** Rows `inputs` of one panel of 8 columns of the weight gradient. */
function outer8(a: usize, lda: usize, inputs: i32, d: usize, ldd: usize, k: i32, c: usize, ldc: usize, rate: usize): void {
  for (; inputs > 0; inputs -= 4, a += 16, c += 4 * ldc) outer4x8(a, lda, d, ldd, k, c, ldc, rate);
}

/** The same for a panel of 4 columns. */
function outer4(a: usize, lda: usize, inputs: i32, d: usize, ldd: usize, k: i32, c: usize, ldc: usize, rate: usize): void {
  for (; inputs > 0; inputs -= 4, a += 16, c += 4 * ldc) outer4x4(a, lda, d, ldd, k, c, ldc, rate);
}

/**
 * Gradient of weights Σ_b X[b][i] · D[b][o], stored to `c`; or, with the address of a `rate`, the SGD step on the weights at `c`.
 * Examples are taken two at a time: after an odd number of rows D must have one of zeros.
 */
export function denseGradient(
  x: usize, ldx: usize, rows: i32, inColumns: i32, d: usize, ldd: usize, outColumns: i32, rate: usize, c: usize, ldc: usize,
): void {
  const k = (rows + 1) & ~1;
  let inputs = inColumns << 2;
  while (inputs > 0) {
    const block = min(inputs, OUTER_BLOCK);
    let from = d;
    let to = c;
    for (let columns = outColumns; columns > 0; columns -= 2, from += 32, to += 32) {
      if (columns >= 2) outer8(x, ldx, block, from, ldd, k, to, ldc, rate);
      else outer4(x, ldx, block, from, ldd, k, to, ldc, rate);
    }
    x += <usize>block << 2; c += <usize>block * ldc; inputs -= block;
  }
}

/** Stores a gradient, or makes the SGD step by it. */
// @ts-ignore: decorator
@inline
function setOrStep(c: usize, gradient: v128, rate: usize): void {
  v128.store(c, rate == 0 ? gradient : f32x4.sub(v128.load(c), f32x4.mul(v128.load32_splat(rate), gradient)));
}

/** Gradient of biases Σ_b D[b][o]; or, with the address of a `rate`, the SGD step on the biases at `c`. */
export function biasGradient(d: usize, ldd: usize, rows: i32, columns: i32, rate: usize, c: usize): void {
  for (; columns >= 2; columns -= 2, d += 32, c += 32) {
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    for (let at = d, n = rows; n > 0; n--, at += ldd) {
      sum0 = f32x4.add(sum0, v128.load(at));
      sum1 = f32x4.add(sum1, v128.load(at, 16));
    }
    setOrStep(c, sum0, rate);
    setOrStep(c + 16, sum1, rate);
  }
  if (!columns) return;
  let sum = f32x4.splat(0);
  for (; rows > 0; rows--, d += ldd) sum = f32x4.add(sum, v128.load(d));
  setOrStep(c, sum, rate);
}
