/**
 * One probability, five names. Half of the mistakes with dropout are a number that was right in another convention; at 0.5 none shows.
 *
 * The house stores the drop probability p. Only labels, exports and the lesson about conventions use the others.
 */

/** What a convention's number counts: 'drop' the units that are zeroed, 'keep' those that stay. */
type Counts = 'drop' | 'keep';

interface Convention {
  readonly symbol: string; // as written in its code or paper
  readonly counts: Counts;
  readonly where: string;
}

export const CONVENTIONS = {
  drop: { symbol: 'p', counts: 'drop', where: 'PyTorch, and this lab' },
  rate: { symbol: 'rate', counts: 'drop', where: 'TensorFlow 2, Keras, Flax' },
  level: { symbol: 'level', counts: 'drop', where: 'Keras on Theano' },
  'keep-paper': { symbol: 'p', counts: 'keep', where: 'Srivastava et al. 2014' },
  keep_prob: { symbol: 'keep_prob', counts: 'keep', where: 'TensorFlow 1' },
} as const satisfies Record<string, Convention>;

export type ConventionName = keyof typeof CONVENTIONS;
export const CONVENTION_NAMES = Object.keys(CONVENTIONS) as ConventionName[];

/** Returns the number that a convention writes for drop probability `p`: p or 1 − p. */
export function fromDrop(convention: ConventionName, p: number): number {
  return CONVENTIONS[convention].counts === 'keep' ? complement(p) : p;
}

/** Returns the drop probability that a number means in a convention. The inverse of `fromDrop`, to 12 decimals. */
export function toDrop(convention: ConventionName, value: number): number {
  return CONVENTIONS[convention].counts === 'keep' ? complement(value) : value;
}

/** Returns the drop probability that was meant, and the one that happens, when a number of one convention is read in another. */
export function misread(value: number, meant: ConventionName, readAs: ConventionName): { meant: number; got: number } {
  return { meant: toDrop(meant, value), got: toDrop(readAs, value) };
}

/** Returns both sides of a drop probability in words: "drop 0.20 = keep 0.80". */
export function bothSides(p: number): string {
  return `drop ${p.toFixed(2)} = keep ${complement(p).toFixed(2)}`;
}

/** Returns the argument as code has it: "keep_prob=0.8". */
export function asArgument(convention: ConventionName, p: number): string {
  return `${CONVENTIONS[convention].symbol}=${fromDrop(convention, p)}`;
}

/** Returns `1 − x` to 12 decimals, without the dust that binary leaves: 1 − 0.8 is 0.2. */
function complement(x: number): number {
  return Math.round((1 - x) * 1e12) / 1e12;
}
