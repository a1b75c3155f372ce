/**
 * Elementary functions on four floats at a time, from + − × ÷ √ alone, so that every engine gives the same bits.
 *
 * Accuracy is stated with each; all give exactly 0 for 0 where the function does.
 */

// @ts-ignore: decorator
@inline
function s(x: f32): v128 {
  return f32x4.splat(x);
}

/** a · b + c, in two roundings. */
// @ts-ignore: decorator
@inline
function ma(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** e^x within 2 ulp for −87 ≤ x ≤ 88; beyond, as at the ends. NaN stays. Source: Cephes expf. */
export function exp4(x: v128): v128 {
  x = f32x4.pmin(x, s(88));
  x = f32x4.pmax(x, s(-87));
  const k = f32x4.nearest(f32x4.mul(x, s(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(k, s(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(k, s(-2.12194440e-4)));
  let p = ma(s(1.9875691500e-4), r, s(1.3981999507e-3));
  p = ma(p, r, s(8.3334519073e-3));
  p = ma(p, r, s(4.1665795894e-2));
  p = ma(p, r, s(1.6666665459e-1));
  p = ma(p, r, s(5.0000001201e-1));
  p = f32x4.add(ma(p, f32x4.mul(r, r), r), s(1));
  const power = v128.shl<i32>(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/** ln x within 2 ulp for normal x > 0. Zero and below are not for here. Source: Cephes logf. */
export function log4(x: v128): v128 {
  const exponent = i32x4.sub(v128.shr<u32>(x, 23), i32x4.splat(126));
  let m = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000)); // [0.5, 1)
  let e = f32x4.convert_i32x4_s(exponent);
  const small = f32x4.lt(m, s(0.707106781186547524));
  e = f32x4.sub(e, v128.and(small, s(1)));
  m = f32x4.sub(f32x4.add(m, v128.and(small, m)), s(1));
  const z = f32x4.mul(m, m);
  let p = ma(s(7.0376836292e-2), m, s(-1.1514610310e-1));
  p = ma(p, m, s(1.1676998740e-1));
  p = ma(p, m, s(-1.2420140846e-1));
  p = ma(p, m, s(1.4249322787e-1));
  p = ma(p, m, s(-1.6668057665e-1));
  p = ma(p, m, s(2.0000714765e-1));
  p = ma(p, m, s(-2.4999993993e-1));
  p = ma(p, m, s(3.3333331174e-1));
  p = f32x4.mul(f32x4.mul(p, m), z);
  p = ma(e, s(-2.12194440e-4), p);
  p = f32x4.sub(p, f32x4.mul(z, s(0.5)));
  return ma(e, s(0.693359375), f32x4.add(m, p));
}

/** tanh x within 4 ulp: a rational function of degree 13 over 6, clamped where tanh is ±1 in f32. NaN stays. */
export function tanh4(x: v128): v128 {
  x = f32x4.pmin(x, s(7.90531110763549805));
  x = f32x4.pmax(x, s(-7.90531110763549805));
  const q = f32x4.mul(x, x);
  let p = ma(s(-2.76076847742355e-16), q, s(2.00018790482477e-13));
  p = ma(p, q, s(-8.60467152213735e-11));
  p = ma(p, q, s(5.12229709037114e-8));
  p = ma(p, q, s(1.48572235717979e-5));
  p = ma(p, q, s(6.37261928875436e-4));
  p = ma(p, q, s(4.89352455891786e-3));
  let d = ma(s(1.19825839466702e-6), q, s(1.18534705686654e-4));
  d = ma(d, q, s(2.26843463243900e-3));
  d = ma(d, q, s(4.89352518554385e-3));
  return f32x4.div(f32x4.mul(x, p), d);
}

/**
 * 1 / (1 + e^−x) within 4 ulp. Below −40 exactly 0: smaller values would sink into subnormals, which cost a hundredfold, and nothing
 * is learnt from them. NaN stays.
 */
export function sigmoid4(x: v128): v128 {
  const value = f32x4.div(s(1), f32x4.add(s(1), exp4(f32x4.neg(x))));
  return v128.andnot(value, f32x4.lt(x, s(-40)));
}

/** The inverse of the error function within 3 ulp, |x| < 1. Source: Giles 2010, with the coefficients that XLA uses. */
export function erfinv4(x: v128): v128 {
  const w = f32x4.neg(log4(f32x4.mul(f32x4.sub(s(1), x), f32x4.add(s(1), x))));
  const c = f32x4.sub(w, s(2.5));
  let centre = ma(s(2.81022636e-8), c, s(3.43273939e-7));
  centre = ma(centre, c, s(-3.5233877e-6));
  centre = ma(centre, c, s(-4.39150654e-6));
  centre = ma(centre, c, s(0.00021858087));
  centre = ma(centre, c, s(-0.00125372503));
  centre = ma(centre, c, s(-0.00417768164));
  centre = ma(centre, c, s(0.246640727));
  centre = ma(centre, c, s(1.50140941));
  const t = f32x4.sub(f32x4.sqrt(f32x4.pmax(w, s(0))), s(3));
  let tail = ma(s(-0.000200214257), t, s(0.000100950558));
  tail = ma(tail, t, s(0.00134934322));
  tail = ma(tail, t, s(-0.00367342844));
  tail = ma(tail, t, s(0.00573950773));
  tail = ma(tail, t, s(-0.0076224613));
  tail = ma(tail, t, s(0.00943887047));
  tail = ma(tail, t, s(1.00167406));
  tail = ma(tail, t, s(2.83297682));
  return f32x4.mul(v128.bitselect(centre, tail, f32x4.lt(w, s(5))), x);
}

/** The value where it is not tiny, else 0: keeps what fades geometrically out of the subnormals. NaN stays. */
// @ts-ignore: decorator
@inline
export function flush4(x: v128, limit: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), limit));
}

/** Where activations, deltas and moments end: 2^−66. A product of two stays above the subnormals. */
export const TINY: f32 = 1.3552527156068805e-20;
