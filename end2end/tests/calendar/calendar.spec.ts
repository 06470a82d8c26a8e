import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { openFirstCustomer, signIn } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import { expect, test } from "../../support/test.ts";

test.describe.configure({ timeout: 240_000 });
test.use({ settings: { QDOS_OUTGOING_LOOPBACK: "true" } });

/** An instant some days from now, at ten in the morning at Greenwich, as calendars write it. */
function inDays(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  at.setUTCHours(10, 0, 0, 0);
  return at.toISOString().replace(/[-:]|\.000/g, "");
}

const calendar = (...events: string[][]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", ...events.flatMap((event) => ["BEGIN:VEVENT", ...event, "END:VEVENT"]), "END:VCALENDAR", ""].join("\r\n");

const visit = (title: string, days: number) => ["UID:visit-1", `SUMMARY:${title}`, `DTSTART:${inDays(days)}`, "DURATION:PT90M"];

const choose = (page: Page, text: string) =>
  page.getByLabel("Choose a calendar file").setInputFiles({ name: "mine.ics", mimeType: "text/calendar", buffer: Buffer.from(text) });

/** What a tap on the button downloads. */
async function downloaded(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  return readFile(await (await download).path(), "utf8");
}

test("visits come in from a file without a network, move with the calendar and are never doubled", async ({ page, demo: server }) => {
  await signIn(page, server, "fleur");
  const customer = await openFirstCustomer(page, server);
  await page.goto(`${server.url}/app/calendar/import`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);

  const holiday = ["UID:holiday", "SUMMARY:Holiday", `DTSTART;VALUE=DATE:${inDays(5).slice(0, 8)}`];
  const doctor = ["UID:doctor", "CLASS:PRIVATE", "SUMMARY:Doctor", `DTSTART:${inDays(6)}`];
  await choose(page, calendar(visit(`Visit ${customer}`, 4), holiday, doctor));
  await expect(page.getByText("mine.ics: 2 events that may be visits.")).toBeVisible();
  await expect(page.getByText("A private event")).toBeVisible();
  await expect(page.getByText("Doctor")).toHaveCount(0);
  await page.getByText("Not read", { exact: true }).click();
  await expect(page.getByText("Lasts all day, and a visit has a time")).toBeVisible();
  await page.getByRole("switch", { name: `Visit ${customer}` }).check();
  await expect(page.getByLabel("Customer", { exact: true }).locator("option:checked")).toHaveText(customer);
  await judge(page, "an event that becomes a visit");
  await page.getByRole("button", { name: "Take one over" }).click();
  await expect(page.getByText("1 visit planned.")).toBeVisible();

  await choose(page, calendar(visit(`Visit ${customer}`, 4)));
  await expect(page.getByRole("heading", { name: "Nothing to take over" })).toBeVisible();
  await choose(page, calendar(visit(`Visit ${customer}`, 5)));
  await expect(page.getByText("It is at another time in your calendar.")).toBeVisible();
  await page.getByRole("switch", { name: `Visit ${customer}` }).check();
  await page.getByRole("button", { name: "Take one over" }).click();
  await expect(page.getByText("1 visit changed.")).toBeVisible();
  await choose(page, calendar([...visit(`Visit ${customer}`, 5), "STATUS:CANCELLED"]));
  await expect(page.getByText("It is called off in your calendar.")).toBeVisible();

  await choose(page, calendar(["UID:nobody", "SUMMARY:Lunch", `DTSTART:${inDays(7)}`]));
  await page.getByRole("switch", { name: "Lunch" }).check();
  await page.getByRole("button", { name: "Take one over" }).click();
  await expect(page.getByText("Choose whom the visit is to.")).toBeVisible();
  await choose(page, "<html>");
  await expect(page.getByText("This is no calendar.")).toBeVisible();
});

test("a planned visit and a promise are handed to the device's own calendar", async ({ page, demo: server }) => {
  await signIn(page, server, "fleur");
  const plan = page.locator('main a[href^="/app/meetings/"]').first();
  await expect(plan).toBeVisible();
  await page.goto(server.url + (await plan.getAttribute("href")));
  const file = await downloaded(page, "Add to calendar");
  expect(file).toContain("BEGIN:VCALENDAR\r\n");
  expect(file).toContain(`UID:${page.url().split("/").pop()}@qdos`);
  expect(file.split("\r\n").every((line) => Buffer.byteLength(line) <= 75)).toBe(true);

  await page.goto(`${server.url}/app/promises`);
  const promise = page.locator('main a[href^="/app/promises/"]:not([href*="/asks/"])').first();
  await promise.click();
  await expect(page.getByRole("heading", { level: 1, name: "Promise" })).toBeVisible();
  expect(await downloaded(page, "Add to calendar")).toMatch(/DTSTART;VALUE=DATE:\d{8}\r\n/);
});

test("a feed is read by whoever has its address, until it is stopped", async ({ page, request, demo: server }) => {
  await signIn(page, server, "fleur", "/app/more/calendar");
  await page.getByRole("button", { name: "Make an address" }).click();
  const shown = page.locator("#feed-address");
  await expect(shown).toBeFocused();
  const address = (await shown.textContent())!.trim();
  expect(address).toMatch(/\/calendar\/[a-z0-9-]+\.ics$/);
  await expect(page.getByText(/^There is an address, made/)).toBeVisible();
  await judge(page, "the address of a feed");
  const feed = await request.get(address);
  expect(feed.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  expect(await feed.text()).toContain("X-PUBLISHED-TTL:PT1H\r\n");

  await page.reload();
  await expect(page.getByText(/^There is an address, made/)).toBeVisible();
  await expect(shown).toHaveCount(0);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByRole("button", { name: "Make an address" })).toBeVisible();
  expect((await request.get(address)).status()).toBe(404);
});

test("a calendar elsewhere is read by the server and suggested on the phone", async ({ page, demo: server }) => {
  await signIn(page, server, "fleur");
  const customer = await openFirstCustomer(page, server);
  const elsewhere = createServer((question, answer) => {
    if (question.url === "/mine.ics") answer.end(calendar(visit(`Visit ${customer}`, 4)));
    else answer.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await once(elsewhere, "listening");
  const { port } = elsewhere.address() as AddressInfo;
  try {
    await page.goto(`${server.url}/app/more/calendar`);
    await page.getByRole("button", { name: "Read this calendar" }).click();
    await expect(page.getByText("Paste the address of your calendar.")).toBeVisible();
    await page.getByLabel("Address of your calendar").fill(`http://127.0.0.1:${port}/other.ics`);
    await page.getByRole("button", { name: "Read this calendar" }).click();
    await expect(page.getByText("The address answered 404: Not Found.")).toBeVisible();
    await judge(page, "an address that does not answer");
    await page.getByLabel("Address of your calendar").fill(`http://127.0.0.1:${port}/mine.ics`);
    // Nobody is asked again within seconds.
    await expect(async () => {
      await page.getByRole("button", { name: "Read this calendar" }).click();
      await expect(page.getByRole("link", { name: "See what may be a visit" })).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await page.getByRole("link", { name: "See what may be a visit" }).click();
    await expect(page.getByRole("switch", { name: `Visit ${customer}` })).toBeVisible();
  } finally {
    elsewhere.close();
  }
});

test("a member takes everything along without a network", async ({ page, demo: server }) => {
  await signIn(page, server, "fleur", "/app/more/export");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  const mine = JSON.parse(await downloaded(page, "Save as a file"));
  expect(mine.profile).toHaveLength(1);
  expect(mine.profile[0].email).toBe("fleur@veldhuis.example");
  const me = mine.profile[0].id;
  expect(mine.meetings.length).toBeGreaterThan(0);
  expect(mine.reflections.length).toBeGreaterThan(0);
  expect(mine.reflections.every((it: { author: string }) => it.author === me)).toBe(true);
  expect(mine.ratings.every((it: { rep: string; answers: { hide_name: boolean } }) => it.rep === me && !it.answers.hide_name)).toBe(true);
  expect(mine.names[me]).toMatch(/^Fleur/);
  await judge(page, "taking everything along");
});
