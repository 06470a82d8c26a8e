import { setTimeout } from "node:timers/promises";
import type { CDPSession, Page } from "@playwright/test";
import type { Phone } from "../support/phone.ts";
import type { Server } from "../support/server.ts";
import { seePaint } from "./paint.ts";

/** A phone is so many times slower than this machine. */
const SLOWER = 4;

/** A page rests when in each of so many seconds it worked for no more than a tenth. */
const QUIET_SECONDS = 3;
const QUIET = 0.1;
/** After so many seconds it should. */
const SECONDS_MAX = 120;

/** Opens a tab that is as slow as a phone. */
export async function openSlowTab(phone: Phone): Promise<Page> {
  const page = await phone.context.newPage();
  const session = await phone.context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  // The window has the browser's own bars too: one as high as the page would cut off its foot, and what is not seen is never painted.
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", { windowId, bounds: { width: 500, height: 1200 } });
  return page;
}

/** Milliseconds from opening the address in a new tab of a slow phone to Today with what there is to do painted. */
export async function startOffline(phone: Phone, server: Server): Promise<number> {
  const page = await openSlowTab(phone);
  // In the list of what to do, or in the invitation to plan where there is nothing.
  const painted = await seePaint(page, ".page-main a[href^='/app/plan']");
  await page.goto(`${server.url}/app`);
  const { at } = await painted();
  await page.close();
  return at;
}

/** Waits until a page has nothing left to do, such as reading what it did not need at its start. */
export async function rest(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  let before = await secondsWorked(session);
  for (let second = 0, quiet = 0; quiet < QUIET_SECONDS; second++) {
    if (second === SECONDS_MAX) throw new Error(`the page still works after ${second} s`);
    await setTimeout(1000);
    const now = await secondsWorked(session);
    quiet = now - before <= QUIET ? quiet + 1 : 0;
    before = now;
  }
  await session.detach();
}

/** How long the page's thread has been busy so far. */
async function secondsWorked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
}
