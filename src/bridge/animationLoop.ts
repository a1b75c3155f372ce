/**
 * The one animation-frame loop that all labs of a page share.
 *
 * A timer stands behind each animation frame, because a hidden document or a frame scrolled out of sight gets none, and promises that
 * wait for a paint must still resolve.
 */

/** How long an animation frame may fail to come before the timer takes its place. */
const FALLBACK_MS = 250;
/** The same when the document is hidden and none will come. */
const HIDDEN_MS = 30;

const queue = new Set<() => void>();
let cancel: (() => void) | null = null;

/** Runs `callback` once in the next animation frame, however often it is asked for until then. Returns the function that withdraws it. */
export function requestPaint(callback: () => void): () => void {
  queue.add(callback);
  cancel ??= schedule();
  return () => queue.delete(callback);
}

function schedule(): () => void {
  const isHidden = typeof document === 'undefined' || document.hidden;
  const timer = setTimeout(flush, isHidden ? HIDDEN_MS : FALLBACK_MS);
  if (typeof requestAnimationFrame === 'undefined') return () => clearTimeout(timer);
  const request = requestAnimationFrame(flush);
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(request);
  };
}

function flush(): void {
  cancel?.();
  cancel = null;
  const callbacks = [...queue];
  queue.clear();
  for (const callback of callbacks) guard(callback);
}

/** Runs a callback so that its failure is reported and stops nobody else. */
export function guard(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    if (typeof reportError === 'function') reportError(error);
    else console.error(error);
  }
}
