/**
 * Shares the height of the stage among the pictures that stand on it, so that nothing scrolls on a projector: what words and legends need is
 * measured, the rest goes to the pictures.
 */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

interface FitParts {
  /** Share of the height that each picture asks for, 0 for one that is not there. */
  readonly weights: readonly number[];
  /** No picture is lower than this; then the stage scrolls. */
  readonly least: readonly number[];
  /** None is higher than this. */
  readonly most?: number;
}

/** Shares `room` by weight; a picture whose share is too low takes its least first, and the others share what is left. */
export function shareHeight(room: number, { weights, least, most = Number.POSITIVE_INFINITY }: FitParts): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const isShort = weights.map((weight, index) => weight > 0 && (room * weight) / total < (least[index] ?? 0));
  const taken = least.reduce((sum, height, index) => (isShort[index] ? sum + height : sum), 0);
  const others = weights.reduce((sum, weight, index) => (isShort[index] ? sum : sum + weight), 0);
  return weights.map((weight, index) => {
    if (weight === 0) return 0;
    const height = isShort[index] ? 0 : Math.floor(((room - taken) * weight) / others);
    return Math.min(Math.max(height, least[index] ?? 0), most);
  });
}

interface FitStage {
  /** The room there is. */
  readonly stage: RefObject<HTMLElement | null>;
  /** What stands in it. */
  readonly content: RefObject<HTMLElement | null>;
  /** Selects the pictures that are fitted; a picture may take its new height a little later than it is given. */
  readonly pictures: string;
}

/** Returns the height of each picture. `parts` must keep its identity while nothing changes. */
export function useFit({ stage, content, pictures }: FitStage, parts: FitParts): readonly number[] {
  const [heights, setHeights] = useState<readonly number[]>(() => shareHeight(0, parts));
  const shown = useRef(heights);
  useLayoutEffect(() => {
    const [room, inner] = [stage.current, content.current];
    if (!room || !inner) return;
    const measure = () => {
      let words = inner.offsetHeight;
      for (const picture of inner.querySelectorAll<HTMLElement>(pictures)) words -= picture.offsetHeight;
      const next = shareHeight(room.clientHeight - words, parts);
      if (next.every((height, index) => Math.abs(height - (shown.current[index] ?? 0)) <= 1)) return;
      shown.current = next;
      setHeights(next);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(room);
    observer.observe(inner);
    return () => observer.disconnect();
  }, [stage, content, pictures, parts]);
  return heights;
}
