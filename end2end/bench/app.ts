import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { signIn } from "../support/demo.ts";
import { Phone } from "../support/phone.ts";
import { Server } from "../support/server.ts";
import { seePaint } from "./paint.ts";

const STARTS = 9;
const SAVES = 40;
const SLOWER = 4;

/** How fast the app starts without network, and how fast it says that a meeting is saved. */
export async function measureApp(): Promise<Record<string, number>> {
  const server = await Server.create("sqlite");
  await server.start({}, "demo");
  const profile = await mkdtemp(join(tmpdir(), "qdos-phone-"));
  const phone = new Phone(profile, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, hasTouch: true, isMobile: true });
  try {
    const page = await phone.open();
    await signIn(page, server, "fleur");
    await expect(page.getByRole("link", { name: "Plan a visit" })).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await server.stop();
    await phone.context.setOffline(true);
    const starts: number[] = [];
    for (let start = 0; start < STARTS; start++) starts.push(await startOffline(phone, server));
    const saves = await saveMeetings(await phone.context.newPage(), server);
    return { offline_start_ms: at(starts, 0.5), save_p95_ms: at(saves, 0.95) };
  } finally {
    await phone.close();
    await server.dispose();
    await rm(profile, { recursive: true, force: true });
  }
}

/** From opening the address in a new tab of a slower phone to Today with what there is to do painted. */
async function startOffline(phone: Phone, server: Server): Promise<number> {
  const page = await phone.context.newPage();
  const session = await phone.context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  // In the list of what to do, or in the invitation to plan where there is nothing.
  const painted = await seePaint(page, ".page-main a[href^='/app/plan']");
  await page.goto(`${server.url}/app`);
  const { at } = await painted();
  await page.close();
  return at;
}

async function saveMeetings(page: Page, server: Server): Promise<number[]> {
  const painted = await seePaint(page, ".page-main a[href='/app'].button");
  await page.goto(`${server.url}/app`);
  const milliseconds: number[] = [];
  for (let save = 0; save < SAVES; save++) {
    await page.getByRole("navigation").getByRole("link", { name: "Log" }).tap();
    await page.locator(".page-main .list button").nth(save % 3).tap();
    await page.locator("#format label").first().tap();
    await page.getByRole("button", { name: "Save meeting" }).tap();
    const { at, tapped } = await painted();
    milliseconds.push(at - tapped);
    await page.getByRole("link", { name: "Done" }).tap();
  }
  return milliseconds;
}

/** The value below which the share `part` of `values` lies. */
function at(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
