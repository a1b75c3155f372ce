/**
 * Every study by its name: the one list that workers look up.
 *
 * Nothing else may list studies, and only the worker imports this file, so that the page never carries what it does not run.
 */
import type { StudyName } from '../protocol/studyParams';
import { bugStudy } from './bug';
import { equivalenceStudy } from './equivalence';
import { alphaDropoutStudy } from './family/alphaDropout';
import { dropConnectStudy } from './family/dropConnect';
import { keepProbTrickStudy } from './family/keepProbTrick';
import { maskShapesStudy } from './family/maskShapes';
import { momentsStudy } from './family/moments';
import { placementStudy } from './family/placement';
import { recurrenceStudy } from './family/recurrence';
import { millionWeightsStudy } from './millionWeights';
import { schemesStudy } from './schemes';
import type { Study } from './study';
import { subnetworksStudy } from './subnetworks';
import { trainEvalStudy } from './trainEval';

const REGISTRY = {
  millionWeights: millionWeightsStudy,
  schemes: schemesStudy,
  equivalence: equivalenceStudy,
  subnetworks: subnetworksStudy,
  moments: momentsStudy,
  dropConnect: dropConnectStudy,
  keepProbTrick: keepProbTrickStudy,
  alphaDropout: alphaDropoutStudy,
  maskShapes: maskShapesStudy,
  placement: placementStudy,
  recurrence: recurrenceStudy,
  bug: bugStudy,
  trainEval: trainEvalStudy,
};

/** Finds a study. Errors: RangeError "there is no study 'x'". */
export function findStudy(name: StudyName): Study<StudyName, unknown> {
  if (!Object.hasOwn(REGISTRY, name)) throw new RangeError(`there is no study '${name}'`);
  return REGISTRY[name as keyof typeof REGISTRY] as never;
}
