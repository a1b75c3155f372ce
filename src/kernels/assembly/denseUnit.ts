/**
 * The backward pass of a layer that ends in one unit, as binary classification and regression do: there the products of dense.ts are of
 * rank one. The same bits as theirs, where three of four lanes would be padding.
 */

/** G[b][i] = D[b] · W[i], W gathered in `row` first. Rows of `g` are whole vectors. */
export function unitBackward(d: usize, ldd: usize, rows: i32, w: usize, ldw: usize, inColumns: i32, g: usize, ldg: usize, row: usize): void {
  const width = <usize>inColumns << 4;
  for (const end = row + width; row < end; row += 4, w += ldw) store<u32>(row, load<u32>(w));
  row -= width;
  const zero = f32x4.splat(0);
  for (; rows > 0; rows--, d += ldd, g += ldg) {
    const delta = v128.load32_splat(d);
    for (let at: usize = 0; at < width; at += 16) {
      v128.store(g + at, f32x4.add(zero, f32x4.mul(delta, v128.load(row + at)))); // 0 + …: no −0, as in a sum
    }
  }
}

/** Gradient of weights Σ_b X[b][i] · D[b], stored to `c`; or, with the address of a `rate`, the SGD step on the weights at `c`. */
export function unitGradient(
  x: usize, ldx: usize, rows: i32, inColumns: i32, d: usize, ldd: usize, rate: usize, c: usize, ldc: usize, row: usize,
): void {
  for (; inColumns > 0; inColumns--, x += 16) {
    let sum = f32x4.splat(0);
    for (let n = rows, from = x, delta = d; n > 0; n--, from += ldx, delta += ldd) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(from), v128.load32_splat(delta)));
    }
    v128.store(row, rate ? f32x4.mul(v128.load32_splat(rate), sum) : sum);
    for (let lane: usize = 0; lane < 16; lane += 4, c += ldc) {
      const gradient = load<f32>(row + lane);
      store<f32>(c, rate ? load<f32>(c) - gradient : gradient);
    }
  }
}
