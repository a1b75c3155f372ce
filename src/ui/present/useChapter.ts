/** The chapter that the address names; null when it names none. */
import { useSyncExternalStore } from 'react';
import { readHash } from '../../store/addressBar';
import { CHAPTERS, type ChapterEntry } from '../chapters/chapterList';

function subscribe(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

export function useChapter(): ChapterEntry | null {
  const hash = useSyncExternalStore(subscribe, readHash);
  return CHAPTERS.find(({ id }) => id === hash) ?? null;
}
