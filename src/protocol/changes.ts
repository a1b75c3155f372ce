/**
 * What differs between two settings, and what that does to a run. Plain comparisons: the worker reads this file and need not carry the
 * parser for it.
 */
import { type Effect, SETTING_NAMES, SETTINGS, type SettingName, type Settings } from './settings';

function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
}

/** Returns the names of the settings whose values differ. */
export function changedNames(before: Settings, after: Settings): readonly SettingName[] {
  return SETTING_NAMES.filter((name) => !isSame(before[name], after[name]));
}

/** Returns the settings of `after` that differ from `before`. */
export function settingsPatch(before: Settings, after: Settings): Partial<Settings> {
  return Object.fromEntries(changedNames(before, after).map((name) => [name, after[name]]));
}

/** Returns whether a patch names a setting whose change starts the run over. */
export function restarts(patch: Partial<Settings>): boolean {
  return Object.keys(patch).some((name) => Object.hasOwn(SETTINGS, name) && SETTINGS[name as SettingName].effect === 'restart');
}

/** Returns the strongest effect among the settings that differ; null when none does. */
export function changeEffect(before: Settings, after: Settings): Effect | null {
  const effects = changedNames(before, after).map((name) => SETTINGS[name].effect);
  for (const effect of ['restart', 'live', 'view'] as const) if (effects.includes(effect)) return effect;
  return null;
}
