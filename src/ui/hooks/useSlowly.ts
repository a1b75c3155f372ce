/** Lets a value through at most once per interval; the last one always arrives. For texts that are read aloud. */
import { useEffect, useRef, useState } from 'react';

export function useSlowly<Value>(value: Value, intervalMs: number): Value {
  const [shown, setShown] = useState(value);
  const shownAtMs = useRef(0);
  useEffect(() => {
    const waitMs = Math.max(0, shownAtMs.current + intervalMs - performance.now());
    const timer = setTimeout(() => {
      shownAtMs.current = performance.now();
      setShown(value);
    }, waitMs);
    return () => clearTimeout(timer);
  }, [value, intervalMs]);
  return shown;
}
