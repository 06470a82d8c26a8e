import type { Page } from "@playwright/test";

/** When something was painted and what was tapped last before it: milliseconds since the page was asked for. */
export interface Painted {
  at: number;
  tapped: number;
}

/**
 * Watches for an element that `selector` finds to come and to be painted, from the page's next start on. What comes back waits for the
 * next such time.
 */
export async function seePaint(page: Page, selector: string): Promise<() => Promise<Painted>> {
  const waiting: ((painted: Painted) => void)[] = [];
  const seen: Painted[] = [];
  await page.exposeFunction("paintedForBench", (painted: Painted) => {
    const next = waiting.shift();
    if (next) next(painted);
    else seen.push(painted);
  });
  await page.addInitScript(watch, selector);
  return async () => seen.shift() ?? new Promise((resolve) => waiting.push(resolve));
}

/** Runs in the page. */
function watch(selector: string): void {
  let tapped = 0;
  let shown = false;
  addEventListener("click", (event) => (tapped = event.timeStamp), { capture: true });
  const look = () => {
    const before = shown;
    shown = document.querySelector(selector) !== null;
    if (!shown || before) return;
    const last = tapped;
    requestAnimationFrame(() => {
      // A message is handled after the frame was painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const report = Reflect.get(window, "paintedForBench") as (painted: { at: number; tapped: number }) => void;
        report({ at: performance.now(), tapped: last });
      };
      port2.postMessage(undefined);
    });
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}
