/** The script of every study of the chapters, by its name. Loaded late: no screen needs it before somebody asks for a file. */
import type { StudyName, StudyParamsMap } from '../../protocol/studyParams';
import type { StudyResultMap } from '../../protocol/studyResults';
import { type StudyScript, type StudySweepOptions, studyFileName, writeStudyScript } from './frame';
import { alphaDropoutScript } from './studies/alphaDropout';
import { bugScript } from './studies/bug';
import { dropConnectScript } from './studies/dropConnect';
import { equivalenceScript } from './studies/equivalence';
import { keepProbTrickScript } from './studies/keepProbTrick';
import { maskShapesScript } from './studies/maskShapes';
import { millionWeightsScript } from './studies/millionWeights';
import { momentsScript } from './studies/moments';
import { placementScript } from './studies/placement';
import { recurrenceScript } from './studies/recurrence';
import { schemesScript } from './studies/schemes';
import { subnetworksScript } from './studies/subnetworks';
import { trainEvalScript } from './studies/trainEval';

export type { StudySweepOptions } from './frame';

const SCRIPTS: { readonly [Name in StudyName]: StudyScript<Name> } = {
  millionWeights: millionWeightsScript,
  schemes: schemesScript,
  equivalence: equivalenceScript,
  subnetworks: subnetworksScript,
  moments: momentsScript,
  dropConnect: dropConnectScript,
  keepProbTrick: keepProbTrickScript,
  alphaDropout: alphaDropoutScript,
  maskShapes: maskShapesScript,
  placement: placementScript,
  recurrence: recurrenceScript,
  bug: bugScript,
  trainEval: trainEvalScript,
};

/**
 * Returns a JAX script that sweeps seeds and p around a study that is done.
 * `params` are all the parameters that it ran with, `result` is its complete result.
 */
export function createStudySweep<Name extends StudyName>(
  name: Name,
  done: { readonly params: StudyParamsMap[Name]; readonly result: StudyResultMap[Name] },
  options: StudySweepOptions = {},
): { readonly name: string; readonly type: string; readonly content: string } {
  return { name: studyFileName(name), type: 'text/x-python', content: writeStudyScript(name, SCRIPTS[name], done, options) };
}
