/** The experiment that a lab is at, in the parts that an address holds. Pure: from state to parts. */
import { settingsPatch } from '../protocol/changes';
import type { Settings } from '../protocol/settings';
import type { Change } from '../protocol/snapshot';
import type { AddressParts } from './address';
import { writeChanges } from './addressText';
import type { LabState } from './labStore';

/** More text of live changes than this, and an address is too long for mail, chats and servers. */
const MAX_CHANGES_TEXT = 4000;

export interface Experiment extends Pick<AddressParts, 'settings' | 'changes' | 'step'> {
  /** False when the run was changed by hand more often than an address can hold: then it has the settings as they are, and no step. */
  readonly isWhole: boolean;
}

/** Returns the changes without what was changed back before another step: it is as if it had never been. */
function realChanges(start: Settings, changes: readonly Change[]): readonly Change[] {
  let inForce = start;
  return changes.flatMap(({ step, patch }) => {
    const next = { ...inForce, ...patch };
    const news = settingsPatch(inForce, next);
    inForce = next;
    return Object.keys(news).length > 0 ? [{ step, patch: news }] : [];
  });
}

/** Returns the settings of step 0, the live changes since, and the step. Changes made at step 0 count as settings of step 0. */
export function experimentOf({ settings, run }: Pick<LabState, 'settings' | 'run'>): Experiment {
  const [first, ...later] = run.changes;
  const isAtStart = first?.step === 0;
  const start = isAtStart ? { ...run.start, ...first.patch } : run.start;
  const changes = realChanges(start, isAtStart ? later : run.changes);
  if (writeChanges(changes).length > MAX_CHANGES_TEXT) return { settings, changes: [], step: null, isWhole: false };
  const { phase, passes } = settings;
  return { settings: { ...start, phase, passes }, changes, step: run.step, isWhole: true };
}
