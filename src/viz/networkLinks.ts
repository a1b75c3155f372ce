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
/** So many links in a gap are drawn in full; more of them get thinner and paler, and the weakest class is left out. */
const UNCROWDED = 128;

/** One gap of the diagram with all that its painting needs. */
interface Gap {
  readonly link: FrameLink;
  readonly from: NetworkLayer;
  readonly to: NetworkLayer;
  readonly left: number;
  readonly right: number;
  readonly middle: number;
  readonly values: Float32Array; // weights, or gradients
  readonly reach: number; // largest magnitude
  readonly crowd: number; // 1 = drawn in full, towards 0 the more links there are
  readonly view: StageView;
  readonly index: number;
  readonly frame: Frame;
  readonly style: NetworkStyle;
}

/** Paints the links of all gaps. Writes: between the layers of `layout`. */
export function paintLinks(context: Context, frame: Frame, layout: NetworkLayout, style: NetworkStyle, view: StageView): void {
  for (const [index, link] of frame.links.entries()) {
    const from = layout.layers[index];
    const to = layout.layers[index + 1];
    if (!from || !to) continue;
    const values = style.showGradients || view.isGradient(index) ? link.gradients : link.weights;
    const left = linkX(from, 1);
    const right = linkX(to, -1);
    const reach = largestMagnitude(values);
    const crowd = Math.min(Math.sqrt(UNCROWDED / (Math.min(link.inputs, from.shown) * link.outputs)), 1);
    const gap: Gap = { link, from, to, left, right, middle: (left + right) / 2, values, reach, crowd, view, index, frame, style };
    strokeOut(context, gap);
    strokeKept(context, gap);
    strokeHighlighted(context, gap);
    if (view.pulse(index) !== null) paintPulses(context, gap, view.pulse(index) as number);
  }
  context.setLineDash(SOLID);
}

/** Tells whether the link is out: an end dropped by the unit mask, or the link by DropConnect. */
function isOut(gap: Gap, unit: number, target: number): boolean {
  const { frame, style, link, index, view } = gap;
  if (style.phase === 'eval') return false;
  const source = frame.layers[index];
  const sink = frame.layers[index + 1];
  if (source && view.masked(index) > 0.5 && isDropped(source, style.phase, style.row * source.units + unit)) return true;
  if (sink && view.masked(index + 1) > 0.5 && isDropped(sink, style.phase, style.row * sink.units + target)) return true;
  return view.masked(index) > 0.5 && link.mask[(style.row * link.outputs + target) * link.inputs + unit] === 0;
}

function isHighlighted(gap: Gap, unit: number, target: number): boolean {
  const { layer, unit: chosen, target: chosenTarget } = gap.style.highlight;
  if (layer === null || chosen === null) return false;
  if (chosenTarget !== null && chosenTarget !== undefined) return layer === gap.index && chosen === unit && chosenTarget === target;
  return (layer === gap.index && chosen === unit) || (layer === gap.index + 1 && chosen === target);
}

function addCurve(context: Context, gap: Gap, unit: number, target: number): void {
  const startY = unitCentre(gap.from, unit).y;
  const endY = unitCentre(gap.to, target).y;
  context.moveTo(gap.left, startY);
  context.bezierCurveTo(gap.middle, startY, gap.middle, endY, gap.right, endY);
}

/** Calls `visit` for each link shown. */
function eachLink(gap: Gap, visit: (unit: number, target: number, value: number) => void): void {
  const inputs = Math.min(gap.link.inputs, MAX_SHOWN_UNITS);
  for (let target = 0; target < gap.link.outputs; target++) {
    for (let unit = 0; unit < inputs; unit++) visit(unit, target, at(gap.values, target * gap.link.inputs + unit));
  }
}

function strokeOut(context: Context, gap: Gap): void {
  context.beginPath();
  eachLink(gap, (unit, target) => {
    if (isOut(gap, unit, target)) addCurve(context, gap, unit, target);
  });
  context.setLineDash(DROPPED_DASH);
  context.lineWidth = 1;
  context.strokeStyle = withAlpha(gap.style.palette.hatch, (gap.style.mode === 'dropconnect' ? 0.9 : 0.6) * gap.crowd);
  context.stroke();
}

function widthClass(gap: Gap, value: number): number {
  return Math.min(Math.floor((Math.abs(value) / gap.reach) * WIDTHS.length), WIDTHS.length - 1);
}

function strokeKept(context: Context, gap: Gap): void {
  const { palette, highlight } = gap.style;
  const isDimmed = highlight.layer !== null && highlight.unit !== null;
  const flash = 0.28 * gap.view.update;
  const isWaiting = gap.view.lit(gap.index + 1) === 0 && gap.view.pulse(gap.index) === null;
  for (const sign of [1, -1]) {
    context.setLineDash(palette.highContrast && sign < 0 ? NEGATIVE_DASH : SOLID);
    for (const [level, lineWidth] of WIDTHS.entries()) {
      if (level === 0 && gap.crowd < 0.6) continue;
      const strength = (FAINT + ((STRONG - FAINT) * level) / (WIDTHS.length - 1)) * gap.crowd;
      const alpha = (isDimmed || isWaiting ? Math.min(DIM, strength) : strength) + flash;
      context.strokeStyle = withAlpha(sign > 0 ? palette.positive : palette.negative, alpha);
      context.beginPath();
      eachLink(gap, (unit, target, value) => {
        if (value < 0 !== sign < 0 || widthClass(gap, value) !== level || isOut(gap, unit, target)) return;
        addCurve(context, gap, unit, target);
      });
      context.lineWidth = lineWidth * gap.crowd + gap.view.update * 0.8;
      context.stroke();
    }
  }
}

/** The links of the highlighted unit, in full colour, each ending in an arrow (positive) or a bar (negative); those that are out stay dotted. */
function strokeHighlighted(context: Context, gap: Gap): void {
  const { palette, highlight } = gap.style;
  if (highlight.layer === null || highlight.unit === null) return;
  eachLink(gap, (unit, target, value) => {
    if (!isHighlighted(gap, unit, target)) return;
    const isLinkOut = isOut(gap, unit, target);
    context.strokeStyle = (isLinkOut ? palette.axis : value < 0 ? palette.negative : palette.positive).css;
    context.lineWidth = isLinkOut ? 1 : (WIDTHS[widthClass(gap, value)] as number);
    context.setLineDash(isLinkOut ? DROPPED_DASH : SOLID);
    context.beginPath();
    addCurve(context, gap, unit, target);
    context.stroke();
    context.setLineDash(SOLID);
    if (!isLinkOut) paintEnd(context, gap.right, unitCentre(gap.to, target).y, value < 0);
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
  eachLink(gap, (unit, target, value) => {
    if (isOut(gap, unit, target)) return;
    const startY = unitCentre(gap.from, unit).y;
    const y = startY + (unitCentre(gap.to, target).y - startY) * rise;
    const share = Math.min(Math.abs(value) / gap.reach, 1);
    const hue = value < 0 ? palette.negative : palette.positive;
    context.fillStyle = (isBackward ? hue : mix(hue, palette.ink, 0.35)).css;
    context.beginPath();
    context.arc(x, y, PULSE_RADIUS * (0.45 + 0.55 * share), 0, 2 * Math.PI);
    context.fill();
  });
}
