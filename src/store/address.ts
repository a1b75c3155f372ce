/**
 * The experiment as an address: `?p=0.3&mode=gaussian&seed=0`. Names and defaults come from the settings table.
 *
 * The only file that touches `location`. Bad values are refused one by one, with a notice, and the default kept; 0 and '' are values.
 */
import { parseSettings, SettingsError, showValue } from '../protocol/parse';
import { DEFAULT_SETTINGS, type Field, type Point, SETTING_NAMES, SETTINGS, type SettingName, type Settings } from '../protocol/settings';
import type { ViewState } from './labStore';

/** A value of the address that was refused; the default is in force instead. */
export interface AddressNotice {
  /** Name in the address. */
  readonly key: string;
  readonly text: string;
  /** For people: what is wrong and what is allowed. */
  readonly message: string;
}

export interface AddressContent {
  readonly settings: Settings;
  readonly view: Partial<ViewState>;
  readonly notices: readonly AddressNotice[];
}

/** Reads what a query string says of the experiment. Never throws. */
export function parseAddress(search: string): AddressContent {
  const params = new URLSearchParams(search);
  const notices: AddressNotice[] = [];
  let settings = DEFAULT_SETTINGS;
  for (const name of SETTING_NAMES) {
    const { key } = SETTINGS[name];
    const text = params.get(key);
    if (text === null) continue;
    try {
      settings = parseSettings({ [name]: readValue(name, text) }, settings);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      notices.push({ key, text, message: `${key}=${text}: ${error.message}. ${showValue(settings[name])} is used instead.` });
    }
  }
  const view: Partial<ViewState> = params.has('debug') ? { debug: true } : {};
  return { settings, view, notices };
}

/** Returns the query string, without '?', of all settings that differ from their default, in the order of the table; '' when none does. */
export function formatAddress(settings: Settings): string {
  return describe(new URLSearchParams(), settings);
}

/** Reads the experiment from the address of the page. */
export function readLocation(): AddressContent {
  return parseAddress(location.search);
}

/** Returns the fragment of the address, without '#'; '' when there is none. */
export function readHash(): string {
  return location.hash.slice(1);
}

/** Writes the experiment into the address of the page, without a new entry in its history; what is none of ours stays. */
export function writeLocation(settings: Settings): void {
  const params = new URLSearchParams(location.search);
  for (const name of SETTING_NAMES) params.delete(SETTINGS[name].key);
  const query = describe(params, settings);
  history.replaceState(history.state, '', `${location.pathname}${query === '' ? '' : `?${query}`}${location.hash}`);
}

function describe(params: URLSearchParams, settings: Settings): string {
  for (const name of SETTING_NAMES) {
    const text = writeValue(settings[name]);
    if (text !== writeValue(DEFAULT_SETTINGS[name])) params.set(SETTINGS[name].key, text);
  }
  // Commas and semicolons need no escape in a query, and read better without.
  return params.toString().replaceAll('%2C', ',').replaceAll('%3B', ';');
}

function writeValue(value: Settings[SettingName] | Point | number | null): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  const isNested = value.some(Array.isArray);
  if (!isNested && value.length === 1 && value[0] === null) return 'null';
  return value.map((item) => writeValue(item)).join(isNested ? ';' : ',');
}

/** Turns the text of an address into a value for the parser to judge; text that is no number stays text, so that a refusal can quote it. */
function readValue(name: SettingName, text: string): unknown {
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

function readNumber(text: string): unknown {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}
