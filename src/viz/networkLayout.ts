/**
 * Where the units of the network diagram stand, and which unit or link lies under a point. Pure arithmetic, no canvas.
 */
import { MAX_SHOWN_UNITS } from '../protocol/frame';
import type { Column, ColumnsLayout } from './columns';
import type { Box, Hit, Size } from './view';

export interface NetworkLayer {
  readonly column: Column;
  readonly units: number;
  /** Units drawn: the first 32 at most; all pixels of a picture. */
  readonly shown: number;
  readonly x: number; // centre of the stack
  readonly radius: number;
  readonly spacing: number;
  readonly top: number; // centre of the first unit
  /** Set where the layer is drawn as a picture (a digit's pixels) rather than as a stack. */
  readonly picture: (Box & { readonly side: number }) | null;
  /** "32 of 128 shown", or null when all are. */
  readonly note: string | null;
}

export interface NetworkLayout extends Size {
  readonly columns: ColumnsLayout;
  readonly layers: readonly NetworkLayer[];
}

const PAD = 8;
const NOTE_HEIGHT = 18;
const MAX_SPACING = 76;
const MAX_RADIUS = 10;
const MIN_RADIUS = 2.5;
/** How far from a link the pointer may be, in CSS pixels. */
const LINK_REACH = 4;

/** Lays out the diagram in `height` CSS pixels over the shared columns. */
export function networkLayout(columns: ColumnsLayout, height: number): NetworkLayout {
  const last = columns.columns.length - 1;
  const layers = columns.columns.map((column) => {
    const side = Math.sqrt(column.units);
    const isPicture = column.layer === 0 && last > 0 && column.units > MAX_SHOWN_UNITS && Number.isInteger(side);
    return isPicture ? pictureLayer(column, side, height) : stackLayer(column, height);
  });
  return { width: columns.width, height, columns, layers };
}

function stackLayer(column: Column, height: number): NetworkLayer {
  const shown = Math.min(column.units, MAX_SHOWN_UNITS);
  const hidden = column.units - shown;
  const room = height - 2 * PAD - (hidden > 0 ? NOTE_HEIGHT : 0);
  const spacing = Math.min(room / shown, MAX_SPACING);
  const radius = Math.max(Math.min(spacing * 0.4, MAX_RADIUS, column.width / 2), MIN_RADIUS);
  const top = PAD + room / 2 - ((shown - 1) * spacing) / 2;
  const note = hidden > 0 ? `${shown} of ${column.units} shown` : null;
  return { column, units: column.units, shown, x: column.centre, radius, spacing, top, picture: null, note };
}

function pictureLayer(column: Column, side: number, height: number): NetworkLayer {
  const edge = Math.min(column.width, height - 2 * PAD);
  const y = (height - edge) / 2;
  const picture = { x: column.centre - edge / 2, y, width: edge, height: edge, side };
  const spacing = edge / side;
  return { column, units: column.units, shown: column.units, x: column.centre, radius: spacing / 2, spacing, top: y, picture, note: null };
}

/** Returns the centre of a unit. */
export function unitCentre(layer: NetworkLayer, unit: number): { x: number; y: number } {
  const { picture } = layer;
  if (!picture) return { x: layer.x, y: layer.top + unit * layer.spacing };
  const row = Math.floor(unit / picture.side);
  return { x: picture.x + (unit - row * picture.side + 0.5) * layer.spacing, y: picture.y + (row + 0.5) * layer.spacing };
}

/** Where the links of a unit leave (`side` 1) or arrive (`side` −1). */
export function linkX(layer: NetworkLayer, side: 1 | -1): number {
  const reach = layer.picture ? layer.picture.width / 2 : layer.radius;
  return layer.x + side * (reach + 2);
}

/** Returns the share of the height at the share `s` of the width of a link: the curve is a Bézier with both controls half way. */
export function linkRise(s: number): number {
  const t = linkParameter(s);
  return t * t * (3 - 2 * t);
}

/** Solves `1.5·t·(1 − t) + t³ = s` for the curve's parameter by bisection (24 halvings, far below a pixel). */
function linkParameter(s: number): number {
  let low = 0;
  let high = 1;
  for (let halving = 0; halving < 24; halving++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t * t * t < s) low = t;
    else high = t;
  }
  return (low + high) / 2;
}

/** Returns the unit or else the link under a point, or null. */
export function hitNetwork(layout: NetworkLayout, x: number, y: number): Hit | null {
  for (const layer of layout.layers) {
    const unit = hitUnit(layer, x, y);
    if (unit !== null) return { kind: 'unit', layer: layer.column.layer, unit };
  }
  return hitLink(layout, x, y);
}

function hitUnit(layer: NetworkLayer, x: number, y: number): number | null {
  const { picture, spacing, radius } = layer;
  if (picture) {
    const column = Math.floor((x - picture.x) / spacing);
    const row = Math.floor((y - picture.y) / spacing);
    if (column < 0 || row < 0 || column >= picture.side || row >= picture.side) return null;
    return row * picture.side + column;
  }
  // Fingers and small circles: the target is at least 12 pixels to each side, and halves the way to the neighbour.
  if (Math.abs(x - layer.x) > Math.max(radius + 4, 12)) return null;
  const unit = Math.round((y - layer.top) / spacing);
  if (unit < 0 || unit >= layer.shown) return null;
  return Math.abs(y - (layer.top + unit * spacing)) <= Math.max(radius + 4, 12) ? unit : null;
}

function hitLink(layout: NetworkLayout, x: number, y: number): Hit | null {
  for (let index = 0; index + 1 < layout.layers.length; index++) {
    const from = layout.layers[index] as NetworkLayer;
    const to = layout.layers[index + 1] as NetworkLayer;
    const left = linkX(from, 1);
    const right = linkX(to, -1);
    if (x <= left || x >= right) continue;
    const rise = linkRise((x - left) / (right - left));
    let best: Hit | null = null;
    let reach = LINK_REACH;
    const shownFrom = Math.min(from.shown, MAX_SHOWN_UNITS);
    for (let unit = 0; unit < shownFrom; unit++) {
      const start = unitCentre(from, unit).y;
      for (let target = 0; target < to.shown; target++) {
        const distance = Math.abs(start + (unitCentre(to, target).y - start) * rise - y);
        if (distance >= reach) continue;
        reach = distance;
        best = { kind: 'link', layer: index, unit, target };
      }
    }
    return best;
  }
  return null;
}
