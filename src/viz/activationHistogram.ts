/**
 * Paints the activation histograms: train (masks on) as filled blue bars, eval (whole network) as a vermilion outline, over one axis, with
 * both means and the mean that theory predicts. A bar far taller than the rest (the exact zeros) is cut, and says so.
 */
import { type Frame, type FrameLayer, NUM_BINS, readStat } from '../protocol/frame';
import { type Context, clear, crisp, drawLabel, strokeLine } from './canvas';
import { at, shownOutput } from './cells';
import { binOf, type HistogramLayout, type HistogramPanel } from './histogramLayout';
import { type Palette, withAlpha } from './palette';
import { linearScale, roundTicks, roundUp, type Scale, tickText } from './scale';
import type { ViewStyle } from './view';

/** A zero bin this many times taller than all others is cut. */
const CUT_RATIO = 1.8;
/** Height of the axis over the tallest bar that is not cut. */
const HEADROOM = 1.25;
const MEAN_DASH = [3, 2.5];
const SOLID: number[] = [];
const MIN_TICK_GAP = 44;

interface Panel {
  readonly box: HistogramPanel;
  readonly layer: FrameLayer;
  readonly low: number;
  readonly high: number;
  readonly xOf: Scale;
  readonly yOf: Scale; // share → pixel, not clipped
  readonly top: number;
  readonly bottom: number;
}

/** Paints the histograms of all shown layers. Writes: the area of `layout` on `context`. */
export function paintHistograms(context: Context, frame: Frame, layout: HistogramLayout, style: ViewStyle): void {
  clear(context, layout);
  for (const box of layout.panels) {
    const layer = frame.layers[box.column.layer];
    if (!layer) continue;
    const panel = panelOf(box, layer);
    if (!panel) continue;
    paintBinHighlight(context, panel, style);
    paintTrainBars(context, panel, style.palette);
    paintEvalOutline(context, panel, style.palette);
    paintAxis(context, panel, style.palette);
    paintMeans(context, panel, style.palette);
    paintRug(context, panel, style);
  }
}

function panelOf(box: HistogramPanel, layer: FrameLayer): Panel | null {
  const low = readStat(layer, 'binLow');
  const high = readStat(layer, 'binHigh');
  if (!(high > low)) return null;
  const bottom = box.y + box.height;
  const yOf = linearScale(0, shownShare(layer, low, high), bottom, box.y);
  return { box, layer, low, high, xOf: linearScale(low, high, box.x, box.x + box.width), yOf, top: box.y, bottom };
}

/** Returns the share at the top of the axis: that of the tallest bar, unless the zeros tower over all others. */
export function shownShare(layer: FrameLayer, low: number, high: number): number {
  const zeroBin = binOf(low, high, 0);
  let zeros = 0;
  let others = 0;
  for (let bin = 0; bin < NUM_BINS; bin++) {
    const share = Math.max(at(layer.trainHistogram, bin), at(layer.evalHistogram, bin));
    if (bin === zeroBin) zeros = share;
    else others = Math.max(others, share);
  }
  return roundUp(others > 0 && zeros > CUT_RATIO * others ? others * HEADROOM : Math.max(zeros, others));
}

function paintTrainBars(context: Context, panel: Panel, palette: Palette): void {
  const { layer, xOf, yOf, low, high, bottom, top } = panel;
  const step = (high - low) / NUM_BINS;
  context.fillStyle = palette.trainFill.css;
  for (let bin = 0; bin < NUM_BINS; bin++) {
    const share = at(layer.trainHistogram, bin);
    if (share <= 0) continue;
    const left = Math.round(xOf(low + step * bin));
    const width = Math.max(Math.round(xOf(low + step * (bin + 1))) - left - (panel.box.width / NUM_BINS > 3 ? 1 : 0), 1);
    const y = yOf(share);
    context.fillRect(left, Math.max(y, top), width, bottom - Math.max(y, top));
    if (y < top - 0.5) paintCut(context, left, width, top, palette);
  }
}

/** Two slanted gaps near the top of a bar: it goes on beyond the axis. */
function paintCut(context: Context, left: number, width: number, top: number, palette: Palette): void {
  context.strokeStyle = palette.paper.css;
  context.lineWidth = 1.5;
  for (const y of [top + 6, top + 10]) strokeLine(context, left - 1, y + 1.5, left + width + 1, y - 1.5);
}

function paintEvalOutline(context: Context, panel: Panel, palette: Palette): void {
  const { layer, xOf, yOf, low, high, bottom, top, box } = panel;
  const step = (high - low) / NUM_BINS;
  context.beginPath();
  context.moveTo(box.x, bottom);
  for (let bin = 0; bin < NUM_BINS; bin++) {
    const y = Math.max(yOf(at(layer.evalHistogram, bin)), top);
    context.lineTo(xOf(low + step * bin), y);
    context.lineTo(xOf(low + step * (bin + 1)), y);
  }
  context.lineTo(box.x + box.width, bottom);
  context.strokeStyle = palette.eval.css;
  context.lineWidth = 1.5;
  context.stroke();
  for (let bin = 0; bin < NUM_BINS; bin++) {
    if (yOf(at(layer.evalHistogram, bin)) >= top - 0.5) continue;
    const left = xOf(low + step * bin);
    paintCut(context, left - 1, xOf(low + step * (bin + 1)) - left + 2, top, palette);
  }
}

function paintAxis(context: Context, panel: Panel, palette: Palette): void {
  const { box, bottom, low, high, xOf } = panel;
  context.strokeStyle = palette.axis.css;
  context.lineWidth = 1;
  strokeLine(context, box.x, crisp(bottom), box.x + box.width, crisp(bottom));
  const font = `${palette.labelSize}px ${palette.fontMono}`;
  for (const tick of roundTicks(low, high, Math.max(Math.floor(box.width / MIN_TICK_GAP), 2))) {
    const x = xOf(tick);
    strokeLine(context, crisp(x), bottom, crisp(x), bottom + 4);
    drawLabel(context, tickText(tick), x, bottom + 19, { font, colour: palette.inkSoft.css, align: 'center' });
  }
}

/** Train: solid blue. Eval: dashed vermilion. Theory: an open triangle under the axis, with its standard error as a whisker. */
function paintMeans(context: Context, panel: Panel, palette: Palette): void {
  const { layer, top, bottom } = panel;
  const isVisible = (value: number) => value >= panel.low && value <= panel.high;
  const train = readStat(layer, 'trainMean');
  const evaluated = readStat(layer, 'evalMean');
  const predicted = readStat(layer, 'predictedMean');
  if (isVisible(train)) {
    context.strokeStyle = palette.train.css;
    context.lineWidth = 1.5;
    strokeLine(context, panel.xOf(train), top - 6, panel.xOf(train), bottom);
  }
  if (isVisible(evaluated)) {
    context.strokeStyle = palette.eval.css;
    context.lineWidth = 1.5;
    context.setLineDash(MEAN_DASH);
    strokeLine(context, panel.xOf(evaluated), top - 6, panel.xOf(evaluated), bottom);
    context.setLineDash(SOLID);
  }
  if (isVisible(predicted)) paintPrediction(context, panel, predicted, readStat(layer, 'predictedError'), palette);
}

function paintPrediction(context: Context, panel: Panel, mean: number, error: number, palette: Palette): void {
  const x = panel.xOf(mean);
  const y = panel.bottom + 1.5;
  context.strokeStyle = palette.ink.css;
  context.lineWidth = 1;
  context.fillStyle = palette.paper.css;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + 3.5, y + 6);
  context.lineTo(x - 3.5, y + 6);
  context.closePath();
  context.fill();
  context.stroke();
  if (!(error > 0)) return;
  const left = Math.max(panel.xOf(mean - error), panel.box.x);
  const right = Math.min(panel.xOf(mean + error), panel.box.x + panel.box.width);
  strokeLine(context, left, y + 6, right, y + 6);
}

function paintBinHighlight(context: Context, panel: Panel, style: ViewStyle): void {
  const { highlight, palette } = style;
  if (highlight.layer !== panel.box.column.layer || highlight.bin === null) return;
  const step = panel.box.width / NUM_BINS;
  const left = panel.box.x + step * highlight.bin;
  context.fillStyle = withAlpha(palette.focus, 0.1);
  context.fillRect(left, panel.top, step, panel.bottom - panel.top);
  context.strokeStyle = palette.focus.css;
  context.lineWidth = 1.25;
  context.strokeRect(left - 0.5, panel.top - 0.5, step + 1, panel.bottom - panel.top + 1);
}

/** Where the highlighted unit's values lie, one tick per example shown, the focused example's taller; or all units of a highlighted example. */
function paintRug(context: Context, panel: Panel, style: ViewStyle): void {
  const { highlight, palette, phase } = style;
  const { layer } = panel;
  const values = shownOutput(layer, phase);
  const isThisLayer = highlight.layer === panel.box.column.layer;
  const numRows = values.length / layer.units;
  context.strokeStyle = palette.focus.css;
  if (isThisLayer && highlight.unit !== null) {
    const focusedRow = highlight.row ?? style.row;
    for (let row = 0; row < numRows; row++) {
      const isFocused = row === focusedRow;
      rugTick(context, panel, at(values, row * layer.units + highlight.unit), isFocused ? 14 : 6, isFocused ? 2 : 1);
    }
  } else if (highlight.row !== null && highlight.row < numRows && !isThisLayer) {
    for (let unit = 0; unit < layer.units; unit++) rugTick(context, panel, at(values, highlight.row * layer.units + unit), 6, 1);
  }
}

function rugTick(context: Context, panel: Panel, value: number, height: number, lineWidth: number): void {
  const x = Math.min(Math.max(panel.xOf(value), panel.box.x), panel.box.x + panel.box.width);
  context.lineWidth = lineWidth;
  strokeLine(context, x, panel.bottom, x, panel.bottom - height);
}
