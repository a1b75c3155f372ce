/** The design tokens: text is legible, and no two meanings melt into one for people who see fewer hues. Reads tokens.css as it is shipped. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COLOUR_TOKENS, parseColour } from '../../../src/viz/palette';

const themeFolder = new URL('../../../src/ui/theme/', import.meta.url);
const css = readFileSync(new URL('tokens.css', themeFolder), 'utf8');
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
type Vector = readonly [number, number, number];

/** The tokens written as `--name: light-dark(#rrggbb, #rrggbb);`. */
function readTokens(): Map<string, Record<Theme, string>> {
  const tokens = new Map<string, Record<Theme, string>>();
  for (const [, name, light, dark] of css.matchAll(/(--[\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\);/g)) {
    if (name && light && dark) tokens.set(name, { light, dark });
  }
  return tokens;
}
const tokens = readTokens();

function colour(name: string, theme: Theme): string {
  const token = tokens.get(name);
  if (!token) throw new Error(`tokens.css has no ${name}`);
  return token[theme];
}

/** sRGB text to linear light in [0, 1]. Source: IEC 61966-2-1. */
function linear(hex: string): Vector {
  const decode = (byte: number) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4);
  const [red, green, blue] = parseColour(hex).rgb;
  return [decode(red), decode(green), decode(blue)];
}

const dot = (row: Vector, vector: Vector) => row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2];

/** Source: WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => dot([0.2126, 0.7152, 0.0722], linear(hex));
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Full dichromacy in linear RGB. Source: Machado, Oliveira and Fernandes 2009, table for severity 1.0. */
const SIGHT: Record<string, readonly [Vector, Vector, Vector]> = {
  trichromat: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanope: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIELAB under D65 of a colour as seen. */
function labOf(hex: string, sight: string): Vector {
  const light = linear(hex);
  const matrix = SIGHT[sight] as readonly [Vector, Vector, Vector];
  const clamp = (value: number) => Math.min(Math.max(value, 0), 1);
  const seen: Vector = [clamp(dot(matrix[0], light)), clamp(dot(matrix[1], light)), clamp(dot(matrix[2], light))];
  const curve = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = curve(dot([0.4124564, 0.3575761, 0.1804375], seen) / 0.95047);
  const y = curve(dot([0.2126729, 0.7151522, 0.072175], seen));
  const z = curve(dot([0.0193339, 0.119192, 0.9503041], seen) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Colour difference CIE 1976: the distance in CIELAB; about 2.3 is just noticeable. */
function difference(a: string, b: string, sight: string): number {
  const [from, to] = [labOf(a, sight), labOf(b, sight)];
  return Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]);
}

describe.each(THEMES)('tokens in %s', (theme) => {
  test.each(['--ink', '--ink-soft', '--train', '--eval', '--mc', '--positive', '--negative', '--ok', '--bad'])(
    '%s is legible as text on page and panel: at least 4.5 : 1',
    (name) => {
      for (const ground of ['--paper', '--panel']) {
        expect(contrast(colour(name, theme), colour(ground, theme)), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test('controls on their own ground are legible', () => {
    expect(contrast(colour('--ink', theme), colour('--fill', theme))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour('--ink-soft', theme), colour('--fill', theme))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour('--ink-inverse', theme), colour('--ink', theme))).toBeGreaterThanOrEqual(4.5);
  });

  test('axes, focus and the rings of misread points stand out: at least 3 : 1', () => {
    expect(contrast(colour('--rule-strong', theme), colour('--paper', theme))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour('--focus', theme), colour('--paper', theme))).toBeGreaterThanOrEqual(3);
    for (const field of ['--positive-field', '--negative-field']) {
      expect(contrast(colour('--ink', theme), colour(field, theme)), `ring on ${field}`).toBeGreaterThanOrEqual(3);
    }
  });

  // Marks that share a figure. The MC mark is a band, the eval mark an outline: their text hues may be closer than their marks.
  const pairs = [
    ['--train', '--eval', 40],
    ['--train', '--mc', 40],
    ['--eval', '--mc-band', 20],
    ['--eval', '--mc', 7],
    ['--train-fill', '--eval', 40],
    ['--positive', '--negative', 40],
    ['--positive-field', '--negative-field', 30],
  ] as const;
  for (const sight of Object.keys(SIGHT)) {
    test(`phases and signs stay apart for a ${sight}`, () => {
      for (const [a, b, bound] of pairs) {
        expect(difference(colour(a, theme), colour(b, theme), sight), `${a} against ${b}`).toBeGreaterThanOrEqual(bound);
      }
    });
  }
});

test('every colour of the palette is a token with both themes, and forced colours override it', () => {
  const forced = /@media \(forced-colors: active\) \{([\s\S]*?)\n\}/.exec(css)?.[1] ?? '';
  for (const token of Object.values(COLOUR_TOKENS)) {
    expect(tokens.has(token), token).toBe(true);
    expect(forced, token).toMatch(new RegExp(`${token}: [A-Z]`));
  }
});

test('the fonts of the first load weigh at most 25 kB together, all of them at most 45 kB', () => {
  const folder = new URL('fonts/', themeFolder);
  const weigh = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(new URL(file, folder)).size, 0);
  expect(weigh(['inter.woff2', 'serif-400.woff2', 'serif-600-wordmark.woff2', 'mono.woff2'])).toBeLessThanOrEqual(25_000);
  expect(weigh(readdirSync(folder))).toBeLessThanOrEqual(45_000);
});
