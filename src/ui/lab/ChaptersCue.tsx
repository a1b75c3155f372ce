/** Says, on a first screen that the lab fills alone, that the page goes on below it. It costs the lab no height. */
import { useLabState } from '../hooks/labContext';

/** The first chapter's name in the address, which is stable for ever; the list of the chapters comes later than the lab. */
const FIRST_CHAPTER = 'one-tensor';

export function ChaptersCue() {
  const hasChapters = useLabState((state) => !state.view.hidden.includes('chapters'));
  const isComparing = useLabState((state) => state.view.compare !== null);
  if (!hasChapters || isComparing) return null;
  return (
    <nav className="chapters-cue" aria-label="Below the lab">
      <a href={`#${FIRST_CHAPTER}`}>Below: the chapters</a>
    </nav>
  );
}
