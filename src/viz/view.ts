/**
 * What all painters share: the view that they paint (phase, mode, focused example), what is highlighted, and what a hit test answers.
 *
 * A painter is `(context, frame, layout, style) → pixels`: it clears its own area, draws in CSS pixels (see `fitCanvas`), keeps nothing
 * between calls but caches, and never allocates per cell. React owns elements, text and focus; nothing here knows of it.
 */
import type { Mode, Phase } from '../protocol/settings';
import type { Palette } from './palette';

/**
 * What the pointer or the keyboard is on, the same object for all figures of a lab: a unit of a layer, an example, a bin of a layer's
 * histogram, a weight (unit of `layer` → unit `target` of the next). `null` parts are not highlighted.
 */
export interface Highlight {
  readonly layer: number | null;
  readonly unit: number | null;
  readonly row: number | null;
  readonly bin: number | null;
  readonly target?: number | null;
}

export const NO_HIGHLIGHT: Highlight = { layer: null, unit: null, row: null, bin: null };

export interface ViewStyle {
  readonly palette: Palette;
  readonly phase: Phase;
  readonly mode: Mode;
  /** The focused example: row of the frame that the diagram shows and the heatmaps frame. */
  readonly row: number;
  readonly highlight: Highlight;
}

/** What lies under a point of a lab figure. */
export type Hit =
  | { readonly kind: 'unit'; readonly layer: number; readonly unit: number }
  | { readonly kind: 'link'; readonly layer: number; readonly unit: number; readonly target: number }
  | { readonly kind: 'cell'; readonly layer: number; readonly row: number; readonly unit: number }
  | { readonly kind: 'weight'; readonly layer: number; readonly unit: number; readonly target: number }
  | { readonly kind: 'bin'; readonly layer: number; readonly bin: number };

/** Turns a hit into what all figures highlight. */
export function highlightOf(hit: Hit | null): Highlight {
  if (hit === null) return NO_HIGHLIGHT;
  const { layer } = hit;
  switch (hit.kind) {
    case 'unit':
      return { layer, unit: hit.unit, row: null, bin: null };
    case 'link':
    case 'weight':
      return { layer, unit: hit.unit, row: null, bin: null, target: hit.target };
    case 'cell':
      return { layer, unit: hit.unit, row: hit.row, bin: null };
    case 'bin':
      return { layer, unit: null, row: null, bin: hit.bin };
    default:
      return hit satisfies never;
  }
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Tells whether a point lies in a box, its right and lower edge excluded. */
export function isInside(box: Box, x: number, y: number): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}
