/**
 * Checks settings against the table and says in words what is wrong with them.
 *
 * All or nothing: a patch is taken whole or refused whole, and what comes back is a frozen copy that shares nothing with what went in.
 * The ranges live in the table; this file must not repeat one. It is in every first load, so it checks by hand what is a handful of kinds;
 * messages of strangers are checked by schemas, where they are read.
 */
import { changedNames } from './changes';
import { type Field, freezeDeep, OPEN_MODES, SETTING_NAMES, SETTINGS, type SettingName, type Settings } from './settings';
import type { Change } from './snapshot';

/** Something that was refused, with what is told of every refusal: where, what, and what would have been taken. */
export class RefusalError extends RangeError {
  constructor(
    /** Where it is: the setting, or the unknown name, e.g. `p`, `layerP[1]`, `scenes[2].settings.p`. */
    readonly field: string,
    /** What was offered. */
    readonly value: unknown,
    /** What would have been taken, in words: "between 0 and 1". */
    readonly allowed: string,
    message = `${field} must be ${allowed}, got ${showValue(value)}`,
  ) {
    super(message);
  }
}

/** A setting that was refused. Nothing has changed. */
export class SettingsError extends RefusalError {
  override readonly name = 'SettingsError';
}

/** Returns why a check refuses settings; null when it takes them. What is no refusal is thrown on. */
export function refusalOf(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

/** Writes any value for a message: short, quoted when a string, never throwing. */
export function showValue(value: unknown): string {
  const text = writeValue(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function writeValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.slice(0, 12).map(showValue).join(', ')}${value.length > 12 ? ', ...' : ''}]`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return 'an object';
  return Object.is(value, -0) ? '0' : String(value);
}

function numberWords(rule: { min: number; max: number; integer?: boolean }): string {
  return `${rule.integer ? 'an integer ' : ''}between ${rule.min} and ${rule.max}`;
}

function pointWords({ min, max }: { min: number; max: number }): string {
  return `[x, y, label] with x and y between ${min} and ${max} and label 0 or 1`;
}

function itemWords(field: Field<unknown> & { kind: 'numbers' | 'points' }): string {
  return field.kind === 'points' ? pointWords(field) : `${numberWords(field)}${field.nullable ? ', or null' : ''}`;
}

/** Says in words what a setting takes: "between 0 and 1", "one of 'sgd', 'momentum', 'adam'". */
export function allowedWords(name: SettingName): string {
  const field: Field<unknown> = SETTINGS[name];
  switch (field.kind) {
    case 'number':
      return numberWords(field);
    case 'choice':
      return `one of ${field.choices.map((choice) => `'${choice}'`).join(', ')}`;
    case 'numbers': {
      const items = `${field.integer ? 'integers' : 'numbers'} between ${field.min} and ${field.max}`;
      return `a list of at most ${field.maxLength} ${items}${field.nullable ? ' or null' : ''}`;
    }
    case 'points':
      return `a list of at most ${field.maxLength} points ${pointWords(field)}`;
    default:
      return field satisfies never;
  }
}

/** What a refused value becomes; no setting takes it. */
const REFUSED = Symbol('refused');

/** −0 reads as 0, so that equal settings are equal in every notation. */
function checkedNumber(value: unknown, { min, max, integer }: { min: number; max: number; integer?: boolean }): unknown {
  // Written so that NaN is refused.
  if (typeof value !== 'number' || !(value >= min && value <= max) || (integer === true && !Number.isInteger(value))) return REFUSED;
  return value === 0 ? 0 : value;
}

function checkedList(value: unknown, maxLength: number, check: (item: unknown) => unknown): unknown {
  if (!Array.isArray(value) || value.length > maxLength) return REFUSED;
  const items = Array.from(value, check);
  return items.includes(REFUSED) ? REFUSED : items;
}

function checkedPoint(value: unknown, field: { min: number; max: number }): unknown {
  if (!Array.isArray(value) || value.length !== 3) return REFUSED;
  const [x, y, label] = value;
  const point = [checkedNumber(x, field), checkedNumber(y, field), checkedNumber(label, { min: 0, max: 1, integer: true })];
  return point.includes(REFUSED) ? REFUSED : point;
}

/** Returns a checked copy of a value, or REFUSED. */
function checked(field: Field<unknown>, value: unknown): unknown {
  switch (field.kind) {
    case 'number':
      return checkedNumber(value, field);
    case 'choice':
      return typeof value === 'string' && field.choices.includes(value) ? value : REFUSED;
    case 'numbers':
      return checkedList(value, field.maxLength, (item) => (field.nullable && item === null ? null : checkedNumber(item, field)));
    case 'points':
      return checkedList(value, field.maxLength, (item) => checkedPoint(item, field));
    default:
      return field satisfies never;
  }
}

/** Returns whether `name` is the name of a setting. */
function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

/**
 * Checks one value and returns a frozen copy of it.
 * Errors: SettingsError "p must be between 0 and 1, got 1.5".
 */
export function parseSetting<Name extends SettingName>(name: Name, value: unknown): Settings[Name] {
  if (!isSettingName(name)) throw unknownSetting(name, value);
  const result = checked(SETTINGS[name], value);
  if (result === REFUSED) throw refusal(name, value);
  return freezeDeep(result) as Settings[Name];
}

/**
 * Lays a patch over settings and returns the whole, checked and frozen; `base` itself when nothing differs.
 * Errors: SettingsError for an unknown name, a wrong type, a value out of range, or p = 1 where the mode has no meaning for it
 * ("p must be at least 0 and below 1 in mode 'gaussian', got 1"). Nothing is changed by a refused patch.
 */
export function parseSettings(patch: unknown, base: Settings): Settings {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    throw new SettingsError('settings', patch, 'an object of settings');
  }
  const next: Record<string, unknown> = { ...base };
  for (const [name, value] of Object.entries(patch)) {
    if (!isSettingName(name)) throw unknownSetting(name, value);
    next[name] = parseSetting(name, value);
  }
  const settings = next as unknown as Settings;
  checkOpenMode(settings);
  return changedNames(base, settings).length === 0 ? base : freezeDeep(settings);
}

/**
 * Checks a list of live changes over the settings of step 0, and returns the settings once all of them are in force.
 * Errors: SettingsError when steps do not go up, or a patch is refused or names a setting that is not live.
 */
export function parseChanges(changes: readonly Change[], start: Settings): Settings {
  let settings = start;
  let last = -1;
  for (const { step, patch } of changes) {
    if (step <= last) throw new SettingsError('step of a change', step, `above ${last}`);
    const before = settings;
    settings = parseSettings(patch, before);
    const other = changedNames(before, settings).find((name) => SETTINGS[name].effect !== 'live');
    if (other !== undefined) throw new SettingsError(other, patch[other], 'left alone while a run goes on: it is no live setting');
    last = step;
  }
  return settings;
}

/** Names the item of a list that is at fault, where it is one alone. */
function refusal(name: SettingName, value: unknown): SettingsError {
  const field: Field<unknown> = SETTINGS[name];
  const isList = field.kind === 'numbers' || field.kind === 'points';
  if (!isList || !Array.isArray(value) || value.length > field.maxLength) return new SettingsError(name, value, allowedWords(name));
  const index = value.findIndex((item) => checked(field, [item]) === REFUSED);
  return new SettingsError(`${name}[${index}]`, value[index], itemWords(field));
}

function unknownSetting(name: string, value: unknown): SettingsError {
  const allowed = SETTING_NAMES.join(', ');
  return new SettingsError(name, value, allowed, `there is no setting ${showValue(name)}; settings are ${allowed}`);
}

/** Infinite noise has no meaning: where the mode is open at 1, every probability must stay below 1, whether in use or not. */
function checkOpenMode(settings: Settings): void {
  if (!OPEN_MODES.includes(settings.mode)) return;
  const allowed = `at least 0 and below 1 in mode '${settings.mode}'`;
  if (settings.p === 1) throw new SettingsError('p', 1, allowed);
  if (settings.inputP === 1) throw new SettingsError('inputP', 1, allowed);
  const index = settings.layerP.indexOf(1);
  if (index >= 0) throw new SettingsError(`layerP[${index}]`, 1, allowed);
}
