import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { address, addMember, enterAsAdministrator, enterByLink, makeLink } from "../../support/administrator.ts";
import { judge } from "../../support/judge.ts";
import { expect, test } from "../../support/test.ts";

test("what the server can never take is read whole, saved as a file and only then removed", async ({ page, server, newPhone }) => {
  test.setTimeout(180_000);
  const [rik, eva] = [address("rik"), address("eva")];
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Eva", email: eva });
  await addMember(page, { name: "Rik", email: rik });
  const link = await makeLink(page);
  await assign(page, rik, "Imported: 1 new customer.");

  const phone = await newPhone();
  const rep = await phone.open();
  await enterByLink(rep, link);
  await rep.evaluate(() => navigator.serviceWorker.ready);
  await rep.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
  await expect(rep.getByRole("link", { name: /Acme/ })).toBeVisible();
  await phone.context.setOffline(true);
  await logMeeting(rep);
  await assign(page, eva, "Imported: 1 changed customer.");
  await phone.context.setOffline(false);

  await rep.goto(`${server.url}/app/outbox`);
  await expect(rep.getByRole("heading", { name: "Needs you" })).toBeVisible();
  await expect(rep.getByText("The customer is not there any more.")).toBeVisible();
  await rep.getByText("The whole text").click();
  await expect(rep.getByText("Fewer deliveries")).toBeVisible();
  await judge(rep, "something that needs the rep");
  const remove = rep.getByRole("button", { name: "Remove from this phone" });
  await expect(remove).toHaveCount(0);

  const download = rep.waitForEvent("download");
  await rep.getByRole("button", { name: "Save all of it as a file" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^qdos-\d{4}-\d{2}-\d{2}\.json$/);
  const [saved, ...rest] = JSON.parse(await readFile(await file.path(), "utf8"));
  expect(rest).toEqual([]);
  expect(saved.mutation.create_meeting.meeting.notes.matters).toBe("Fewer deliveries");
  expect(JSON.stringify(saved.state)).toContain("not_found");

  await remove.click();
  await expect(rep.getByText("Removed from this phone.")).toBeVisible();
  await expect(rep.getByRole("heading", { name: "Needs you" })).toHaveCount(0);
  await rep.reload();
  await expect(rep.getByRole("heading", { name: "All sent" })).toBeVisible();
  await expect(rep.getByRole("heading", { name: "Needs you" })).toHaveCount(0);
});

/** Makes the one with that address look after Acme, as an administrator. */
async function assign(page: Page, owner: string, done: string): Promise<void> {
  await page.goto("/app/customers/import");
  const buffer = Buffer.from(`customer,place,owner_email\nAcme,Utrecht,${owner}\n`);
  await page.getByLabel(/^Choose a/).setInputFiles({ name: "customers.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Import it" }).click();
  await expect(page.getByText(done)).toBeVisible();
}

async function logMeeting(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Log" }).click();
  await page.getByRole("button", { name: /Acme/ }).click();
  await page.getByRole("radio", { name: "Discovery" }).check();
  await page.getByText("Add more").click();
  await page.getByLabel("What matters to them").fill("Fewer deliveries");
  await page.getByRole("button", { name: "Save meeting" }).click();
  await expect(page.getByText("It is safe on this phone.")).toBeVisible();
}
