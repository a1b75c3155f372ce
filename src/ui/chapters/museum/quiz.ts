/**
 * The quiz of the museum: which bug each question hides, what may be answered, and the score. A question is a function of the seed and its
 * number, so that a class can be asked the same ones. Pure.
 */
import { bits, foldIn, type Key, key } from '../../../math/threefry';
import { BUG_IDS, type BugId } from '../../../protocol/bugs';

/** Stream of the quiz. */
const QUIZ_TAG = 0x80000003;
export const NUM_CHOICES = 5;

export interface Question {
  readonly bug: BugId;
  /** What may be answered, in the order of the museum; the bug is one of them. */
  readonly choices: readonly BugId[];
}

/** Shuffles by drawing: the first `count` of `list` in an order that the key decides. */
function draw<Item>(drawKey: Key, list: readonly Item[], count: number): Item[] {
  const rest = [...list];
  return Array.from({ length: count }, (_, index) => rest.splice(bits(drawKey, index) % rest.length, 1)).flat();
}

/** Returns question `number` (0 the first) of a seed. No bug comes twice before all have come once. */
export function quizQuestion(seed: number, number: number): Question {
  const quizKey = foldIn(key(seed), QUIZ_TAG);
  const round = Math.floor(number / BUG_IDS.length);
  const bug = draw(foldIn(quizKey, round), BUG_IDS, BUG_IDS.length)[number % BUG_IDS.length] as BugId;
  const others = BUG_IDS.filter((id) => id !== bug);
  const chosen = new Set([bug, ...draw(foldIn(foldIn(quizKey, 0x10000), number), others, NUM_CHOICES - 1)]);
  return { bug, choices: BUG_IDS.filter((id) => chosen.has(id)) };
}

export interface Score {
  readonly right: number;
  readonly asked: number;
}

/** Writes a score for keeping: "3/5". */
export function formatScore({ right, asked }: Score): string {
  return `${right}/${asked}`;
}

/** Reads a kept score; anything else is no score yet. */
export function parseScore(text: string | null): Score {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text ?? '');
  const [right, asked] = [Number(match?.[1]), Number(match?.[2])];
  return match && right <= asked ? { right, asked } : { right: 0, asked: 0 };
}
