/** What a script of a study compares with the page: counts and masks exactly, other numbers within a difference that is stated. */
import { crc32, hex32 } from '../bytes/crc32';
import { indent, lines, pyFloat, wrapProse } from '../python/text';

export interface Check {
  /** Key of the dict that the script's `study` returns. */
  readonly name: string;
  /** Text: the checksum of a mask. */
  readonly wanted: number | readonly number[] | string;
  /** Greatest difference allowed, for all or for each; 0: none at all. */
  readonly allowed: number | readonly number[];
}

/** By how much a normal number of JAX may differ from the page's, and powers and sums of such. */
export const OF_NORMALS = 1e-5;
/** The same as a sentence. */
export const NORMALS =
  "JAX's normal numbers are the page's but for the last places of float32: 2e-7 of their size, and up to 6e-6 of it beyond 3.";
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

/** Numbers that may differ by `relative` times `scale`, the size of what was added up to them; an array may have one for each. */
export function nearly(name: string, wanted: number | ArrayLike<number>, scale: number | readonly number[], relative = OF_NORMALS): Check {
  const allow = (size: number) => (Number.isFinite(size) ? Math.max(size * relative, TINY) : TINY);
  return {
    name,
    wanted: typeof wanted === 'number' ? wanted : Array.from(wanted),
    allowed: typeof scale === 'number' ? allow(scale) : scale.map(allow),
  };
}

function number(value: number): string {
  if (Number.isNaN(value)) return 'NAN';
  if (Number.isInteger(value)) return String(value);
  if (Number.isFinite(value)) return pyFloat(value);
  return value > 0 ? 'INFINITY' : '-INFINITY';
}

/** Writes a list, over several lines where it is long. */
function list(items: readonly string[]): string {
  const rows = wrapProse(items.join(', '), 100);
  return rows.length <= 1 ? `[${rows.join('')}]` : lines('[', ...rows.map((row) => indent(row, 3)), '        ]');
}

/** Writes one entry of the script's table: `"mean": (0.70012, 4.00e-6)`. */
export function checkEntry({ name, wanted, allowed }: Check): string {
  const limit = (value: number) => (value === 0 ? '0' : value.toExponential(2));
  const text = typeof wanted === 'string' ? `"${wanted}"` : typeof wanted === 'number' ? number(wanted) : list(wanted.map(number));
  return `"${name}": (${text}, ${typeof allowed === 'number' ? limit(allowed) : list(allowed.map(limit))})`;
}
