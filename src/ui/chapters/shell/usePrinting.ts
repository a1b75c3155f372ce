/** Opens every chapter for printing: by the button, which waits until all are loaded, or as well as it can when the browser prints by itself. */
import { useCallback, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ChapterEntry } from '../chapterList';

const LONGEST_WAIT_MS = 10_000;
/** What a chapter shows while it is still to come, or its study is under way. */
const UNFINISHED = '.chapter .chapter-wait, .chapter progress';

const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

/** Resolves when every chapter is complete, or has been waited for long enough: then it is printed as it is. */
async function untilComplete(): Promise<void> {
  const endMs = performance.now() + LONGEST_WAIT_MS;
  do {
    await nextFrame();
    await nextFrame();
  } while (document.querySelector(UNFINISHED) !== null && performance.now() < endMs);
}

/** Returns whether all chapters are to be open, and a function that opens and prints them. */
export function usePrinting(entries: readonly ChapterEntry[]): { readonly isPrinting: boolean; readonly print: () => void } {
  const [isPrinting, setIsPrinting] = useState(false);
  useEffect(() => {
    const open = () => flushSync(() => setIsPrinting(true));
    const close = () => {
      delete document.documentElement.dataset.print;
      setIsPrinting(false);
    };
    addEventListener('beforeprint', open);
    addEventListener('afterprint', close);
    return () => {
      removeEventListener('beforeprint', open);
      removeEventListener('afterprint', close);
    };
  }, []);
  const print = useCallback(() => {
    const openAll = async () => {
      setIsPrinting(true);
      // A chapter that does not load says so in its place, and the others are printed.
      await Promise.allSettled(entries.map(({ load }) => load()));
      await untilComplete();
      // Without the lab; chapters.css reads it.
      document.documentElement.dataset.print = 'chapters';
      globalThis.print();
    };
    void openAll();
  }, [entries]);
  return { isPrinting, print };
}
