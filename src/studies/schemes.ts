/**
 * Four ways to scale, on the same weights and the same masks: train mean, eval mean and their ratio, layer by layer.
 *
 * Every layer's output is dropped, the input is not; so the ratio of layer l is what l droppings have done.
 */
import { RunningMoments } from '../math/statistics';
import { bernoulli, foldIn, type Key, normal } from '../math/threefry';
import { SCHEMES, type Scheme, type SchemesParams } from '../protocol/studyParams';
import type { SchemeLayer, SchemesResult } from '../protocol/studyResults';
import { streamKey } from './keys';
import { linear } from './net';
import type { Study } from './study';

/** What a kept value is multiplied by in train, and every value in eval. */
function factors(scheme: Scheme, p: number): { train: number; eval: number } {
  const divided = p < 1 ? 1 / (1 - p) : 0;
  switch (scheme) {
    case 'unscaled':
      return { train: 1, eval: 1 };
    case 'standard':
      return { train: 1, eval: 1 - p };
    case 'inverted':
      return { train: divided, eval: 1 };
    case 'both':
      return { train: divided, eval: 1 - p };
    default:
      return scheme satisfies never;
  }
}

/** Returns `eval / train` of layer `depth` (1 the first) in expectation, where layers are linear: the ratio of one layer, `depth` times. */
function expectedRatio(scheme: Scheme, p: number, depth: number): number {
  const { train, eval: factor } = factors(scheme, p);
  let ratio = 1;
  for (let layer = 0; layer < depth; layer++) ratio *= factor / ((1 - p) * train);
  return p < 1 ? ratio : Number.NaN;
}

interface Stack {
  readonly weights: readonly Float64Array[];
  readonly inputs: Float64Array;
}

function createStack({ numLayers, units, batchSize, weights: kind, seed }: SchemesParams): Stack {
  const inputKey = streamKey(seed, 'inputs');
  const inputs = Float64Array.from({ length: batchSize * units }, (_, index) => Math.abs(normal(inputKey, index)));
  const weights = Array.from({ length: numLayers }, (_, layer) => {
    const weightKey = foldIn(streamKey(seed, 'weights'), layer);
    const drawn = Float64Array.from({ length: units * units }, (_, index) => normal(weightKey, index));
    return kind === 'positive' ? meanWeights(drawn, units) : drawn.map((weight) => weight * Math.sqrt(2 / units));
  });
  return { weights, inputs };
}

/** Makes rows of positive weights that sum to 1, so that each unit takes a weighted mean. */
function meanWeights(drawn: Float64Array, units: number): Float64Array {
  const weights = drawn.map(Math.abs);
  for (let start = 0; start < weights.length; start += units) {
    const row = weights.subarray(start, start + units);
    const sum = row.reduce((total, weight) => total + weight, 0);
    row.forEach((weight, i) => {
      row[i] = weight / sum;
    });
  }
  return weights;
}

/** Passes the inputs through all layers and returns the mean of each one's output. `passKey` null: eval, nothing is masked. */
function layerMeans({ weights, inputs }: Stack, p: number, factor: number, passKey: Key | null): number[] {
  const noBiases = new Float64Array(Math.sqrt(weights[0]?.length ?? 0));
  let output = inputs;
  return weights.map((matrix, layer) => {
    const layerKey = passKey && foldIn(passKey, layer + 1);
    output = linear(matrix, noBiases, output).map((z, index) => {
      const isKept = layerKey === null || p === 0 || bernoulli(layerKey, 1 - p, index) === 1;
      return isKept ? Math.max(0, z) * factor : 0;
    });
    return output.reduce((sum, value) => sum + value, 0) / output.length;
  });
}

type Trains = Readonly<Record<Scheme, readonly RunningMoments[]>>;

export const schemesStudy: Study<'schemes', SchemesResult> = {
  name: 'schemes',
  jobs: () => [1],
  *run(params) {
    const { p, passes, numLayers, seed } = params;
    const stack = createStack(params);
    const plainMeans = layerMeans(stack, 0, 1, null);
    const evalMeans = SCHEMES.map((scheme) => layerMeans(stack, p, factors(scheme, p).eval, null));
    const trains = Object.fromEntries(
      SCHEMES.map((scheme) => [scheme, Array.from({ length: numLayers }, () => new RunningMoments())]),
    ) as unknown as Trains;
    const result = (done: number): SchemesResult => ({
      passes: done,
      plainMeans,
      schemes: Object.fromEntries(
        SCHEMES.map((scheme, index) => [
          scheme,
          trains[scheme].map((train, layer): SchemeLayer => {
            const evalMean = evalMeans[index]?.[layer] ?? Number.NaN;
            return {
              trainMean: train.mean,
              trainError: train.standardError,
              evalMean,
              ratio: evalMean / train.mean,
              expectedRatio: expectedRatio(scheme, p, layer + 1),
            };
          }),
        ]),
      ) as unknown as SchemesResult['schemes'],
    });
    for (let pass = 0; pass < passes; pass++) {
      const passKey = foldIn(streamKey(seed, 'passes'), pass);
      for (const scheme of SCHEMES) {
        const means = layerMeans(stack, p, factors(scheme, p).train, passKey);
        means.forEach((mean, layer) => {
          trains[scheme][layer]?.add(mean);
        });
        yield pass === 0 ? { share: 0 } : { share: pass / passes, peek: () => result(pass) };
      }
    }
    return result(passes);
  },
  reduce: (_, [partial]) => partial as SchemesResult,
};
