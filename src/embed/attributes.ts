/**
 * The attributes of `<dropout-lab>`: every setting by its key or name in the table, and what an address can say besides.
 *
 * They mean what the same words mean in an address, so they are read as one. Two names are taken by HTML: `hidden` hides an element, so the
 * hidden layers are `units`; attributes know no capitals.
 */
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS, type SettingName, type Settings } from '../protocol/settings';
import { type AddressContent, parseAddress } from '../store/address';
import { writeValue } from '../store/addressText';
import { type BadAttribute, badAttribute } from './badAttribute';

const UNITS = 'units';

/** Returns the attribute under which a setting is written. */
export function attributeOf(name: SettingName): string {
  return name === 'hidden' ? UNITS : SETTINGS[name].key;
}

/** Setting of each attribute, by key and by name. */
export const SETTING_ATTRIBUTES: ReadonlyMap<string, SettingName> = new Map(
  SETTING_NAMES.flatMap((name): [string, SettingName][] =>
    name === 'hidden'
      ? [[UNITS, name]]
      : [
          [SETTINGS[name].key, name],
          [name.toLowerCase(), name],
        ],
  ),
);
/** Where the run stands and how it came there. */
export const RUN_ATTRIBUTES = ['at', 'step'] as const;

export interface AttributeContent extends AddressContent {
  readonly refused: readonly BadAttribute[];
}

/** Reads attributes as an address is read. A list of controls may have spaces for commas, as other lists in HTML do. */
export function readAttributes(attributes: Iterable<readonly [string, string]>): AttributeContent {
  const params = new URLSearchParams();
  const attributeByKey = new Map<string, string>();
  for (const [attribute, value] of attributes) {
    const setting = SETTING_ATTRIBUTES.get(attribute);
    const key = setting ? SETTINGS[setting].key : attribute;
    attributeByKey.set(key, attribute);
    params.set(
      key,
      attribute === 'hide'
        ? value
            .trim()
            .split(/[\s,]+/)
            .join(',')
        : value,
    );
  }
  const content = parseAddress(params.toString());
  const refused = content.notices.map(({ key, text, message }) => {
    const attribute = attributeByKey.get(key) ?? key;
    const words = message.slice(`${key}=${text}: `.length);
    return badAttribute(attribute, text, words);
  });
  return { ...content, refused };
}

/** Says of a value that was refused later on, not that the default is used, but that nothing has changed. */
export function staying(bad: BadAttribute): BadAttribute {
  const words = bad.message.replace(/\. [^.]*(?:\.\d[^.]*)* is used instead\.$/, '. Nothing has changed.');
  return { ...bad, message: words };
}

/** Writes settings as attributes; those that are not named are left out. */
export function settingAttributes(settings: Partial<Settings>): Readonly<Record<string, string>> {
  const names = SETTING_NAMES.filter((name) => settings[name] !== undefined);
  return Object.fromEntries(names.map((name) => [attributeOf(name), writeValue(settings[name] ?? DEFAULT_SETTINGS[name])]));
}
