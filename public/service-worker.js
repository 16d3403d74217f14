// The copy of the app that opens without a network. VERSION and FILES are written in front when the build is packed (xtask/src/pack.rs);
// another version is another cache, filled whole before it answers anything.
"use strict";
const PREFIX = "ra-soat-";
const NAME = PREFIX + VERSION;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(take()));
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(self.registration.scope)) event.respondWith(answer(event.request));
});

async function fill() {
  const cache = await caches.open(NAME);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
}

// The version before this one stays: another window may still run it, and its workers ask for their script.
async function take() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request) {
  const { scope } = self.registration;
  const page = request.url.split(/[?#]/)[0];
  const isPage = request.mode === "navigate" && (page === scope || page === scope + "index.html");
  const own = await (await caches.open(NAME)).match(isPage ? scope : request);
  return own ?? (await caches.match(request)) ?? fetch(request);
}
