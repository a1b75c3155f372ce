/** What the questions of a worksheet are made of, whichever mode they ask about. */
import type { LayerSnapshot } from '../../protocol/snapshot';
import { compact, fixed, grouped } from '../words/format';

export type Chart = 'losses' | 'histogram';

export interface Question {
  readonly text: string;
  /** What there is to copy numbers from, in a fixed-width line. */
  readonly data: string | null;
  readonly answer: string;
  /** Lines to write on; 0 where a chart is drawn. */
  readonly lines: number;
  readonly chart: Chart | null;
}

/** The hidden layer that the sheet asks about: the first where something is dropped. */
export interface Subject {
  readonly layerIndex: number;
  readonly units: number;
  readonly p: number;
  readonly snapshot: LayerSnapshot | null;
}

export function plain(text: string, answer: string, lines = 2, data: string | null = null): Question {
  return { text, answer, lines, data, chart: null };
}

/** Writes p to the power of n, and how seldom that is; digits that a double does not have are not written. */
export function chance(p: number, n: number): string {
  const power = p ** n;
  const exponent = n * Math.log10(p);
  if (exponent < -300) return `about 10 to the power of ${fixed(Math.round(exponent), 0)}: never, in practice.`;
  return `${compact(power)}: about once in ${1 / power < 1e9 ? grouped(Math.round(1 / power)) : compact(1 / power)} passes.`;
}

/** Writes 2 to the power of n: in full, or how long it would be. */
export function powerOfTwo(n: number): string {
  const text = (2n ** BigInt(n)).toString();
  return text.length > 21 ? `a number of ${grouped(text.length)} digits` : text.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
