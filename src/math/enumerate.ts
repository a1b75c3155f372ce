/**
 * Every mask there is: a layer of n units has 2ⁿ of them, and for small n one can visit all and know instead of sample. Beyond that,
 * the number of kept units is binomial.
 */

/** Units up to which all masks are visited: 65,536 of them. */
export const MAX_ENUMERATED = 16;

/** Sees one mask, 1 = kept, and its probability. The array is reused: copy it to keep it. */
type MaskVisitor = (mask: Uint8Array, probability: number, index: number) => void;

/**
 * Visits all masks with their probabilities, `Π (mᵢ ? qᵢ : 1 − qᵢ)`. In mask number k, unit i is kept when bit i of k is set.
 *
 * Range: one keep probability per unit, 16 units at most. Errors: RangeError "units must be in [0, 16], got 17".
 */
export function forEachMask(keepProbs: readonly number[], visit: MaskVisitor): void {
  const units = keepProbs.length;
  if (units > MAX_ENUMERATED) throw new RangeError(`units must be in [0, ${MAX_ENUMERATED}], got ${units}`);
  const mask = new Uint8Array(units);
  for (let index = 0; index < 2 ** units; index++) {
    let probability = 1;
    for (const [unit, keepProb] of keepProbs.entries()) {
      const kept = (index >>> unit) & 1;
      mask[unit] = kept;
      probability *= kept ? keepProb : 1 - keepProb;
    }
    visit(mask, probability, index);
  }
}

/** Returns mean and variance of a number that depends on the mask, over all masks. */
export function enumeratedMoments(keepProbs: readonly number[], value: (mask: Uint8Array) => number): { mean: number; variance: number } {
  let mean = 0;
  let square = 0;
  forEachMask(keepProbs, (mask, probability) => {
    if (probability === 0) return; // what cannot happen does not count, not even when it is infinite
    const seen = value(mask);
    mean += probability * seen;
    square += probability * seen * seen;
  });
  return { mean, variance: Math.max(0, square - mean * mean) };
}

/**
 * Returns two ways to average what the sub-networks predict: the arithmetic mean `Σ πₖ Pₖ`, and the normalised geometric mean
 * `Π Pₖ^πₖ / Z`, which for one masked layer into a softmax is exactly the network with its weights scaled by keep.
 *
 * Shape: `predictions` one row of class probabilities per mask; `probabilities` πₖ one per mask, summing to 1.
 * Source: Hinton et al. 2012, arXiv 1207.0580; Baldi & Sadowski 2013.
 */
export function subnetworkMeans(
  predictions: readonly (readonly number[])[],
  probabilities: readonly number[],
): { arithmetic: number[]; geometric: number[] } {
  const numClasses = predictions[0]?.length ?? 0;
  const arithmetic = Array<number>(numClasses).fill(0);
  const logs = Array<number>(numClasses).fill(0);
  predictions.forEach((prediction, k) => {
    const weight = probabilities[k] as number;
    if (weight === 0) return;
    prediction.forEach((probability, c) => {
      arithmetic[c] = (arithmetic[c] as number) + weight * probability;
      logs[c] = (logs[c] as number) + weight * Math.log(probability);
    });
  });
  const largest = Math.max(...logs);
  const powers = logs.map((log) => Math.exp(log - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return { arithmetic, geometric: powers.map((power) => power / sum) };
}

/** Returns the chance that k of n units are kept: `C(n, k) qᵏ (1 − q)ⁿ⁻ᵏ`. Accuracy: 1e-8 relative, for n up to a million. */
export function binomialProbability(n: number, k: number, keepProb: number): number {
  if (k < 0 || k > n || !Number.isInteger(k)) return 0;
  if (keepProb === 0) return k === 0 ? 1 : 0;
  if (keepProb === 1) return k === n ? 1 : 0;
  const logChoices = logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  return Math.exp(logChoices + k * Math.log(keepProb) + (n - k) * Math.log1p(-keepProb));
}

/** Returns the chance that at most k of n units are kept. The terms are summed from the shorter side, so that small tails stay exact. */
export function binomialTail(n: number, k: number, keepProb: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  const isLower = k <= n * keepProb;
  const [from, to] = isLower ? [0, Math.floor(k)] : [Math.floor(k) + 1, n];
  let sum = 0;
  for (let i = from; i <= to; i++) sum += binomialProbability(n, i, keepProb);
  return isLower ? sum : 1 - sum;
}

/** Returns log n!, by summing logs below 32 and by Stirling's series above. Accuracy: 1e-14 relative. */
function logFactorial(n: number): number {
  if (n < 32) {
    let sum = 0;
    for (let i = 2; i <= n; i++) sum += Math.log(i);
    return sum;
  }
  const series = 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5);
  return (n + 0.5) * Math.log(n) - n + Math.log(2 * Math.PI) / 2 + series;
}
