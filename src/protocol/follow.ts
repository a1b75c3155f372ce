/**
 * What a leading window tells the windows that follow it, over a channel of the same origin. Read with a schema: another version of the
 * page, or anything else on the origin, may speak on the same channel.
 *
 * It carries how to make the same run, never a weight: the follower trains by itself and must come to the same bits.
 */
import * as v from 'valibot';
import { parseChanges, parseSettings } from './parse';
import { DEFAULT_SETTINGS, type Settings } from './settings';
import type { Change } from './snapshot';

/** Part of the channel's name, so that windows of different versions do not hear each other. */
export const FOLLOW_CHANNEL = 'dropout-lab.follow.1';

/** Keys that a follower hands to its leader: those of presenters' remotes, and of play and step. */
export const REMOTE_KEYS = ['PageDown', 'PageUp', ' ', 'ArrowRight', 'ArrowLeft'] as const;
export type RemoteKey = (typeof REMOTE_KEYS)[number];

/** What the leader's figures highlight; null parts are not. The same fields as the highlight of the figures. */
const highlightSchema = v.strictObject({
  layer: v.nullable(v.number()),
  unit: v.nullable(v.number()),
  row: v.nullable(v.number()),
  bin: v.nullable(v.number()),
  target: v.optional(v.nullable(v.number())),
});

const stageSchema = v.strictObject({
  /** What stands above the figures; '' is nothing. */
  title: v.string(),
  /** The question on show; its answer comes only once it is revealed. */
  prompt: v.nullable(v.strictObject({ question: v.string(), options: v.array(v.string()), answer: v.nullable(v.string()) })),
  /** The picture stands. */
  isFrozen: v.boolean(),
  /** The code of the address is on show. */
  isCode: v.boolean(),
  highlight: v.nullable(highlightSchema),
  /** Row of the frame that the diagram shows. */
  row: v.number(),
});

const stateSchema = v.strictObject({
  type: v.literal('state'),
  room: v.string(),
  leader: v.string(),
  start: v.unknown(),
  changes: v.array(v.strictObject({ step: v.pipe(v.number(), v.integer(), v.minValue(0)), patch: v.record(v.string(), v.unknown()) })),
  phase: v.unknown(),
  passes: v.unknown(),
  step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  running: v.boolean(),
  /** Of the weights at `step`, once the run rests there; else null. */
  fingerprint: v.nullable(v.string()),
  convention: v.string(),
  showGradients: v.boolean(),
  hidden: v.array(v.string()),
  stage: stageSchema,
});

const chapterSchema = v.strictObject({
  /** Its name in the address. */
  id: v.string(),
  /** Another each time that it is laid out: what was done in it before is then forgotten. */
  life: v.string(),
  /** 0 is the words, and n the n-th figure. */
  page: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** The answers given, by chapter. */
  answers: v.record(v.string(), v.string()),
  /** What its controls say, by their names. */
  values: v.record(v.string(), v.string()),
  /** What a hand did in it, in order, for a window that comes late: a control and its new value, or null for a button that keeps none. */
  acts: v.array(v.strictObject({ name: v.string(), value: v.nullable(v.string()) })),
});

const messageSchema = v.variant('type', [
  /** A follower has come and asks where the leader is. */
  v.strictObject({ type: v.literal('hello'), room: v.string() }),
  stateSchema,
  /** The run goes on: only the step is new. */
  v.strictObject({
    type: v.literal('step'),
    room: v.string(),
    leader: v.string(),
    step: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  /**
   * What stands beside the leader's run, said after each state: how lab B differs, null when nothing is compared, and where B rests. A message
   * of its own, because a version that does not know it passes it over and goes on with A; one that never hears it shows A alone.
   */
  v.strictObject({
    type: v.literal('compare'),
    room: v.string(),
    leader: v.string(),
    difference: v.nullable(v.record(v.string(), v.unknown())),
    /** Of B's weights, once both rest; else null. */
    fingerprint: v.nullable(v.string()),
  }),
  /** The chapter that stands in the place of the lab, said after each state; null where the lab is. Passed over by versions that know none. */
  v.strictObject({ type: v.literal('chapter'), room: v.string(), leader: v.string(), chapter: v.nullable(chapterSchema) }),
  /** A remote was pressed where a follower has the focus: the leader acts on it, and the follower comes after. */
  v.strictObject({ type: v.literal('key'), room: v.string(), key: v.picklist(REMOTE_KEYS) }),
  /** The leader is closing. */
  v.strictObject({ type: v.literal('bye'), room: v.string(), leader: v.string() }),
]);

export type FollowChapter = v.InferOutput<typeof chapterSchema>;
export type FollowStage = v.InferOutput<typeof stageSchema>;
type RawState = v.InferOutput<typeof stateSchema>;
type Raw = v.InferOutput<typeof messageSchema>;
type RawCompare = Extract<Raw, { readonly type: 'compare' }>;

/** How the lab beside the leader's differs from it. */
export interface FollowCompare extends Omit<RawCompare, 'difference'> {
  readonly difference: Partial<Settings> | null;
}

/** Where the leader is, and how to get there: settings of step 0, the live changes since, and the step. */
export interface FollowState extends Omit<RawState, 'start' | 'changes' | 'phase' | 'passes'> {
  readonly start: Settings;
  readonly changes: readonly Change[];
}

export type FollowMessage = Exclude<Raw, RawState | RawCompare> | FollowState | FollowCompare;

export const EMPTY_STAGE: FollowStage = { title: '', prompt: null, isFrozen: false, isCode: false, highlight: null, row: 0 };

/** Writes a state for the channel: plain data, phase and passes apart from the settings of the run. */
export function writeFollowState(state: FollowState): unknown {
  const { phase, passes } = state.start;
  return { ...state, phase, passes };
}

/** Reads a message of the channel; null when it is none of ours, or names settings that this version does not know. */
export function readFollowMessage(data: unknown): FollowMessage | null {
  const result = v.safeParse(messageSchema, data);
  if (!result.success) return null;
  const message = result.output;
  if (message.type === 'compare') return readCompare(message);
  if (message.type !== 'state') return message;
  const { phase, passes, ...rest } = message;
  try {
    const start = parseSettings({ ...(rest.start as object), phase, passes }, DEFAULT_SETTINGS);
    const changes = rest.changes as readonly Change[];
    parseChanges(changes, start);
    return { ...rest, start, changes };
  } catch {
    return null;
  }
}

/** Only the names and values of a difference are looked at here: whether it goes with A's settings is told by the lab that is to have it. */
function readCompare({ difference, ...rest }: RawCompare): FollowCompare | null {
  if (difference === null) return { ...rest, difference };
  try {
    const settings = parseSettings(difference, DEFAULT_SETTINGS);
    return { ...rest, difference: Object.fromEntries(Object.keys(difference).map((name) => [name, settings[name as keyof Settings]])) };
  } catch {
    return null;
  }
}
