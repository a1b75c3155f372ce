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
  /** A remote was pressed where a follower has the focus: the leader acts on it, and the follower comes after. */
  v.strictObject({ type: v.literal('key'), room: v.string(), key: v.picklist(REMOTE_KEYS) }),
  /** The leader is closing. */
  v.strictObject({ type: v.literal('bye'), room: v.string(), leader: v.string() }),
]);

export type FollowStage = v.InferOutput<typeof stageSchema>;
type RawState = v.InferOutput<typeof stateSchema>;
type Raw = v.InferOutput<typeof messageSchema>;

/** Where the leader is, and how to get there: settings of step 0, the live changes since, and the step. */
export interface FollowState extends Omit<RawState, 'start' | 'changes' | 'phase' | 'passes'> {
  readonly start: Settings;
  readonly changes: readonly Change[];
}

export type FollowMessage = Exclude<Raw, RawState> | FollowState;

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
