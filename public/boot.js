// The first script of the app: starts the WASM, then sees to it that the next start needs no network.
// `WASM` is its URL, `LATER` that of what only a signed-in member loads, put in by app/bundle.
import start from "app";

// Whoever was here before needs the rest too: it is on its way while the first part starts.
try {
  if (localStorage.getItem("qdos.tab")) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href: LATER }));
  }
} catch {
  // A browser that keeps nothing: it loads when it is asked for.
}

try {
  await start({ module_or_path: WASM });
} catch (error) {
  document.getElementById("skeleton-failed").hidden = false;
  throw error;
} finally {
  // After the start, so that filling the cache does not compete with it; also after a failed one,
  // because a newer build may start.
  navigator.serviceWorker?.register("/sw.js", { scope: "/app", updateViaCache: "none" });
}
