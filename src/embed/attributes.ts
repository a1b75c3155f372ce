/**
 * The attributes of `<dropout-lab>`: every setting by its key or name in the table, and what an address can say besides.
 *
 * They mean what the same words mean in an address, so they are read as one. Two names are taken by HTML: `hidden` hides an element, so the
 * hidden layers are `units`; attributes know no capitals.
 */
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS, type SettingName, type Settings } from '../protocol/settings';
import { type AddressContent, type AddressNotice, parseAddress } from '../store/address';
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
/** Returns whether a run starts over when an attribute changes. */
export function restartsRun(attribute: string): boolean {
  const name = SETTING_ATTRIBUTES.get(attribute);
  return name !== undefined && SETTINGS[name].effect === 'restart';
}

/** Where the run stands and how it came there. */
export const RUN_ATTRIBUTES = ['at', 'step'] as const;

/** A value that was refused, and why; what that leads to depends on what was in force before. */
type RefusedAttribute = Pick<BadAttribute, 'attribute' | 'value'> & Pick<AddressNotice, 'reason' | 'instead'>;

interface AttributeContent extends AddressContent {
  readonly refused: readonly RefusedAttribute[];
}

/** Reads attributes as an address is read. A list of controls may have spaces for commas, as other lists in HTML do. */
export function readAttributes(attributes: Iterable<readonly [string, string]>): AttributeContent {
  const params = new URLSearchParams();
  const saidByKey = new Map<string, { readonly attribute: string; readonly value: string }>();
  for (const [attribute, value] of attributes) {
    const setting = SETTING_ATTRIBUTES.get(attribute);
    const key = setting ? SETTINGS[setting].key : attribute;
    saidByKey.set(key, { attribute, value });
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
  const refused = content.notices.map(({ key, text, reason, instead }) => ({
    ...(saidByKey.get(key) ?? { attribute: key, value: text }),
    reason,
    instead,
  }));
  return { ...content, refused };
}

/** Says of a value that was there from the start what is used instead. */
export function refusedAtFirst({ attribute, value, reason, instead }: RefusedAttribute): BadAttribute {
  return badAttribute(attribute, value, instead === null ? reason : `${reason} ${instead} is used instead.`);
}

/** Says of a value that came later that what was there before is there still. */
export function refusedLater({ attribute, value, reason }: RefusedAttribute): BadAttribute {
  return badAttribute(attribute, value, `${reason} Nothing has changed.`);
}

/** Writes settings as attributes; those that are not named are left out. */
export function settingAttributes(settings: Partial<Settings>): Readonly<Record<string, string>> {
  const names = SETTING_NAMES.filter((name) => settings[name] !== undefined);
  return Object.fromEntries(names.map((name) => [attributeOf(name), writeValue(settings[name] ?? DEFAULT_SETTINGS[name])]));
}
