/**
 * The messages between a page and a frame of this lab on it: the members of the public handle as requests, its events as messages.
 *
 * Versioned public API (see the README). What comes from outside is checked here; what is no request of this protocol at all is junk, and
 * other scripts of a page do send such.
 */
import * as v from 'valibot';
import { showValue } from './parse';

export const EMBED_VERSION = 1;

const EMBED_EVENTS = ['frame', 'settingschange', 'error'] as const;
export type EmbedEvent = (typeof EMBED_EVENTS)[number];

const nothing = v.strictTuple([]);
const eventName = v.strictTuple([v.picklist(EMBED_EVENTS)]);

/** The arguments of each member; their ranges are the handle's own affair. */
const ARGUMENTS = {
  version: nothing,
  ready: nothing,
  settings: nothing,
  step: nothing,
  running: nothing,
  configure: v.strictTuple([v.record(v.string(), v.unknown())]),
  play: nothing,
  pause: nothing,
  advance: v.union([nothing, v.strictTuple([v.number()])]),
  reset: nothing,
  seek: v.strictTuple([v.number()]),
  predict: v.union([
    v.strictTuple([v.instance(Float32Array)]),
    v.strictTuple([v.instance(Float32Array), v.object({ phase: v.optional(v.string()), passes: v.optional(v.number()) })]),
  ]),
  snapshot: nothing,
  /** How many messages the frame has passed over: of no protocol of ours, or not from the page around it. */
  ignored: nothing,
  addEventListener: eventName,
  removeEventListener: eventName,
} as const;

export type EmbedMember = keyof typeof ARGUMENTS;

/** What a list of arguments must be, in words; none, where a member is not named. */
const WORDS: Partial<Record<EmbedMember, string>> = {
  configure: 'an object of settings',
  advance: 'a number of steps, or nothing',
  seek: 'a step',
  predict: 'a Float32Array, and if you like an object of phase and passes',
  addEventListener: `one of ${EMBED_EVENTS.join(', ')}`,
  removeEventListener: `one of ${EMBED_EVENTS.join(', ')}`,
};
const MEMBERS = Object.keys(ARGUMENTS) as EmbedMember[];

export interface EmbedRequest {
  readonly id: string | number;
  readonly member: EmbedMember;
  readonly args: readonly unknown[];
}

/** What a request was refused with. `name` is that of the error: SettingsError, LabError, RangeError, OriginError, RequestError. */
export interface EmbedError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly field?: string;
}

export type EmbedMessage =
  | { readonly dropoutLab: typeof EMBED_VERSION; readonly id: string | number; readonly result: unknown }
  | { readonly dropoutLab: typeof EMBED_VERSION; readonly id: string | number; readonly error: EmbedError }
  | { readonly dropoutLab: typeof EMBED_VERSION; readonly event: EmbedEvent | 'height'; readonly detail: unknown };

type ReadRequest =
  | { readonly kind: 'junk' }
  | { readonly kind: 'bad'; readonly id: string | number; readonly message: string }
  | { readonly kind: 'request'; readonly request: EmbedRequest };

const envelope = v.looseObject({ dropoutLab: v.number(), id: v.union([v.string(), v.number()]) });
const body = v.looseObject({ member: v.picklist(MEMBERS), args: v.optional(v.array(v.unknown()), []) });

/** Reads a message from outside. Never throws. */
export function readRequest(data: unknown): ReadRequest {
  const outer = v.safeParse(envelope, data);
  if (!outer.success) return { kind: 'junk' };
  const { id, dropoutLab } = outer.output;
  const bad = (message: string): ReadRequest => ({ kind: 'bad', id, message });
  if (dropoutLab !== EMBED_VERSION)
    return bad(`dropoutLab must be ${EMBED_VERSION}, the version that this frame speaks, got ${dropoutLab}`);
  const inner = v.safeParse(body, data);
  if (!inner.success) return bad(`member must be one of ${MEMBERS.join(', ')}, and args a list`);
  const { member, args } = inner.output;
  const checked = v.safeParse(ARGUMENTS[member], args);
  if (!checked.success) return bad(`args of ${member} must hold ${WORDS[member] ?? 'nothing'}, got ${showValue(args)}`);
  return { kind: 'request', request: { id, member, args: checked.output } };
}
