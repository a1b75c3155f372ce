/**
 * Waits until the first load is done with: for the first sign of a reader, or for a while of quiet. What the lab can train and be read
 * without comes after that, so that it does not stand in the way of the first frame.
 */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'focusin', 'scroll', 'beforeprint'] as const;
/** Whoever listens to a page may give no sign. */
const QUIET_MS = 5000;

let seen: Promise<void> | null = null;

/** Calls back once, at the first sign of a reader. Returns the function that ends the waiting. */
export function onFirstSign(listener: () => void): () => void {
  const controller = new AbortController();
  const stop = () => controller.abort();
  const done = () => {
    stop();
    listener();
  };
  for (const sign of SIGNS) addEventListener(sign, done, { signal: controller.signal, passive: true, capture: true });
  return stop;
}

/** Resolves at the first sign of a reader, and else after some seconds. */
export function whenReader(): Promise<void> {
  seen ??= new Promise((resolve) => {
    const timer = setTimeout(resolve, QUIET_MS);
    onFirstSign(() => {
      clearTimeout(timer);
      resolve();
    });
  });
  return seen;
}

/** What stands for a part that did not come. */
const Nothing = () => null;

/** Fetches a part, on the second try too; null where it does not come. A part that came and has a fault is reported. */
async function fetchPart<Part>(load: () => Promise<Part>): Promise<Part | null> {
  try {
    return await load();
  } catch (first) {
    return load().catch((second: unknown) => {
      // A browser keeps the error of a script that it has run, and has a new one whenever a script does not come.
      if (second === first) reportError(first);
      return null;
    });
  }
}

/** `lazy`, but fetched no sooner than a reader is there. Where it cannot be had, nothing is shown: the lab goes on without it. */
export function lateLazy<Props>(load: () => Promise<{ default: ComponentType<Props> }>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    await whenReader();
    return (await fetchPart(load)) ?? { default: Nothing };
  });
}
