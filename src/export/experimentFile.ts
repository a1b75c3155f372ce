/**
 * An experiment as a JSON file that opens again: every setting in full, so that a later default changes nothing, and the live changes.
 * What is read is checked like any other settings, all or nothing; old versions stay readable.
 */
import { parseSetting, parseSettings, refusalOf, showValue } from '../protocol/parse';
import { DEFAULT_SETTINGS, SETTINGS, type SettingName, type Settings } from '../protocol/settings';
import type { Change } from '../protocol/snapshot';

export const EXPERIMENT_FORMAT = 'dropout-lab-experiment';
const EXPERIMENT_VERSION = 1;

export interface ExperimentFile {
  readonly settings: Settings; // in force at step 0
  readonly changes: readonly Change[];
  readonly step: number; // where it stood when it was saved
}

/** A file that is not an experiment, or one with something in it that is not allowed. Nothing has been taken from it. */
export class ExperimentFileError extends Error {
  override readonly name = 'ExperimentFileError';
}

/** Returns the text of an experiment file. */
export function writeExperiment({ settings, changes, step }: ExperimentFile): string {
  return `${JSON.stringify({ format: EXPERIMENT_FORMAT, version: EXPERIMENT_VERSION, settings, changes, step }, null, 2)}\n`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readObject(text: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new ExperimentFileError(`this file is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(content) || content.format !== EXPERIMENT_FORMAT) {
    throw new ExperimentFileError(`this file is not an experiment: its "format" must be "${EXPERIMENT_FORMAT}"`);
  }
  const { version } = content;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new ExperimentFileError(`"version" must be a whole number from 1 up, got ${showValue(version)}`);
  }
  if (version > EXPERIMENT_VERSION) {
    throw new ExperimentFileError(
      `this experiment is of version ${version}; this page reads up to version ${EXPERIMENT_VERSION}. Reload it to get a newer one.`,
    );
  }
  return content;
}

function readStep(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new ExperimentFileError(`${name} must be a whole number from 0 up, got ${showValue(value)}`);
}

/** Checks settings and says where in the file they stand, and all that is wrong with them, when they are refused. */
function readSettings(patch: unknown, base: Settings, where: string): Settings {
  const entries = isRecord(patch) ? Object.entries(patch) : [];
  const refused = entries
    .map(([name, value]) => refusalOf(() => parseSetting(name as SettingName, value)))
    .filter((words) => words !== null);
  const whole = refused.length > 0 ? refused.join('; ') : refusalOf(() => parseSettings(patch, base));
  if (whole !== null) throw new ExperimentFileError(`${where}: ${whole}`);
  return parseSettings(patch, base);
}

function readChanges(value: unknown, start: Settings): Change[] {
  if (!Array.isArray(value)) throw new ExperimentFileError(`changes must be a list, got ${showValue(value)}`);
  let settings = start;
  let lastStep = 0;
  return value.map((item: unknown, index) => {
    const where = `changes[${index}]`;
    if (!isRecord(item)) throw new ExperimentFileError(`${where} must be an object with step and patch, got ${showValue(item)}`);
    const step = readStep(item.step, `${where}.step`);
    if (step < lastStep)
      throw new ExperimentFileError(`${where}.step must not be before the change above it (step ${lastStep}), got ${step}`);
    lastStep = step;
    settings = readSettings(item.patch, settings, `${where}.patch`);
    const names = Object.keys(item.patch as object) as SettingName[];
    const patch = Object.fromEntries(names.map((name) => [name, settings[name]])) as Partial<Settings>;
    if (names.some((name) => SETTINGS[name].effect !== 'live')) {
      throw new ExperimentFileError(`${where}.patch may only hold settings that change while a run goes on, got ${names.join(', ')}`);
    }
    return { step, patch };
  });
}

/**
 * Reads an experiment file. Settings that it does not name keep their default.
 * Errors: ExperimentFileError, which says what is wrong and where.
 */
export function readExperiment(text: string): ExperimentFile {
  const content = readObject(text);
  const settings = readSettings(content.settings, DEFAULT_SETTINGS, 'settings');
  return { settings, changes: readChanges(content.changes ?? [], settings), step: readStep(content.step ?? 0, 'step') };
}
