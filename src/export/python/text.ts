/** Small tools to write Python source: literals, lists that wrap, blocks that may be left out. Knows nothing of dropout. */
import { toBase64 } from '../bytes/base64';
import { crc32, hex32 } from '../bytes/crc32';

/** Joins parts of source, one per line or more, leaving out those that do not apply. */
export function lines(...parts: readonly (string | false | null | readonly string[])[]): string {
  return parts
    .filter((part) => part !== false && part !== null)
    .flat()
    .join('\n');
}

/** Moves each line of `text` to the right by `levels` of four blanks; empty lines stay empty. */
export function indent(text: string, levels = 1): string {
  return text.replace(/^(?=.)/gm, '    '.repeat(levels));
}

/** Writes a number as a Python float: `0.0`, `0.2`, `1e-7`. */
export function pyFloat(value: number): string {
  if (Number.isNaN(value)) return 'float("nan")';
  if (!Number.isFinite(value)) return value > 0 ? 'float("inf")' : 'float("-inf")';
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Writes a tuple: `(2, 12, 1)`, `(2,)`. */
export function pyTuple(items: readonly string[]): string {
  return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
}

/** Writes `NAME = [ … ]` with its items wrapped at `width`. */
export function pyList(name: string, items: readonly string[], width = 110): string {
  const rows: string[] = [];
  let row = '';
  for (const item of items) {
    if (row !== '' && row.length + item.length + 6 > width) {
      rows.push(row);
      row = '';
    }
    row += row === '' ? `${item},` : ` ${item},`;
  }
  if (row !== '') rows.push(row);
  return lines(`${name} = [`, ...rows.map((text) => `    ${text}`), ']');
}

/** Writes `NAME = unpack("NAME", checksum, shape, """…""")` with base64 text wrapped, so that an editor can still open the file. */
export function pyUnpack(name: string, bytes: Uint8Array, shape: readonly number[]): string {
  const rows = toBase64(bytes).match(/.{1,110}/g) ?? [];
  const start = `${name} = unpack("${name}", "${hex32(crc32(bytes))}", ${pyTuple(shape.map(String))}, `;
  return rows.length === 1 ? `${start}"${rows[0]}")` : lines(`${start}"""`, ...rows, '""")');
}

/** Breaks prose into lines of at most `width` characters. */
export function wrapProse(prose: string, width = 98): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of prose.split(/\s+/)) {
    if (row !== '' && row.length + 1 + word.length > width) {
      rows.push(row);
      row = '';
    }
    row += row === '' ? word : ` ${word}`;
  }
  return row === '' ? rows : [...rows, row];
}
