import type { Page } from "@playwright/test";
import { TABLET } from "../../support/devices.ts";
import { enter, signIn } from "../../support/demo.ts";
import type { Server } from "../../support/server.ts";
import { expect, test } from "../../support/test.ts";

const CUSTOMER = "Brouwerij De Sluis";

test("two members take turns on one tablet: what waits is seen and sent by whose it is, and nobody else", async ({ demo, newPhone }) => {
  test.setTimeout(180_000);
  const tablet = await newPhone(TABLET);
  const page = await tablet.open();
  await signIn(page, demo, "fleur");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect(page.getByText("Up to date")).toBeVisible();
  await tablet.context.setOffline(true);
  await page.goto(`${demo.url}/app/customers/new`);
  await page.getByLabel("Name").first().fill(CUSTOMER);
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page.getByRole("heading", { name: CUSTOMER, level: 1 })).toBeVisible();
  const customer = page.url();

  // A network that lets sign out, and no more.
  await page.route("**/api/sync/push", (route) => route.abort());
  await tablet.context.setOffline(false);
  await page.goto(`${demo.url}/app/more/sign-out`);
  await expect(page.getByText("One thing on this phone was not sent yet.")).toBeVisible();
  await signOut(page);
  await page.unroute("**/api/sync/push");

  await signIn(page, demo, "ilse");
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.goto(`${demo.url}/app/outbox`);
  await expect(page.getByRole("heading", { name: "All sent" })).toBeVisible();
  for (const address of [`${demo.url}/app/customers`, `${demo.url}/app/outbox`, customer]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText(CUSTOMER)).toHaveCount(0);
  }
  expect(await arrived(demo)).toEqual([]);
  await page.goto(`${demo.url}/app/more/sign-out`);
  await signOut(page);

  await enter(page, demo, "fleur");
  await expect(page.getByRole("navigation")).toBeVisible();
  await page.goto(customer);
  await expect(page.getByRole("heading", { name: CUSTOMER, level: 1 })).toBeVisible();
  await page.goto(`${demo.url}/app/outbox`);
  await expect(page.getByRole("heading", { name: "All sent" })).toBeVisible();
  expect(await arrived(demo)).toEqual(["Fleur Jansen"]);
});

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
}

/** Whose the customer is that reached the server; once for each time that it did. */
async function arrived(server: Server): Promise<unknown[]> {
  const rows = await server.rows();
  const bodies = (table: string) => rows.filter(([name]) => name === table).map(([, row]) => JSON.parse(row.body ?? "{}"));
  const owners = bodies("customer").filter(({ name }) => name === CUSTOMER);
  return owners.map(({ owner }) => bodies("member").find(({ id }) => id === owner)?.name);
}
