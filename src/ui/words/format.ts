/** Turns numbers into the text people read. Pure; every other words file is built on these few. Must not know settings or frames. */

import { formatCount, formatExponent, formatPercent, formatValue } from '../../viz/format';

/** From here on decimals mean nothing and digits only fill the line. */
const HUGE = 1e6;

const NOT_A_NUMBER = 'not a number';

/** Returns `value` with `digits` decimals, a true minus sign and no negative zero; NaN and infinities in words. */
export function fixed(value: number, digits = 2): string {
  if (Number.isNaN(value)) return NOT_A_NUMBER;
  if (value === Infinity) return 'infinity';
  if (value === -Infinity) return 'minus infinity';
  return Math.abs(value) >= HUGE ? formatExponent(value) : formatValue(value, digits);
}

/** Returns `value` with two decimals, from 10 000 on with an exponent: for numbers that stand side by side in a narrow column. */
export function brief(value: number): string {
  return Number.isFinite(value) && Math.abs(value) >= 1e4 ? formatExponent(value) : fixed(value);
}

/** Returns `value` with as many decimals as it needs, at least `least` and at most `most`: 0.5 → "0.50", 0.125 → "0.125". */
export function trimmed(value: number, least = 2, most = 4): string {
  const text = fixed(value, most);
  if (!text.includes('.')) return text;
  const [whole, decimals = ''] = text.split('.');
  const kept = decimals.replace(/0+$/, '').padEnd(least, '0');
  return kept === '' ? (whole ?? '') : `${whole}.${kept}`;
}

/** Returns a share in whole percent, or with one decimal: 0.471 → "47 %". */
export function percent(share: number, digits: 0 | 1 = 0): string {
  if (!Number.isFinite(share)) return fixed(share);
  return digits === 0 ? formatPercent(share) : `${fixed(share * 100, digits)}\u202f%`;
}

/** Returns a whole number in groups of three: 1240 → "1 240". */
export function grouped(value: number): string {
  return Number.isFinite(value) ? formatCount(value) : fixed(value);
}

/** Returns "1 unit", "2 units", "no units". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  if (count === 0) return `no ${plural}`;
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}

/** Returns a number that fits small places: few significant digits, exponents for the very small and very large. */
export function compact(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return fixed(value);
  if ((size !== 0 && size < 0.001) || size >= 100_000) return formatExponent(value);
  if (size >= 100) return grouped(value);
  return fixed(value, size < 0.1 ? 3 : 2);
}

/** Returns `text` with its first letter in upper case. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Joins words as a list: "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Returns the word for a simple part of a whole, or its percentage: 0.5 → "half", 0.31 → "31 %". */
export function portion(share: number): string {
  if (Number.isNaN(share)) return NOT_A_NUMBER;
  if (share === 0) return 'none';
  if (share === 1) return 'all';
  const simple: readonly [number, string][] = [
    [0.5, 'half'],
    [0.25, 'a quarter'],
    [0.75, 'three quarters'],
    [0.2, 'a fifth'],
    [0.1, 'a tenth'],
  ];
  const match = simple.find(([value]) => Math.abs(value - share) < 1e-9);
  return match?.[1] ?? percent(share, share < 0.01 || share > 0.99 ? 1 : 0);
}

/** Returns "doubled", "× 1.25" and the like for a factor. */
export function multiplied(factor: number): string {
  if (Math.abs(factor - 2) < 1e-6) return 'doubled';
  if (Math.abs(factor - 4) < 1e-6) return 'multiplied by four';
  return `multiplied by ${trimmed(factor, 2, 2)}`;
}
