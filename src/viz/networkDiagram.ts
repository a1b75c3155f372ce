/**
 * Paints the network for the focused example: units, links, what the mask took out, and where slow motion is within the step.
 *
 * Marks: dropped = hatch on paper, dashed outline, links faint and dotted; kept but silent = empty, solid outline; sign = green/purple, and
 * a bar in a negative unit; magnitude = lightness of a unit, width of a link. A frame in, pixels out: it computes no activation.
 */
import type { Frame, FrameLayer } from '../protocol/frame';
import { addDiscHatch, type Context, clear, drawLabel, strokeLine } from './canvas';
import { at, isDropped, largestMagnitude, layerReach, lossOf, outputStrength, shownOutput } from './cells';
import { unitLeft } from './columns';
import { binRangeOf } from './histogramLayout';
import { type NetworkLayer, type NetworkLayout, unitCentre } from './networkLayout';
import { paintLinks } from './networkLinks';
import { mix, type Palette } from './palette';
import { type NetworkStyle, type StageView, stageView } from './stage';

const DROPPED_DASH = [2.5, 2.5];
const SOLID: number[] = [];
const TAU = 2 * Math.PI;

/** Paints the diagram. Writes: the area of `layout` on `context`. */
export function paintNetwork(context: Context, frame: Frame, layout: NetworkLayout, style: NetworkStyle): void {
  clear(context, layout);
  const view = stageView(style.stage ?? null, layout.layers.length);
  paintLinks(context, frame, layout, style, view);
  for (const layer of layout.layers) {
    const frameLayer = frame.layers[layer.column.layer];
    if (!frameLayer) continue;
    const reader = unitReader(frame, frameLayer, layer, style);
    if (layer.picture) paintPicture(context, layer, frameLayer, reader, view, style);
    else paintStack(context, layer, frameLayer, reader, view, style);
    paintUnitHighlight(context, layer, frameLayer, layout, style);
    if (layer.note) paintNote(context, layer, layout, style.palette);
  }
  if (view.loss > 0) paintTarget(context, frame, layout, style, view.loss);
}

/** What a unit shows: its sign and strength in [0, 1]. */
type UnitReader = (unit: number) => { sign: number; strength: number };

function unitReader(frame: Frame, layer: FrameLayer, place: NetworkLayer, style: NetworkStyle): UnitReader {
  const offset = style.row * layer.units;
  const isOutput = place.column.layer === frame.layers.length - 1;
  if (isOutput && !style.showGradients) return (unit) => outputStrength(frame, style.phase, style.row, unit);
  const values = style.showGradients ? layer.gradient : shownOutput(layer, style.phase);
  const reach = style.showGradients ? largestMagnitude(layer.gradient) : layerReach(layer);
  return (unit) => {
    const value = at(values, offset + unit);
    return { sign: value < 0 ? -1 : 1, strength: Math.min(Math.abs(value) / reach, 1) };
  };
}

function paintStack(
  context: Context,
  place: NetworkLayer,
  layer: FrameLayer,
  read: UnitReader,
  view: StageView,
  style: NetworkStyle,
): void {
  const { palette, phase, row } = style;
  const { layer: layerIndex } = place.column;
  const isMaskShown = view.masked(layerIndex) > 0.5;
  for (let unit = 0; unit < place.shown; unit++) {
    const { x, y } = unitCentre(place, unit);
    if (isMaskShown && isDropped(layer, phase, row * layer.units + unit)) {
      paintDroppedUnit(context, x, y, place.radius, palette);
      continue;
    }
    const { sign, strength } = read(unit);
    paintKeptUnit(context, x, y, place.radius, sign, strength * view.lit(layerIndex), palette);
  }
}

function paintDroppedUnit(context: Context, x: number, y: number, radius: number, palette: Palette): void {
  context.beginPath();
  context.arc(x, y, radius, 0, TAU);
  context.fillStyle = palette.hatchPaper.css;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = palette.hatch.css;
  context.beginPath();
  addDiscHatch(context, x, y, radius, radius < 5 ? 3 : 4.5);
  context.stroke();
  context.setLineDash(DROPPED_DASH);
  context.strokeStyle = mix(palette.hatch, palette.ink, 0.25).css;
  context.beginPath();
  context.arc(x, y, radius, 0, TAU);
  context.stroke();
  context.setLineDash(SOLID);
}

function paintKeptUnit(context: Context, x: number, y: number, radius: number, sign: number, strength: number, palette: Palette): void {
  context.beginPath();
  context.arc(x, y, radius, 0, TAU);
  context.fillStyle = strength === 0 ? palette.panel.css : signFill(palette, sign, strength);
  context.fill();
  context.lineWidth = radius < 5 ? 1 : 1.35;
  context.strokeStyle = palette.ink.css;
  context.stroke();
  if (sign < 0 && strength > 0 && radius >= 3.5) {
    const half = radius * 0.42;
    context.fillStyle = palette.ink.css;
    context.fillRect(x - half, y - 0.75, 2 * half, 1.5);
  }
}

function signFill(palette: Palette, sign: number, strength: number): string {
  const [low, high] = sign < 0 ? [palette.negativeLow, palette.negative] : [palette.positiveLow, palette.positive];
  return mix(low, high, strength * 0.85).css;
}

/** The input as a picture: ink by magnitude; a dropped pixel is hatched. */
function paintPicture(
  context: Context,
  place: NetworkLayer,
  layer: FrameLayer,
  read: UnitReader,
  view: StageView,
  style: NetworkStyle,
): void {
  const { picture } = place;
  if (!picture) return;
  const { palette, phase, row } = style;
  const isMaskShown = view.masked(0) > 0.5;
  const edge = Math.max(place.spacing - (place.spacing > 5 ? 1 : 0), 1);
  const dropped: { x: number; y: number }[] = [];
  for (let unit = 0; unit < layer.units; unit++) {
    const centre = unitCentre(place, unit);
    const x = centre.x - place.spacing / 2;
    const y = centre.y - place.spacing / 2;
    const isOut = isMaskShown && isDropped(layer, phase, row * layer.units + unit);
    if (isOut) dropped.push({ x, y });
    context.fillStyle = isOut ? palette.hatchPaper.css : mix(palette.panel, palette.ink, read(unit).strength * view.lit(0)).css;
    context.fillRect(x, y, edge, edge);
  }
  context.beginPath();
  for (const { x, y } of dropped) {
    context.moveTo(x, y + edge);
    context.lineTo(x + edge, y);
  }
  context.lineWidth = 1;
  context.strokeStyle = palette.hatch.css;
  context.stroke();
  context.strokeStyle = palette.ink.css;
  context.strokeRect(picture.x - 1.5, picture.y - 1.5, picture.width + 3, picture.height + 3);
}

function paintUnitHighlight(context: Context, place: NetworkLayer, layer: FrameLayer, layout: NetworkLayout, style: NetworkStyle): void {
  const { highlight, palette, phase, row } = style;
  if (highlight.layer !== place.column.layer) return;
  context.strokeStyle = palette.focus.css;
  context.lineWidth = 2;
  if (highlight.unit !== null) {
    if (highlight.unit < place.shown) ringUnit(context, place, highlight.unit);
    paintPointer(context, place, highlight.unit, layout, palette);
  }
  const range = binRangeOf(layer, highlight.bin);
  if (!range) return;
  const values = shownOutput(layer, phase);
  for (let unit = 0; unit < place.shown; unit++) {
    const value = at(values, row * layer.units + unit);
    if (value >= range[0] && value < range[1]) ringUnit(context, place, unit);
  }
}

function ringUnit(context: Context, place: NetworkLayer, unit: number): void {
  const { x, y } = unitCentre(place, unit);
  context.beginPath();
  context.arc(x, y, place.radius + 3, 0, TAU);
  context.stroke();
}

/** A small mark at the foot of the diagram, over the unit's column in the heatmap: where the eye falls to. */
function paintPointer(context: Context, place: NetworkLayer, unit: number, layout: NetworkLayout, palette: Palette): void {
  const { column } = place;
  const x = unitLeft(column, unit) + column.width / column.units / 2;
  const y = layout.height - 1;
  context.fillStyle = palette.focus.css;
  context.beginPath();
  context.moveTo(x - 4, y - 5);
  context.lineTo(x + 4, y - 5);
  context.lineTo(x, y);
  context.fill();
}

function paintNote(context: Context, place: NetworkLayer, layout: NetworkLayout, palette: Palette): void {
  drawLabel(context, place.note ?? '', place.x, layout.height - 8, {
    font: `${palette.labelSize}px ${palette.fontSans}`,
    colour: palette.inkSoft.css,
    align: 'center',
  });
}

/** The target under the output, growing in while the loss compares them; with several classes, a dashed ring around the right one. */
function paintTarget(context: Context, frame: Frame, layout: NetworkLayout, style: NetworkStyle, progress: number): void {
  const place = layout.layers.at(-1);
  if (!place) return;
  const { palette, row } = style;
  const target = at(frame.targets, row);
  const loss = lossOf(frame);
  const { x, y } = unitCentre(place, loss === 'softmax' ? target : 0);
  const label = { font: `${palette.labelSize}px ${palette.fontSans}`, colour: palette.inkSoft.css, align: 'center' as const };
  context.globalAlpha = progress;
  context.lineWidth = 1.5;
  context.strokeStyle = palette.ink.css;
  context.setLineDash([2, 2]);
  if (loss === 'softmax') {
    context.beginPath();
    context.arc(x, y, place.radius + 4, 0, TAU);
    context.stroke();
    context.setLineDash(SOLID);
  } else {
    const below = y + place.radius * 2 + 14;
    strokeLine(context, x, y + place.radius + 1, x, below - place.radius);
    context.setLineDash(SOLID);
    const isNegative = loss === 'binary' ? target === 0 : target < 0;
    const strength = loss === 'squared' ? Math.min(Math.abs(target), 1) : 1;
    paintKeptUnit(context, x, below, place.radius * 0.8, isNegative ? -1 : 1, strength, palette);
    drawLabel(context, 'target', x, below + place.radius + 13, label);
  }
  context.globalAlpha = 1;
}
