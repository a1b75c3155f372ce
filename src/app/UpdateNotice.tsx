/** Says that a newer version of the page has come, and leaves it to the reader. Never while presenting. Loaded once a reader is there. */
import './updateNotice.css';
import { useState, useSyncExternalStore } from 'react';
import type { Lab } from '../bridge';
import { canKeep, keepOffline, type Offline } from './offline';

/** The page keeps itself once, however often this is shown. */
let kept: Offline | null = null;
const NOTHING = () => undefined;

interface UpdateNoticeProps {
  readonly lab: Lab;
}

export default function UpdateNotice({ lab }: UpdateNoticeProps) {
  const [offline] = useState(() => {
    if (canKeep()) kept ??= keepOffline();
    return kept;
  });
  const isReady = useSyncExternalStore(offline?.subscribe ?? (() => NOTHING), () => offline?.get() ?? false);
  const isPresenting = useSyncExternalStore(lab.store.subscribe, () => lab.store.getState().view.present);
  const [isPutOff, setIsPutOff] = useState(false);
  return (
    <div className="update-notice" role="status">
      {isReady && !isPutOff && !isPresenting && (
        <p>
          A new version is ready. It opens at the same experiment.
          <button type="button" className="button" onClick={() => offline?.update()}>
            Use it now
          </button>
          <button type="button" className="button button-quiet" onClick={() => setIsPutOff(true)}>
            Later
          </button>
        </p>
      )}
    </div>
  );
}
