/** The chapters under the lab, fetched when the reader is about to want them: the first load is the lab's alone. */
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import type { Lab } from '../bridge';
import { readHash } from '../store/addressBar';

const Chapters = lazy(() => import('../ui/chapters/Chapters'));

/** The first sign of a reader: whoever scrolls, points or types may scroll on, print or search the page next. */
const SIGNS_OF_LIFE = ['scroll', 'pointerdown', 'pointermove', 'keydown', 'touchstart', 'beforeprint'] as const;

/** Whether the chapters are wanted: at once for an address that names one, else from the first sign of a reader on. */
function useWanted(): boolean {
  const [isWanted, setWanted] = useState(() => readHash() !== '');
  useEffect(() => {
    if (isWanted) return;
    const controller = new AbortController();
    for (const sign of SIGNS_OF_LIFE) {
      addEventListener(sign, () => setWanted(true), { signal: controller.signal, passive: true, once: true });
    }
    return () => controller.abort();
  }, [isWanted]);
  return isWanted;
}

/** Shows the chapters once they are wanted; until then it keeps a screen's height free, so that there is something to scroll to. */
export function LateChapters({ lab }: { readonly lab: Lab }) {
  const isWanted = useWanted();
  const isHidden = useSyncExternalStore(lab.store.subscribe, () => lab.store.getState().view.hidden.includes('chapters'));
  if (isHidden) return null;
  const waiting = <div className="chapters-to-come" />;
  if (!isWanted) return waiting;
  return (
    <Suspense fallback={waiting}>
      <Chapters lab={lab} />
    </Suspense>
  );
}
