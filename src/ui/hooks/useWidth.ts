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
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [target, width];
}
