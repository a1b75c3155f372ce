/*
 * Keeps the built page on the reader's machine, so that it works without a network. A script of its own beside the page: it imports nothing,
 * and the build writes into it which files there are, each with the hash of its content (see test/setup/offline.mjs).
 *
 * A page keeps the version that it was opened with. A new one is fetched whole, waits, and takes over when the reader says so, or once no
 * page of the old one is open.
 */

/** @type {{ version: string, files: readonly (readonly [path: string, integrity: string])[] }} */
const BUILD = __BUILD__;
const { scope } = self.registration;
/** Caches are the whole origin's: other folders of the host may hold the page too, in versions of their own. */
const PREFIX = `dropout-lab ${scope} `;
const CACHE = PREFIX + BUILD.version;
/** More notes of opened pages than this, and those of closed ones go. */
const MAX_NOTES = 50;

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
  if (request.mode === 'navigate') event.waitUntil(note([event.resultingClientId]));
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
      // Hosts that redirect to addresses without index.html: as the answer to a visit, a redirected response would be an error.
      await cache.put(url, response.redirected ? new Response(response.body, response) : response);
    }),
  );
}

/** Takes over. Versions before stay as long as a page is open that was opened with them. */
async function begin() {
  const pages = await openPages();
  const unknown = new Set(pages);
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === CACHE) continue;
    const noted = (await notesIn(await caches.open(name))).map(({ page }) => page).filter((page) => pages.has(page));
    if (noted.length === 0) await caches.delete(name);
    for (const page of noted) unknown.delete(page);
  }
  // Pages from before there was a worker are of the version that it came with.
  await note([...unknown]);
  await self.clients.claim();
}

async function openPages() {
  const pages = await self.clients.matchAll({ includeUncontrolled: true });
  return new Set(pages.filter(({ url }) => url.startsWith(scope)).map(({ id }) => id));
}

/** Which pages a version opened stands in its cache, beside the files: a worker forgets whenever it rests. */
async function notesIn(cache) {
  const requests = await cache.keys();
  return requests.flatMap((request) => {
    const page = new URL(request.url).searchParams.get('page');
    return page === null ? [] : [{ request, page }];
  });
}

async function note(pages) {
  const cache = await caches.open(CACHE);
  const notes = await notesIn(cache);
  if (notes.length > MAX_NOTES) {
    const open = await openPages();
    await Promise.all(notes.filter(({ page }) => !open.has(page)).map(({ request }) => cache.delete(request)));
  }
  await Promise.all(pages.map((page) => cache.put(`${scope}?page=${page}`, new Response())));
}

/** Answers from this version, then from one before, then from the network. */
async function answer(request, file) {
  const cache = await caches.open(CACHE);
  const kept = (await cache.match(file)) ?? (request.mode === 'navigate' ? undefined : await caches.match(file));
  return kept ?? fetch(request);
}
