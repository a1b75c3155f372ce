/**
 * The statistics of the figures: running mean and variance, histograms, quantiles, and how far a sample may lie from its expectation.
 */

/** A mean and a variance that grow value by value, without keeping the values. Source: Welford 1962. */
export class RunningMoments {
  count = 0;
  mean = NaN;
  private sumOfSquares = 0; // of distances from the mean

  /** Takes in one value: `mean += (x − mean) / n`. */
  add(value: number): void {
    this.count += 1;
    if (this.count === 1) {
      this.mean = value;
      return;
    }
    const before = value - this.mean;
    this.mean += before / this.count;
    this.sumOfSquares += before * (value - this.mean);
  }

  /** Takes in all that another has seen, as if its values had come here; so parts can be counted apart. Source: Chan et al. 1979. */
  merge(other: RunningMoments): void {
    if (other.count === 0) return;
    const count = this.count + other.count;
    const between = this.count === 0 ? 0 : other.mean - this.mean;
    this.mean = this.count === 0 ? other.mean : this.mean + (between * other.count) / count;
    this.sumOfSquares += other.sumOfSquares + (between * between * this.count * other.count) / count;
    this.count = count;
  }

  /** The mean squared distance from the mean, `Σ(x − mean)² / n`. NaN without a value. */
  get variance(): number {
    return this.count > 0 ? this.sumOfSquares / this.count : NaN;
  }

  /** The variance of the population, estimated from this sample: `Σ(x − mean)² / (n − 1)`. NaN below two values. */
  get sampleVariance(): number {
    return this.count > 1 ? this.sumOfSquares / (this.count - 1) : NaN;
  }

  /** The standard error of the mean, `√(sampleVariance / n)`: how far the mean of another such sample would typically lie. */
  get standardError(): number {
    return Math.sqrt(this.sampleVariance / this.count);
  }
}

/** Returns the moments of an array. */
export function momentsOf(values: Iterable<number>): RunningMoments {
  const moments = new RunningMoments();
  for (const value of values) moments.add(value);
  return moments;
}

/**
 * Counts values into bins of equal width over [low, high]; `high` belongs to the last bin, what lies outside is not counted.
 *
 * Errors: RangeError "bins must be an integer above 0, got 0"; RangeError "high must be above low, got 1 and 1".
 */
export function histogram(values: Iterable<number>, low: number, high: number, numBins: number): Uint32Array {
  if (!Number.isInteger(numBins) || numBins < 1) throw new RangeError(`bins must be an integer above 0, got ${numBins}`);
  if (!(high > low)) throw new RangeError(`high must be above low, got ${high} and ${low}`);
  const counts = new Uint32Array(numBins);
  for (const value of values) {
    if (!(value >= low && value <= high)) continue;
    const bin = Math.min(numBins - 1, Math.floor(((value - low) / (high - low)) * numBins));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

/**
 * Returns the value below which a share of the values lies, by straight lines between the sorted values.
 *
 * Range: share in [0, 1]; 0 the least, 0.5 the median, 1 the greatest. NaN without values. Agrees with `numpy.quantile`.
 */
export function quantile(values: Iterable<number>, share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`share must be in [0, 1], got ${share}`);
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below === above ? below : below + (above - below) * (place - Math.floor(place));
}

/** Returns the standard error of a share: `√(p (1 − p) / n)`, of n draws each 1 with probability p. */
export function shareError(probability: number, count: number): number {
  return Math.sqrt((probability * (1 - probability)) / count);
}

/** Returns the density of N(0, 1) at z: `e^(−z²/2) / √(2π)`. */
export function normalDensity(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Returns the chance that N(0, 1) is below z: `(1 + erf(z / √2)) / 2`. */
export function normalCdf(z: number): number {
  return erfc(-z * Math.SQRT1_2) / 2;
}

/** Returns the error function, `2/√π ∫₀ˣ e^(−t²) dt`. Accuracy: 1e-14 absolute. */
export function erf(x: number): number {
  return 1 - erfc(x);
}

/**
 * Returns `1 − erf(x)`, small tails included: near 0 by the series `erf x = 2x/√π · e^(−x²) Σ (2x²)ⁿ / (3·5·…·(2n+1))`, further out by
 * the continued fraction `e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + …))))`. Accuracy: 1e-14 absolute, 1e-12 relative.
 */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < 0) return 2 - erfc(-x);
  if (x < 2.5) {
    let term = 1;
    let sum = 1;
    for (let n = 1; term > 1e-17 * sum; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - ((2 * x) / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  if (x > 27) return 0;
  let fraction = x;
  for (let n = 60; n >= 1; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
