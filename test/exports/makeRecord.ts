/** Records an experiment on the real core, the way a page does it: train, change settings by hand on the way, then walk through the steps. */
import { drawDataset } from '../../src/data/draw';
import { type RunRecord, recordRun } from '../../src/export/record';
import { compileCore } from '../../src/kernels/core';
import { createRun } from '../../src/model/run';
import type { Run } from '../../src/model/types';
import { parseSettings } from '../../src/protocol/parse';
import type { Experiment } from './experiments';

/** Trains a run of the experiment with its changes made at their steps. */
export async function trainExperiment({ settings, changes }: Experiment): Promise<Run> {
  const run = createRun(await compileCore(), settings, drawDataset(settings));
  for (const { step, patch } of changes) {
    run.train(step - run.step, false);
    run.applyLive(parseSettings(patch, run.settings));
  }
  return run;
}

/** Returns the record of an experiment. */
export async function makeRecord(experiment: Experiment, steps?: number): Promise<RunRecord> {
  const run = await trainExperiment(experiment);
  const lab = {
    seek: async (step: number) => run.seek(step, Number.POSITIVE_INFINITY, () => 0),
    snapshot: async () => run.snapshot(),
  };
  return recordRun(lab, run.dataset, steps);
}
