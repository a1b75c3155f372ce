/**
 * Tells which press of a pointer is under way: whatever changes under one press, however slowly, is one change, as a drag is for the reader.
 * Listens once for all labs of a page, and never stops anything.
 */
let numPresses = 0;
let press: number | null = null;
let isWatching = false;

/** Returns what tells the press under way; null while no pointer is down. Without a page there is none. */
export function watchPress(): () => number | null {
  if (!isWatching && typeof addEventListener === 'function') {
    isWatching = true;
    let pointer: number | null = null;
    const begin = ({ pointerId }: PointerEvent) => {
      pointer = pointerId;
      numPresses += 1;
      press = numPresses;
    };
    const end = ({ pointerId }: PointerEvent) => {
      if (pointerId === pointer) press = null;
    };
    addEventListener('pointerdown', begin, { capture: true, passive: true });
    for (const last of ['pointerup', 'pointercancel'] as const) addEventListener(last, end, { capture: true, passive: true });
  }
  return () => press;
}
