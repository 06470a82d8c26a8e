import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { signIn } from "../support/demo.ts";
import { PHONE } from "../support/devices.ts";
import { Phone } from "../support/phone.ts";
import { Server } from "../support/server.ts";
import { seePaint } from "./paint.ts";
import { median, quantile } from "./quantile.ts";
import { startOffline } from "./slow.ts";

const STARTS = 9;
const SAVES = 40;

/** How fast the app starts without network, and how fast it says that a meeting is saved. */
export async function measureApp(): Promise<Record<string, number>> {
  const server = await Server.create("sqlite");
  await server.start({}, "demo");
  const profile = await mkdtemp(join(tmpdir(), "qdos-phone-"));
  const phone = new Phone(profile, PHONE);
  try {
    const page = await phone.open();
    await signIn(page, server, "fleur");
    await expect(page.getByRole("link", { name: "Plan a visit" })).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await server.stop();
    await phone.context.setOffline(true);
    const starts: number[] = [];
    for (let start = 0; start < STARTS; start++) starts.push(await startOffline(phone, server));
    const saves = await saveMeetings(page, server);
    return { offline_start_ms: median(starts), save_p95_ms: quantile(saves, 0.95) };
  } finally {
    await phone.close();
    await server.dispose();
    await rm(profile, { recursive: true, force: true });
  }
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
