/**
 * Paints some test digits with what the network reads in them (misread ones ringed), and the confusion matrix of the whole test set.
 */
import type { Frame } from '../protocol/frame';
import type { DigitsStyle } from './belief';
import { type Context, clear, drawLabel } from './canvas';
import { at, isOfData, lossOf } from './cells';
import { isMisread } from './decisionSurface';
import { paintDigit } from './digit';
import { type DigitsLayout, digitOrigin } from './digitsLayout';
import { mix, type Palette } from './palette';

const MIN_COUNTED_CELL = 15;

/** Paints digits and matrix. Writes: the area of `layout` on `context`. */
export function paintDigits(context: Context, frame: Frame, layout: DigitsLayout, style: DigitsStyle): void {
  clear(context, layout);
  const { data } = style;
  if (lossOf(frame) !== 'softmax' || !isOfData(frame, data)) return;
  for (let index = 0; index < Math.min(layout.numShown, data.testTargets.length); index++) paintTile(context, frame, layout, style, index);
  paintConfusion(context, confusion(frame, data.testTargets, layout.matrix.classes), layout, style);
}

/** Counts the test set: entry `target·classes + read`. */
export function confusion(frame: Frame, targets: Float32Array, classes: number): Uint32Array {
  const counts = new Uint32Array(classes * classes);
  const size = Math.min(targets.length, frame.testPredictions.length);
  for (let index = 0; index < size; index++) {
    const cell = at(targets, index) * classes + at(frame.testPredictions, index);
    if (cell < counts.length) counts[cell] = at(counts, cell) + 1;
  }
  return counts;
}

function paintTile(context: Context, frame: Frame, layout: DigitsLayout, style: DigitsStyle, index: number): void {
  const { palette, data, highlighted } = style;
  const { x, y } = digitOrigin(layout, index);
  const edge = layout.digit;
  paintDigit(context, data.testInputs, index, { x, y, edge }, palette);
  const isWrong = isMisread(frame, data.testTargets, index);
  const isChosen = highlighted?.kind === 'digit' && highlighted.index === index;
  context.strokeStyle = isWrong || isChosen ? palette.ink.css : palette.rule.css;
  context.lineWidth = isChosen ? 2.5 : isWrong ? 1.6 : 1;
  context.beginPath();
  context.roundRect(x - 1, y - 1, edge + 2, edge + 2, isWrong ? 8 : 2);
  context.stroke();
  const read = at(frame.testPredictions, index);
  const text = isWrong ? `${read} ≠ ${at(data.testTargets, index)}` : String(read);
  drawLabel(context, text, x + edge / 2, y + edge + 11, {
    font: `${palette.labelSize - 1}px ${palette.fontMono}`,
    colour: (isWrong ? palette.ink : palette.inkSoft).css,
    align: 'center',
  });
}

/** Paints rows = the digit, columns = what was read, shaded by the share of the row. */
function paintConfusion(context: Context, counts: Uint32Array, layout: DigitsLayout, style: DigitsStyle): void {
  const { palette } = style;
  const { matrix } = layout;
  const { classes, cell } = matrix;
  const label = { font: `${palette.labelSize - 1.5}px ${palette.fontMono}`, colour: palette.inkSoft.css, align: 'center' as const };
  for (let target = 0; target < classes; target++) {
    let total = 0;
    for (let read = 0; read < classes; read++) total += at(counts, target * classes + read);
    const y = matrix.y + target * cell;
    drawLabel(context, String(target), matrix.x - 8, y + cell / 2 + 4, label);
    drawLabel(context, String(target), matrix.x + (target + 0.5) * cell, matrix.y - 4, label);
    for (let read = 0; read < classes; read++) {
      paintPair(context, { x: matrix.x + read * cell, y, cell }, at(counts, target * classes + read), total, target === read, palette);
    }
  }
  const { highlighted } = style;
  if (highlighted?.kind !== 'pair') return;
  context.strokeStyle = palette.focus.css;
  context.lineWidth = 2;
  context.strokeRect(matrix.x + highlighted.read * cell, matrix.y + highlighted.target * cell, cell - 1, cell - 1);
}

function paintPair(
  context: Context,
  box: { x: number; y: number; cell: number },
  count: number,
  total: number,
  isRight: boolean,
  palette: Palette,
): void {
  const share = total > 0 ? count / total : 0;
  const edge = box.cell - 1;
  context.fillStyle = mix(palette.panel, palette.inkSoft, share).css;
  context.fillRect(box.x, box.y, edge, edge);
  context.strokeStyle = (isRight ? palette.axis : palette.rule).css;
  context.lineWidth = 1;
  context.strokeRect(box.x + 0.5, box.y + 0.5, edge - 1, edge - 1);
  if (count === 0 || box.cell < MIN_COUNTED_CELL) return;
  drawLabel(context, String(count), box.x + edge / 2, box.y + edge / 2 + 3.5, {
    font: `${palette.labelSize - 2.5}px ${palette.fontMono}`,
    colour: (share > 0.5 ? palette.panel : palette.ink).css,
    align: 'center',
  });
}
