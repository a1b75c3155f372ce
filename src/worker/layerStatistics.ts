/**
 * Statistics of one layer for a frame: means, spreads, zeros and histograms of train against eval, and what theory predicts.
 *
 * Everything covers the whole batch. It reads a pass and writes numbers; it draws nothing and keeps nothing but the histograms' range.
 */
import { ALPHA_DROPPED, alphaAffine, trainScale } from '../math/dropout';
import { dropProbability, type Settings } from '../protocol/settings';
import type { LayerSnapshot } from '../protocol/snapshot';

/** Mean, standard deviation, share of exact zeros and range of a list. */
interface Moments {
  mean: number;
  sd: number;
  zeros: number;
  low: number;
  high: number;
}

/** Measures a list in two sweeps, so that the spread of a list far from 0 stays exact. */
export function measure(values: Float32Array): Moments {
  const { length } = values;
  let sum = 0;
  let zeros = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) {
    const value = values[i] as number;
    sum += value;
    if (value === 0) zeros++;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const mean = sum / length;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const distance = (values[i] as number) - mean;
    squares += distance * distance;
  }
  return { mean, sd: Math.sqrt(squares / length), zeros: zeros / length, low, high };
}

/** Writes the share of `values` in each of `bins.length` equal bins between `low` and `high`. */
export function fillHistogram(bins: Float32Array, values: Float32Array, low: number, high: number): void {
  bins.fill(0);
  const last = bins.length - 1;
  const perUnit = bins.length / (high - low);
  const share = 1 / values.length;
  for (let i = 0; i < values.length; i++) {
    const index = Math.floor(((values[i] as number) - low) * perUnit);
    if (Number.isNaN(index)) continue; // NaN has no bin
    const bin = index < 0 ? 0 : index > last ? last : index;
    bins[bin] = (bins[bin] as number) + share;
  }
}

/** A range that grows at once and shrinks late, so that axes hold still while the values move. Its ends are round numbers. */
export class SteadyRange {
  low = 0;
  high = 0;

  include(low: number, high: number): void {
    this.low = steadyEnd(this.low, Math.max(0, -low));
    this.high = steadyEnd(this.high, Math.max(0, high));
    if (this.low === 0 && this.high === 0) this.high = 1;
    if (this.low > 0) this.low = -this.low;
  }
}

function steadyEnd(present: number, needed: number): number {
  const end = Math.abs(present);
  if (!Number.isFinite(needed)) return end;
  return needed > end || needed < end / 3 ? roundUp(needed) : end;
}

/** Returns the smallest of 1, 2, 5 times a power of ten that is at least `value`; 0 for 0. */
export function roundUp(value: number): number {
  if (value < 1e-12) return 0;
  let unit = 1;
  while (unit < value) unit *= 10;
  while (unit / 10 >= value) unit /= 10;
  for (const part of [unit / 5, unit / 2]) if (part >= value) return part;
  return unit;
}

/** What dropout does to one layer under given settings. */
interface LayerDropout {
  readonly p: number;
  readonly keepProb: number;
  readonly scale: number;
  /** Units whose draws are shared: a channel's size in 'spatial', else 1. */
  readonly channelSize: number;
  readonly isBatchScope: boolean;
  readonly mode: Settings['mode'];
}

/** Returns the dropout in force on a layer; the output layer has none. */
export function layerDropout(settings: Settings, layerIndex: number, isOutput: boolean): LayerDropout {
  const p = isOutput ? 0 : dropProbability(settings, layerIndex);
  const mode = p === 0 ? 'none' : settings.mode;
  return {
    p,
    keepProb: Math.fround(1 - p),
    scale: trainScale({ mode, p }),
    channelSize: mode === 'spatial' ? settings.channelSize : 1,
    isBatchScope: settings.maskScope === 'batch',
    mode,
  };
}

/**
 * Returns E and the standard deviation, under fresh masks, of the mean of a layer's output, given its activations.
 *
 * Shape: `activation` is `[size, units]`.
 * Source: table 1.0 of the semantics; draws are shared within a channel ('spatial') and across examples (scope 'batch'), where their
 * variances add before squaring.
 */
export function predictMean(dropout: LayerDropout, activation: Float32Array, units: number): { mean: number; error: number } {
  const { mode, keepProb: keep } = dropout;
  const count = activation.length;
  const drop = 1 - keep;
  switch (mode) {
    case 'standard':
    case 'unscaled': {
      const { sum, squares } = groupSums(dropout, activation, units, 0);
      return { mean: (keep * sum) / count, error: Math.sqrt(drop * keep * squares) / count };
    }
    case 'alpha': {
      const { scale, shift } = alphaAffine(dropout.p);
      const { sum, squares } = groupSums(dropout, activation, units, ALPHA_DROPPED);
      const mean = scale * (keep * (sum / count) + ALPHA_DROPPED) + shift;
      return { mean, error: (scale * Math.sqrt(drop * keep * squares)) / count };
    }
    case 'inverted':
    case 'spatial':
    case 'gaussian': {
      const { sum, squares } = groupSums(dropout, activation, units, 0);
      if (keep === 0) return { mean: 0, error: 0 };
      return { mean: sum / count, error: Math.sqrt((drop / keep) * squares) / count };
    }
    case 'none':
    case 'dropconnect':
      return { mean: groupSums(dropout, activation, units, 0).sum / count, error: 0 };
    default:
      return mode satisfies never;
  }
}

/** Returns the sum of `a − offset`, and the sum over independent draws of the square of what hangs on each. */
function groupSums(dropout: LayerDropout, activation: Float32Array, units: number, offset: number): { sum: number; squares: number } {
  const { channelSize, isBatchScope } = dropout;
  let sum = 0;
  let squares = 0;
  if (channelSize === 1 && !isBatchScope) {
    for (let i = 0; i < activation.length; i++) {
      const value = (activation[i] as number) - offset;
      sum += value;
      squares += value * value;
    }
    return { sum, squares };
  }
  const numChannels = Math.ceil(units / channelSize);
  const groups = new Float64Array(isBatchScope ? numChannels : (activation.length / units) * numChannels);
  for (let i = 0; i < activation.length; i++) {
    const unit = i % units;
    const first = isBatchScope ? 0 : ((i - unit) / units) * numChannels;
    const group = first + Math.floor(unit / channelSize);
    groups[group] = (groups[group] as number) + (activation[i] as number) - offset;
  }
  for (const group of groups) {
    sum += group;
    squares += group * group;
  }
  return { sum, squares };
}

/** Counts the draws of a layer's mask and those that keep: of units, or of the weights out of it in 'dropconnect'. Shared draws count once. */
export function countDraws(dropout: LayerDropout, layer: LayerSnapshot, size: number): { kept: number; drawn: number } {
  if (layer.weightMask !== null) return { kept: countOnes(layer.weightMask), drawn: layer.weightMask.length };
  if (layer.mask === null) return { kept: 0, drawn: 0 };
  const { channelSize, isBatchScope } = dropout;
  const rows = isBatchScope ? 1 : size;
  if (channelSize === 1) return { kept: countOnes(layer.mask.subarray(0, rows * layer.units)), drawn: rows * layer.units };
  let kept = 0;
  let drawn = 0;
  for (let row = 0; row < rows; row++) {
    for (let unit = 0; unit < layer.units; unit += channelSize) {
      kept += layer.mask[row * layer.units + unit] as number;
      drawn++;
    }
  }
  return { kept, drawn };
}

function countOnes(mask: Uint8Array): number {
  let ones = 0;
  for (let i = 0; i < mask.length; i++) ones += mask[i] as number;
  return ones;
}
