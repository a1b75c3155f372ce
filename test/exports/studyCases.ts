/** Which studies are exported and run: each with at least two sets of parameters off p = 0.5, and with the ends of every range. */

import type { StudyPatch } from '../../src/protocol/study';
import { defaultParams, type StudyName, type StudyParamsMap } from '../../src/protocol/studyParams';
import type { StudyResultMap } from '../../src/protocol/studyResults';
import { findStudy } from '../../src/studies/registry';
import { runStudy } from '../../src/studies/study';

/** Small, so that each takes a second or two. */
export const STUDY_CASES: { readonly [Name in StudyName]?: readonly StudyPatch<Name>[] } = {
  millionWeights: [
    { numWeights: 5000, trials: 12 },
    { numWeights: 20_001, trials: 3, ps: [0.2, 1, 0.35, 0], seed: 0 },
    { numWeights: 1, trials: 2, ps: [0.9], seed: 4_294_967_295 },
  ],
  schemes: [
    { units: 24, batchSize: 8, passes: 5 },
    { numLayers: 8, units: 16, batchSize: 3, p: 0.7, weights: 'normal', seed: 0 },
    { units: 6, batchSize: 2, passes: 1, p: 1 },
    { units: 1, batchSize: 1, p: 0 },
  ],
  dropConnect: [
    { draws: 300 },
    { inputs: 64, outputs: 6, p: 0.85, draws: 100, seed: 0 },
    { p: 0, draws: 100 },
    { inputs: 1, draws: 200, p: 0.99 },
  ],
  keepProbTrick: [
    { draws: 100 },
    { written: 0.15, weights: 33, draws: 211, seed: 0 },
    { written: 0.99, weights: 1, draws: 10 },
    { written: 0.01 },
  ],
  alphaDropout: [
    { units: 32, batchSize: 24 },
    { numLayers: 12, units: 16, batchSize: 10, p: 0.8, seed: 0 },
    { numLayers: 2, units: 2, batchSize: 2, p: 0 },
  ],
  maskShapes: [{}, { batch: 3, time: 5, features: 7, p: 0.85, seed: 0 }, { p: 0 }, { p: 1, batch: 1 }],
  placement: [
    { activation: 'tanh' },
    { activation: 'selu', units: 200, p: 0.65, seed: 0 },
    { activation: 'sigmoid', p: 1 },
    { activation: 'linear', p: 0 },
    { activation: 'relu', p: 0.1 },
  ],
  moments: [{ draws: 2000 }, { p: 0.8, draws: 1001, seed: 0 }, { p: 0, draws: 100 }, { p: 0.99, draws: 500 }],
};

export interface DoneStudy<Name extends StudyName> {
  readonly params: StudyParamsMap[Name];
  readonly result: StudyResultMap[Name];
}

/** Runs a study as the page does, to its end. */
export async function doStudy<Name extends StudyName>(name: Name, patch: StudyPatch<Name>): Promise<DoneStudy<Name>> {
  const params = { ...defaultParams(name), ...patch };
  const study = findStudy(name);
  await study.prepare?.();
  return { params, result: runStudy(study, params) as StudyResultMap[Name] };
}
