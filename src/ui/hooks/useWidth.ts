/** Measures the width of an element in whole CSS pixels; renders only when it changes. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

export function useWidth<Target extends HTMLElement>(initial = 0): readonly [RefObject<Target | null>, number] {
  const target = useRef<Target>(null);
  const [width, setWidth] = useState(initial);
  useLayoutEffect(() => {
    const element = target.current;
    if (!element) return;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    // A frame later, for a width that changes widths is an error of the page: of someone else's, where this is an embed.
    let request = 0;
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(request);
      request = requestAnimationFrame(measure);
    });
    observer.observe(element);
    return () => {
      cancelAnimationFrame(request);
      observer.disconnect();
    };
  }, []);
  return [target, width];
}
