import type { Page } from "@playwright/test";
import { address, addMember, enterAsAdministrator, enterByLink, makeLink } from "../../support/administrator.ts";
import { judge } from "../../support/judge.ts";
import { expect, test } from "../../support/test.ts";

test("a lost phone hands over what it had not sent, is emptied, and says so", async ({ page, server, phone }) => {
  test.setTimeout(180_000);
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Rik", email: address("rik") });
  const member = page.url();
  const rep = await phone.open();
  await enterByLink(rep, await makeLink(page));
  await rep.evaluate(() => navigator.serviceWorker.ready);
  await expect(rep.getByText("Up to date")).toBeVisible();
  await phone.context.setOffline(true);
  await rep.goto(`${server.url}/app/customers/new`);
  await rep.getByLabel("Name").first().fill("Acme");
  await rep.getByRole("button", { name: "Save customer" }).click();
  await expect(rep.getByRole("heading", { name: "Acme", level: 1 })).toBeVisible();

  await page.goto(member);
  await page.getByRole("button", { name: "Clear their devices" }).click();
  await judge(page, "clearing somebody's devices");
  await page.getByRole("button", { name: "Clear them" }).click();
  await expect(page.getByText("Their devices are cleared as soon as they connect.")).toBeVisible();

  await phone.context.setOffline(false);
  await rep.goto(`${server.url}/app`);
  await expect(rep.getByText("You were signed out here for good", { exact: false })).toBeVisible();
  await expect(rep.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
  await judge(rep, "a device that was cleared");
  expect(await databases(rep)).toEqual(["qdos-device"]);

  await page.goto("/app/more/quarantine");
  await page.getByRole("link", { name: /New customer Acme/ }).click();
  await page.getByRole("button", { name: "Save it now" }).click();
  await expect(page.getByText("Ada Vos had it saved as it was.")).toBeVisible();
});

/** The databases that this browser keeps for Qdos. */
async function databases(page: Page): Promise<(string | undefined)[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map((it) => it.name));
}
