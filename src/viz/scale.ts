/**
 * Linear scales and round ticks of the figures. Ours rather than d3-scale's because that brings interpolation, colour and number formats
 * (9 kB of the first load) for the one line of arithmetic needed here; the ticks are d3-array's.
 */
import { ticks } from 'd3-array';

export type Scale = (value: number) => number;

/** Returns `value → from + (to − from)·(value − low)/(high − low)`; an empty domain maps everything to `from`. */
export function linearScale(low: number, high: number, from: number, to: number): Scale {
  const slope = high === low ? 0 : (to - from) / (high - low);
  return (value) => from + (value - low) * slope;
}

/** Returns about `count` round values within [low, high]. */
export function roundTicks(low: number, high: number, count: number): readonly number[] {
  return Number.isFinite(low) && Number.isFinite(high) && high > low ? ticks(low, high, count) : [];
}

const STEPS = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** Returns the smallest of 1, 1.25, 1.5, 2 … 10 times a power of ten that is not below `value`, so that an axis does not tremble. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((candidate) => candidate * power >= value * (1 - 1e-6)) ?? 10;
  return step * power;
}

/** Writes a tick without needless zeros: `0`, `0.5`, `−2`. */
export function tickText(value: number): string {
  const rounded = Number(value.toPrecision(6));
  return rounded < 0 ? `−${-rounded}` : String(rounded);
}
