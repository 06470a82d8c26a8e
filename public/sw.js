// Keeps one build of the app on the phone, so that /app starts without network, on any deep link.
//
// A newer build is fetched whole in the background and waits. It takes over when a page sends
// {type: "activate"}, because the person agreed, or at the next start, when no page of the old
// build is open. A download that fails leaves the old build as it is.
//
// It also shows what the server reminds of, while no page is open. It asks the server for nothing but the build, with one exception:
// it says where this browser is reached when the browser itself changed that.
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

self.addEventListener("push", (event) => event.waitUntil(remind(event.data)));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(showApp());
});

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(moveReminders(event)));

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

/** Shows a reminder in place of the one before. */
async function remind(data) {
  const { title, body } = readReminder(data);
  await self.registration.showNotification(title, { body, tag: "today", icon: "/icon-192.png" });
}

/** What a message says; one that cannot be read shows, too, since browsers take the right from whoever stays silent. */
function readReminder(data) {
  try {
    const { title, body } = data.json();
    if (typeof title === "string" && typeof body === "string") return { title, body };
  } catch {
    // Said below.
  }
  return { title: "Qdos", body: "Something waits for you." };
}

/** The app where it is open, or a new window with it. */
async function showApp() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find(({ url }) => {
    const { pathname } = new URL(url);
    return pathname === SHELL || pathname.startsWith(SHELL + "/");
  });
  await (open ? open.focus() : self.clients.openWindow(SHELL));
}

/** Tells the server where this browser is reached now. What fails here is put right by the app at its next start. */
async function moveReminders({ oldSubscription, newSubscription }) {
  const applicationServerKey = oldSubscription?.options.applicationServerKey;
  const again = () => self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  const subscription = newSubscription ?? (applicationServerKey && (await again()));
  if (!subscription) return;
  const headers = { "content-type": "application/json" };
  await fetch("/api/fn/reminder/move_reminders", { method: "POST", headers, body: JSON.stringify({ subscription }) });
}
