/**
 * Bernoulli and Gaussian noise of equal mean and variance, drawn and counted: what they share, and where they part.
 *
 * Both are multipliers of an activation. Source: Srivastava et al. 2014, section 10.
 */
import { gaussianSigma } from '../../math/dropout';
import { bernoulli, normal } from '../../math/threefry';
import type { MomentsParams } from '../../protocol/studyParams';
import type { MomentsResult, NoiseFamilyMember, NoiseMoments } from '../../protocol/studyResults';
import { streamKey } from '../keys';
import { instantStudy } from '../study';

const NUM_BINS = 64;

/** Moments of `m / q` for m Bernoulli(q). */
function bernoulliMoments(p: number): NoiseMoments {
  const q = 1 - p;
  return { mean: 1, variance: p / q, third: (p * (p - q)) / (q * q), fourth: (p * (1 - 3 * p * q)) / (q * q * q) };
}

/** Moments of `1 + σ ε`, σ² = p / q: as of any normal number. */
function gaussianMoments(p: number): NoiseMoments {
  const variance = p / (1 - p);
  return { mean: 1, variance, third: 0, fourth: 3 * variance * variance };
}

function measure(values: Float64Array): NoiseMoments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [second, third, fourth] = [0, 0, 0];
  for (const value of values) {
    const distance = value - mean;
    second += distance * distance;
    third += distance * distance * distance;
    fourth += distance * distance * distance * distance;
  }
  return { mean, variance: second / values.length, third: third / values.length, fourth: fourth / values.length };
}

function memberOf(values: Float64Array, predicted: NoiseMoments, low: number, high: number): NoiseFamilyMember {
  const histogram = new Float64Array(NUM_BINS);
  let negative = 0;
  for (const value of values) {
    const bin = Math.min(NUM_BINS - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * NUM_BINS)));
    histogram[bin] = (histogram[bin] as number) + 1 / values.length;
    if (value < 0) negative += 1;
  }
  return {
    predicted,
    measured: measure(values),
    meanError: Math.sqrt(predicted.variance / values.length),
    histogram,
    negativeShare: negative / values.length,
  };
}

function compute({ p, draws, seed }: MomentsParams): MomentsResult {
  const key = streamKey(seed, 'passes');
  const noiseKey = streamKey(seed, 'inputs');
  const sigma = gaussianSigma(p);
  const halfWidth = Math.max(4 * sigma, 1 / (1 - p) - 1, 1) * 1.05;
  const [low, high] = [1 - halfWidth, 1 + halfWidth];
  const bernoulliDraws = Float64Array.from({ length: draws }, (_, index) => bernoulli(key, 1 - p, index) / (1 - p));
  const gaussianDraws = Float64Array.from({ length: draws }, (_, index) => 1 + sigma * normal(noiseKey, index));
  return {
    draws,
    low,
    high,
    bernoulli: memberOf(bernoulliDraws, bernoulliMoments(p), low, high),
    gaussian: memberOf(gaussianDraws, gaussianMoments(p), low, high),
  };
}

export const momentsStudy = instantStudy('moments', compute);
