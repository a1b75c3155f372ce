/** Follows which chapter lies across the middle of the view. */
import { useEffect, useState } from 'react';
import type { ChapterEntry } from '../chapterList';

/** A line a little above the middle of the view. */
const READING_LINE = '-42% 0px -57% 0px';

/** Returns the id of the chapter being read; null while none is. */
export function useCurrentChapter(entries: readonly ChapterEntry[]): string | null {
  const [currentId, setCurrentId] = useState<string | null>(null);
  useEffect(() => {
    const onLine = new Set<string>();
    const observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          if (isIntersecting) onLine.add(target.id);
          else onLine.delete(target.id);
        }
        setCurrentId(entries.find(({ id }) => onLine.has(id))?.id ?? null);
      },
      { rootMargin: READING_LINE },
    );
    for (const { id } of entries) {
      const section = document.getElementById(id);
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [entries]);
  return currentId;
}
