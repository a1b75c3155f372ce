/** The script of every study of the chapters, by its name. Loaded late: no screen needs it before somebody asks for a file. */
import type { StudyName, StudyParamsMap } from '../../protocol/studyParams';
import type { StudyResultMap } from '../../protocol/studyResults';
import { type StudyScript, type StudySweepOptions, studyFileName, writeStudyScript } from './frame';
import { alphaDropoutScript } from './studies/alphaDropout';
import { dropConnectScript } from './studies/dropConnect';
import { keepProbTrickScript } from './studies/keepProbTrick';
import { maskShapesScript } from './studies/maskShapes';
import { millionWeightsScript } from './studies/millionWeights';
import { momentsScript } from './studies/moments';
import { placementScript } from './studies/placement';
import { schemesScript } from './studies/schemes';

export type { StudySweepOptions } from './frame';

/** Studies whose script is still to be written; once this is empty it goes. */
type Pending = 'equivalence' | 'subnetworks' | 'recurrence' | 'bug' | 'trainEval';

const SCRIPTS: { readonly [Name in Exclude<StudyName, Pending>]: StudyScript<Name> } = {
  millionWeights: millionWeightsScript,
  schemes: schemesScript,
  moments: momentsScript,
  dropConnect: dropConnectScript,
  keepProbTrick: keepProbTrickScript,
  alphaDropout: alphaDropoutScript,
  maskShapes: maskShapesScript,
  placement: placementScript,
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
  const script = (SCRIPTS as Partial<{ [Each in StudyName]: StudyScript<Each> }>)[name] as StudyScript<Name>;
  return { name: studyFileName(name), type: 'text/x-python', content: writeStudyScript(name, script, done, options) };
}
