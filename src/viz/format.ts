/**
 * Writes numbers for labels, summaries and tables: true minus, narrow spaces, few digits. One place, so that figures and words agree.
 */

const NARROW_SPACE = '\u202f';

/** Writes a value with `digits` decimals and a true minus; `–` for a value that is not finite. Never "−0.00". */
export function formatValue(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Writes a value as mantissa and power of ten: `1.9e9`, `4.2e−5`. */
export function formatExponent(value: number): string {
  return value.toExponential(1).replace('e+', 'e').replace(/-/g, '−');
}

/** Writes a value in five characters at most, whatever its size: `0.51`, `12.3`, `1234`, `1.9e9`. Range: at least 0, below 1e100. */
export function formatShort(value: number): string {
  if (value >= 9999.5 && Number.isFinite(value)) return formatExponent(value);
  return formatValue(value, value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2);
}

/** Writes a value with about three significant digits, for numbers of unknown size (gradients, weights). */
export function formatSignificant(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && magnitude < 0.001 && Number.isFinite(value)) return formatExponent(value);
  return formatValue(value, magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 0.1 || magnitude === 0 ? 2 : 4);
}

/** Writes a share as whole per cent: `0.49` → `49 %`. */
export function formatPercent(share: number): string {
  return Number.isFinite(share) ? `${Math.round(share * 100)}${NARROW_SPACE}%` : '–';
}

/** Writes a count with its thousands apart: `1240` → `1 240`. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
}
