/**
 * Waits until the first load is done with: for the first sign of a reader, or for a while of quiet. What the lab can train and be read
 * without comes after that, so that it does not stand in the way of the first frame.
 */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'focusin', 'scroll', 'beforeprint'] as const;
/** Whoever listens to a page may give no sign. */
const QUIET_MS = 5000;

let seen: Promise<void> | null = null;

/** Resolves at the first sign of a reader, and else after some seconds. */
export function whenReader(): Promise<void> {
  seen ??= new Promise((resolve) => {
    const controller = new AbortController();
    const done = () => {
      controller.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, QUIET_MS);
    for (const sign of SIGNS) addEventListener(sign, done, { signal: controller.signal, passive: true, capture: true });
  });
  return seen;
}

/** `lazy`, but fetched no sooner than a reader is there. */
export function lateLazy<Props>(load: () => Promise<{ default: ComponentType<Props> }>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(() => whenReader().then(load));
}
