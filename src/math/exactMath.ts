/**
 * Logarithm, exponential, sine and cosine from + − × ÷ alone, so that a seed gives the same bits in every engine.
 *
 * The language leaves the last digits of `Math.log` and its kin to each engine; the four operations are exact to the bit everywhere.
 * Use these wherever a seed decides; where nothing is seeded, the engine's own are faster.
 */

const LN2_HIGH = 0.6931471803691238; // leading bits of ln 2: a whole number times it is exact
const LN2_LOW = 1.9082149292705877e-10;
const HALF_PI_HIGH = 1.5707963267341256; // leading bits of π/2, likewise
const HALF_PI_LOW = 6.077100506506192e-11;

/**
 * Returns the natural logarithm, by `log(m · 2^e) = e · ln 2 + 2 · atanh((m − 1) / (m + 1))`.
 *
 * Range: x > 0; 0 gives −Infinity, anything below gives NaN. Accuracy: 1e-15 relative, or 1e-16 absolute near x = 1.
 */
export function exactLog(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let mantissa = x;
  let exponent = 0;
  for (; mantissa < Math.SQRT1_2; exponent--) mantissa *= 2;
  for (; mantissa > Math.SQRT2; exponent++) mantissa /= 2;
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series = 0; // 1 + s²/3 + s⁴/5 + …, from the smallest term up
  for (let odd = 23; odd >= 1; odd -= 2) series = series * square + 1 / odd;
  return exponent * LN2_HIGH + (2 * s * series + exponent * LN2_LOW);
}

/**
 * Returns e^x, by `e^x = 2^k · e^r` with |r| ≤ ln 2 / 2 and the Taylor series of e^r.
 *
 * Range: every x; above 709.78 Infinity, below −745.2 zero. Accuracy: 1e-15 relative.
 */
export function exactExp(x: number): number {
  if (x > 709.79) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.floor(x / Math.LN2 + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let result = 1;
  for (let n = 14; n >= 1; n--) result = 1 + (result * r) / n;
  for (let i = 0; i < k; i++) result *= 2;
  for (let i = 0; i > k; i--) result /= 2;
  return result;
}

/** Returns the sine. Range: |x| ≤ 1e6, in radians. Accuracy: 1e-15 absolute up to |x| = 100. */
export function exactSin(x: number): number {
  return sineOfQuarter(x, 0);
}

/** Returns the cosine, which is the sine a quarter turn on. Range and accuracy: as `exactSin`. */
export function exactCos(x: number): number {
  return sineOfQuarter(x, 1);
}

/** Returns `sin(x + quarters · π/2)`: takes out whole quarter turns, then sums the Taylor series of what is left, |r| ≤ π/4. */
function sineOfQuarter(x: number, quarters: number): number {
  const k = Math.floor(x / (Math.PI / 2) + 0.5);
  const r = x - k * HALF_PI_HIGH - k * HALF_PI_LOW;
  const turn = (((k + quarters) % 4) + 4) % 4;
  const value = turn % 2 === 0 ? taylor(r, 1) * r : taylor(r, 0);
  return turn < 2 ? value : -value;
}

/** Returns `1 − r²/((f+1)(f+2)) + r⁴/((f+1)…(f+4)) − …`: the cosine for f = 0, sin(r)/r for f = 1. */
function taylor(r: number, first: 0 | 1): number {
  const square = r * r;
  let series = 1;
  for (let n = 18 + first; n > first; n -= 2) series = 1 - (series * square) / (n * (n - 1));
  return series;
}
