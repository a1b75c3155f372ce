/**
 * The machine's own peak of strict f32x4 multiply and add, AssemblyScript: twelve accumulators in registers, nothing in memory.
 * The bench quotes each contender as a share of this, measured in the same rounds.
 */

/** Runs `count` rounds of 12 multiplies and 12 adds on four lanes: 96 floating-point operations each. Returns a sum, so that nothing is optimised away. */
export function spin(count: i32): f32 {
  const scale = f32x4.splat(0.999999);
  const shift = f32x4.splat(0.000001);
  let a0 = f32x4.splat(0.1);
  let a1 = f32x4.splat(0.2);
  let a2 = f32x4.splat(0.3);
  let a3 = f32x4.splat(0.4);
  let a4 = f32x4.splat(0.5);
  let a5 = f32x4.splat(0.6);
  let a6 = f32x4.splat(0.7);
  let a7 = f32x4.splat(0.8);
  let a8 = f32x4.splat(0.9);
  let a9 = f32x4.splat(1.0);
  let a10 = f32x4.splat(1.1);
  let a11 = f32x4.splat(1.2);
  for (let i = 0; i < count; i += 1) {
    a0 = f32x4.add(f32x4.mul(a0, scale), shift);
    a1 = f32x4.add(f32x4.mul(a1, scale), shift);
    a2 = f32x4.add(f32x4.mul(a2, scale), shift);
    a3 = f32x4.add(f32x4.mul(a3, scale), shift);
    a4 = f32x4.add(f32x4.mul(a4, scale), shift);
    a5 = f32x4.add(f32x4.mul(a5, scale), shift);
    a6 = f32x4.add(f32x4.mul(a6, scale), shift);
    a7 = f32x4.add(f32x4.mul(a7, scale), shift);
    a8 = f32x4.add(f32x4.mul(a8, scale), shift);
    a9 = f32x4.add(f32x4.mul(a9, scale), shift);
    a10 = f32x4.add(f32x4.mul(a10, scale), shift);
    a11 = f32x4.add(f32x4.mul(a11, scale), shift);
  }
  const low = f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3));
  const middle = f32x4.add(f32x4.add(a4, a5), f32x4.add(a6, a7));
  const high = f32x4.add(f32x4.add(a8, a9), f32x4.add(a10, a11));
  return f32x4.extract_lane(f32x4.add(f32x4.add(low, middle), high), 0);
}
