/**
 * Paints the links of the diagram: curves, width by magnitude, green or purple by sign, faint dots where the mask took an end or the link
 * itself out. Links of one look are stroked together, so that a thousand of them cost a dozen strokes.
 */
import { type Frame, type FrameLink, MAX_SHOWN_UNITS } from '../protocol/frame';
import { type Context, strokeLine } from './canvas';
import { at, isDropped, largestMagnitude } from './cells';
import { linkRise, linkX, type NetworkLayer, type NetworkLayout, unitCentre } from './networkLayout';
import { mix, withAlpha } from './palette';
import type { NetworkStyle, StageView } from './stage';

const WIDTHS = [0.5, 0.9, 1.4, 2, 2.7, 3.4];
const DROPPED_DASH = [1, 4];
const NEGATIVE_DASH = [7, 3]; // high contrast only
const SOLID: number[] = [];
const PULSE_RADIUS = 2.6;
const DIM = 0.18;
/** Opacity of the thinnest and the widest links: weak ones recede. */
const FAINT = 0.5;
const STRONG = 0.8;
/** So many links in a gap are drawn in full; more of them get thinner and paler. */
const UNCROWDED = 128;
/** Below this share (more than about 350 links) weak and dropped links are left out. */
const HAZE = 0.6;

/** One gap of the diagram with all that its painting needs. */
interface Gap {
  readonly link: FrameLink;
  readonly index: number;
  readonly left: number;
  readonly right: number;
  readonly middle: number;
  readonly fromY: readonly number[]; // of the units whose links are shown
  readonly toY: readonly number[];
  readonly values: Float32Array; // weights, or gradients [outputs, inputs]
  readonly reach: number; // largest magnitude
  /** How each link looks `[outputs, shown inputs]`: OUT, or its width class, from NEGATIVE up for a negative value. */
  readonly looks: Int8Array;
  readonly crowd: number; // 1 = drawn in full, towards 0 the more links there are
  readonly view: StageView;
  readonly style: NetworkStyle;
}

const OUT = -1;
const NEGATIVE = 16;

/** Paints the links of all gaps. Writes: between the layers of `layout`. */
export function paintLinks(context: Context, frame: Frame, layout: NetworkLayout, style: NetworkStyle, view: StageView): void {
  for (const [index, link] of frame.links.entries()) {
    const from = layout.layers[index];
    const to = layout.layers[index + 1];
    if (!from || !to) continue;
    const gap = gapOf(frame, link, index, from, to, style, view);
    strokeOut(context, gap);
    strokeKept(context, gap);
    strokeHighlighted(context, gap);
    const pulse = view.pulse(index);
    if (pulse !== null) paintPulses(context, gap, pulse);
  }
  context.setLineDash(SOLID);
}

function gapOf(
  frame: Frame,
  link: FrameLink,
  index: number,
  from: NetworkLayer,
  to: NetworkLayer,
  style: NetworkStyle,
  view: StageView,
): Gap {
  const values = style.showGradients || view.isGradient(index) ? link.gradients : link.weights;
  const left = linkX(from, 1);
  const right = linkX(to, -1);
  const fromY = Array.from({ length: Math.min(link.inputs, MAX_SHOWN_UNITS) }, (_, unit) => unitCentre(from, unit).y);
  const toY = Array.from({ length: link.outputs }, (_, unit) => unitCentre(to, unit).y);
  const reach = largestMagnitude(values);
  const crowd = Math.min(Math.sqrt(UNCROWDED / (fromY.length * toY.length)), 1);
  const looks = new Int8Array(fromY.length * toY.length);
  const gap: Gap = { link, index, left, right, middle: (left + right) / 2, fromY, toY, values, reach, looks, crowd, view, style };
  const isSourceOut = fromY.map((_, unit) => isUnitOut(frame, gap, index, unit));
  const isTargetOut = toY.map((_, unit) => isUnitOut(frame, gap, index + 1, unit));
  const isLinkMasked = style.phase !== 'eval' && view.masked(index) > 0.5;
  const offset = style.row * link.outputs * link.inputs;
  eachLink(gap, (unit, target, value, place) => {
    const isOut = isSourceOut[unit] || isTargetOut[target] || (isLinkMasked && link.mask[offset + target * link.inputs + unit] === 0);
    const level = Math.min(Math.floor((Math.abs(value) / reach) * WIDTHS.length), WIDTHS.length - 1);
    looks[place] = isOut ? OUT : level + (value < 0 ? NEGATIVE : 0);
  });
  return gap;
}

function isUnitOut(frame: Frame, { view, style }: Gap, layerIndex: number, unit: number): boolean {
  const layer = frame.layers[layerIndex];
  return layer !== undefined && view.masked(layerIndex) > 0.5 && isDropped(layer, style.phase, style.row * layer.units + unit);
}

/** Calls `visit` for each link shown; `place` is its index in `looks`. */
function eachLink(gap: Gap, visit: (unit: number, target: number, value: number, place: number) => void): void {
  const { inputs } = gap.link;
  const numShown = gap.fromY.length;
  for (let target = 0; target < gap.toY.length; target++) {
    for (let unit = 0; unit < numShown; unit++) visit(unit, target, at(gap.values, target * inputs + unit), target * numShown + unit);
  }
}

function addCurve(context: Context, gap: Gap, unit: number, target: number): void {
  const startY = at(gap.fromY, unit);
  const endY = at(gap.toY, target);
  context.moveTo(gap.left, startY);
  context.bezierCurveTo(gap.middle, startY, gap.middle, endY, gap.right, endY);
}

/** Adds all links of one look to a new path; returns whether there is one. */
function traceLook(context: Context, gap: Gap, look: number): boolean {
  let isAny = false;
  context.beginPath();
  eachLink(gap, (unit, target, _value, place) => {
    if (gap.looks[place] !== look) return;
    addCurve(context, gap, unit, target);
    isAny = true;
  });
  return isAny;
}

/** Faint dots; left out where there are so many that they would only be a haze (the units' hatch still tells). */
function strokeOut(context: Context, gap: Gap): void {
  if (gap.crowd < HAZE || !traceLook(context, gap, OUT)) return;
  context.setLineDash(DROPPED_DASH);
  context.lineWidth = 1;
  context.strokeStyle = withAlpha(gap.style.palette.hatch, (gap.style.mode === 'dropconnect' ? 0.9 : 0.6) * gap.crowd);
  context.stroke();
}

function strokeKept(context: Context, gap: Gap): void {
  const { palette, highlight } = gap.style;
  const isDimmed = highlight.layer !== null && highlight.unit !== null;
  const flash = 0.28 * gap.view.update;
  const isWaiting = gap.view.lit(gap.index + 1) === 0 && gap.view.pulse(gap.index) === null;
  const lowest = gap.crowd < HAZE ? 1 : 0;
  for (const isNegative of [false, true]) {
    context.setLineDash(palette.highContrast && isNegative ? NEGATIVE_DASH : SOLID);
    for (let level = lowest; level < WIDTHS.length; level++) {
      if (!traceLook(context, gap, level + (isNegative ? NEGATIVE : 0))) continue;
      const strength = (FAINT + ((STRONG - FAINT) * level) / (WIDTHS.length - 1)) * gap.crowd;
      const alpha = (isDimmed || isWaiting ? Math.min(DIM, strength) : strength) + flash;
      context.strokeStyle = withAlpha(isNegative ? palette.negative : palette.positive, alpha);
      context.lineWidth = at(WIDTHS, level) * gap.crowd + gap.view.update * 0.8;
      context.stroke();
    }
  }
}

function isHighlighted(gap: Gap, unit: number, target: number): boolean {
  const { layer, unit: chosen, target: chosenTarget } = gap.style.highlight;
  if (chosenTarget !== null && chosenTarget !== undefined) return layer === gap.index && chosen === unit && chosenTarget === target;
  return (layer === gap.index && chosen === unit) || (layer === gap.index + 1 && chosen === target);
}

/** The links of the highlighted unit, in full colour, each ending in an arrow (positive) or a bar (negative); those that are out stay dotted. */
function strokeHighlighted(context: Context, gap: Gap): void {
  const { palette, highlight } = gap.style;
  if (highlight.layer === null || highlight.unit === null) return;
  eachLink(gap, (unit, target, value, place) => {
    if (!isHighlighted(gap, unit, target)) return;
    const look = at(gap.looks, place);
    context.strokeStyle = (look === OUT ? palette.axis : value < 0 ? palette.negative : palette.positive).css;
    context.lineWidth = look === OUT ? 1 : at(WIDTHS, look % NEGATIVE);
    context.setLineDash(look === OUT ? DROPPED_DASH : SOLID);
    context.beginPath();
    addCurve(context, gap, unit, target);
    context.stroke();
    context.setLineDash(SOLID);
    if (look !== OUT) paintEnd(context, gap.right, at(gap.toY, target), value < 0);
  });
}

function paintEnd(context: Context, x: number, y: number, isNegative: boolean): void {
  context.lineWidth = 1.5;
  if (isNegative) {
    strokeLine(context, x, y - 3.5, x, y + 3.5);
    return;
  }
  context.beginPath();
  context.moveTo(x - 4, y - 3);
  context.lineTo(x, y);
  context.lineTo(x - 4, y + 3);
  context.stroke();
}

/** Dots that travel along the kept links: forward in ink, backward in the sign of the gradient. */
function paintPulses(context: Context, gap: Gap, position: number): void {
  const { palette, stage } = gap.style;
  const isBackward = stage?.name === 'backward';
  const x = gap.left + (gap.right - gap.left) * position;
  const rise = linkRise(position);
  eachLink(gap, (unit, target, value, place) => {
    if (gap.looks[place] === OUT) return;
    const startY = at(gap.fromY, unit);
    const y = startY + (at(gap.toY, target) - startY) * rise;
    const share = Math.min(Math.abs(value) / gap.reach, 1);
    const hue = value < 0 ? palette.negative : palette.positive;
    context.fillStyle = (isBackward ? hue : mix(hue, palette.ink, 0.35)).css;
    context.beginPath();
    context.arc(x, y, PULSE_RADIUS * (0.45 + 0.55 * share), 0, 2 * Math.PI);
    context.fill();
  });
}
