/**
 * Paints the regression curve of the wave: the eval curve, in MC phase the mean of the passes with bands of one and two standard deviations,
 * the examples, and the gap without training points.
 */
import { DOMAIN, type Frame, NUM_WAVE_POINTS } from '../protocol/frame';
import type { DataReport } from '../protocol/messages';
import type { BeliefStyle } from './belief';
import { type PlaneLayout, pixelX, pixelY } from './beliefLayout';
import { type Context, clear, crisp, drawLabel, strokeLine } from './canvas';
import { at, isOfData } from './cells';
import { type MarkSet, paintCrosses, paintDots, paintFocusRing } from './marks';
import { type Palette, withAlpha } from './palette';
import { roundTicks, tickText } from './scale';

/** A stretch without training points at least this long (in data units) is shaded. */
const GAP_LENGTH = 0.5;
const GAP_ALPHA = 0.45;
const BAND_ALPHAS = [
  { deviations: 2, alpha: 0.28 },
  { deviations: 1, alpha: 0.38 },
] as const;

/** Paints the curve. Writes: the area of `layout` on `context`. */
export function paintWave(context: Context, frame: Frame, layout: PlaneLayout, style: BeliefStyle): void {
  clear(context, layout);
  if (frame.surface.length !== NUM_WAVE_POINTS || !isOfData(frame, style.data)) return;
  const { palette, phase } = style;
  paintGap(context, layout, style);
  paintAxes(context, layout, palette);
  context.save();
  context.beginPath();
  context.rect(layout.plot.x, layout.plot.y, layout.plot.width, layout.plot.height);
  context.clip();
  if (phase === 'mc') paintBands(context, frame, layout, palette);
  paintPoints(context, layout, style);
  context.beginPath();
  addCurve(context, layout, (index) => at(frame.surface, index), 1);
  context.strokeStyle = (phase === 'mc' ? palette.mc : palette.eval).css;
  context.lineWidth = 2;
  context.stroke();
  if (style.highlighted) paintFocusRing(context, layout, style.data, style.highlighted.set, style.highlighted.index, palette);
  context.restore();
}

function waveX(index: number): number {
  return -DOMAIN + (2 * DOMAIN * index) / (NUM_WAVE_POINTS - 1);
}

/** Adds the curve to the path, from left to right (`direction` 1) or back; values that are not finite are skipped. */
function addCurve(context: Context, layout: PlaneLayout, readValue: (index: number) => number, direction: 1 | -1): void {
  for (let count = 0; count < NUM_WAVE_POINTS; count++) {
    const index = direction === 1 ? count : NUM_WAVE_POINTS - 1 - count;
    const value = readValue(index);
    if (Number.isFinite(value)) context.lineTo(pixelX(layout, waveX(index)), pixelY(layout, value));
  }
}

function paintBands(context: Context, frame: Frame, layout: PlaneLayout, palette: Palette): void {
  for (const { deviations, alpha } of BAND_ALPHAS) {
    context.beginPath();
    addCurve(context, layout, (index) => at(frame.surface, index) + deviations * at(frame.surfaceSpread, index), 1);
    addCurve(context, layout, (index) => at(frame.surface, index) - deviations * at(frame.surfaceSpread, index), -1);
    context.closePath();
    context.fillStyle = withAlpha(palette.mcBand, alpha);
    context.fill();
  }
}

/** Returns the longest stretch of x inside the training set that holds no training point, or null when none is long. */
export function findGap(data: DataReport): readonly [from: number, to: number] | null {
  const inputs = Array.from(data.trainInputs).sort((a, b) => a - b);
  let best: readonly [number, number] | null = null;
  let longest = GAP_LENGTH;
  for (let index = 1; index < inputs.length; index++) {
    const from = at(inputs, index - 1);
    const to = at(inputs, index);
    if (to - from <= longest) continue;
    longest = to - from;
    best = [from, to];
  }
  return best;
}

const gapCache = new WeakMap<DataReport, readonly [number, number] | null>();

function paintGap(context: Context, layout: PlaneLayout, style: BeliefStyle): void {
  const { data, palette } = style;
  if (!gapCache.has(data)) gapCache.set(data, findGap(data));
  const gap = gapCache.get(data);
  if (!gap) return;
  const left = pixelX(layout, gap[0]);
  const right = pixelX(layout, gap[1]);
  context.fillStyle = withAlpha(palette.rule, GAP_ALPHA);
  context.fillRect(left, layout.plot.y, right - left, layout.plot.height);
  if (right - left < 112) return;
  const font = `${palette.labelSize}px ${palette.fontSans}`;
  drawLabel(context, 'no training points', (left + right) / 2, layout.plot.y + layout.plot.height - 6, {
    font,
    colour: palette.inkSoft.css,
    align: 'center',
  });
}

function paintAxes(context: Context, layout: PlaneLayout, palette: Palette): void {
  const { plot, xDomain, yDomain } = layout;
  const bottom = plot.y + plot.height;
  const label = { font: `${palette.labelSize}px ${palette.fontMono}`, colour: palette.inkSoft.css };
  context.strokeStyle = palette.axis.css;
  context.lineWidth = 1;
  strokeLine(context, plot.x, crisp(bottom), plot.x + plot.width, crisp(bottom));
  for (const tick of roundTicks(xDomain[0], xDomain[1], 4)) {
    drawLabel(context, tickText(tick), pixelX(layout, tick), bottom + 15, { ...label, align: 'center' });
  }
  for (const tick of roundTicks(yDomain[0], yDomain[1], 4)) {
    const y = pixelY(layout, tick);
    context.strokeStyle = palette.rule.css;
    strokeLine(context, plot.x, crisp(y), plot.x + plot.width, crisp(y));
    drawLabel(context, tickText(tick), plot.x - 6, y, { ...label, align: 'right', baseline: 'middle' });
  }
}

function paintPoints(context: Context, layout: PlaneLayout, style: BeliefStyle): void {
  const { data, palette, numOwn, focused } = style;
  const numDrawn = data.trainTargets.length - numOwn;
  const marks = (set: 'train' | 'test', isShown: (index: number) => boolean): MarkSet => ({ layout, data, set, isShown });
  paintDots(
    context,
    marks('test', () => true),
    2.2,
    palette.inkSoft,
    true,
    palette,
  );
  paintDots(
    context,
    marks('train', (index) => index < numDrawn),
    2.1,
    palette.ink,
    false,
    palette,
  );
  paintCrosses(
    context,
    marks('train', (index) => index >= numDrawn),
    4,
    () => palette.ink,
    palette,
  );
  if (focused !== null && focused < data.trainTargets.length) paintFocusRing(context, layout, data, 'train', focused, palette);
}
