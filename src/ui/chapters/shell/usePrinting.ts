/** Opens every chapter for printing: by the button, which waits until all are loaded, or as well as it can when the browser prints by itself. */
import { useCallback, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ChapterEntry } from '../chapterList';

const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

/** Returns whether all chapters are to be open, and a function that opens and prints them. */
export function usePrinting(entries: readonly ChapterEntry[]): { readonly isPrinting: boolean; readonly print: () => void } {
  const [isPrinting, setIsPrinting] = useState(false);
  useEffect(() => {
    const open = () => flushSync(() => setIsPrinting(true));
    const close = () => setIsPrinting(false);
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
      await nextFrame();
      await nextFrame();
      globalThis.print();
    };
    void openAll();
  }, [entries]);
  return { isPrinting, print };
}
