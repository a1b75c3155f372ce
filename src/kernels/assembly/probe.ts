/** The machine's own limit: multiply and add in registers, nothing else. The bench gives speeds as shares of it. */

/** Runs `count` rounds of twelve independent chains x · a + b on four floats: 96 operations a round. Returns a number that depends on all. */
export function peak(count: i32): f32 {
  const a = f32x4.splat(0.999999);
  const b = f32x4.splat(1e-6);
  let c0 = f32x4.splat(1), c1 = f32x4.splat(1.1), c2 = f32x4.splat(1.2), c3 = f32x4.splat(1.3), c4 = f32x4.splat(1.4), c5 = f32x4.splat(1.5);
  let c6 = f32x4.splat(1.6), c7 = f32x4.splat(1.7), c8 = f32x4.splat(1.8), c9 = f32x4.splat(1.9), c10 = f32x4.splat(2), c11 = f32x4.splat(2.1);
  for (let n = count; n > 0; n--) {
    c0 = f32x4.add(f32x4.mul(c0, a), b); c1 = f32x4.add(f32x4.mul(c1, a), b); c2 = f32x4.add(f32x4.mul(c2, a), b);
    c3 = f32x4.add(f32x4.mul(c3, a), b); c4 = f32x4.add(f32x4.mul(c4, a), b); c5 = f32x4.add(f32x4.mul(c5, a), b);
    c6 = f32x4.add(f32x4.mul(c6, a), b); c7 = f32x4.add(f32x4.mul(c7, a), b); c8 = f32x4.add(f32x4.mul(c8, a), b);
    c9 = f32x4.add(f32x4.mul(c9, a), b); c10 = f32x4.add(f32x4.mul(c10, a), b); c11 = f32x4.add(f32x4.mul(c11, a), b);
  }
  const sum = f32x4.add(
    f32x4.add(f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3)), f32x4.add(c4, c5)),
    f32x4.add(f32x4.add(f32x4.add(c6, c7), f32x4.add(c8, c9)), f32x4.add(c10, c11)),
  );
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
}
