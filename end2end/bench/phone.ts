import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { passFirstRun } from "../support/demo.ts";
import { Phone } from "../support/phone.ts";
import { Filled } from "./filled.ts";
import { seePaint } from "./paint.ts";

const CUSTOMERS = 5_000;
const MEETINGS = 50_000;
const STARTS = 7;
const SLOWER = 4;
const PASSWORD = "nothing but meetings";

/** How a phone bears years of meetings. */
export async function measurePhone(): Promise<Record<string, number>> {
  const filled = await Filled.create("sqlite", 1, { customers: CUSTOMERS, meetings: MEETINGS });
  const profile = await mkdtemp(join(tmpdir(), "qdos-phone-"));
  const phone = new Phone(profile, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, hasTouch: true, isMobile: true });
  try {
    await filled.start();
    for (const body of await filled.pushes()) await filled.send(body);
    const page = await phone.open();
    const synced = await signIn(page, filled);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await filled.server.stop();
    await phone.context.setOffline(true);
    await page.close();
    const starts: number[] = [];
    for (let start = 0; start < STARTS; start++) starts.push(await startOffline(phone, filled));
    console.log("starts", starts.map(Math.round).join(" "));
    const slowest = await useAll(phone, filled);
    return { full_phone_start_ms: median(starts), full_phone_interaction_ms: slowest, full_phone_sync_s: synced };
  } finally {
    await phone.close();
    await filled.server.dispose();
    await rm(profile, { recursive: true, force: true });
  }
}

/** Seconds from the sign-in until everything is there. */
async function signIn(page: Page, { server }: Filled): Promise<number> {
  const email = await readFile(join(server.directory, "email"), "utf8");
  const link = (await server.run("reset-password", email)).match(/https?:\/\/\S+/)?.[0];
  if (!link) throw new Error("there is no link in what reset-password printed");
  await page.goto(link);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and go on" }).click();
  const started = performance.now();
  await passFirstRun(page);
  await expect.poll(() => page.evaluate(countRows), { timeout: 150_000 }).toBeGreaterThanOrEqual(CUSTOMERS * 2 + MEETINGS);
  const seconds = (performance.now() - started) / 1000;
  // What the next start reads last is summed up once there is nothing else to do.
  await page.waitForTimeout(5_000);
  return seconds;
}

/** Runs in the page: how many rows the member's database holds. */
async function countRows(): Promise<number> {
  const answer = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const names = (await indexedDB.databases()).map((it) => it.name ?? "");
  const name = names.find((it) => it !== "qdos-device");
  if (!name) return 0;
  const database = await answer(indexedDB.open(name));
  const count = await answer(database.transaction("row").objectStore("row").count());
  database.close();
  return count;
}

async function slow(phone: Phone): Promise<Page> {
  const page = await phone.context.newPage();
  const session = await phone.context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  // The window has the browser's own bars too: one as high as the page would cut off its foot, and what is not seen is never painted.
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", { windowId, bounds: { width: 500, height: 1200 } });
  return page;
}

/** From opening the address in a new tab of a slower phone to Today with what there is to do painted. */
async function startOffline(phone: Phone, { server }: Filled): Promise<number> {
  const page = await slow(phone);
  const painted = await seePaint(page, ".page-main a[href^='/app/plan']");
  await page.goto(`${server.url}/app`);
  const { at } = await painted();
  await page.close();
  return at;
}

/** Goes through the app as a rep does and returns the slowest interaction, milliseconds. */
async function useAll(phone: Phone, { server }: Filled): Promise<number> {
  const page = await slow(phone);
  await page.addInitScript(() => {
    const seen: { name: string; duration: number }[] = [];
    Object.assign(window, { interactionsForBench: seen });
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if ((entry as PerformanceEventTiming).interactionId) seen.push({ name: entry.name, duration: entry.duration });
    });
    observer.observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
  let slowest = 0;
  const taking = async (what: string, act: () => Promise<void>) => {
    await act();
    const seen = await page.evaluate(async () => {
      // What was painted last is told a little later.
      await new Promise((resolve) => setTimeout(resolve, 400));
      return (Reflect.get(window, "interactionsForBench") as { name: string; duration: number }[]).splice(0);
    });
    const worst = Math.max(0, ...seen.map((it) => it.duration));
    console.log(what, worst);
    slowest = Math.max(slowest, worst);
  };
  const tab = (name: string) => page.getByRole("navigation").getByRole("link", { name }).tap();
  await page.goto(`${server.url}/app`);
  await expect(page.locator(".page-main a[href^='/app/plan']").first()).toBeVisible({ timeout: 60_000 });
  await page.waitForTimeout(15_000);
  await taking("Customers", async () => {
    await tab("Customers");
    await expect(page.getByText("And 4940 more.")).toBeVisible();
  });
  await taking("find a customer", async () => {
    await page.getByLabel("Find a customer").pressSequentially("hotel kok 4", { delay: 300 });
  });
  await taking("open a customer", async () => {
    await page.locator(".page-main .list a").first().tap();
    await expect(page.getByRole("heading", { name: /Hotel Kok/ })).toBeVisible();
  });
  await taking("prepare", async () => {
    await page.getByRole("link", { name: /Prepare/ }).first().tap();
  });
  await taking("Today", () => tab("Today"));
  await taking("search", async () => {
    await page.goto(`${server.url}/app/search`);
    await page.waitForTimeout(8_000);
    await page.getByRole("searchbox").pressSequentially("locker zeist", { delay: 300 });
  });
  await taking("Log", async () => {
    await tab("Log");
    await page.locator(".page-main .list button").first().tap();
    await page.locator("#format label").first().tap();
  });
  await taking("Save", async () => {
    await page.getByRole("button", { name: "Save meeting" }).tap();
    await expect(page.locator(".page-main a[href='/app'].button")).toBeVisible();
  });
  await taking("Feedback", () => tab("Feedback"));
  await taking("More", () => tab("More"));
  return slowest;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
