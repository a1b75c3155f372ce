/**
 * How high the pictures of the layers are, so that the whole lab is one screen. Pure arithmetic; what words and legends take up is known
 * rather than measured, so that no picture jumps when a caption wraps.
 */

export interface LayerHeights {
  readonly network: number;
  /** One row of a heatmap. */
  readonly cell: number;
  readonly histogram: number;
}

export const ROOMY: LayerHeights = { network: 240, cell: 6.5, histogram: 112 };
export const COMPACT: LayerHeights = { network: 200, cell: 4.5, histogram: 90 };

interface LayersOnScreen {
  readonly numHidden: number;
  readonly hasGradients: boolean;
  readonly isCompared?: boolean;
  /** A step is walked through in slow motion. */
  readonly isWalked?: boolean;
}

/** Bars, head, words and gaps above, between and below the pictures, and what the pictures need at the least. */
const ALONE = { words: 366, least: 400 };
/** Two labs stand below a head of their own, in half the width, where captions wrap. */
const COMPARED = { words: 622, least: 264 };
/** What the second heatmap brings along. */
const GRADIENT_WORDS = 14;
/** From three hidden layers on the captions wrap in their narrow columns. */
const WRAPPED_WORDS = 50;
/** The strip of slow motion, and the gap below it. */
const STRIP = 126;
const SHOWN_ROWS = 24;
const MOST_ROOM = 760;

/** Shares a window's height: network 0.46, mask 0.31, histogram 0.23; with gradients 0.36, 0.22 twice, 0.20. Range: the room is 400 (compared 264) to 760 px. */
export function fittedHeights(windowHeight: number, shown: LayersOnScreen): LayerHeights {
  const { numHidden, hasGradients, isCompared = false, isWalked = false } = shown;
  const { words: fixed, least } = isCompared ? COMPARED : ALONE;
  const words = fixed + (hasGradients ? GRADIENT_WORDS : 0) + (numHidden > 2 ? WRAPPED_WORDS : 0) + (isWalked ? STRIP : 0);
  const room = Math.min(Math.max(windowHeight - words, least), MOST_ROOM);
  const [network, masks, histogram] = hasGradients ? [0.36, 0.22, 0.2] : [0.46, 0.31, 0.23];
  return {
    network: Math.floor(room * network),
    cell: Math.floor((room * masks * 2) / SHOWN_ROWS) / 2,
    histogram: Math.floor(room * histogram),
  };
}
