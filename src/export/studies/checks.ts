/** What a script of a study compares with the page: counts and masks exactly, other numbers within a difference that is stated. */
import { crc32, hex32 } from '../bytes/crc32';
import { pyFloat } from '../python/text';

export interface Check {
  /** Key of the dict that the script's `study` returns. */
  readonly name: string;
  /** Text: the checksum of a mask. */
  readonly wanted: number | readonly number[] | string;
  /** Greatest difference allowed; 0: none at all. */
  readonly allowed: number;
}

/** What is left of 4 units in the last place of a float32 normal (5e-7) after powers and sums, with some room. */
export const OF_NORMALS = 4e-6;
/** What the order of additions makes of float64, with ample room. */
export const OF_ORDER = 1e-10;

/** What may be left of numbers around 1 that cancel out. */
const TINY = 1e-13;

/** A count: no difference is allowed. */
export function exactly(name: string, wanted: number): Check {
  return { name, wanted, allowed: 0 };
}

/** A mask or any other bytes, row-major, 1 = kept; the script's is of dtype uint8. */
export function maskOf(name: string, mask: Uint8Array): Check {
  return { name, wanted: hex32(crc32(mask)), allowed: 0 };
}

/** Numbers that may differ by `relative` times `scale`, the size of what was added up to them. */
export function nearly(name: string, wanted: number | ArrayLike<number>, scale: number, relative: number = OF_NORMALS): Check {
  return { name, wanted: typeof wanted === 'number' ? wanted : Array.from(wanted), allowed: Math.max(scale * relative, TINY) };
}

function number(value: number): string {
  if (Number.isNaN(value)) return 'NAN';
  if (Number.isFinite(value)) return pyFloat(value);
  return value > 0 ? 'INFINITY' : '-INFINITY';
}

/** Writes one entry of the script's table: `"mean": (0.70012, 4e-06)`. */
export function checkEntry({ name, wanted, allowed }: Check): string {
  const text =
    typeof wanted === 'string' ? `"${wanted}"` : typeof wanted === 'number' ? number(wanted) : `[${wanted.map(number).join(', ')}]`;
  return `"${name}": (${text}, ${allowed === 0 ? '0' : allowed.toExponential(2)})`;
}
