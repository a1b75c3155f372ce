/**
 * A few numbers of studies to their last bit. Node and the browser are both held to them, so that an engine that computes otherwise shows.
 */

import { defaultParams } from '../../../src/protocol/studyParams';
import { bugStudy } from '../../../src/studies/bug';
import { equivalenceStudy } from '../../../src/studies/equivalence';
import { millionWeightsStudy } from '../../../src/studies/millionWeights';
import { runStudy } from '../../../src/studies/study';
import { subnetworksStudy } from '../../../src/studies/subnetworks';

/** Runs four small studies and returns one number of each. */
export async function studyNumbers(): Promise<Record<string, number | undefined>> {
  await millionWeightsStudy.prepare?.();
  const weights = runStudy(millionWeightsStudy, { numWeights: 5000, trials: 6, ps: [0.3], seed: 0 });
  const twins = runStudy(equivalenceStudy, {
    ...defaultParams('equivalence'),
    activation: 'tanh',
    optimizer: 'adam',
    learningRate: 0.01,
    steps: 40,
  });
  const crowd = runStudy(subnetworksStudy, { ...defaultParams('subnetworks'), activation: 'selu', steps: 40, thumbnails: 0, passes: 10 });
  const bug = runStudy(bugStudy, { bug: 'forgotEval', p: 0.3, steps: 30, seed: 1 });
  return {
    millionWeights: weights.columns[0]?.mean,
    equivalence: twins.standardLoss.at(-1),
    subnetworks: crowd.crowd?.arithmeticMean,
    bug: bug.signature?.wrong,
  };
}

/** What they are, in every engine. */
export const EXPECTED_NUMBERS = {
  millionWeights: -28.04016852269221,
  equivalence: 0.9547764099708559,
  subnetworks: 0.5655994302666009,
  bug: 0.14428293903007816,
};
