import type { Page } from "@playwright/test";
import { enterAsAdministrator } from "../../support/administrator.ts";
import type { Server } from "../../support/server.ts";
import { NewerSite } from "../../support/site.ts";
import { expect, test as base } from "../../support/test.ts";

const test = base.extend<{ newerSite: NewerSite }>({
  newerSite: async ({}, use) => {
    const site = await NewerSite.create();
    await use(site);
    await site.dispose();
  },
});

/** The first visit fetches the build, from the second on the phone answers for it. */
async function visitTwice(page: Page, server: Server): Promise<void> {
  await page.goto(`${server.url}/app`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
}

async function deploy(server: Server, site: NewerSite): Promise<void> {
  await server.stop();
  await server.start({ QDOS_SITE: site.directory });
}

const build = (page: Page) => page.evaluate(() => document.documentElement.dataset.build);

/** Asks for a newer build and waits until it lies ready, or has failed. */
const update = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const found = await registration.update();
    const worker = found.installing ?? found.waiting;
    if (worker === null) throw new Error("the server has no newer build");
    while (worker.state === "installing") {
      await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
    }
    return worker.state;
  });

test("a newer build waits until the person agrees", async ({ ownServer, newerSite, phone }) => {
  const page = await phone.open();
  await visitTwice(page, ownServer);
  const old = await build(page);

  await deploy(ownServer, newerSite);
  expect(await update(page)).toBe("installed");
  await page.reload();
  expect(await build(page)).toBe(old);

  // Nobody agrees before there is something to see. The old build's worker answers until then, and Chromium may wait for it for minutes.
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.evaluate(async () => {
    const { waiting } = await navigator.serviceWorker.ready;
    const swapped = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
    if (waiting === null) throw new Error("the newer build does not wait");
    waiting.postMessage({ type: "activate" });
    await swapped;
  });
  await page.reload();
  expect(await build(page)).toBe(newerSite.build);
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([`qdos-build-${newerSite.build}`]);
});

test("a newer build takes over at the next start", async ({ ownServer, newerSite, phone }) => {
  const page = await phone.open();
  await visitTwice(page, ownServer);
  await deploy(ownServer, newerSite);
  expect(await update(page)).toBe("installed");
  await phone.close();

  const next = await phone.open();
  await next.goto(`${ownServer.url}/app`);
  expect(await build(next)).toBe(newerSite.build);
});

test("a newer build interrupts no form, and is taken by a tap where nothing is typed", async ({ ownServer, newerSite, phone }) => {
  test.setTimeout(120_000);
  const page = await phone.open();
  const html = page.locator("html");
  const matters = page.getByLabel("What matters to them");
  const notice = page.getByText("A newer version of Qdos is ready.");
  await enterAsAdministrator(page, ownServer);
  await page.evaluate(() => navigator.serviceWorker.ready);
  // From the second visit on the phone answers for the build.
  await page.reload();
  await page.getByRole("navigation").getByRole("link", { name: "Log" }).click();
  await page.getByText("Add more").click();
  await matters.fill("Fewer deliveries");
  // Gone as soon as the page is loaded again.
  await html.evaluate((html) => html.setAttribute("data-start", "the first"));

  await deploy(ownServer, newerSite);
  expect(await update(page)).toBe("installed");
  await matters.fill("Fewer deliveries, on Fridays");
  await expect(notice).toHaveCount(0);
  await page.getByRole("link", { name: "Close" }).click();
  await expect(notice).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Log" }).click();
  await expect(matters).toHaveValue("Fewer deliveries, on Fridays");
  await expect(notice).toHaveCount(0);
  await page.getByRole("link", { name: "Close" }).click();
  await expect(notice).toBeVisible();
  await expect(html).toHaveAttribute("data-start", "the first");

  // A person reads the notice first. Tapped at once on a busy machine, Chromium was seen to leave the newer build waiting for most of a minute.
  await page.waitForTimeout(1500);
  await page.getByRole("button", { name: "Update now" }).click();
  await expect(html).toHaveAttribute("data-build", newerSite.build);
  await expect(html).not.toHaveAttribute("data-start", "the first");
  await expect(notice).toHaveCount(0);
  await page.getByRole("navigation").getByRole("link", { name: "Log" }).click();
  await expect(matters).toHaveValue("Fewer deliveries, on Fridays");
});

test("a build that cannot be fetched whole leaves the old one in place", async ({ ownServer, newerSite, phone }) => {
  const page = await phone.open();
  await visitTwice(page, ownServer);
  const old = await build(page);

  await newerSite.loseStylesheet();
  await deploy(ownServer, newerSite);
  expect(await update(page)).toBe("redundant");
  await ownServer.stop();
  await page.reload();
  expect(await build(page)).toBe(old);
  expect(await page.evaluate(() => caches.keys())).toEqual([`qdos-build-${old}`]);
});
