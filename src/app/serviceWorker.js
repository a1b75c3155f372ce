/*
 * Keeps the built page on the reader's machine, so that it works without a network. A script of its own beside the page: it imports nothing,
 * and the build writes into it which files there are, each with the hash of its content (see test/setup/offline.mjs).
 *
 * A page keeps the version that it was opened with. A new one is fetched whole, waits, and takes over when the reader says so, or once no
 * page of the old one is open.
 */

/** @type {{ version: string, files: readonly (readonly [path: string, integrity: string])[] }} */
const BUILD = __BUILD__;
const PREFIX = 'dropout-lab-';
const CACHE = PREFIX + BUILD.version;
const { scope } = self.registration;

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(begin()));
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(scope) || request.headers.has('range')) return;
  url.hash = '';
  url.search = '';
  // The file for a folder is its index; what an address asks for is the page's own affair.
  const file = url.href === scope ? new URL('index.html', scope).href : url.href;
  event.respondWith(answer(request, file));
});

/** Fetches what this version is made of: all of it, or the version is not installed. */
async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    BUILD.files.map(async ([path, integrity]) => {
      const url = new URL(path, scope).href;
      const isHashed = path.startsWith('assets/');
      // A file with a hash in its name is the same in every version that has it.
      const kept = isHashed ? await caches.match(url) : undefined;
      const response = kept ?? (await fetch(url, { integrity, cache: isHashed ? 'default' : 'no-cache' }));
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      await cache.put(url, response);
    }),
  );
}

/** Takes over. The version before stays, for the pages that were opened with it; older ones go. */
async function begin() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Answers from this version, then from the one before, then from the network. */
async function answer(request, file) {
  const cache = await caches.open(CACHE);
  const kept = (await cache.match(file)) ?? (request.mode === 'navigate' ? undefined : await caches.match(file));
  return kept ?? fetch(request);
}
