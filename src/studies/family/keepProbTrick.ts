/**
 * `tf.nn.dropout(w, written) * written`: DropConnect by a trick. In TF 1 the second place is the keep probability and the scales cancel;
 * in TF 2 it is the drop probability, so that the same line keeps the other share and the scales no longer do.
 */
import { drawnKeepProb } from '../../math/masks';
import { momentsOf } from '../../math/statistics';
import { bernoulli, foldIn, type Key, normal } from '../../math/threefry';
import type { KeepProbTrickParams } from '../../protocol/studyParams';
import type { KeepProbTrickResult, TrickReading } from '../../protocol/studyResults';
import { streamKey } from '../keys';
import { instantStudy } from '../study';

/** Reads the line as a framework that keeps with probability `keep`: surviving weights times `written / keep`. Inputs are one. */
function readLine(weights: Float64Array, keep: number, { written, draws }: KeepProbTrickParams, key: Key): TrickReading {
  const keepProb = drawnKeepProb(1 - keep);
  const factor = written / keep;
  let kept = 0;
  const sums = Float64Array.from({ length: draws }, (_, draw) => {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) {
      if (bernoulli(key, keep, draw * weights.length + i) === 0) continue;
      kept += 1;
      sum += factor * (weights[i] as number);
    }
    return sum;
  });
  const moments = momentsOf(sums);
  const weightSum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  return {
    keepProb,
    keptShare: kept / (draws * weights.length),
    factor,
    mean: moments.mean,
    expected: keepProb * factor * weightSum,
    sd: Math.sqrt(moments.sampleVariance),
    predictedSd: factor * Math.sqrt(keepProb * (1 - keepProb) * squares),
  };
}

function compute(params: KeepProbTrickParams): KeepProbTrickResult {
  const { written, weights: numWeights, seed } = params;
  const weightKey = streamKey(seed, 'weights');
  const weights = Float64Array.from({ length: numWeights }, (_, index) => normal(weightKey, index));
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const passKey = streamKey(seed, 'passes');
  return {
    weightSum,
    tf1: readLine(weights, written, params, foldIn(passKey, 1)),
    tf2: readLine(weights, 1 - written, params, foldIn(passKey, 2)),
    rightEval: written * weightSum,
    wrongEval: weightSum,
  };
}

export const keepProbTrickStudy = instantStudy('keepProbTrick', compute);
