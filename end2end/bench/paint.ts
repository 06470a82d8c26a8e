import type { Page } from "@playwright/test";

/** When something was painted and when the last tap before it reached the page: milliseconds since the page was asked for. */
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
  // Not the event's own time: that is when the driver asked for a touch, which the browser then holds back for the page's next frame, as it
  // does with no finger. This one is down and up at once.
  addEventListener("pointerdown", () => (tapped = performance.now()), { capture: true });
  const look = () => {
    const before = shown;
    shown = document.querySelector(selector) !== null;
    if (!shown || before) return;
    const last = tapped;
    requestAnimationFrame(() => {
      // A task comes after the frame; one this urgent comes before those that the app itself has put off until then.
      scheduler.postTask(
        () => {
          const report = Reflect.get(window, "paintedForBench") as (painted: { at: number; tapped: number }) => void;
          report({ at: performance.now(), tapped: last });
        },
        { priority: "user-blocking" },
      );
    });
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}
