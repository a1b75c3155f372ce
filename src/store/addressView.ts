/**
 * The view settings of an address: how a thing is shown, never what is computed. One entry each for reading and writing.
 *
 * Keys and their meaning are stable for ever. What only this moment knows (what the pointer is on) is not in an address.
 */
import { parseSetting, parseSettings, refusalOf, SettingsError, showValue } from '../protocol/parse';
import { MAX_HIDDEN_LAYERS, MAX_INPUTS, type Settings } from '../protocol/settings';
import { readNumber, readPatch, readValue, settingOf, writePatch } from './addressText';
import { CONTROL_NAMES, type ControlName, isControlName } from './controls';
import { CONVENTIONS, type Convention, type ViewState } from './labStore';

/** Steps per second of an address that does not say: one step per frame of the screen. */
export const ADDRESS_PACE = 60;
const MAX_PACE = 100_000;

/** Refuses a part of an address in words: "must be …". Everything else of it stands. */
export class Refusal extends Error {
  /** `instead`: the value that is used in its place. */
  constructor(
    message: string,
    readonly instead: string | null = null,
  ) {
    super(message);
  }
}

interface ViewKey {
  readonly key: string;
  readonly field: keyof ViewState;
  /** Reads what the address says. Errors: Refusal. `refuse` takes a part away and lets the rest stand. */
  read(text: string, refuse: (reason: string) => void, settings: Settings): Partial<ViewState>;
  /** Writes what differs from what an address without the key means; null when nothing does. */
  write(view: Partial<ViewState>): string | null;
}

/** Returns the words of a refusal; what is none is thrown on. */
export function refusalIn(error: unknown): string {
  if (error instanceof SettingsError || error instanceof Refusal) return error.message;
  throw error;
}

/**
 * Reads settings that come into force at once. What is refused is left out, each on its own; but what is right only together, such as a
 * mode that wants p below 1 and that p, is taken together. `check` throws for a patch that does not go.
 */
export function readTogether(
  items: readonly { readonly key: string; readonly value: string }[],
  check: (patch: Partial<Settings>) => unknown,
  refuse: (reason: string) => void,
): Partial<Settings> {
  const patches: Partial<Settings>[] = [];
  for (const { key, value } of items) {
    const name = settingOf(key);
    if (name === undefined) refuse(`there is no setting ${showValue(key)}`);
    else {
      const reason = refusalOf(() => patches.push({ [name]: parseSetting(name, readValue(name, value)) }));
      if (reason !== null) refuse(reason);
    }
  }
  const whole: Partial<Settings> = Object.assign({}, ...patches);
  if (refusalOf(() => check(whole)) === null) return whole;
  let taken: Partial<Settings> = {};
  for (const patch of patches) {
    const more = { ...taken, ...patch };
    const reason = refusalOf(() => check(more));
    if (reason === null) taken = more;
    else refuse(reason);
  }
  return taken;
}

function readPace(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY;
  const pace = readNumber(text);
  if (typeof pace === 'number' && pace > 0 && pace <= MAX_PACE) return pace;
  throw new Refusal(`must be a number of steps per second above 0 and at most ${MAX_PACE}, or max`);
}

function readFocus(text: string): ViewState['focused'] {
  const [layer, unit, ...rest] = text.split('.').map(readNumber);
  const isIn = (value: unknown, max: number): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;
  if (rest.length === 0 && isIn(layer, MAX_HIDDEN_LAYERS + 1) && isIn(unit, MAX_INPUTS - 1)) return { layer, unit };
  throw new Refusal('must be a layer and a unit of it, both from 0, such as 1.3');
}

function readHidden(text: string, refuse: (reason: string) => void): readonly ControlName[] {
  const names = text.split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => !isControlName(name));
  if (unknown.length > 0) refuse(`there is no control ${showValue(unknown.join(', '))}; controls are ${CONTROL_NAMES.join(', ')}`);
  return CONTROL_NAMES.filter((name) => names.includes(name));
}

const isConvention = (text: string): text is Convention => CONVENTIONS.some((convention) => convention === text);

export const VIEW_KEYS: readonly ViewKey[] = [
  {
    key: 'speed',
    field: 'pace',
    read: (text) => ({ pace: readPace(text) }),
    write: ({ pace = ADDRESS_PACE }) => (pace === ADDRESS_PACE ? null : pace === Number.POSITIVE_INFINITY ? 'max' : String(pace)),
  },
  {
    key: 'conv',
    field: 'convention',
    read: (text) => {
      if (isConvention(text)) return { convention: text };
      throw new Refusal(`must be one of ${CONVENTIONS.join(', ')}`);
    },
    write: ({ convention = 'drop' }) => (convention === 'drop' ? null : convention),
  },
  {
    key: 'theme',
    field: 'theme',
    read: (text) => {
      if (text === 'light' || text === 'dark') return { theme: text };
      throw new Refusal('must be light or dark');
    },
    write: ({ theme = 'system' }) => (theme === 'system' ? null : theme),
  },
  {
    key: 'grad',
    field: 'showGradients',
    read: (text) => {
      if (text === '0' || text === '1') return { showGradients: text === '1' };
      throw new Refusal('must be 0 or 1');
    },
    write: ({ showGradients = false }) => (showGradients ? '1' : null),
  },
  {
    key: 'focus',
    field: 'focused',
    read: (text) => ({ focused: readFocus(text) }),
    write: ({ focused = null }) => focused && `${focused.layer}.${focused.unit}`,
  },
  {
    key: 'b',
    field: 'compare',
    read: (text, refuse, settings) => ({ compare: readTogether(readPatch(text), (patch) => parseSettings(patch, settings), refuse) }),
    write: ({ compare = null }) => compare && writePatch(compare),
  },
  {
    key: 'hide',
    field: 'hidden',
    read: (text, refuse) => ({ hidden: readHidden(text, refuse) }),
    write: ({ hidden = [] }) => (hidden.length > 0 ? hidden.join(',') : null),
  },
  {
    key: 'present',
    field: 'present',
    read: (text) => {
      if (text === '0' || text === '1' || text === '') return { present: text !== '0' };
      throw new Refusal('must be 0 or 1');
    },
    write: ({ present = false }) => (present ? '1' : null),
  },
  {
    key: 'follow',
    field: 'follow',
    read: (text) => {
      if (/^[0-9a-z]{0,32}$/.test(text)) return { follow: text };
      throw new Refusal('must be the name of a room, of digits and small letters');
    },
    write: ({ follow = null }) => follow,
  },
  { key: 'debug', field: 'debug', read: () => ({ debug: true }), write: ({ debug = false }) => (debug ? '' : null) },
];
