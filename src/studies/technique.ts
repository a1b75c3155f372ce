/**
 * How somebody's code does dropout: one value forward in train, one gradient back, one value in eval, and which mask it draws when.
 *
 * The right ways are here; a bug is a right way with one of these replaced. Techniques know nothing of networks.
 */
import { ALPHA_DROPPED, alphaAffine } from '../math/dropout';
import { bernoulli, foldIn, type Key } from '../math/threefry';

/** What is known where a value passes. `p` is the drop probability meant. */
interface Cell {
  readonly p: number;
  readonly kept: number; // 1 or 0, as the technique drew it
}

/** One mask asked for: of which step, which layer, how many rows. */
interface MaskRequest {
  readonly step: number;
  readonly layerIndex: number;
  readonly rows: number;
  readonly units: number;
}

export interface Technique {
  /** What the next layer reads in train. */
  train(a: number, cell: Cell): number;
  /** dLoss/da in train, from g = dLoss/d(output), the activation a and what was made of it. */
  back(g: number, cell: Cell, a: number, output: number): number;
  /** What the next layer reads in eval, where nothing is drawn. */
  evaluate(a: number, p: number): number;
  /** The drop probability that masks are drawn with. */
  drawnP(p: number): number;
  /** Whether training draws masks at this step. */
  trainDraws(step: number, firstEvaluation: number): boolean;
  /** Whether evaluation draws masks at this layer, and treats values as training does. */
  evalDraws(layerIndex: number): boolean;
  /** The step whose key a mask is drawn under. */
  maskStep(step: number): number;
  /** Whether one row of mask serves all. */
  readonly sharesRows: boolean;
}

const PLAIN = {
  drawnP: (p: number) => p,
  trainDraws: () => true,
  evalDraws: () => false,
  maskStep: (step: number) => step,
  sharesRows: false,
};

/** Scaled in train: `a · m / (1 − p)`; eval as it is. */
export const INVERTED: Technique = {
  ...PLAIN,
  train: (a, { p, kept }) => (kept ? a / (1 - p) : 0),
  back: (g, { p, kept }) => (kept ? g / (1 - p) : 0),
  evaluate: (a) => a,
};

/** Scaled in eval: `a · m`, then `a · (1 − p)`. */
export const STANDARD: Technique = {
  ...PLAIN,
  train: (a, { kept }) => (kept ? a : 0),
  back: (g, { kept }) => (kept ? g : 0),
  evaluate: (a, p) => (1 - p) * a,
};

/** SELU's own: a dropped unit takes α′, then `scale · a + shift` gives mean and variance back. */
export const ALPHA: Technique = {
  ...PLAIN,
  train: (a, { p, kept }) => {
    const { scale, shift } = alphaAffine(p);
    return scale * (kept ? a : ALPHA_DROPPED) + shift;
  },
  back: (g, { p, kept }) => (kept ? alphaAffine(p).scale * g : 0),
  evaluate: (a) => a,
};

/** Draws a mask as the technique would, 1 = kept. `keyOfStep` makes the key of a pass. Shape: `[rows, units]`. */
export function drawMask(technique: Technique, p: number, request: MaskRequest, keyOfStep: (step: number) => Key): Uint8Array {
  const { step, layerIndex, rows, units } = request;
  const layerKey = foldIn(keyOfStep(technique.maskStep(step)), layerIndex);
  const keepProb = 1 - technique.drawnP(p);
  const mask = new Uint8Array(rows * units);
  for (let cell = 0; cell < mask.length; cell++) {
    const isRepeated = technique.sharesRows && cell >= units;
    mask[cell] = isRepeated ? (mask[cell - units] as number) : bernoulli(layerKey, keepProb, cell);
  }
  return mask;
}
