/**
 * The colours and type of the figures, read once per theme from the design tokens (src/ui/theme/tokens.css).
 *
 * Painters draw to canvas, where `var(--x)` means nothing: `readPalette` resolves every token as the browser would for `element`, so that
 * themes of a subtree, forced colours and print arrive here too. No painter may name a colour of its own.
 */

/** One colour, ready for a canvas (`css`) and for mixing (`rgb`, each 0–255). */
export interface Colour {
  readonly css: string;
  readonly rgb: readonly [red: number, green: number, blue: number];
}

/** Token of each colour of the palette: `palette.trainLow` is `--train-low`. */
export const COLOUR_TOKENS = {
  paper: '--paper', // page behind everything
  panel: '--panel', // raised surfaces; the empty inside of a unit
  ink: '--ink', // text, outlines, test curve
  inkSoft: '--ink-soft', // secondary text, ticks
  rule: '--rule', // hairlines
  axis: '--rule-strong', // axes and their ticks
  hatch: '--hatch', // strokes of the hatch: dropped by the mask
  hatchPaper: '--hatch-paper', // ground of the hatch
  silent: '--silent', // outline of a cell that is kept but silent
  train: '--train', // train phase: lines and text
  trainLow: '--train-low', // smallest magnitude of a filled train mark
  trainHigh: '--train-high', // largest magnitude
  trainFill: '--train-fill', // filled bars
  eval: '--eval',
  evalLow: '--eval-low',
  evalHigh: '--eval-high',
  mc: '--mc',
  mcLow: '--mc-low',
  mcHigh: '--mc-high',
  mcBand: '--mc-band', // band of the MC spread
  positive: '--positive', // sign: green
  positiveLow: '--positive-low',
  negative: '--negative', // sign: purple
  negativeLow: '--negative-low',
  zero: '--zero', // middle of the diverging pair
  positiveField: '--positive-field', // decision surface, class 1
  negativeField: '--negative-field', // decision surface, class 0
  focus: '--focus', // what the pointer or the keyboard is on
} as const;
export type ColourName = keyof typeof COLOUR_TOKENS;

export interface Palette extends Readonly<Record<ColourName, Colour>> {
  readonly fontSans: string;
  readonly fontMono: string;
  /** Size of labels inside figures, in CSS pixels. */
  readonly labelSize: number;
  /** True under forced colours or increased contrast: painters then tell signs by line ends too and drop faint tints. */
  readonly highContrast: boolean;
}

/**
 * Resolves every token for `element` and returns the palette.
 *
 * Costs one style recalculation per token: call it when the theme changes, never per frame.
 * Errors: Error naming the token when one is not defined (tokens.css not loaded).
 */
export function readPalette(element: Element): Palette {
  const probe = element.ownerDocument.createElement('span');
  probe.hidden = true;
  // Under forced colours every text would read as the system's own, whatever the token says.
  probe.style.setProperty('forced-color-adjust', 'none');
  element.append(probe);
  try {
    const style = getComputedStyle(probe);
    const colours = Object.fromEntries(
      Object.entries(COLOUR_TOKENS).map(([name, token]) => [name, resolveColour(probe, style, token)]),
    ) as Record<ColourName, Colour>;
    const text = (token: string) => style.getPropertyValue(token).trim();
    return {
      ...colours,
      fontSans: text('--font-sans') || 'sans-serif',
      fontMono: text('--font-mono') || 'monospace',
      labelSize: Number.parseFloat(text('--figure-label-size')) || 12,
      highContrast: matchMedia('(forced-colors: active), (prefers-contrast: more)').matches,
    };
  } finally {
    probe.remove();
  }
}

function resolveColour(probe: HTMLElement, style: CSSStyleDeclaration, token: string): Colour {
  if (style.getPropertyValue(token).trim() === '') throw new Error(`design token ${token} is not defined: is tokens.css loaded?`);
  probe.style.color = `var(${token})`;
  return parseColour(style.color);
}

/** Parses `rgb(1, 2, 3)`, `rgba(…)` or `#rrggbb`. Errors: Error naming the text when it is none of these. */
export function parseColour(text: string): Colour {
  const hex = /^#([0-9a-f]{6})$/i.exec(text.trim());
  if (hex?.[1]) {
    const value = Number.parseInt(hex[1], 16);
    return colourOf(value >> 16, (value >> 8) & 255, value & 255);
  }
  const parts = /^rgba?\(([^)]+)\)$/
    .exec(text.trim())?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  const [red, green, blue] = parts ?? [];
  if (red === undefined || green === undefined || blue === undefined || ![red, green, blue].every(Number.isFinite)) {
    throw new Error(`colour must be #rrggbb or rgb(…), got "${text}"`);
  }
  return colourOf(red, green, blue);
}

function colourOf(red: number, green: number, blue: number): Colour {
  return { css: `rgb(${red}, ${green}, ${blue})`, rgb: [red, green, blue] };
}

/** Mixes two colours: `from·(1 − share) + to·share`, share clamped to [0, 1]. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const t = Math.min(Math.max(share, 0), 1) || 0;
  const channel = (index: 0 | 1 | 2) => Math.round(from.rgb[index] + (to.rgb[index] - from.rgb[index]) * t);
  return colourOf(channel(0), channel(1), channel(2));
}

/** Returns the colour with an opacity, for a canvas. */
export function withAlpha(colour: Colour, alpha: number): string {
  const [red, green, blue] = colour.rgb;
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}

/** A ramp of `steps` colours from `from` to `to`, ready as CSS texts, so that a painter never builds strings per cell. */
export function ramp(from: Colour, to: Colour, steps = 24): readonly Colour[] {
  return Array.from({ length: steps }, (_, step) => mix(from, to, step / (steps - 1)));
}
