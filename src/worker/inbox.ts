/** The commands that wait for a session, and how it waits for them. Which come next, and what they mean, is the session's affair. */

/** What waiting needs of its surroundings. */
export interface Timers {
  /** Runs `task` soon, after the messages that are waiting have been delivered. */
  soon(task: () => void): void;
  /** Runs `task` after a delay. Returns the function that cancels it. */
  later(task: () => void, delayMs: number): () => void;
}

/** A queue whose reader may sleep until something is put in. */
export class Inbox<Item> {
  private readonly queue: Item[] = [];
  private wake: (() => void) | null = null;

  constructor(private readonly timers: Timers) {}

  get isEmpty(): boolean {
    return this.queue.length === 0;
  }

  put(item: Item): void {
    this.queue.push(item);
  }

  take(): Item | undefined {
    return this.queue.shift();
  }

  /** Ends a sleep, whether or not something was put in. */
  ring(): void {
    this.wake?.();
  }

  /** Lets waiting messages in. */
  breathe(): Promise<void> {
    return new Promise((resolve) => this.timers.soon(resolve));
  }

  /** Sleeps until it is rung for, or for so long at most. */
  sleep(delayMs: number | null): Promise<void> {
    return new Promise((resolve) => {
      const cancel = delayMs === null ? null : this.timers.later(() => this.ring(), delayMs);
      this.wake = () => {
        this.wake = null;
        cancel?.();
        resolve();
      };
    });
  }
}
