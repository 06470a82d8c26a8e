import type { Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { everythingStored } from "../../support/storage.ts";
import { expect, test } from "../../support/test.ts";

/** How often something is killed; `make soak` does it more often. */
const KILLS = Number(process.env.QDOS_KILLS ?? 10);
/** Milliseconds after the tap on save within which it dies, or right at 'saved'. */
const WITHIN = 120;

test.beforeEach(() => test.setTimeout(60_000 + KILLS * 15_000));
test.skip(({ viewport }) => (viewport?.width ?? 0) > 400, "what is stored and sent does not depend on the screen");

test(`nothing that showed 'saved' is missing after the browser was killed ${KILLS} times while logging`, async ({ engine, demo: server, phone }) => {
  test.skip(engine !== "sqlite", "the server is off meanwhile");
  const first = await phone.open();
  await signIn(first, server, "fleur");
  await expect(first.getByText("Up to date")).toBeVisible();
  await first.evaluate(() => navigator.serviceWorker.ready);
  // Chromium writes cookies to disk every half minute and when it is closed: the rep signed in long ago.
  await phone.close();
  await server.stop();

  const saved: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const page = await phone.open();
    let heard = () => {};
    const said = new Promise<void>((resolve) => (heard = resolve));
    await page.exposeBinding("said", (_, address: string) => {
      saved.push(meetingIn(address));
      heard();
    });
    await page.addInitScript(tellWhenSaved);
    await page.goto(`${server.url}/app/log`);
    await fillIn(page);
    const tap = page.getByRole("button", { name: "Save meeting" }).click({ noWaitAfter: true });
    // Every other time at 'saved' itself.
    const moment = new Promise<void>((resolve) => setTimeout(resolve, Math.random() * WITHIN));
    await (kill % 2 ? Promise.all([tap, said]) : Promise.race([Promise.all([tap, moment]), moment]));
    await phone.kill();
    await tap.catch(() => {});
  }

  expect(saved.length).toBeGreaterThanOrEqual(Math.floor(KILLS / 2));
  const page = await phone.open();
  await page.goto(`${server.url}/app`);
  await expect(page.getByRole("navigation")).toBeVisible();
  const stored = await everythingStored(page);
  expect(saved.filter((meeting) => !stored.includes(meeting))).toEqual([]);

  await server.start();
  await page.goto(`${server.url}/app/outbox`);
  await expect(page.getByRole("heading", { name: "All sent" })).toBeVisible();
  for (const meeting of saved) {
    await page.goto(`${server.url}/app/meetings/${meeting}`);
    await expect(page.getByRole("heading", { name: /Introductory/ })).toBeVisible();
  }
});

test(`everything arrives once although the server is killed ${KILLS} times during pushes`, async ({ demo: server, page }) => {
  await signIn(page, server, "fleur");
  await expect(page.getByText("Up to date")).toBeVisible();

  const saved: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    await page.goto(`${server.url}/app/log`);
    await fillIn(page);
    await page.getByRole("button", { name: "Save meeting" }).click();
    await expect(page.getByText("It is safe on this phone.")).toBeVisible();
    saved.push(meetingIn(page.url()));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * WITHIN));
    await server.kill();
    await server.start();
  }

  await page.goto(`${server.url}/app/outbox`);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByRole("heading", { name: "All sent" })).toBeVisible();
  const rows = await server.rows();
  const times = (meeting: string) => rows.filter(([table, row]) => table === "meeting" && row.id === meeting).length;
  expect(saved.map(times)).toEqual(saved.map(() => 1));
});

/** The meeting that an address names. */
function meetingIn(address: string): string {
  const [meeting] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(address) ?? [];
  if (!meeting) throw new Error(`${address} names no meeting`);
  return meeting;
}

/** Runs in the page: says at which address 'saved' is shown. */
function tellWhenSaved(): void {
  const { said } = window as unknown as { said: (address: string) => void };
  new MutationObserver((_, observer) => {
    if (!document.body?.textContent?.includes("It is safe on this phone.")) return;
    observer.disconnect();
    said(location.pathname);
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

/** All that a log must have. What was typed before a kill is there already. */
async function fillIn(page: Page): Promise<void> {
  const format = page.getByRole("radio", { name: "Introductory" });
  const customer = page.getByRole("button", { name: /Zuivelfabriek|Bakkerij|Brouwerij/ }).first();
  const again = page.getByRole("button", { name: "Start over" });
  await expect(customer.or(again).first()).toBeVisible();
  if (await again.isVisible()) await again.click();
  await customer.click();
  await format.check();
}
