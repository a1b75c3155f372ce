/** The chapters under the lab, fetched when the reader is about to want them: the first load is the lab's alone. */
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import type { Lab } from '../bridge';
import { readHash } from '../store/addressBar';
import { onFirstSign } from '../ui';

const Chapters = lazy(() => import('../ui/chapters/Chapters'));

/** Whether the chapters are wanted: at once for an address that names one, else from the first sign of a reader on, who may scroll on next. */
function useWanted(): boolean {
  const [isWanted, setWanted] = useState(() => readHash() !== '');
  useEffect(() => (isWanted ? undefined : onFirstSign(() => setWanted(true))), [isWanted]);
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
