/**
 * Repeats an experiment on a lab of its own, out of sight, and writes down what a script must find again. The lab on the page goes on as it
 * was: nothing here touches it.
 */
import { createLab, type Lab } from '../../bridge';
import { DEFAULT_STEPS, type RunRecord, recordRun } from '../../export';
import type { Settings } from '../../protocol/settings';
import type { Change } from '../../protocol/snapshot';
import { grouped } from '../words/format';

export const RECORDED_STEPS = DEFAULT_STEPS;

export interface Repeated {
  readonly settings: Settings; // in force at step 0
  readonly changes: readonly Change[];
}

/** Says why a run cannot be repeated, in the words of its own failure. */
function reasonOf(lab: Lab, error: unknown): Error {
  const failure = lab.store.getState().run.error;
  if (failure?.code === 'non-finite') {
    return new Error(
      `From step ${grouped(lab.step + 1)} on the loss of this experiment is no longer a number: there is nothing that a script could repeat.`,
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * Records the first steps of an experiment. `onStep` hears of each step before it is done.
 * Errors: those of the second lab, in words; an Error named AbortError once `signal` is aborted.
 */
export async function recordExperiment(
  { settings, changes }: Repeated,
  onStep: (step: number) => void,
  signal: AbortSignal,
): Promise<RunRecord> {
  const lab = createLab({ settings: { ...settings, phase: 'train' } });
  const end = () => lab.dispose();
  signal.addEventListener('abort', end);
  try {
    await lab.ready;
    // Later changes are not walked through: the script has them all the same, for the masks of later steps.
    await lab.replay(
      changes.filter(({ step }) => step < RECORDED_STEPS),
      0,
    );
    const data = lab.data.get();
    if (!data) throw new Error('The second lab has drawn no data.');
    const seek = (step: number) => {
      onStep(step);
      return lab.seek(step);
    };
    const record = await recordRun({ seek, snapshot: () => lab.snapshot() }, data, RECORDED_STEPS);
    return { ...record, changes };
  } catch (error) {
    signal.throwIfAborted();
    throw reasonOf(lab, error);
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
