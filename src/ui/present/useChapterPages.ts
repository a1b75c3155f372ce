/**
 * A chapter on a projector is turned like slides: its words, then each figure alone. What is higher than the screen is drawn smaller, so that
 * nothing scrolls.
 */
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

/** Smaller than this nobody reads it from the back row: then the page scrolls. */
const MIN_SCALE = 0.55;
/** Below this width of the window a chapter stays one column that scrolls; as in present.css. */
const WIDE = '(min-width: 900px)';

export interface ChapterPages {
  /** 0 is the words, and n the n-th figure. */
  readonly page: number;
  readonly numFigures: number;
  turnTo(page: number): void;
}

/**
 * Counts the figures of a chapter as they come, and turns to them: page down and up walk the pages before they walk the lesson. `led` is the
 * page of the window that is followed; it is not turned here.
 */
export function useChapterPages(chapter: RefObject<HTMLElement | null>, led: number | null): ChapterPages {
  const [own, turnTo] = useState(0);
  const page = led ?? own;
  const [numFigures, setNumFigures] = useState(0);
  useEffect(() => {
    const element = chapter.current;
    if (!element) return;
    const count = () => setNumFigures(element.querySelectorAll('.chapter-figures > *').length);
    count();
    const observer = new MutationObserver(count);
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [chapter]);
  useEffect(() => {
    if (led !== null) return;
    const turn = (event: KeyboardEvent) => {
      const next = page + (event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0);
      if (next === page || next < 0 || next > numFigures || !matchMedia(WIDE).matches) return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      event.stopPropagation();
      turnTo(next);
    };
    addEventListener('keydown', turn, true);
    return () => removeEventListener('keydown', turn, true);
  }, [page, numFigures, led]);
  return { page, numFigures, turnTo };
}

/** Returns how much smaller the content must be drawn to stand in its box, 1 where it has the room. It is laid out as wide as before. */
export function useScaleToFit(box: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>, page: number): number {
  const [scale, setScale] = useState({ page, value: 1 });
  useLayoutEffect(() => {
    const [room, inner] = [box.current, content.current];
    if (!room || !inner) return;
    const measure = () => {
      const { height, width } = inner.getBoundingClientRect();
      const available = room.getBoundingClientRect().height;
      if (height === 0 || width === 0 || !matchMedia(WIDE).matches) {
        setScale({ page, value: 1 });
        return;
      }
      setScale((now) => {
        const shown = now.page === page ? now.value : 1;
        const next = Math.min(Math.max((shown * available) / height, MIN_SCALE), 1);
        const value = Math.floor(next * 200) / 200;
        return now.page === page && Math.abs(value - now.value) < 0.01 && height <= available + 0.5 ? now : { page, value };
      });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(room);
    observer.observe(inner);
    return () => observer.disconnect();
  }, [box, content, page]);
  return scale.page === page ? scale.value : 1;
}
