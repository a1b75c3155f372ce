/**
 * The marks of examples, the same in every picture: class 1 a disc, class 0 a square (sign in shape and hue), a flipped label hollow, an own
 * point a cross, a misread test point ringed. Marks of one look are filled together, so that five thousand of them stay cheap.
 */
import type { DataReport } from '../protocol/messages';
import { type PlaneLayout, pixelX, pixelY, pointOf } from './beliefLayout';
import type { Context } from './canvas';
import { type Colour, mix, type Palette } from './palette';

const TAU = 2 * Math.PI;
const RING_GAP = 2.2;
const MIN_HALO_RADIUS = 2.4;
const SMALL_INK = 0.4;

/** Returns the hue of a class of a binary set. */
export function classColour(palette: Palette, target: number): Colour {
  return target > 0 ? palette.positive : palette.negative;
}

/** Adds a class's mark to the current path. */
function addMark(context: Context, x: number, y: number, radius: number, target: number): void {
  if (target > 0) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, TAU);
  } else {
    const half = radius * 0.85;
    context.rect(x - half, y - half, 2 * half, 2 * half);
  }
}

function addRing(context: Context, x: number, y: number, radius: number): void {
  context.moveTo(x + radius, y);
  context.arc(x, y, radius, 0, TAU);
}

/** The examples of one set, and which of them to draw. */
export interface MarkSet {
  readonly layout: PlaneLayout;
  readonly data: DataReport;
  readonly set: 'train' | 'test';
  readonly isShown: (index: number) => boolean;
}

function eachExample({ layout, data, set, isShown }: MarkSet, visit: (x: number, y: number, target: number) => void): void {
  const targets = set === 'train' ? data.trainTargets : data.testTargets;
  for (let index = 0; index < targets.length; index++) {
    if (!isShown(index)) continue;
    const point = pointOf(data, set, index);
    visit(pixelX(layout, point.x), pixelY(layout, point.y), targets[index] ?? 0);
  }
}

/** Paints examples filled; large ones with a halo of panel colour, so that they stand off from their own class's field, small ones darker. */
export function paintMarks(context: Context, marks: MarkSet, radius: number, palette: Palette): void {
  const hasHalo = radius >= MIN_HALO_RADIUS;
  for (const target of [0, 1]) {
    context.beginPath();
    eachExample(marks, (x, y, label) => {
      if (label > 0 === target > 0) addMark(context, x, y, radius, target);
    });
    const colour = classColour(palette, target);
    context.fillStyle = (hasHalo ? colour : mix(colour, palette.ink, SMALL_INK)).css;
    context.fill();
    if (!hasHalo) continue;
    context.strokeStyle = palette.panel.css;
    context.lineWidth = 0.9;
    context.stroke();
  }
}

/** Paints examples whose label is noise: hollow, in the hue and shape of the label they were given. */
export function paintFlippedMarks(context: Context, marks: MarkSet, radius: number, palette: Palette): void {
  for (const target of [0, 1]) {
    context.beginPath();
    eachExample(marks, (x, y, label) => {
      if (label > 0 === target > 0) addMark(context, x, y, radius, target);
    });
    context.fillStyle = palette.panel.css;
    context.strokeStyle = classColour(palette, target).css;
    context.lineWidth = 1.5;
    context.fill();
    context.stroke();
  }
}

/** Paints examples as small dots of one colour (targets that are values have no class). */
export function paintDots(context: Context, marks: MarkSet, radius: number, colour: Colour, isHollow: boolean, palette: Palette): void {
  context.beginPath();
  eachExample(marks, (x, y) => addRing(context, x, y, radius));
  context.fillStyle = (isHollow ? palette.panel : colour).css;
  context.fill();
  if (!isHollow) return;
  context.strokeStyle = colour.css;
  context.lineWidth = 1.1;
  context.stroke();
}

/** Paints own points: crosses on a halo. `colourOf` gives the hue of a label. */
export function paintCrosses(
  context: Context,
  marks: MarkSet,
  radius: number,
  colourOf: (target: number) => Colour,
  palette: Palette,
): void {
  eachExample(marks, (x, y, target) => {
    context.beginPath();
    context.moveTo(x - radius, y - radius);
    context.lineTo(x + radius, y + radius);
    context.moveTo(x + radius, y - radius);
    context.lineTo(x - radius, y + radius);
    context.strokeStyle = palette.panel.css;
    context.lineWidth = 4.5;
    context.stroke();
    context.strokeStyle = colourOf(target).css;
    context.lineWidth = 2.25;
    context.stroke();
  });
}

/** Rings misread test points. */
export function paintMisreadRings(context: Context, marks: MarkSet, radius: number, palette: Palette): void {
  context.beginPath();
  eachExample(marks, (x, y) => addRing(context, x, y, radius + RING_GAP));
  context.strokeStyle = palette.ink.css;
  context.lineWidth = radius < MIN_HALO_RADIUS ? 1 : 1.5;
  context.stroke();
}

/** Rings one example: what the pointer or the keyboard is on, or the focused row's. */
export function paintFocusRing(
  context: Context,
  layout: PlaneLayout,
  data: DataReport,
  set: 'train' | 'test',
  index: number,
  palette: Palette,
): void {
  const point = pointOf(data, set, index);
  for (const [width, css] of [
    [3.5, palette.panel.css],
    [1.6, palette.focus.css],
  ] as const) {
    context.beginPath();
    addRing(context, pixelX(layout, point.x), pixelY(layout, point.y), 8);
    context.strokeStyle = css;
    context.lineWidth = width;
    context.stroke();
  }
}
