/**
 * Brings a reader who comes by a deep link to their chapter. The chapters above it load as they come near and push it down, so it is
 * brought back into place until the reader moves, or a moment has passed.
 */
import { useEffect } from 'react';

const SETTLE_MS = 4000;
const MOVES = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;

/** Scrolls to the element with this id once it is mounted; '' is nobody's. */
export function useArrival(id: string): void {
  useEffect(() => {
    const target = id === '' ? null : document.getElementById(id);
    const column = target?.parentElement;
    if (!target || !column) return;
    const stop = new AbortController();
    const observer = new ResizeObserver(() => target.scrollIntoView({ block: 'start' }));
    observer.observe(column);
    const timer = setTimeout(() => stop.abort(), SETTLE_MS);
    stop.signal.addEventListener('abort', () => {
      clearTimeout(timer);
      observer.disconnect();
    });
    for (const move of MOVES) addEventListener(move, () => stop.abort(), { once: true, passive: true, signal: stop.signal });
    return () => stop.abort();
  }, [id]);
}
