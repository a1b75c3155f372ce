/**
 * The numbers of table 1.0 as the core reads them: from a mode and a drop probability to threshold, scale, shift and deviation.
 *
 * All are computed in double from p and rounded once, except keep = fround(1 − p), which is what masks are drawn with.
 */
import { ALPHA_DROPPED } from '../math/dropout';
import { DROP_ALPHA, DROP_GAUSSIAN, DROP_MASK, DROP_NONE } from './assembly/layout';
import type { DropMode } from './networkTypes';
import { keepThreshold } from './random';

export interface DropRecord {
  readonly kind: number; // DROP_*
  readonly threshold: number; // kept when the upper 23 random bits are below
  readonly keepProb: number; // fround(1 − p)
  readonly scale: number; // factor of a kept value, or weight
  readonly shift: number; // alpha: what a kept value is moved by
  readonly dropped: number; // alpha: what a dropped value becomes
  readonly sigma: number; // gaussian
  readonly evalScale: number;
  readonly masksWeights: boolean;
}

const KINDS: Readonly<Record<DropMode, number>> = {
  none: DROP_NONE,
  standard: DROP_MASK,
  inverted: DROP_MASK,
  unscaled: DROP_MASK,
  gaussian: DROP_GAUSSIAN,
  dropconnect: DROP_NONE,
  alpha: DROP_ALPHA,
  spatial: DROP_MASK,
};

/**
 * Returns what the core needs to know about a layer's dropout. p = 0 is the identity in every mode and draws nothing; p = 1 drops
 * everything, without a division.
 *
 * Errors: RangeError when p is not in [0, 1], or is 1 with 'gaussian' or 'alpha'.
 */
export function dropRecord(mode: DropMode, p: number): DropRecord {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p must be in [0, 1], got ${p}`);
  if (p === 1 && (mode === 'gaussian' || mode === 'alpha')) throw new RangeError(`p must be in [0, 1) with mode ${mode}, got 1`);
  const keepProb = Math.fround(1 - p);
  const isOn = p > 0;
  const divides = mode === 'inverted' || mode === 'spatial' || mode === 'dropconnect';
  const record: DropRecord = {
    kind: isOn ? KINDS[mode] : DROP_NONE,
    threshold: keepThreshold(1 - p),
    keepProb,
    scale: !divides ? 1 : keepProb > 0 ? Math.fround(1 / keepProb) : 0,
    shift: 0,
    dropped: 0,
    sigma: mode === 'gaussian' ? Math.fround(Math.sqrt(p / (1 - p))) : 0,
    evalScale: mode === 'standard' ? keepProb : 1,
    masksWeights: isOn && mode === 'dropconnect',
  };
  if (mode !== 'alpha') return record;
  const scale = 1 / Math.sqrt((1 - p) * (1 + p * ALPHA_DROPPED * ALPHA_DROPPED));
  const shift = -scale * ALPHA_DROPPED * p;
  return { ...record, scale: Math.fround(scale), shift: Math.fround(shift), dropped: Math.fround(scale * ALPHA_DROPPED + shift) };
}
