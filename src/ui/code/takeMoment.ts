/** Reads off a lab what a file is made of, at the moment it is asked for. */
import type { Lab } from '../../bridge';
import type { LabState } from '../../store/labStore';
import type { FigureMoment } from './figurePictures';
import type { Repeated } from './recordExperiment';

/** Returns the settings of step 0, as they are looked at now, and all live changes since. */
export function startOf({ settings, run }: Pick<LabState, 'settings' | 'run'>): Repeated {
  const { phase, passes } = settings;
  return { settings: { ...run.start, phase, passes }, changes: run.changes };
}

/** Returns what figures show now. Errors: Error while the lab has shown nothing yet. */
export function takeMoment(lab: Lab, row: number): FigureMoment {
  const frame = lab.readout.get();
  const data = lab.data.get();
  if (!frame || !data) throw new Error('There is no picture yet: the lab is starting.');
  const { settings, run } = lab.store.getState();
  return { frame, data, settings, changes: run.changes, lastStep: Math.max(run.lastStep, lab.step), row };
}
