/**
 * Linear scales and round ticks of the figures. Ours rather than D3's because d3-scale brings interpolation, colour and number formats
 * (9 kB of the first load) for a few lines of arithmetic; the ticks are those of d3-array, to which a test holds them.
 */

export type Scale = (value: number) => number;

/** Returns `value → from + (to − from)·(value − low)/(high − low)`; an empty domain maps everything to `from`. */
export function linearScale(low: number, high: number, from: number, to: number): Scale {
  const slope = high === low ? 0 : (to - from) / (high - low);
  return (value) => from + (value - low) * slope;
}

/** Returns about `count` round values within [low, high]: multiples of 1, 2 or 5 times a power of ten, parted at √2, √10 and √50. */
export function roundTicks(low: number, high: number, count: number): readonly number[] {
  if (!(Number.isFinite(low) && Number.isFinite(high) && high > low)) return [];
  const step = (high - low) / count;
  const power = Math.floor(Math.log10(step));
  const error = step / 10 ** power;
  const factor = error >= Math.sqrt(50) ? 10 : error >= Math.sqrt(10) ? 5 : error >= Math.SQRT2 ? 2 : 1;
  // Small steps divide by a whole number, so that 0.3 is 3 ÷ 10 and not 3 × 0.1.
  const [times, over] = power < 0 ? [1, 10 ** -power / factor] : [10 ** power * factor, 1];
  const unit = times / over;
  const first = Math.ceil((low / unit) * (1 - Math.sign(low) * 1e-12));
  const last = Math.floor((high / unit) * (1 + Math.sign(high) * 1e-12));
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => ((first + index) * times) / over);
}

const STEPS = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** Returns the smallest of 1, 1.25, 1.5, 2 … 10 times a power of ten that is not below `value`, so that an axis does not tremble. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((candidate) => candidate * power >= value * (1 - 1e-6)) ?? 10;
  return step * power;
}

/** From here on a tick is written with its power of ten. */
const LONG_TICK = 1e4;

/** Writes a tick without needless zeros: `0`, `0.5`, `−2`, `1.5e9`. */
export function tickText(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const text = Math.abs(rounded) >= LONG_TICK ? rounded.toExponential().replace('e+', 'e') : String(rounded);
  return text.replace(/-/g, '−');
}
