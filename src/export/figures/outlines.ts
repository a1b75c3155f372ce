/**
 * Texts as outlines: a file names a font that its reader may not have, and most readers take none from a file. An outline looks the same
 * everywhere. The fonts of the page have no kerning, so a text is its glyphs side by side, as the canvas sets it.
 */
import { coordinate } from './xml';

interface Glyph {
  readonly advance: number;
  readonly outline: string; // relative m, l, q, z
}
type Face = ReadonlyMap<string, Glyph>;

/** The faces of the page's fonts that figures use. */
export interface Outlines {
  readonly sans: Face;
  readonly sansBold: Face;
  readonly mono: Face;
}

const UNITS_PER_EM = 1000;

function readFace(rows: string): Face {
  return new Map(
    rows
      .trim()
      .split('\n')
      .map((row) => {
        const [code = '', advance = '', ...outline] = row.split(' ');
        return [String.fromCodePoint(Number.parseInt(code, 16)), { advance: Number(advance), outline: outline.join(' ') }];
      }),
  );
}

/** Fetches the glyphs. */
export async function loadOutlines(): Promise<Outlines> {
  const { SANS, SANS_BOLD, MONO } = await import('./glyphs');
  return { sans: readFace(SANS), sansBold: readFace(SANS_BOLD), mono: readFace(MONO) };
}

/** Returns the face that a browser would take for a font of the page; null for any other font. */
export function faceOf(outlines: Outlines, family: string, weight: string | undefined): Face | null {
  const [, name] = /^"?Lab (Sans|Mono)\b/.exec(family) ?? [];
  if (name === 'Mono') return outlines.mono;
  if (name !== 'Sans') return null;
  return weight === 'bold' || Number(weight ?? 400) >= 550 ? outlines.sansBold : outlines.sans;
}

/** Moves an outline to (left, base), y downwards, and makes it absolute: rounding must not add up along it. */
function placeOutline(outline: string, left: number, base: number, scale: number): string {
  let [penX, penY, startX, startY] = [0, 0, 0, 0];
  return outline.replace(/([mlqz])([^mlqz]*)/g, (_, command: string, list: string) => {
    if (command === 'z') {
      [penX, penY] = [startX, startY];
      return 'Z';
    }
    const numbers = (list.match(/-?\d+/g) ?? []).map(Number);
    const stride = command === 'q' ? 4 : 2;
    const placed: string[] = [];
    for (let i = 0; i < numbers.length; i += 2) {
      const [x, y] = [penX + (numbers[i] as number), penY + (numbers[i + 1] as number)];
      placed.push(coordinate(left + x * scale), coordinate(base - y * scale));
      if (i % stride === stride - 2) [penX, penY] = [x, y];
    }
    if (command === 'm') [startX, startY] = [penX, penY];
    return `${command.toUpperCase()}${placed.join(' ')}`;
  });
}

/**
 * Returns a text as path data, its line beginning at (x, y), or standing on it with the share `anchor` of its width to the left of x.
 * Null when the face lacks one of its characters.
 */
export function outlineText(text: string, face: Face, size: number, x: number, y: number, anchor = 0): string | null {
  const glyphs = Array.from(text, (character) => face.get(character));
  if (glyphs.includes(undefined)) return null;
  const scale = size / UNITS_PER_EM;
  const width = glyphs.reduce((sum, glyph) => sum + (glyph?.advance ?? 0), 0) * scale;
  let left = x - anchor * width;
  return glyphs
    .map((glyph) => {
      const placed = placeOutline(glyph?.outline ?? '', left, y, scale);
      left += (glyph?.advance ?? 0) * scale;
      return placed;
    })
    .join('');
}
