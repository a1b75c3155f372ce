/**
 * Lets the page work without a network: registers the service worker of the build, and tells when a newer version has come.
 *
 * Nothing is ever reloaded that nobody asked to reload: a lesson may be under way. Not in development, and not in frames on other pages.
 */

/** How often a page that stays open asks for a newer version. */
const LOOK_MS = 60 * 60 * 1000;

export interface Offline {
  /** Whether a newer version waits. */
  readonly get: () => boolean;
  readonly subscribe: (onChange: () => void) => () => void;
  /** Lets the newer version take over, and reloads this page. Others that are open go on as they are. */
  readonly update: () => void;
}

/** Whether this page may keep itself: a built page of its own, over https or on this machine. */
export function canKeep(): boolean {
  return import.meta.env.PROD && window.top === window.self && isSecureContext && 'serviceWorker' in navigator;
}

/** Keeps the page, and watches for newer versions. Where the browser refuses, the page works as before, with a network. */
export function keepOffline(): Offline {
  const listeners = new Set<() => void>();
  let waiting: ServiceWorker | null = null;

  const announce = (worker: ServiceWorker | null) => {
    // The very first version has nobody to wait for.
    if (worker === null || worker === waiting || !navigator.serviceWorker.controller) return;
    waiting = worker;
    for (const listener of [...listeners]) listener();
  };
  const watch = (registration: ServiceWorkerRegistration) => {
    announce(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => announce(registration.waiting));
    });
    let lookedMs = performance.now();
    document.addEventListener('visibilitychange', () => {
      if (document.hidden || performance.now() - lookedMs < LOOK_MS) return;
      lookedMs = performance.now();
      registration.update().catch(() => undefined); // without a network there is nothing newer
    });
  };
  navigator.serviceWorker.register(new URL('sw.js', document.baseURI), { updateViaCache: 'none' }).then(watch, () => undefined);

  return {
    get: () => waiting !== null,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    update: () => {
      const reload = () => history.go(0);
      // Another page may have let it take over before.
      if (waiting?.state !== 'installed') return reload();
      navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
      waiting.postMessage('take-over');
    },
  };
}
