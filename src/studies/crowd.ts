/**
 * Every sub-network of a trained net: 2ⁿ masks, each with its probability and its prediction.
 *
 * All is read from the margin, log P(class 1) − log P(class 0) of one input under one mask: the last pre-activation of a sigmoid, the
 * difference of two for a softmax.
 */
import { exactExp, exactLog } from '../math/exactMath';
import { bernoulli, type Key } from '../math/threefry';
import { exactActivate, exactSigmoid, type Net } from './net';

/** Returns the probability of one mask by how many units it keeps, `q^k p^(n − k)`. Shape: `[n + 1]`. */
export function probabilityByKept(numMasked: number, p: number): Float64Array {
  return Float64Array.from({ length: numMasked + 1 }, (_, kept) => {
    let probability = 1;
    for (let unit = 0; unit < numMasked; unit++) probability *= unit < kept ? 1 - p : p;
    return probability;
  });
}

/** Counts the bits of a mask id: the units it keeps. */
export function countKept(maskId: number): number {
  let count = 0;
  for (let rest = maskId; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Draws a mask id, one bit a unit. `pass` numbers the draws. */
export function drawMaskId(key: Key, p: number, numMasked: number, pass: number): number {
  let maskId = 0;
  for (let unit = 0; unit < numMasked; unit++) maskId |= (p === 0 ? 1 : bernoulli(key, 1 - p, pass * numMasked + unit)) << unit;
  return maskId;
}

/** Returns how many different masks as many independent draws give on average: `Σ over masks of 1 − (1 − π)^draws`. */
export function expectedDistinct(numMasked: number, p: number, draws: number): number {
  let expected = 0;
  let choices = 1;
  probabilityByKept(numMasked, p).forEach((probability, kept) => {
    const missed = probability === 0 || draws === 0 ? 1 : probability === 1 ? 0 : exactExp(draws * exactLog(1 - probability));
    expected += choices * (1 - missed);
    choices = (choices * (numMasked - kept)) / (kept + 1);
  });
  return expected;
}

/** Reads one net under any mask. Hidden layers are scaled by 1 / (1 − p) where a mask is on; bit i of a mask id is masked unit i. */
export class Crowd {
  readonly numMasked: number;
  private readonly scale: number;
  private readonly layers: Float64Array[];

  constructor(
    private readonly net: Net,
    p: number,
  ) {
    this.numMasked = net.sizes.slice(1, -1).reduce((sum, units) => sum + units, 0);
    this.scale = p < 1 ? 1 / (1 - p) : 0;
    this.layers = net.sizes.map((units) => new Float64Array(units));
  }

  /** Puts an input in front of the crowd. The first hidden layer's activation serves all masks. */
  look(x: number, y: number): this {
    this.layers[0]?.set([x, y]);
    this.activateLayer(1, (_, a) => a);
    return this;
  }

  /** Returns the margin under one mask; null: the whole network in eval. */
  margin(maskId: number | null): number {
    const last = this.net.sizes.length - 1;
    let firstUnit = 0;
    for (let layerIndex = 2; layerIndex <= last; layerIndex++) {
      const shift = firstUnit;
      const through = (unit: number, a: number) => (maskId === null ? a : (maskId >>> (shift + unit)) & 1 ? a * this.scale : 0);
      this.activateLayer(layerIndex, through);
      firstUnit += this.net.sizes[layerIndex - 1] as number;
    }
    const z = this.layers[last] as Float64Array;
    return z.length === 1 ? (z[0] as number) : (z[1] as number) - (z[0] as number);
  }

  /** Returns the probability of class 1 under one mask; null: the whole network in eval. */
  predict(maskId: number | null): number {
    return exactSigmoid(this.margin(maskId));
  }

  /** Computes a layer from the one below, whose values pass through `through`. The last layer stays as it is. */
  private activateLayer(layerIndex: number, through: (unit: number, a: number) => number): void {
    const { net, layers } = this;
    const below = layers[layerIndex - 1] as Float64Array;
    const here = layers[layerIndex] as Float64Array;
    const weights = net.weights[layerIndex - 1] as Float64Array;
    const biases = net.biases[layerIndex - 1] as Float64Array;
    const isLast = layerIndex === net.sizes.length - 1;
    here.set(biases);
    for (let i = 0; i < below.length; i++) {
      const value = through(i, below[i] as number);
      if (value === 0) continue;
      for (let o = 0; o < here.length; o++) here[o] = (here[o] as number) + value * (weights[o * below.length + i] as number);
    }
    if (!isLast) for (let o = 0; o < here.length; o++) here[o] = exactActivate(net.activation, here[o] as number);
  }
}

/** What the whole crowd says of one input. Means are weighted by the probabilities of the masks. */
interface Verdict {
  readonly predictions: Float32Array; // [2 ** numMasked]
  readonly arithmeticMean: number;
  readonly sd: number;
  readonly geometricMean: number; // `Π P^π` of each class, normalised
  readonly histogram: Float64Array;
}

/** Asks every sub-network. The crowd must have been shown an input. */
export function askAll(crowd: Crowd, p: number, numBins: number): Verdict {
  const numMasks = 2 ** crowd.numMasked;
  const probability = probabilityByKept(crowd.numMasked, p);
  const predictions = new Float32Array(numMasks);
  const histogram = new Float64Array(numBins);
  let [mean, square, logOne, logZero] = [0, 0, 0, 0];
  for (let maskId = 0; maskId < numMasks; maskId++) {
    const margin = crowd.margin(maskId);
    const prediction = exactSigmoid(margin);
    predictions[maskId] = prediction;
    const weight = probability[countKept(maskId)] as number;
    if (weight === 0) continue;
    mean += weight * prediction;
    square += weight * prediction * prediction;
    logOne -= weight * softplus(-margin);
    logZero -= weight * softplus(margin);
    const bin = Math.min(numBins - 1, Math.floor(prediction * numBins));
    histogram[bin] = (histogram[bin] as number) + weight;
  }
  return {
    predictions,
    arithmeticMean: mean,
    sd: Math.sqrt(Math.max(0, square - mean * mean)),
    geometricMean: exactSigmoid(logOne - logZero),
    histogram,
  };
}

/** Returns `log(1 + e^z)` without overflow. */
function softplus(z: number): number {
  return Math.max(z, 0) + exactLog(1 + exactExp(-Math.abs(z)));
}
