/**
 * Opens an experiment from a file: checked as a whole, refused as a whole. One entry in the history of settings, so that Undo leads back.
 */
import type { Lab } from '../../bridge';
import { ExperimentFileError, readExperiment } from '../../export';
import type { ExperimentFile } from '../../export/experimentFile';
import type { Change } from '../../protocol/snapshot';
import { MAX_ADDRESS_STEP } from '../../store/address';
import { openExperiment } from '../share/openExperiment';
import { grouped } from '../words/format';

/** More than any experiment needs: a list of live changes is short. */
const MAX_BYTES = 2_000_000;

function checkSteps({ step, changes }: ExperimentFile): void {
  const tooFar = [
    { name: 'step', at: step },
    ...changes.map((change, index) => ({ name: `changes[${index}].step`, at: change.step })),
  ].find(({ at }) => at > MAX_ADDRESS_STEP);
  if (tooFar) throw new ExperimentFileError(`${tooFar.name} must be a whole number between 0 and ${MAX_ADDRESS_STEP}, got ${tooFar.at}`);
}

/** Lays changes of one step together: a run meets each step once. */
function mergeSteps(changes: readonly Change[]): readonly Change[] {
  const patches = new Map<number, Change['patch']>();
  for (const { step, patch } of changes) patches.set(step, { ...patches.get(step), ...patch });
  return [...patches].map(([step, patch]) => ({ step, patch }));
}

/** Reads a file. Errors: ExperimentFileError, which names the field, the value and what is allowed. */
async function readFile(file: File): Promise<ExperimentFile> {
  if (file.size > MAX_BYTES)
    throw new ExperimentFileError(`an experiment has at most ${grouped(MAX_BYTES)} bytes, this file has ${grouped(file.size)}`);
  const experiment = readExperiment(await file.text());
  checkSteps(experiment);
  return { ...experiment, changes: mergeSteps(experiment.changes) };
}

/** How opening a file went, in a sentence for people. */
export interface Opened {
  readonly isOpen: boolean;
  readonly message: string;
}

/** Takes the lab to the experiment of a file and its step, where it stands still. A refused file changes nothing. */
export async function openFile(lab: Lab, file: File): Promise<Opened> {
  try {
    const { settings, changes, step } = await readFile(file);
    const { setSettings, setView } = lab.store.getState();
    setView({ compare: null });
    setSettings(settings);
    await openExperiment(lab, { changes, step });
    return { isOpen: true, message: `Opened ${file.name} at step ${grouped(step)}. Undo brings the settings from before back.` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const rest = error instanceof ExperimentFileError ? ' Nothing has changed.' : '';
    return { isOpen: false, message: `${file.name}: ${reason.replace(/\.$/, '')}.${rest}` };
  }
}
