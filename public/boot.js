// The first script of the app: starts the WASM, then sees to it that the next start needs no network.
// `WASM` is its URL, put in by app/bundle.
import start from "app";

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
