/**
 * A training with one bug beside the same training without it: two jobs, one signature.
 *
 * What a bug is and what proves it stands in bugRuns.ts; this file only sets the two side by side.
 */
import type { BugResult, TracedTraining } from '../protocol/studyResults';
import { BUG_RUNS, bugConfig, buggyTechnique, readSignature } from './bugRuns';
import type { Study } from './study';
import { traceTraining, untrainedTrace } from './trace';

export const bugStudy: Study<'bug', TracedTraining> = {
  name: 'bug',
  check: ({ bug, p }) => {
    if (bug === 'alphaSign' && p === 1) throw new RangeError(`p must be at least 0 and below 1 for bug 'alphaSign', got 1`);
    if (bug === 'keepDropSwapped' && p === 0) throw new RangeError(`p must be above 0 for bug 'keepDropSwapped', got 0`);
  },
  jobs: () => [1, 1],
  run: (params, jobIndex) =>
    traceTraining(bugConfig(params.bug, params), jobIndex === 0 ? BUG_RUNS[params.bug].correct : buggyTechnique(params.bug)),
  reduce(params, [correct, wrong]): BugResult {
    const isDone = (side: TracedTraining | null | undefined) =>
      side != null && (side.steps === params.steps || side.nonFiniteStep !== null);
    const start = () => untrainedTrace(bugConfig(params.bug, params), BUG_RUNS[params.bug].correct);
    const sides = { correct: correct ?? start(), wrong: wrong ?? start() };
    const signature = isDone(correct) && isDone(wrong) ? readSignature(params.bug, params.p, sides.correct, sides.wrong) : null;
    return { bug: params.bug, p: params.p, totalSteps: params.steps, ...sides, signature };
  },
};
