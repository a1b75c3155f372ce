/**
 * The ways of writing one probability. The lab stores the drop probability p; the paper's p and TensorFlow 1's keep_prob are the
 * probability of keeping. These functions turn one into the other for every label and control; nothing else in ui/ writes 1 − p.
 */
import type { Convention } from '../../store/labStore';
import { trimmed } from './format';

export const CONVENTION_NAMES: Readonly<Record<Convention, string>> = {
  drop: 'today: p = drop',
  rate: 'Keras, TF 2: rate = drop',
  'keep-paper': 'the paper: p = keep',
  keep_prob: 'TF 1: keep_prob',
};

/** Tells whether a convention writes the probability of keeping. */
export function writesKeep(convention: Convention): boolean {
  return convention === 'keep-paper' || convention === 'keep_prob';
}

/** Rounds away what 1 − p leaves behind in binary: 1 − 0.8 → 0.2. */
function tidy(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

/** Returns the number that this convention writes for drop probability `p`. */
export function toShown(convention: Convention, p: number): number {
  return writesKeep(convention) ? tidy(1 - p) : p;
}

/** Returns the drop probability for the number that this convention writes. The inverse of `toShown`. */
export function fromShown(convention: Convention, shown: number): number {
  return writesKeep(convention) ? tidy(1 - shown) : shown;
}

/** Returns the symbol that this convention uses for the probability in a formula. */
export function symbol(convention: Convention): string {
  return convention === 'rate' || convention === 'keep_prob' ? convention : 'p';
}

const LABELS: Readonly<Record<Convention, string>> = {
  drop: 'drop rate p',
  rate: 'rate (drop)',
  'keep-paper': 'keep probability p',
  keep_prob: 'keep_prob',
};

const SHORT_LABELS: Readonly<Record<Convention, string>> = { drop: 'drop p', rate: 'rate', 'keep-paper': 'keep p', keep_prob: 'keep_prob' };

/** Returns the label of a control where room is short: "drop p". */
export function shortLabel(convention: Convention): string {
  return SHORT_LABELS[convention];
}

/** Returns the label of a control: "drop rate p"; with a place, "input drop p". */
export function probabilityLabel(convention: Convention, where = ''): string {
  return where === '' ? LABELS[convention] : `${where} ${SHORT_LABELS[convention]}`;
}

/** Returns the other side of the same number: "keep 1 − p" and "0.80", or "drop 1 − p" and "0.20". */
export function counterpart(convention: Convention, p: number): { readonly label: string; readonly value: string } {
  const label = `${writesKeep(convention) ? 'drop' : 'keep'} 1 − ${symbol(convention)}`;
  return { label, value: trimmed(writesKeep(convention) ? p : tidy(1 - p)) };
}

/** Returns both conventions in one line, the chosen one first: "drop 0.20 = keep 0.80". */
export function bothWays(convention: Convention, p: number): string {
  const drop = `drop ${trimmed(p)}`;
  const keep = `keep ${trimmed(tidy(1 - p))}`;
  return writesKeep(convention) ? `${keep} = ${drop}` : `${drop} = ${keep}`;
}

/** Writes the factor of the survivors in the letters of the convention: "1 ÷ (1 − p)", "1 ÷ keep_prob". */
export function inverseKeep(convention: Convention): string {
  return writesKeep(convention) ? `1 ÷ ${symbol(convention)}` : `1 ÷ (1 − ${symbol(convention)})`;
}
