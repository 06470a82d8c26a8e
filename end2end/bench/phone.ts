import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { passFirstRun } from "../support/demo.ts";
import { PHONE } from "../support/devices.ts";
import { Phone } from "../support/phone.ts";
import { Filled } from "./filled.ts";
import { median } from "./quantile.ts";
import { openSlowTab, rest, startOffline } from "./slow.ts";

const CUSTOMERS = 5_000;
const MEETINGS = 50_000;
const STARTS = 7;
/** So many of them a list shows (app/src/customer/pages/list.rs). */
const SHOWN = 60;
const PASSWORD = "nothing but meetings";

/** How a phone bears years of meetings. */
export async function measurePhone(): Promise<Record<string, number>> {
  const filled = await Filled.create("sqlite", 1, { customers: CUSTOMERS, meetings: MEETINGS });
  const profile = await mkdtemp(join(tmpdir(), "qdos-phone-"));
  const phone = new Phone(profile, PHONE);
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
    for (let start = 0; start < STARTS; start++) starts.push(await startOffline(phone, filled.server));
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
  await expect.poll(async () => (await page.evaluate(holds)).rows, { timeout: 150_000 }).toBeGreaterThanOrEqual(CUSTOMERS * 2 + MEETINGS);
  const seconds = (performance.now() - started) / 1000;
  // What the next start reads last is summed up once there is nothing else to do.
  await expect.poll(async () => (await page.evaluate(holds)).isSummedUp, { timeout: 60_000 }).toBe(true);
  return seconds;
}

/** Runs in the page: how many rows the member's database holds, and whether what a start reads last is summed up there. */
async function holds(): Promise<{ rows: number; isSummedUp: boolean }> {
  const answer = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const names = (await indexedDB.databases()).map((it) => it.name ?? "");
  const name = names.find((it) => it !== "qdos-device");
  if (!name) return { rows: 0, isSummedUp: false };
  const database = await answer(indexedDB.open(name));
  const rows = await answer(database.transaction("row").objectStore("row").count());
  const sum = await answer(database.transaction("meta").objectStore("meta").getKey("earlier"));
  database.close();
  return { rows, isSummedUp: sum !== undefined };
}

/** Goes through the app as a rep does and returns the slowest interaction, milliseconds. */
async function useAll(phone: Phone, { server }: Filled): Promise<number> {
  const page = await openSlowTab(phone);
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
  await rest(page);
  await taking("Customers", async () => {
    await tab("Customers");
    await expect(page.getByText(`And ${CUSTOMERS - SHOWN} more.`)).toBeVisible();
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
    await expect(page.getByRole("searchbox")).toBeVisible({ timeout: 60_000 });
    await rest(page);
    await page.getByRole("searchbox").pressSequentially("locker zeist", { delay: 300 });
    await expect(page.locator(".search-count")).not.toBeEmpty({ timeout: 60_000 });
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
