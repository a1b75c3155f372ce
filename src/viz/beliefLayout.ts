/**
 * Where "what the network believes" is drawn: decision surface, regression curve or digits; data ↔ pixels, and the point under a pointer.
 * Pure arithmetic, no canvas.
 */
import { DOMAIN } from '../protocol/frame';
import type { DataReport } from '../protocol/messages';
import type { Box, Size } from './view';

/** A plot of the plane of data: x to the right, y up. */
export interface PlaneLayout extends Size {
  readonly plot: Box;
  readonly xDomain: readonly [low: number, high: number];
  readonly yDomain: readonly [low: number, high: number];
}

/** Lays out the decision surface: a square as wide as `width`, covering [−DOMAIN, DOMAIN] both ways. */
export function surfaceLayout(width: number): PlaneLayout {
  const plot = { x: 0, y: 0, width, height: width };
  return { width, height: width, plot, xDomain: [-DOMAIN, DOMAIN], yDomain: [-DOMAIN, DOMAIN] };
}

const WAVE_LEFT = 26;
const WAVE_BOTTOM = 20;
const WAVE_PAD = 6;

/** Lays out the regression curve: x over [−DOMAIN, DOMAIN], y over the range of all targets and half of it more, so that the band has room. */
export function waveLayout(width: number, height: number, data: DataReport): PlaneLayout {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const targets of [data.trainTargets, data.testTargets]) {
    for (const target of targets) {
      low = Math.min(low, target);
      high = Math.max(high, target);
    }
  }
  if (!(high >= low)) [low, high] = [-1, 1];
  const pad = Math.max((high - low) / 4, 0.25);
  const plot = { x: WAVE_LEFT, y: WAVE_PAD, width: width - WAVE_LEFT - WAVE_PAD, height: height - WAVE_BOTTOM - WAVE_PAD };
  return { width, height, plot, xDomain: [-DOMAIN, DOMAIN], yDomain: [low - pad, high + pad] };
}

/** Returns the pixel of a data value along x: `plot.x + plot.width·(value − low)/(high − low)`. */
export function pixelX(layout: PlaneLayout, value: number): number {
  const [low, high] = layout.xDomain;
  return layout.plot.x + (layout.plot.width * (value - low)) / (high - low);
}

/** Returns the pixel of a data value along y; larger values stand higher. */
export function pixelY(layout: PlaneLayout, value: number): number {
  const [low, high] = layout.yDomain;
  return layout.plot.y + layout.plot.height * (1 - (value - low) / (high - low));
}

/** Returns the data value under a pixel, for placing points; null outside the plot. */
export function dataAt(layout: PlaneLayout, x: number, y: number): { x: number; y: number } | null {
  const { plot, xDomain, yDomain } = layout;
  if (x < plot.x || y < plot.y || x > plot.x + plot.width || y > plot.y + plot.height) return null;
  return {
    x: xDomain[0] + ((x - plot.x) / plot.width) * (xDomain[1] - xDomain[0]),
    y: yDomain[1] - ((y - plot.y) / plot.height) * (yDomain[1] - yDomain[0]),
  };
}

export interface PointHit {
  readonly set: 'train' | 'test';
  readonly index: number;
}

const POINT_REACH = 10;

/** Returns the nearest example within 10 pixels of a point, or null. */
export function hitPoint(layout: PlaneLayout, data: DataReport, x: number, y: number): PointHit | null {
  let best: PointHit | null = null;
  let reach = POINT_REACH;
  for (const set of ['test', 'train'] as const) {
    const count = set === 'train' ? data.trainTargets.length : data.testTargets.length;
    for (let index = 0; index < count; index++) {
      const point = pointOf(data, set, index);
      const distance = Math.hypot(pixelX(layout, point.x) - x, pixelY(layout, point.y) - y);
      if (distance >= reach) continue;
      reach = distance;
      best = { set, index };
    }
  }
  return best;
}

/** Returns where an example lies in the plane: its two inputs, or for one input its target as y. */
export function pointOf(data: DataReport, set: 'train' | 'test', index: number): { x: number; y: number } {
  const inputs = set === 'train' ? data.trainInputs : data.testInputs;
  const targets = set === 'train' ? data.trainTargets : data.testTargets;
  const x = inputs[index * data.numInputs] ?? 0;
  const y = data.numInputs === 1 ? (targets[index] ?? 0) : (inputs[index * data.numInputs + 1] ?? 0);
  return { x, y };
}
