// Keeps one build of the app on the phone, so that /app starts without network, on any deep link.
//
// A newer build is fetched whole in the background and waits. It takes over when a page sends
// {type: "activate"}, because the person agreed, or at the next start, when no page of the old
// build is open. A download that fails leaves the old build as it is.
//
// `BUILD` (the build id) and `ASSETS` (paths of script, styles and WASM) are put in by app/bundle.

const PREFIX = "qdos-build-";
const CACHE = PREFIX + BUILD;
const SHELL = "/app";

self.addEventListener("install", (event) => event.waitUntil(precache().catch(forgetThisBuild)));

self.addEventListener("activate", (event) => event.waitUntil(forgetOtherBuilds()));

self.addEventListener("message", (event) => {
  if (event.data?.type === "activate") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === SHELL || pathname.startsWith(SHELL + "/")) event.respondWith(answer(SHELL, request));
  } else if (ASSETS.includes(pathname)) {
    event.respondWith(answer(pathname, request));
  }
});

/** Fetches the whole build, or fails as a whole. */
async function precache() {
  const cache = await caches.open(CACHE);
  const shell = await fetch(SHELL, { cache: "no-cache" });
  // Between the fetch of this script and now the server may have moved on to another build.
  const text = shell.ok && !shell.redirected ? await shell.clone().text() : "";
  if (!text.includes(`data-build="${BUILD}"`)) throw new Error(`the shell of build ${BUILD} is gone`);
  await Promise.all([cache.put(SHELL, shell), cache.addAll(ASSETS)]);
}

async function forgetThisBuild(error) {
  await caches.delete(CACHE);
  throw error;
}

async function forgetOtherBuilds() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
}

/** What the cache holds under `path`; the network only if the browser has dropped the cache. */
async function answer(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}
