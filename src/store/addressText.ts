/**
 * Settings, patches and live changes as the short texts of an address, and back: `12,8`, `mode:none;p:0`, `p:120:0.2:3:0.21`.
 *
 * Text in, value out: nothing is checked here but the form, and text that is no number stays text, so that a refusal can quote it.
 */
import { type Field, SETTING_NAMES, SETTINGS, type SettingName, type Settings } from '../protocol/settings';
import type { Change } from '../protocol/snapshot';

type Item = Settings[SettingName] | readonly [number, number, number] | number | null;

/** Writes a value: lists by commas, points by semicolons, null as nothing. */
export function writeValue(value: Item): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  const isNested = value.some(Array.isArray);
  if (!isNested && value.length === 1 && value[0] === null) return 'null';
  return value.map((item) => writeValue(item)).join(isNested ? ';' : ',');
}

const MAX_SHOWN = 60;

/** Returns a text for a message: on one line, and cut where it is long. */
export function shorten(text: string): string {
  return (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text).replace(/\s/g, ' ');
}

/** Returns a text without the marks of a sentence that mail and chats take for a part of the address. */
export function withoutPunctuation(text: string): string {
  return text.replace(/[\s.,;:!?)>\]}"'’”»*_]{1,16}$/, '');
}

export function readNumber(text: string): unknown {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

/** Turns a text into a value for the parser to judge. */
export function readValue(name: SettingName, text: string): unknown {
  const field: Field<unknown> = SETTINGS[name];
  switch (field.kind) {
    case 'choice':
      return text;
    case 'number':
      return readNumber(text);
    case 'numbers':
      return text === ''
        ? []
        : text.split(',').map((item) => (field.nullable && (item === '' || item === 'null') ? null : readNumber(item)));
    case 'points':
      return text === '' ? [] : text.split(';').map((point) => point.split(',').map(readNumber));
    default:
      return field satisfies never;
  }
}

const NAMES_BY_KEY: ReadonlyMap<string, SettingName> = new Map(SETTING_NAMES.map((name) => [SETTINGS[name].key, name]));

/** Returns the setting whose key or name this is. */
export function settingOf(key: string): SettingName | undefined {
  return NAMES_BY_KEY.get(key) ?? SETTING_NAMES.find((name) => name === key);
}

/** Writes a patch: `mode:none;p:0`. */
export function writePatch(patch: Partial<Settings>): string {
  const names = SETTING_NAMES.filter((name) => patch[name] !== undefined);
  return names.map((name) => `${SETTINGS[name].key}:${writeValue(patch[name] as Settings[SettingName])}`).join(';');
}

/** Splits a patch into its settings; what has no colon has no value, ''. */
export function readPatch(text: string): { key: string; value: string }[] {
  return text
    .split(';')
    .filter((part) => part !== '')
    .map((part) => {
      const colon = part.indexOf(':');
      return colon < 0 ? { key: part, value: '' } : { key: part.slice(0, colon), value: part.slice(colon + 1) };
    });
}

/**
 * Writes live changes setting by setting, steps counted from the one before, so that a drag over hundreds of steps stays short:
 * `p:120:0.2:3:0.21;mode:300:gaussian` is p = 0.2 from step 120 on, 0.21 three steps later, Gaussian from step 300 on.
 */
export function writeChanges(changes: readonly Change[]): string {
  const columns = SETTING_NAMES.map((name) => {
    let last = 0;
    const entries = changes.flatMap(({ step, patch }) => {
      const value = patch[name];
      if (value === undefined) return [];
      const text = `:${step - last}:${writeValue(value)}`;
      last = step;
      return [text];
    });
    return entries.length > 0 ? SETTINGS[name].key + entries.join('') : '';
  });
  return columns.filter((column) => column !== '').join(';');
}

export interface ChangeText {
  readonly key: string;
  readonly value: string;
  /** NaN where the steps are no numbers. */
  readonly step: number;
}

/** Splits a list of live changes into its entries, in the order they stand. */
export function readChanges(text: string): ChangeText[] {
  return text
    .split(';')
    .filter((column) => column !== '')
    .flatMap((column) => {
      const [key = '', ...cells] = column.split(':');
      let step = 0;
      const entries: ChangeText[] = [];
      for (let index = 0; index < cells.length; index += 2) {
        const delta = readNumber(cells[index] ?? '');
        step += typeof delta === 'number' ? delta : Number.NaN;
        entries.push({ key, step, value: cells[index + 1] ?? '' });
      }
      return entries.length > 0 ? entries : [{ key, step: Number.NaN, value: '' }];
    });
}
