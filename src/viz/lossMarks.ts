/** What is marked on the axis of the loss curves: live changes of the run, the present step, the step under the pointer. */
import type { Change } from '../protocol/snapshot';
import { type Context, crisp, drawLabel, strokeLine } from './canvas';
import { formatValue } from './format';
import { type LossLayout, stepX } from './lossLayout';
import type { Palette } from './palette';
import { tickText } from './scale';

const CHANGE_DASH = [1, 3];
const HOVER_DASH = [2, 2];
const SOLID: number[] = [];
const MIN_CHANGE_GAP = 52;

/** Writes what a live change changed, as short as it goes: `p 0.20`, `inverted`. */
export function changeText(change: Change): string {
  const { p, mode, learningRate, inputP } = change.patch;
  if (p !== undefined) return `p ${formatValue(p)}`;
  if (mode !== undefined) return mode;
  if (learningRate !== undefined) return `rate ${tickText(learningRate)}`;
  if (inputP !== undefined) return `input ${formatValue(inputP)}`;
  return Object.keys(change.patch)[0] ?? '';
}

/** A tick where a live setting changed; named where there is room. */
export function paintChanges(context: Context, layout: LossLayout, changes: readonly Change[], palette: Palette): void {
  const { plot } = layout;
  const bottom = plot.y + plot.height;
  const foot = layout.accuracy ? layout.accuracy.y + layout.accuracy.height : bottom;
  let lastLabel = Number.NEGATIVE_INFINITY;
  for (const change of changes) {
    if (change.step > layout.lastStep) continue;
    const x = crisp(stepX(layout, change.step));
    context.strokeStyle = palette.axis.css;
    context.lineWidth = 1;
    context.setLineDash(CHANGE_DASH);
    strokeLine(context, x, plot.y, x, foot);
    context.setLineDash(SOLID);
    context.fillStyle = palette.inkSoft.css;
    context.beginPath();
    context.moveTo(x - 4, plot.y - 6);
    context.lineTo(x + 4, plot.y - 6);
    context.lineTo(x, plot.y);
    context.fill();
    if (x - lastLabel < MIN_CHANGE_GAP || x > plot.x + plot.width - MIN_CHANGE_GAP) continue;
    lastLabel = x;
    const font = `${palette.labelSize - 1}px ${palette.fontSans}`;
    drawLabel(context, changeText(change), x + 6, plot.y + 1, { font, colour: palette.inkSoft.css, halo: palette.paper.css });
  }
}

/** A dot at the present step, a line where the run has been further, and a dashed one at `hoveredStep`. */
export function paintPlayhead(context: Context, layout: LossLayout, step: number, hoveredStep: number | null, palette: Palette): void {
  const box = layout.accuracy ?? layout.plot;
  const foot = box.y + box.height;
  const x = stepX(layout, Math.min(step, layout.lastStep));
  context.lineWidth = 1;
  context.strokeStyle = palette.ink.css;
  if (step < layout.lastStep) strokeLine(context, crisp(x), layout.plot.y, crisp(x), foot);
  context.fillStyle = palette.ink.css;
  context.beginPath();
  context.arc(x, foot, 3.5, 0, 2 * Math.PI);
  context.fill();
  if (hoveredStep === null) return;
  const hovered = crisp(stepX(layout, hoveredStep));
  context.setLineDash(HOVER_DASH);
  strokeLine(context, hovered, layout.plot.y, hovered, foot);
  context.setLineDash(SOLID);
}
