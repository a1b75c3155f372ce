/**
 * Shares the height of the stage among the pictures that stand on it, so that nothing scrolls on a projector: what words and legends need is
 * measured, the rest goes to the pictures.
 */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

export interface FitParts {
  /** Share of the height that each picture asks for, 0 for one that is not there. */
  readonly weights: readonly number[];
  /** No picture is lower than this; then the stage scrolls. */
  readonly least: readonly number[];
  /** None is higher than this. */
  readonly most?: number;
}

function share(room: number, { weights, least, most = Number.POSITIVE_INFINITY }: FitParts): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, index) =>
    weight === 0 ? 0 : Math.min(Math.max(Math.floor((room * weight) / total), least[index] ?? 0), most),
  );
}

/**
 * Returns the height of each picture. `stage` is the room there is, `content` what stands in it; `parts` must keep its identity while nothing
 * changes.
 */
export function useFit(stage: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>, parts: FitParts): readonly number[] {
  const [heights, setHeights] = useState<readonly number[]>(() => share(0, parts));
  const shown = useRef(heights);
  useLayoutEffect(() => {
    const [room, inner] = [stage.current, content.current];
    if (!room || !inner) return;
    const measure = () => {
      const pictures = shown.current.reduce((sum, height) => sum + height, 0);
      const words = inner.offsetHeight - pictures;
      const next = share(room.clientHeight - words, parts);
      if (next.every((height, index) => Math.abs(height - (shown.current[index] ?? 0)) <= 1)) return;
      shown.current = next;
      setHeights(next);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(room);
    observer.observe(inner);
    return () => observer.disconnect();
  }, [stage, content, parts]);
  return heights;
}
