/**
 * Which settings are in force at which step: those of the reset, and the live changes since, each with the step it came at.
 *
 * Going back keeps the later changes, so that a replay meets them again; a new change forgets those ahead of it.
 */

import { SETTING_NAMES, SETTINGS, type SettingName, type Settings } from '../protocol/settings';
import type { Change } from '../protocol/snapshot';

/** Returns the live settings that differ, with their new values; null when none does. */
export function liveDifference(before: Settings, after: Settings): Partial<Settings> | null {
  const differs = (name: SettingName) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  const names = SETTING_NAMES.filter((name) => SETTINGS[name].effect === 'live' && differs(name));
  return names.length ? Object.fromEntries(names.map((name) => [name, after[name]])) : null;
}

export class Timeline {
  private list: readonly Change[];

  /** `changes` are in order of steps. */
  constructor(
    private readonly initial: Settings,
    changes: readonly Change[] = [],
  ) {
    this.list = changes;
  }

  get changes(): readonly Change[] {
    return this.list;
  }

  /** Settings in force for step number `step`: the initial ones and every change at or before it. */
  settingsAt(step: number): Settings {
    let settings = this.initial;
    for (const change of this.list) if (change.step <= step) settings = { ...settings, ...change.patch };
    return settings;
  }

  /** The step of the next change after `step`; Infinity when none lies ahead. */
  nextAfter(step: number): number {
    return this.list.find((change) => change.step > step)?.step ?? Number.POSITIVE_INFINITY;
  }

  /** Records a change in force from `step` on, and forgets those after it. Two at the same step become one. */
  put(step: number, patch: Partial<Settings>): void {
    const kept = this.list.filter((change) => change.step <= step);
    const last = kept.at(-1);
    if (last?.step === step) kept[kept.length - 1] = { step, patch: { ...last.patch, ...patch } };
    else kept.push({ step, patch });
    this.list = kept;
  }
}
