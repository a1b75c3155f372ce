/** Which studies are exported and run: each with at least two sets of parameters off p = 0.5, and with the ends of every range. */

import type { StudyPatch } from '../../src/protocol/study';
import { defaultParams, type StudyName, type StudyParamsMap } from '../../src/protocol/studyParams';
import type { StudyResultMap } from '../../src/protocol/studyResults';
import { findStudy } from '../../src/studies/registry';
import { runStudy } from '../../src/studies/study';

/** Small, so that each takes a second or two. */
export const STUDY_CASES: { readonly [Name in StudyName]?: readonly StudyPatch<Name>[] } = {
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
