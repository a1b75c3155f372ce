/**
 * The experiment as an address: `?v=1&p=0.3&mode=gaussian&seed=0&step=400`. Names and defaults come from the settings table.
 *
 * With addressBar.ts the only file that touches `location`. Bad values are refused one by one, with a notice, and the default kept; 0 and '' are values.
 * Addresses live for ever: a key never changes its meaning, and test/fixtures/addresses.json holds this file to it. Should a default
 * change, VERSION goes up and the old defaults stay for the old version.
 */
import { MAX_STEP } from '../protocol/messages';
import { parseChanges, parseSettings, showValue } from '../protocol/parse';
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS, type Settings } from '../protocol/settings';
import type { Change } from '../protocol/snapshot';
import { readQuery } from './addressBar';
import { type ChangeText, readChanges, readNumber, readValue, shorten, withoutPunctuation, writeChanges, writeValue } from './addressText';
import { Refusal, readTogether, refusalIn, VIEW_KEYS } from './addressView';
import type { ViewState } from './labStore';

/** A part of the address that was refused; the default is in force instead. */
export interface AddressNotice {
  /** Name in the address. */
  readonly key: string;
  readonly text: string;
  /** What is wrong and what is allowed, as a sentence. */
  readonly reason: string;
  /** What is used in its place, where that is a value. */
  readonly instead: string | null;
  /** All of it, for people. */
  readonly message: string;
}

/** What an address can say. */
export interface AddressParts {
  /** In force at step 0. */
  readonly settings: Settings;
  /** Live changes of the run, in order of steps. */
  readonly changes: readonly Change[];
  /** Where the run stands; null: it starts, and plays. */
  readonly step: number | null;
  readonly view: Partial<ViewState>;
  /** Name of the one figure to show alone; null is the whole page. */
  readonly embed: string | null;
  /** Origins of pages that may send messages to an embed. */
  readonly origins: readonly string[];
}

export interface AddressContent extends AddressParts {
  readonly notices: readonly AddressNotice[];
}

export const VERSION = '1';
/** The furthest step that an address may ask for: the last that a run can have, or a run would outgrow its own address. */
export const MAX_ADDRESS_STEP = MAX_STEP;
/** More notices than this, and nobody reads them. */
const MAX_NOTICES = 16;

const OTHER_KEYS = ['v', 'at', 'step', 'embed', 'origins'];
/** Every name that an address may hold; all others are left alone. */
const KEYS = [...OTHER_KEYS, ...SETTING_NAMES.map((name) => SETTINGS[name].key), ...VIEW_KEYS.map(({ key }) => key)];
/** What people write for a key by hand: the setting's own name, or large letters. */
const NEAR_KEYS: ReadonlyMap<string, string> = new Map([
  ...SETTING_NAMES.map((name) => [name.toLowerCase(), SETTINGS[name].key] as const),
  ...KEYS.map((key) => [key, key] as const),
]);

/** Reads what a query string says of the experiment. Never throws. */
export function parseAddress(search: string): AddressContent {
  // Some mail programs hand out the '&' of a link as the text of a page has it.
  return new Reader(new URLSearchParams(search.replaceAll('&amp;', '&'))).read();
}

class Reader {
  private readonly notices: AddressNotice[] = [];
  /** Where the address ends: what stands behind it in a sentence may have come along. */
  private readonly lastKey: string | undefined;

  constructor(private readonly params: URLSearchParams) {
    this.lastKey = [...params.keys()].at(-1);
  }

  read(): AddressContent {
    this.each('v', (text) => {
      if (text !== VERSION)
        throw new Refusal(`this address was made for version ${shorten(text)}; what version ${VERSION} knows of it is used`);
    });
    const settings = this.settings();
    const changes = this.changes(settings);
    const step = this.each('step', readStep) ?? null;
    const view: Partial<ViewState> = {};
    for (const { key, read } of VIEW_KEYS)
      Object.assign(
        view,
        this.each(key, (text, refuse) => read(text, refuse, settings)),
      );
    const embed = this.each('embed', (text) => text) ?? null;
    const origins = this.each('origins', readOrigins) ?? [];
    this.noteStrangers();
    return { settings, changes, step, view, embed, origins, notices: this.readable() };
  }

  /** Reads one key, if it is there; what it is refused with becomes a notice. Of a key that stands twice the first counts. */
  private each<Value>(key: string, read: (text: string, refuse: (reason: string) => void) => Value): Value | undefined {
    const [text, ...others] = this.params.getAll(key);
    if (text === undefined) return undefined;
    for (const other of others) this.note(key, other, `${key} stands here more than once, and the first counts`);
    const [value, reasons] = attempt(read, text);
    const shorter = withoutPunctuation(text);
    if (reasons.length > 0 && key === this.lastKey && shorter !== text) {
      const [other, fewer] = attempt(read, shorter);
      if (fewer.length < reasons.length) return other;
    }
    for (const { reason, instead } of reasons) this.note(key, text, reason, instead);
    return value;
  }

  private note(key: string, text: string, words: string, instead: string | null = null): void {
    const reason = `${words}.`;
    const message = `${key}=${shorten(text)}: ${reason}${instead === null ? '' : ` ${instead} is used instead.`}`;
    this.notices.push({ key, text, reason, instead, message });
  }

  /** What is none of ours is left alone, but for what was surely meant as ours. */
  private noteStrangers(): void {
    for (const [key, text] of this.params) {
      const meant = KEYS.includes(key) ? undefined : NEAR_KEYS.get(key.toLowerCase());
      if (meant !== undefined) this.note(key, text, `in an address this is written ${meant}=, in small letters. It was left out`);
    }
  }

  private readable(): readonly AddressNotice[] {
    const shown = this.notices.slice(0, MAX_NOTICES);
    const numMore = this.notices.length - shown.length;
    const reason = `${numMore} more parts of this address were refused.`;
    return numMore === 0 ? shown : [...shown, { key: '', text: '', reason, instead: null, message: reason }];
  }

  private settings(): Settings {
    let settings = DEFAULT_SETTINGS;
    for (const name of SETTING_NAMES) {
      this.each(SETTINGS[name].key, (text) => {
        try {
          settings = parseSettings({ [name]: readValue(name, text) }, settings);
        } catch (error) {
          throw new Refusal(refusalIn(error), showValue(settings[name]));
        }
      });
    }
    return settings;
  }

  private changes(start: Settings): readonly Change[] {
    return this.each('at', (text, refuse) => readLiveChanges(text, start, refuse)) ?? [];
  }
}

type Reasons = Pick<AddressNotice, 'reason' | 'instead'>[];

/** Reads a text; returns the value, if it was taken, and all that was refused on the way. */
function attempt<Value>(
  read: (text: string, refuse: (reason: string) => void) => Value,
  text: string,
): [value: Value | undefined, reasons: Reasons] {
  const reasons: Reasons = [];
  try {
    return [read(text, (reason) => reasons.push({ reason, instead: null })), reasons];
  } catch (error) {
    const instead = error instanceof Refusal ? error.instead : null;
    return [undefined, [...reasons, { reason: refusalIn(error), instead }]];
  }
}

const isStep = (step: unknown): step is number =>
  typeof step === 'number' && Number.isInteger(step) && step >= 0 && step <= MAX_ADDRESS_STEP;

function readStep(text: string): number {
  const step = readNumber(text);
  if (isStep(step)) return step;
  throw new Refusal(`must be a whole number between 0 and ${MAX_ADDRESS_STEP}`);
}

function readOrigins(text: string, refuse: (reason: string) => void): readonly string[] {
  return text.split(',').filter((origin) => {
    const isOrigin = origin === '*' || origin === originOf(origin);
    if (!isOrigin) refuse(`${showValue(origin)} is no origin (a scheme and a host, nothing after)`);
    return isOrigin;
  });
}

function originOf(text: string): string | null {
  try {
    return new URL(text).origin;
  } catch {
    return null;
  }
}

/** Lays the entries over the start in order of steps, each step over what is in force by then; what is refused is left out. */
function readLiveChanges(text: string, start: Settings, refuse: (reason: string) => void): readonly Change[] {
  const entriesByStep = new Map<number, ChangeText[]>();
  for (const entry of readChanges(text)) {
    const together = entriesByStep.get(entry.step);
    if (together) together.push(entry);
    else if (isStep(entry.step)) entriesByStep.set(entry.step, [entry]);
    else refuse(`${showValue(entry.key)} has a step that is none`);
  }
  let inForce = start;
  return [...entriesByStep.keys()]
    .sort((a, b) => a - b)
    .map((step) => {
      const check = (patch: Partial<Settings>) => parseChanges([{ step, patch }], inForce);
      const patch = readTogether(entriesByStep.get(step) ?? [], check, (reason) => refuse(`at step ${step}: ${reason}`));
      inForce = check(patch);
      return { step, patch };
    })
    .filter(({ patch }) => Object.keys(patch).length > 0);
}

/** Returns the query string, without '?': version, then all that differs from what an empty address means; '' when nothing does. */
export function formatAddress(settings: Settings, parts: Partial<Omit<AddressParts, 'settings'>> = {}): string {
  return describe(new URLSearchParams(), settings, parts);
}

function describe(foreign: URLSearchParams, settings: Settings, parts: Partial<Omit<AddressParts, 'settings'>>): string {
  const { changes = [], step = null, view = {}, embed = null, origins = [] } = parts;
  const params = new URLSearchParams();
  if (embed !== null) params.set('embed', embed);
  for (const name of SETTING_NAMES) {
    const text = writeValue(settings[name]);
    if (text !== writeValue(DEFAULT_SETTINGS[name])) params.set(SETTINGS[name].key, text);
  }
  if (changes.length > 0) params.set('at', writeChanges(changes));
  if (step !== null) params.set('step', String(step));
  for (const { key, write } of VIEW_KEYS) {
    const text = write(view);
    if (text !== null) params.set(key, text);
  }
  if (origins.length > 0) params.set('origins', origins.join(','));
  const text = params.toString();
  const own = text === '' ? '' : `v=${VERSION}&${text}`;
  // These need no escape in a query, and it reads better without.
  return [own, foreign.toString()]
    .filter((part) => part !== '')
    .join('&')
    .replaceAll('%2C', ',')
    .replaceAll('%3B', ';')
    .replaceAll('%3A', ':')
    .replace(/debug=(?=&|$)/, 'debug');
}

/** Reads the experiment from the address of the page. */
export function readLocation(): AddressContent {
  return parseAddress(readQuery());
}

export { readHash } from './addressBar';

/** Returns the whole address of this page for some query; the fragment is left out. */
export function pageAddress(query: string): string {
  return `${location.origin === 'null' ? '' : location.origin}${location.pathname}${query === '' ? '' : `?${query}`}`;
}

/** A new entry of the page's history, or the present one written anew. */
export type WriteKind = 'push' | 'replace';

/** Query and fragment last written or met, so that it is told what a step back changes. */
let known: { readonly search: string; readonly hash: string } | null = null;

function readKnown(): { readonly search: string; readonly hash: string } {
  const { search, hash } = location;
  return { search, hash };
}

/** Writes the experiment into the address of the page, as a new entry of its history or in place; what is none of ours stays. */
export function writeLocation(settings: Settings, parts: Partial<Omit<AddressParts, 'settings'>> = {}, kind: WriteKind = 'replace'): void {
  const foreign = new URLSearchParams(location.search);
  for (const key of KEYS) foreign.delete(key);
  const query = describe(foreign, settings, parts);
  const address = `${location.pathname}${query === '' ? '' : `?${query}`}${location.hash}`;
  if (address === `${location.pathname}${location.search}${location.hash}`) return;
  try {
    if (kind === 'push') history.pushState(history.state, '', address);
    else history.replaceState(history.state, '', address);
  } catch {
    // A page in a sandbox may not; then the address stays as it was opened.
  }
  known = readKnown();
}

/**
 * Calls back when the reader goes back or forward to another address; `isOtherPlace`: to another fragment of the page, as after a link to a
 * chapter. Returns the function that unsubscribes.
 */
export function onNavigate(listener: (content: AddressContent, isOtherPlace: boolean) => void): () => void {
  known ??= readKnown();
  const onPop = () => {
    const before = known;
    known = readKnown();
    if (known.search !== before?.search) listener(readLocation(), known.hash !== before?.hash);
  };
  addEventListener('popstate', onPop);
  return () => removeEventListener('popstate', onPop);
}
