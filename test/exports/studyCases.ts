/** Which studies are exported and run: each with at least two sets of parameters off p = 0.5, and with the ends of every range. */
import { BUG_IDS } from '../../src/protocol/bugs';
import type { StudyPatch } from '../../src/protocol/study';
import { defaultParams, EQUIVALENCE_RULES, type StudyName, type StudyParamsMap } from '../../src/protocol/studyParams';
import type { StudyResultMap } from '../../src/protocol/studyResults';
import { findStudy } from '../../src/studies/registry';
import { runStudy } from '../../src/studies/study';

/** Settings of the two twins, each used with several rules. */
const TWINS: readonly StudyPatch<'equivalence'>[] = [
  { optimizer: 'sgd', activation: 'relu', p: 0.3, weightDecay: 0.02, seed: 0 },
  { optimizer: 'adam', activation: 'tanh', inputP: 0, p: 0.65, weightDecay: 0.01, epsilon: 0.001 },
  { optimizer: 'momentum', activation: 'selu', inputP: 0.4, p: 0.15, learningRate: 0.01 },
];

/** Small, so that each takes a second or two. */
export const STUDY_CASES: { readonly [Name in StudyName]: readonly StudyPatch<Name>[] } = {
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
  equivalence: EQUIVALENCE_RULES.map((rule, index) => ({
    ...TWINS[index % TWINS.length],
    rule,
    steps: 12 + 19 * index, // with and without steps that are left over behind the last point
  })),
  subnetworks: [
    { steps: 30 },
    { dataset: 'spiral', output: 'sigmoid', hidden: [4, 5], activation: 'tanh', p: 0.3, batchSize: 5, steps: 97, seed: 0 },
    { dataset: 'gaussians', hidden: [2, 1], activation: 'selu', p: 1, x: 2, y: -2, batchSize: 20, steps: 20, passes: 3 },
    { dataset: 'xor', hidden: [1], p: 0, steps: 0, batchSize: 64 },
  ],
  recurrence: [
    { stateP: 0.3, outputP: 0.15 },
    { ...{ inputP: 0.6, stateP: 0.9, outputP: 0.25, variational: true, maskScope: 'batch' }, time: 64, units: 32, inputs: 32, seed: 0 },
    { inputP: 1, stateP: 1, outputP: 1, variational: true, time: 2, batch: 1 },
    { inputP: 0, stateP: 0, maskScope: 'batch' },
  ],
  trainEval: [
    { steps: 30 },
    { forgotTrain: true, dataset: 'circles', p: 0.7, hidden: [7], learningRate: 0.3, steps: 243, seed: 0 },
    { forgotEval: true, p: 0.15, hidden: [9, 3, 64], steps: 7 },
    { forgotEval: true, forgotTrain: true, dataset: 'xor', hidden: [2], p: 1, steps: 5 },
  ],
  bug: [
    ...BUG_IDS.map((bug, index) => ({ bug, p: index % 2 === 0 ? 0.3 : 0.65, steps: 30, seed: index })),
    { bug: 'nothingKeptNaN', p: 1, steps: 90 },
    { bug: 'evalHalved', p: 0, steps: 5 },
  ],
  moments: [{ draws: 2000 }, { p: 0.8, draws: 1001, seed: 0 }, { p: 0, draws: 100 }, { p: 0.99, draws: 500 }],
};

interface DoneStudy<Name extends StudyName> {
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
