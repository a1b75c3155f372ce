/**
 * Matrix products as one writes them by hand in TypeScript: typed arrays, a 4 × 2 tile of results held in locals, loops over the rest.
 * The yardstick for what the core's kernels are worth. Row-major throughout.
 */

/** Computes one cell: `Σ a[aStart + i·aStride] · b[bStart + i·bStride]`. */
function dot(a: Float32Array, aStart: number, aStride: number, b: Float32Array, bStart: number, bStride: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i += 1) sum += (a[aStart + i * aStride] as number) * (b[bStart + i * bStride] as number);
  return sum;
}

/** One factor of a product: `outer` strides to the next row of the left, or column of the right factor, `inner` along the sum. */
interface Operand {
  readonly data: Float32Array;
  readonly outer: number;
  readonly inner: number;
}

/** What becomes of a sum: with `rate` 0, `out = sum + bias`; else `out -= rate · sum`, which is the update of SGD. */
interface Finish {
  readonly bias?: Float32Array;
  readonly rate?: number;
}

/** Computes all `Σ_i left[r, i] · right[i, c]` and finishes each into `out`, `[rows, columns]`. */
export function product(
  out: Float32Array,
  { data: a, outer: aRow, inner: aStep }: Operand,
  { data: b, outer: bColumn, inner: bStep }: Operand,
  [rows, columns, length]: readonly [rows: number, columns: number, length: number],
  { bias, rate = 0 }: Finish,
): void {
  const tiledRows = rows - (rows % 4);
  const tiledColumns = columns - (columns % 2);
  for (let r = 0; r < tiledRows; r += 4) {
    for (let c = 0; c < tiledColumns; c += 2) {
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      let a0 = r * aRow;
      let a1 = a0 + aRow;
      let a2 = a1 + aRow;
      let a3 = a2 + aRow;
      let b0 = c * bColumn;
      let b1 = b0 + bColumn;
      for (let i = 0; i < length; i += 1) {
        const left = b[b0] as number;
        const right = b[b1] as number;
        const v0 = a[a0] as number;
        const v1 = a[a1] as number;
        const v2 = a[a2] as number;
        const v3 = a[a3] as number;
        s00 += v0 * left;
        s01 += v0 * right;
        s10 += v1 * left;
        s11 += v1 * right;
        s20 += v2 * left;
        s21 += v2 * right;
        s30 += v3 * left;
        s31 += v3 * right;
        a0 += aStep;
        a1 += aStep;
        a2 += aStep;
        a3 += aStep;
        b0 += bStep;
        b1 += bStep;
      }
      const at = r * columns + c;
      put(out, at, s00, s01, bias, c, rate);
      put(out, at + columns, s10, s11, bias, c, rate);
      put(out, at + 2 * columns, s20, s21, bias, c, rate);
      put(out, at + 3 * columns, s30, s31, bias, c, rate);
    }
  }
  for (let r = 0; r < rows; r += 1) {
    for (let c = r < tiledRows ? tiledColumns : 0; c < columns; c += 1) {
      const sum = dot(a, r * aRow, aStep, b, c * bColumn, bStep, length);
      const at = r * columns + c;
      out[at] = rate === 0 ? sum + (bias ? (bias[c] as number) : 0) : (out[at] as number) - rate * sum;
    }
  }
}

/** Writes two neighbouring results, plus bias, or subtracts them times the rate. */
function put(
  out: Float32Array,
  at: number,
  left: number,
  right: number,
  bias: Float32Array | undefined,
  column: number,
  rate: number,
): void {
  if (rate !== 0) {
    out[at] = (out[at] as number) - rate * left;
    out[at + 1] = (out[at + 1] as number) - rate * right;
  } else {
    out[at] = left + (bias ? (bias[column] as number) : 0);
    out[at + 1] = right + (bias ? (bias[column + 1] as number) : 0);
  }
}
