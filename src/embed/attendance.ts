/**
 * Whether anybody looks: an embed starts when it is first seen, rests while it is out of sight or its page is in the background, and goes
 * on where it rested. What a host starts while nobody looks is left alone.
 */
import type { Lab } from '../bridge';

/** A slide that waits its turn is where it will be, but not to be seen, and no event tells when it is: whoever is in view is asked this often. */
const LOOK_MS = 200;

/** Whether an element that is in view can be seen there: not in a frame without a size. Browsers of before 2024 cannot tell all of it. */
function isShown(element: Element): boolean {
  if (document.hidden || innerWidth === 0 || innerHeight === 0) return false;
  return element.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) ?? true;
}

/** Calls back with whether the element can be seen, at once and on each change. Returns the function that ends it. */
export function watchAttendance(element: Element, onChange: (isSeen: boolean) => void): () => void {
  let isSeen: boolean | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;
  const tell = () => {
    const next = timer !== undefined && isShown(element);
    if (next === isSeen) return;
    isSeen = next;
    onChange(next);
  };
  const observer = new IntersectionObserver((entries) => {
    clearInterval(timer);
    timer = entries.at(-1)?.isIntersecting ? setInterval(tell, LOOK_MS) : undefined;
    tell();
  });
  observer.observe(element);
  document.addEventListener('visibilitychange', tell);
  return () => {
    clearInterval(timer);
    observer.disconnect();
    document.removeEventListener('visibilitychange', tell);
  };
}

/** What runs by itself runs while it is seen: begins then, pauses when nobody looks, goes on once somebody does. The host may overrule it. */
export class Rest {
  private isSeen = false;
  private isSteered = false;
  /** What goes on as soon as somebody looks. */
  private waiting: (() => Promise<void>) | null = null;

  constructor(private readonly lab: Lab) {}

  see(isSeen: boolean): void {
    this.isSeen = isSeen;
    if (isSeen) this.goOn();
    else this.rest();
  }

  /** Sets going what the host has not taken in hand, now or when it is first seen. */
  begin(start: () => Promise<void>): void {
    if (this.isSteered) return;
    this.waiting = start;
    if (this.isSeen) this.goOn();
  }

  /** From now on the host decides what runs: nothing goes on that it has not started. */
  steer(): void {
    this.isSteered = true;
    this.waiting = null;
  }

  private goOn(): void {
    const { waiting } = this;
    this.waiting = null;
    // What fails stands in the lab's store, and its view tells of it. Whoever looked may have gone while it started.
    waiting?.().then(
      () => !this.isSeen && !this.isSteered && this.rest(),
      () => undefined,
    );
  }

  private rest(): void {
    if (!this.lab.running) return;
    this.waiting = () => this.lab.play();
    this.lab.pause().catch(() => undefined);
  }
}
