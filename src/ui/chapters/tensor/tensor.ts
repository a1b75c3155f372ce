/**
 * The numbers of the chapter "One tensor": twelve values through dropout and back, as PyTorch computes them on float32 and as frameworks
 * do that select instead of multiplying. Pure.
 */
import { type ConventionName, fromDrop, toDrop } from '../../../math/conventions';
import { bernoulli, foldIn, key, normal } from '../../../math/threefry';

export const ROWS = 3;
export const COLUMNS = 4;
export const NUM_CELLS = ROWS * COLUMNS;

/** Streams of the chapter's own: inputs, gradients, mask. */
const INPUT_TAG = 0x80000001;
const GRADIENT_TAG = 0x80000002;
const STEP = 0;

/** Draws twelve values of two decimals, so that they can be read and typed. `stream`: what arrives from below, or from above. */
export function drawCells(seed: number, stream: 'input' | 'gradient'): readonly number[] {
  const cellKey = foldIn(key(seed), stream === 'input' ? INPUT_TAG : GRADIENT_TAG);
  return Array.from({ length: NUM_CELLS }, (_, index) => Math.round(normal(cellKey, index) * 100) / 100);
}

/** Draws the mask of drop probability `p`: that of the lab's first step and input layer, for the same seed. 1 = kept. */
export function drawMask(seed: number, p: number): readonly (0 | 1)[] {
  const layerKey = foldIn(foldIn(key(seed), STEP), 0);
  return Array.from({ length: NUM_CELLS }, (_, index) => (p === 0 ? 1 : bernoulli(layerKey, 1 - p, index)));
}

/** Returns what a kept cell is multiplied by, `1 / (1 − p)` in float32; 0 for p = 1, where nothing is kept. */
export function survivorScale(p: number): number {
  return p < 1 ? Math.fround(1 / Math.fround(1 - p)) : 0;
}

/** Multiplies a cell by its noise, `x · (mask ? 1 / (1 − p) : 0)`, in float32 as PyTorch does: a negative value that is dropped is −0. */
export function multiplyCell(value: number, mask: 0 | 1, p: number): number {
  if (p === 0) return Math.fround(value);
  return Math.fround(Math.fround(value) * (mask ? survivorScale(p) : 0));
}

/** Selects a cell, `mask ? x / (1 − p) : 0`, as JAX, TensorFlow and this lab do: a dropped value is +0. */
export function selectCell(value: number, mask: 0 | 1, p: number): number {
  return mask ? multiplyCell(value, mask, p) : 0;
}

/** Writes a value as PyTorch prints it: four decimals, with the sign of a negative zero. */
export function printCell(value: number): string {
  const isNegative = value < 0 || Object.is(value, -0);
  return `${isNegative ? '-' : ''}${Math.abs(value).toFixed(4)}`;
}

/** How each convention's dropout is called, with `value` as written. */
const CALLS: Readonly<Record<ConventionName, (value: string) => string>> = {
  drop: (value) => `F.dropout(x, p=${value})`,
  rate: (value) => `tf.nn.dropout(x, rate=${value})`,
  level: (value) => `K.dropout(x, level=${value})`,
  'keep-paper': (value) => `r = Bernoulli(p=${value})`,
  keep_prob: (value) => `tf.nn.dropout(x, keep_prob=${value})`,
};

export interface Reading {
  /** The call as it is written. */
  readonly call: string;
  /** The number in it. */
  readonly written: number;
  /** The drop probability that was meant, and the one that happens. */
  readonly meant: number;
  readonly got: number;
}

/** Returns what happens when drop probability `p` is meant, and its number (or by mistake its complement) goes into a convention's argument. */
export function readArgument(convention: ConventionName, p: number, isMistaken: boolean): Reading {
  const right = fromDrop(convention, p);
  const written = isMistaken ? fromDrop('keep_prob', right) : right;
  return { call: CALLS[convention](String(written)), written, meant: p, got: toDrop(convention, written) };
}
