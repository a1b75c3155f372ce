/**
 * How many steps the next slice may train: as many as fit its time, no more than the pace allows, never past the limit.
 *
 * Pure bookkeeping of numbers that come in from outside; it reads no clock. What it answers shifts slices, never bits.
 */

/** Learns how many steps fit into a stretch of time. */
export class StepGroup {
  private stepsPerMs = 0;
  private last = 1;

  /** Returns how many steps to try in `budgetMs`: at least 1, and at most twice as many as last time. */
  size(budgetMs: number): number {
    return Math.max(1, Math.min(2 * this.last, Math.floor(this.stepsPerMs * budgetMs)));
  }

  /** Takes note of what a slice has taken. A clock too coarse to see it only doubles the next try. */
  record(steps: number, elapsedMs: number): void {
    this.last = steps;
    this.stepsPerMs = elapsedMs > 0 ? steps / elapsedMs : Number.POSITIVE_INFINITY;
  }
}

/** How far behind its pace a run may fall and still catch up. */
const MAX_DEBT_MS = 100;
/** Up to as many steps a second as a screen shows frames, every step is to be seen. */
const MAX_SEEN_PER_SECOND = 60;

/** Lets `pace` steps a second through, counted from the time that has passed. */
export class Pacer {
  private sinceMs: number;
  private taken = 0;

  constructor(
    readonly stepsPerSecond: number,
    nowMs: number,
  ) {
    // The first step is due at once.
    this.sinceMs = nowMs - 1000 / stepsPerSecond;
  }

  /** Whether each step is to be shown: then they are taken one by one, and a late one makes the next late too. */
  get isSlow(): boolean {
    return this.stepsPerSecond <= MAX_SEEN_PER_SECOND;
  }

  /** Returns how many steps are due. */
  due(nowMs: number): number {
    if (this.stepsPerSecond === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    const due = Math.floor(((nowMs - this.sinceMs) * this.stepsPerSecond) / 1000 + 1e-9) - this.taken;
    return Math.max(0, this.isSlow ? Math.min(1, due) : due);
  }

  /** Takes note of steps trained; forgives a debt that cannot be made good. */
  take(steps: number, nowMs: number): void {
    if (this.stepsPerSecond === Number.POSITIVE_INFINITY) return;
    this.taken += steps;
    const debtMs = nowMs - this.nextMs();
    if (debtMs > (this.isSlow ? 1000 / this.stepsPerSecond : MAX_DEBT_MS)) this.sinceMs += debtMs;
  }

  /** Returns when the next step falls due. */
  nextMs(): number {
    return this.sinceMs + ((this.taken + 1) * 1000) / this.stepsPerSecond;
  }
}

/** Steps per second over the last half second. */
export class Speedometer {
  private markMs = 0;
  private markStep = 0;
  private value = 0;
  private isFirst = true;

  /** Starts over, at rest. */
  reset(step: number, nowMs: number): void {
    this.markMs = nowMs;
    this.markStep = step;
    this.value = 0;
    this.isFirst = true;
  }

  read(step: number, nowMs: number): number {
    const elapsedMs = nowMs - this.markMs;
    const isOver = elapsedMs >= 500;
    if (isOver || (this.isFirst && elapsedMs > 0)) this.value = ((step - this.markStep) * 1000) / elapsedMs;
    if (isOver) {
      this.markMs = nowMs;
      this.markStep = step;
      this.isFirst = false;
    }
    return this.value;
  }
}

/** Lets costly work through so seldom that it takes at most a given share of the time. */
export class Throttle {
  private nextMs = Number.NEGATIVE_INFINITY;
  constructor(private readonly share: number) {}

  isDue(nowMs: number): boolean {
    return nowMs >= this.nextMs;
  }
  /** When the next turn comes. */
  get dueMs(): number {
    return this.nextMs;
  }
  record(startMs: number, endMs: number): void {
    this.nextMs = endMs + (endMs - startMs) / this.share;
  }
}
