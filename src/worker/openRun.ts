/** Puts core, data and model together: from settings to a run at step 0. It holds nothing; the compiled core is shared by all runs. */
import { drawDataset } from '../data/draw';
import { compileCore } from '../kernels/core';
import { createRun } from '../model/run';
import type { Run } from '../model/types';
import type { Settings } from '../protocol/settings';

/** Opens the run of validated settings. Errors: with `code` 'no-simd' or 'wasm-blocked' when the core cannot start here. */
export async function openRun(settings: Settings): Promise<Run> {
  return createRun(await compileCore(), settings, drawDataset(settings));
}
