/** Runs of small settings, for the tests of the model. */
import { drawDataset } from '../../../src/data/draw';
import { compileCore } from '../../../src/kernels/core';
import { createRun } from '../../../src/model/run';
import type { Run } from '../../../src/model/types';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/protocol/settings';

const core = await compileCore();

export function makeRun(patch: Partial<Settings> = {}): Run {
  const settings = { ...DEFAULT_SETTINGS, ...patch };
  return createRun(core, settings, drawDataset(settings));
}

/** Seeks in as many calls as it takes, with a clock that ticks at every look. */
export function seek(run: Run, step: number): number {
  let ticks = 0;
  let calls = 1;
  while (!run.seek(step, 4, () => ticks++)) calls++;
  return calls;
}
