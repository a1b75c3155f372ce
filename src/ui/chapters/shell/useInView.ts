/** Follows whether an element is near the view (time to load it) and in it (time to run it). A page that is hidden is out of view. */
import { type RefObject, useEffect, useState, useSyncExternalStore } from 'react';

/** How far below or above the view a chapter is loaded. */
const NEAR = '75% 0px';

function useIntersection(target: RefObject<Element | null>, rootMargin: string): boolean {
  const [isIntersecting, setIsIntersecting] = useState(false);
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    const observer = new IntersectionObserver((entries) => setIsIntersecting(entries.at(-1)?.isIntersecting ?? false), { rootMargin });
    observer.observe(element);
    return () => observer.disconnect();
  }, [target, rootMargin]);
  return isIntersecting;
}

function subscribeToVisibility(onChange: () => void): () => void {
  document.addEventListener('visibilitychange', onChange);
  return () => document.removeEventListener('visibilitychange', onChange);
}

/** Returns true from the first time that `target` comes near the view. */
export function useHasComeNear(target: RefObject<Element | null>): boolean {
  const isNear = useIntersection(target, NEAR);
  const [hasComeNear, setHasComeNear] = useState(false);
  if (isNear && !hasComeNear) setHasComeNear(true);
  return hasComeNear || isNear;
}

/** Returns whether `target` is in view on a page that is shown. */
export function useInView(target: RefObject<Element | null>): boolean {
  const isVisible = useSyncExternalStore(subscribeToVisibility, () => document.visibilityState === 'visible');
  return useIntersection(target, '0px') && isVisible;
}
