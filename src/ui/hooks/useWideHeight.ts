/** Follows the height of a window that is wide enough for the lab's three columns; null in any other, whose page scrolls anyhow. */
import { useSyncExternalStore } from 'react';

/** Keep in step with lab.css. */
const WIDE_PX = 1200;

function subscribe(onChange: () => void): () => void {
  addEventListener('resize', onChange);
  return () => removeEventListener('resize', onChange);
}

export function useWideHeight(): number | null {
  return useSyncExternalStore(subscribe, () => (innerWidth >= WIDE_PX ? innerHeight : null));
}
