/**
 * The numbers of the chapter "Two units, four worlds": every mask of two units with what it does to the sum, and the distribution for n
 * units, by visiting all masks up to 2¹⁶ and by the binomial beyond. Pure; the formulas are those of src/math.
 */
import type { Dropout } from '../../../math/dropout';
import { binomialProbability, forEachMask, MAX_ENUMERATED } from '../../../math/enumerate';
import { type Moments, weightedSumMoments } from '../../../math/expectations';

export interface TwoUnits {
  readonly w: readonly [number, number];
  readonly x: readonly [number, number];
  readonly p: number;
  /** Survivors are divided by keep. */
  readonly isInverted: boolean;
}

/** One mask: how likely it is and what the sum is under it. */
export interface World {
  readonly mask: readonly [0 | 1, 0 | 1];
  readonly probability: number;
  readonly z: number;
  /** probability · z: what it adds to the expectation. */
  readonly term: number;
  /** Sum of the terms up to and with this one. */
  readonly runningSum: number;
}

function dropoutOf({ p, isInverted }: Pick<TwoUnits, 'p' | 'isInverted'>): Dropout {
  return { mode: isInverted ? 'inverted' : 'standard', p };
}

/** Returns what a kept input is multiplied by. Nothing is kept at p = 1. */
export function keptFactor({ p, isInverted }: Pick<TwoUnits, 'p' | 'isInverted'>): number {
  return isInverted && p < 1 ? 1 / (1 - p) : 1;
}

/** Returns the four worlds, both kept first, none kept last. */
export function fourWorlds(units: TwoUnits): readonly World[] {
  const { w, x, p } = units;
  const factor = keptFactor(units);
  const seen: Omit<World, 'runningSum'>[] = [];
  forEachMask([1 - p, 1 - p], (mask, probability) => {
    const kept = [mask[0] ? 1 : 0, mask[1] ? 1 : 0] as const;
    const z = factor * (kept[0] * w[0] * x[0] + kept[1] * w[1] * x[1]);
    seen.push({ mask: kept, probability, z, term: probability * z });
  });
  let runningSum = 0;
  return [seen[3], seen[1], seen[2], seen[0]].map((world) => {
    const found = world as Omit<World, 'runningSum'>;
    runningSum += found.term;
    return { ...found, runningSum };
  });
}

/** Returns mean and variance by formula: `E = q Σ w x`, `Var = p q Σ w² x²`; inverted `Σ w x` and `(p/q) Σ w² x²`. */
export function twoUnitMoments(units: TwoUnits): Moments {
  return weightedSumMoments(dropoutOf(units), units.w, units.x);
}

/** Numbers of units that the slider offers: all worlds are visited up to 16. */
export const UNIT_COUNTS = [2, 4, 6, 8, 10, 12, 14, 16, 32, 64, 128, 256] as const;
export const NUM_BINS = 48;

export interface Distribution {
  readonly low: number;
  readonly high: number;
  /** Probability of each bin of [low, high]. */
  readonly bins: Float64Array;
  readonly mean: number;
  readonly variance: number;
  /** Whether every mask was visited; else the kept units were counted by the binomial. */
  readonly isEnumerated: boolean;
}

/** Returns the least and the greatest sum that any mask gives, a little apart. */
function rangeOf(units: TwoUnits): readonly [number, number] {
  const factor = keptFactor(units);
  const terms = [units.w[0] * units.x[0] * factor, units.w[1] * units.x[1] * factor];
  const low = terms.reduce((sum, term) => sum + Math.min(0, term), 0);
  const high = terms.reduce((sum, term) => sum + Math.max(0, term), 0);
  const margin = high > low ? (high - low) / (2 * NUM_BINS) : 0.5;
  return [low - margin, high + margin];
}

/**
 * Returns the distribution of z when the two terms are shared among n units: half of them have the first term's n/2-th part as theirs, half
 * the second's. The whole sum stays the same; only the number of coins grows.
 *
 * Range: n even, from 2. Up to 16 units all 2ⁿ masks are visited; beyond, the kept units of each half are binomial.
 */
export function manyWorlds(units: TwoUnits, n: number): Distribution {
  const half = n / 2;
  const factor = keptFactor(units);
  const first = (factor * units.w[0] * units.x[0]) / half;
  const second = (factor * units.w[1] * units.x[1]) / half;
  const [low, high] = rangeOf(units);
  const bins = new Float64Array(NUM_BINS);
  let [mean, square] = [0, 0];
  const add = (z: number, probability: number) => {
    const bin = Math.min(NUM_BINS - 1, Math.floor(((z - low) / (high - low)) * NUM_BINS));
    bins[bin] = (bins[bin] ?? 0) + probability;
    mean += probability * z;
    square += probability * z * z;
  };
  const isEnumerated = n <= MAX_ENUMERATED;
  const q = 1 - units.p;
  if (isEnumerated) {
    forEachMask(Array<number>(n).fill(q), (mask, probability) => {
      let z = 0;
      for (let unit = 0; unit < n; unit++) if (mask[unit]) z += unit < half ? first : second;
      add(z, probability);
    });
  } else {
    const chances = Array.from({ length: half + 1 }, (_, kept) => binomialProbability(half, kept, q));
    chances.forEach((a, i) => {
      chances.forEach((b, j) => {
        add(i * first + j * second, a * b);
      });
    });
  }
  return { low, high, bins, mean, variance: Math.max(0, square - mean * mean), isEnumerated };
}
