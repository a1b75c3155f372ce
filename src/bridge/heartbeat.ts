/**
 * Notices a worker that has died without a word: where something is due and nothing is heard, it is asked, and then given up.
 *
 * It counts its own ticks and not the time: a page that is hidden, throttled or has slept ticks late or not at all, and may find the answers
 * of hours ago only after its timers. Such ticks count for nothing.
 */

/** Ticks of silence after which the worker is asked, and the same again after which it is given up. */
const PATIENCE_TICKS = 5;

interface HeartbeatEvents {
  /** Whether the worker owes a word at all. */
  isDue(): boolean;
  /** Ticks that the present work may keep it from answering, beside the usual. */
  extraTicks(): number;
  ask(): void;
  onSilence(): void;
}

/** Listens to one worker, from `start` to `stop`. */
export class Heartbeat {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silentTicks = 0;
  private isStarted = false;

  constructor(
    private readonly tickMs: number,
    private readonly events: HeartbeatEvents,
  ) {}

  start(): void {
    this.isStarted = true;
    this.wake();
  }

  stop(): void {
    this.isStarted = false;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** The worker has spoken. */
  heard(): void {
    this.silentTicks = 0;
  }

  /** Something may be due from now on. */
  wake(): void {
    if (!this.isStarted || this.timer !== undefined || !this.events.isDue()) return;
    const dueMs = performance.now() + this.tickMs;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.tick(performance.now() - dueMs > this.tickMs);
    }, this.tickMs);
  }

  private tick(isLate: boolean): void {
    const isHidden = typeof document !== 'undefined' && document.hidden;
    this.silentTicks = isLate || isHidden || !this.events.isDue() ? 0 : this.silentTicks + 1;
    if (this.silentTicks === PATIENCE_TICKS) this.events.ask();
    if (this.silentTicks >= 2 * PATIENCE_TICKS + this.events.extraTicks()) this.events.onSilence();
    else this.wake();
  }
}
