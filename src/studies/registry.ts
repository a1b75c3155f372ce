/** Every study by its name. The one list that workers look up; nothing else may list them. */
import type { StudyName } from '../protocol/studyParams';
import { bugStudy } from './bug';
import type { Study } from './study';
import { trainEvalStudy } from './trainEval';

const REGISTRY = {
  bug: bugStudy,
  trainEval: trainEvalStudy,
};

/** Finds a study. Errors: RangeError "there is no study 'x'". */
export function findStudy(name: StudyName): Study<StudyName, unknown> {
  if (!Object.hasOwn(REGISTRY, name)) throw new RangeError(`there is no study '${name}'`);
  return REGISTRY[name as keyof typeof REGISTRY] as never;
}
