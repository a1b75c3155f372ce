/**
 * Paints the loss curves: train with masks (blue), train in eval mode (vermilion, dashed), test (ink), each named with its value at the right;
 * the accuracies beneath; live changes as ticks on the axis; the playhead at the present step.
 *
 * Train with masks is one batch's loss and jumps from step to step: its points are faint, the line and the value are their running mean.
 */
import { type Frame, readHeader } from '../protocol/frame';
import type { Change } from '../protocol/snapshot';
import { type Context, clear, crisp, drawLabel, strokeLine } from './canvas';
import { at } from './cells';
import { formatCount, formatPercent, formatShort } from './format';
import { type LossLayout, stepX, withTickRoom } from './lossLayout';
import { paintChanges, paintPlayhead } from './lossMarks';
import { type Colour, type Palette, withAlpha } from './palette';
import { linearScale, roundTicks, roundUp, type Scale, tickText } from './scale';
import type { Box } from './view';

export interface LossStyle {
  readonly palette: Palette;
  /** Live changes of the run, as the store keeps them. */
  readonly changes: readonly Change[];
  /** The frame whose numbers are written at the right; default: the one that is painted. Words under the figure lag, and must say the same. */
  readonly named?: Frame;
  /** Step under the pointer, or null. */
  readonly hoveredStep?: number | null;
}

interface Curve {
  readonly name: string;
  readonly values: Float32Array;
  /** What is written at the right: the value at the present step. */
  readonly present: number;
  /** True: faint as it is, and its running mean as the line. */
  readonly isNoisy?: boolean;
  readonly colour: Colour;
  readonly dash: number[];
  readonly lineWidth: number;
}

const EVAL_DASH = [5, 3];
const SOLID: number[] = [];
const LABEL_HEIGHT = 15;
/** Points that the running mean of the noisy curve covers. */
export const MEAN_WINDOW = 16;
/** Width of a mono letter, as a share of its size. */
const MONO_ADVANCE = 0.6;
const NOISE_ALPHA = 0.3;
/** The first share of the points may leave the picture, when they are this many times larger than the rest. */
const START_SHARE = 0.08;
const START_RATIO = 2.5;
const START_HEADROOM = 1.5;
const MIN_TICK_DISTANCE = 34;
/** Room that the name of the accuracies takes at the left. */
const NAME_WIDTH = 66;
/** A 0 alone is no axis. */
const LEAST_TICKS = 2;
/** Points of one column of pixels that lie closer than this to what is drawn of it add nothing to see. */
const SAME_HEIGHT = 0.4;
/** How long the line is that stands for a single point. */
const ALONE = 4;

/** Paints the curves. Writes: the area of `layout` on `context`. */
export function paintLosses(context: Context, frame: Frame, layout: LossLayout, style: LossStyle): void {
  clear(context, layout);
  const count = readHeader(frame, 'curveCount');
  const losses = lossCurves(frame, layout, style);
  const top = lossTop(losses, count);
  const yOf = linearScale(0, top, layout.plot.y + layout.plot.height, layout.plot.y);
  paintYAxis(context, layout.plot, yOf, lossTicks(top, layout), style.palette);
  paintStepAxis(context, layout, style.palette);
  paintChanges(context, layout, style.changes, style.palette);
  paintCurves(context, frame, layout, layout.plot, losses, yOf, count);
  paintEndLabels(context, layout, layout.plot, losses, yOf, count, formatShort, style.palette);
  if (layout.accuracy) paintAccuracy(context, frame, layout, layout.accuracy, count, style);
  paintPlayhead(context, layout, readHeader(frame, 'step'), style.hoveredStep ?? null, style.palette);
}

function lossTicks(top: number, layout: LossLayout): readonly number[] {
  return roundTicks(0, top, Math.max(Math.floor(layout.plot.height / MIN_TICK_DISTANCE), LEAST_TICKS));
}

/** Returns the layout with room for the ticks of a frame's losses: a loss of a billion has longer ones than one of a half. */
export function fitLossTicks(layout: LossLayout, frame: Frame, palette: Palette): LossLayout {
  const top = lossTop(lossCurves(frame, layout, { palette, changes: [] }), readHeader(frame, 'curveCount'));
  const longest = Math.max(...lossTicks(top, layout).map((tick) => tickText(tick).length));
  return withTickRoom(layout, longest * palette.labelSize * MONO_ADVANCE);
}

function lossCurves(frame: Frame, layout: LossLayout, { palette, named = frame }: LossStyle): readonly Curve[] {
  return [
    { name: 'test', values: frame.curveTest, present: readHeader(named, 'testLoss'), colour: palette.ink, dash: SOLID, lineWidth: 1.5 },
    {
      name: evalName(layout),
      values: frame.curveTrainEval,
      present: readHeader(named, 'trainLoss'),
      colour: palette.eval,
      dash: EVAL_DASH,
      lineWidth: 1.5,
    },
    {
      name: 'train',
      values: frame.curveTrainMasked,
      present: recentLoss(named),
      colour: palette.train,
      dash: SOLID,
      lineWidth: 1.75,
      isNoisy: true,
    },
  ];
}

/** The training set's curve in eval mode; "train" alone is the one with masks on. */
function evalName(layout: LossLayout): string {
  return layout.isNarrow ? 'eval' : 'train in eval';
}

/** Returns the mean of the last points up to `index` that are finite; NaN when none is. */
export function runningMean(values: Float32Array, index: number): number {
  let sum = 0;
  let count = 0;
  for (let earlier = Math.max(index - MEAN_WINDOW + 1, 0); earlier <= index; earlier++) {
    const value = at(values, earlier);
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Returns the train loss with masks as line and words give it: the mean of the last `MEAN_WINDOW` points; NaN before the first step. */
export function recentLoss(frame: Frame): number {
  return runningMean(frame.curveTrainMasked, readHeader(frame, 'curveCount') - 1);
}

/** Returns what a curve's line passes through at a point. */
function lineValue(curve: Curve, index: number): number {
  return curve.isNoisy ? runningMean(curve.values, index) : at(curve.values, index);
}

function largest(curves: readonly Curve[], from: number, to: number): number {
  let top = 0;
  for (const curve of curves) {
    for (let index = from; index < to; index++) {
      const value = lineValue(curve, index);
      if (value > top && Number.isFinite(value)) top = value;
    }
  }
  return top;
}

/** Returns the top of the axis: the largest value, unless the first steps tower over all that follows; those then leave at the top. */
function lossTop(curves: readonly Curve[], count: number): number {
  const all = largest(curves, 0, count);
  const settled = largest(curves, Math.ceil(count * START_SHARE) + MEAN_WINDOW, count);
  return roundUp(settled > 0 && all > START_RATIO * settled ? START_HEADROOM * settled : all);
}

function paintYAxis(context: Context, box: Box, yOf: Scale, ticks: readonly number[], palette: Palette): void {
  const label = { font: `${palette.labelSize}px ${palette.fontMono}`, colour: palette.inkSoft.css };
  context.lineWidth = 1;
  for (const tick of ticks) {
    const y = crisp(yOf(tick));
    context.strokeStyle = (tick === 0 ? palette.axis : palette.rule).css;
    strokeLine(context, box.x, y, box.x + box.width, y);
    drawLabel(context, tickText(tick), box.x - 5, y, { ...label, align: 'right', baseline: 'middle' });
  }
}

function paintStepAxis(context: Context, layout: LossLayout, palette: Palette): void {
  const box = layout.accuracy ?? layout.plot;
  const y = box.y + box.height + 15;
  const mono = { font: `${palette.labelSize}px ${palette.fontMono}`, colour: palette.inkSoft.css };
  drawLabel(context, 'step 0', box.x, y, { ...mono, font: `${palette.labelSize}px ${palette.fontSans}` });
  drawLabel(context, formatCount(layout.lastStep), box.x + box.width, y, { ...mono, align: 'right' });
}

function paintCurves(
  context: Context,
  frame: Frame,
  layout: LossLayout,
  box: Box,
  curves: readonly Curve[],
  yOf: Scale,
  count: number,
): void {
  context.save();
  context.beginPath();
  context.rect(box.x, box.y - 1, box.width + 2, box.height + 2);
  context.clip();
  for (const curve of curves) {
    if (curve.isNoisy) {
      tracePoints(context, frame, layout, yOf, count, (index) => at(curve.values, index));
      context.strokeStyle = withAlpha(curve.colour, NOISE_ALPHA);
      context.lineWidth = 1;
      context.stroke();
    }
    tracePoints(context, frame, layout, yOf, count, (index) => lineValue(curve, index));
    context.strokeStyle = curve.colour.css;
    context.lineWidth = curve.lineWidth;
    context.setLineDash(curve.dash);
    context.stroke();
    context.setLineDash(SOLID);
  }
  context.restore();
}

/**
 * Puts a line through the points into the current path, broken where a value is not finite; the first point, alone, is a short one. Of the
 * points in one column of pixels the first and the extremes are enough: the picture is the same, and a stroke costs by the point.
 */
function tracePoints(
  context: Context,
  frame: Frame,
  layout: LossLayout,
  yOf: Scale,
  count: number,
  readValue: (index: number) => number,
): void {
  context.beginPath();
  let column = Number.NaN;
  let low = 0; // what is drawn of the column
  let high = 0;
  let isDown = false;
  for (let index = 0; index < count; index++) {
    const value = readValue(index);
    const isDrawn = Number.isFinite(value);
    if (isDrawn) {
      const x = stepX(layout, at(frame.curveStep, index));
      const y = yOf(value);
      const isInside = isDown && Math.floor(x) === column && y > low - SAME_HEIGHT && y < high + SAME_HEIGHT;
      if (!isInside || index === count - 1) {
        if (isDown) context.lineTo(x, y);
        else context.moveTo(x, y);
        if (count === 1) context.lineTo(x + ALONE, y);
        const isNewColumn = !isDown || Math.floor(x) !== column;
        low = isNewColumn ? y : Math.min(low, y);
        high = isNewColumn ? y : Math.max(high, y);
        column = Math.floor(x);
      }
    }
    isDown = isDrawn;
  }
}

/** Names each curve at the right end, at its last value, pushed apart where they would collide; a short line shows its stroke. */
function paintEndLabels(
  context: Context,
  layout: LossLayout,
  box: Box,
  curves: readonly Curve[],
  yOf: Scale,
  count: number,
  write: (value: number) => string,
  palette: Palette,
): void {
  if (count === 0) return;
  const ends = curves
    .map((curve) => ({ curve, value: curve.present }))
    .filter(({ value }) => Number.isFinite(value))
    .map(({ curve, value }) => ({ curve, value, y: yOf(value) }))
    .sort((a, b) => a.y - b.y);
  const places = spreadLabels(
    ends.map(({ y }) => y),
    LABEL_HEIGHT,
    box.y + 4,
    box.y + box.height - 4,
  );
  const left = box.x + box.width + 8;
  for (const [index, { curve, value }] of ends.entries()) {
    const y = places[index] as number;
    if (!layout.isNarrow) paintSample(context, left, y, curve);
    const label = { colour: curve.colour.css, baseline: 'middle' as const };
    drawLabel(context, curve.name, left + (layout.isNarrow ? 0 : 14), y + 0.5, {
      ...label,
      font: `${palette.labelSize}px ${palette.fontSans}`,
    });
    drawLabel(context, write(value), layout.width, y + 0.5, {
      ...label,
      font: `${palette.labelSize}px ${palette.fontMono}`,
      align: 'right',
    });
  }
}

/** A short piece of a curve's stroke before its name. */
function paintSample(context: Context, x: number, y: number, curve: Curve): void {
  context.strokeStyle = curve.colour.css;
  context.lineWidth = curve.lineWidth;
  context.setLineDash(curve.dash.length > 0 ? [4, 2] : SOLID);
  strokeLine(context, x, y, x + 10, y);
  context.setLineDash(SOLID);
}

/** Moves sorted label positions apart to at least `height`, within [top, bottom] as far as that holds them. */
export function spreadLabels(wanted: readonly number[], height: number, top: number, bottom: number): readonly number[] {
  const places = [...wanted];
  for (let index = 0; index < places.length; index++) {
    const floor = index === 0 ? top : at(places, index - 1) + height;
    places[index] = Math.max(at(places, index), floor);
  }
  for (let index = places.length - 1; index >= 0; index--) {
    const ceiling = index === places.length - 1 ? bottom : at(places, index + 1) - height;
    places[index] = Math.min(at(places, index), ceiling);
  }
  return places;
}

function paintAccuracy(
  context: Context,
  frame: Frame,
  layout: LossLayout,
  box: Box,
  count: number,
  { palette, named = frame }: LossStyle,
): void {
  const yOf = linearScale(0, 1, box.y + box.height, box.y);
  paintYAxis(context, box, yOf, [0, 1], palette);
  const curves: readonly Curve[] = [
    {
      name: 'test',
      values: frame.curveTestAccuracy,
      present: readHeader(named, 'testAccuracy'),
      colour: palette.ink,
      dash: SOLID,
      lineWidth: 1.5,
    },
    {
      name: evalName(layout),
      values: frame.curveTrainAccuracy,
      present: readHeader(named, 'trainAccuracy'),
      colour: palette.eval,
      dash: EVAL_DASH,
      lineWidth: 1.5,
    },
  ];
  const isLow = isAccuracyLow(frame, layout, box, count);
  drawLabel(context, 'accuracy', box.x + 6, isLow ? box.y + 11 : box.y + box.height - 6, {
    font: `${palette.labelSize}px ${palette.fontSans}`,
    colour: palette.inkSoft.css,
  });
  paintCurves(context, frame, layout, box, curves, yOf, count);
  paintEndLabels(context, layout, box, curves, yOf, count, formatPercent, palette);
}

/** Whether the curve runs low where its name stands, which then goes above it. */
function isAccuracyLow(frame: Frame, layout: LossLayout, box: Box, count: number): boolean {
  let sum = 0;
  let numPoints = 0;
  for (; numPoints < count && stepX(layout, at(frame.curveStep, numPoints)) < box.x + NAME_WIDTH; numPoints++)
    sum += at(frame.curveTestAccuracy, numPoints);
  return numPoints > 0 && !(sum > 0.5 * numPoints);
}
