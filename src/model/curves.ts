/**
 * The curves of a run: a point at certain steps, closer together at the start. Which steps follows from the step number and the size of
 * the work alone, so that a replay finds the same points.
 */
import type { CurvePoint } from '../protocol/snapshot';

/** From one point to the next at least this fraction of all steps so far: 1/256. */
const RESOLUTION = 256;
/** Work of evaluation per training step, in multiply-adds, that is never felt: about ten microseconds. */
const FREE_WORK = 2 ** 18;

function powerOfTwoFrom(x: number): number {
  let power = 1;
  while (power < x) power *= 2;
  return power;
}

/**
 * Returns the least distance between points, so that evaluation costs a step at most a quarter of its own work, or next to nothing: 1 for
 * small sets. Both works in multiply-adds.
 */
export function leastStride(evaluationWork: number, stepWork: number): number {
  return powerOfTwoFrom(evaluationWork / Math.max(FREE_WORK, stepWork / 4));
}

/** Returns the distance between points around `step`: the power of two from `step / 256` up, at least `least`. */
export function strideAt(step: number, least: number): number {
  return Math.max(least, powerOfTwoFrom(step / RESOLUTION));
}

/** The points found so far, in order of steps. They outlive going back: a replay would find the same. */
export class Curves {
  private list: CurvePoint[] = [];

  constructor(private readonly least: number) {}

  /** The next step after `step` that has a point. The first step has one, so that there is something to see. */
  nextAfter(step: number): number {
    if (step < 1) return 1;
    const stride = strideAt(step + 1, this.least);
    const next = (Math.floor(step / stride) + 1) * stride;
    return next % strideAt(next, this.least) === 0 ? next : this.nextAfter(next);
  }

  has(step: number): boolean {
    const last = this.list.at(-1);
    return last !== undefined && last.step >= step && this.list.some((point) => point.step === step);
  }

  /** Adds a point behind all others. */
  add(point: CurvePoint): void {
    this.list.push(point);
  }

  /** The points up to `step`. */
  upTo(step: number): readonly CurvePoint[] {
    const last = this.list.at(-1);
    return last === undefined || last.step <= step ? this.list : this.list.filter((point) => point.step <= step);
  }

  /** Forgets all after `step`. */
  forgetAfter(step: number): void {
    this.list = this.list.filter((point) => point.step <= step);
  }
}
