/**
 * Whether anybody looks: an embed starts when it is first seen, rests while it is out of sight or its page is in the background, and goes
 * on where it rested. What a host starts while nobody looks is left alone.
 */
import type { Lab } from '../bridge';

/** Calls back with whether the element can be seen, at once and on each change. Returns the function that ends it. */
export function watchAttendance(element: Element, onChange: (isSeen: boolean) => void): () => void {
  let isInView = false;
  let isSeen: boolean | null = null;
  const tell = () => {
    const next = isInView && !document.hidden;
    if (next === isSeen) return;
    isSeen = next;
    onChange(next);
  };
  const observer = new IntersectionObserver((entries) => {
    isInView = entries.at(-1)?.isIntersecting ?? false;
    tell();
  });
  observer.observe(element);
  document.addEventListener('visibilitychange', tell);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', tell);
  };
}

/** Pauses a lab that is no longer seen, and lets it go on once it is. */
export class Rest {
  private isResting = false;

  constructor(private readonly lab: Lab) {}

  see(isSeen: boolean): void {
    // What fails stands in the lab's store, and its view tells of it.
    if (isSeen && this.isResting) {
      this.isResting = false;
      this.lab.play().catch(() => undefined);
    } else if (!isSeen && this.lab.running) {
      this.isResting = true;
      this.lab.pause().catch(() => undefined);
    }
  }
}
