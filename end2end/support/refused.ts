import { expect, type Page } from "@playwright/test";
import { address, addMember, enterAsAdministrator, enterByLink, makeLink } from "./administrator.ts";
import type { Phone } from "./phone.ts";
import type { Server } from "./server.ts";

/** Who is in the story: Rik, whose customer Acme is handed to Eva while he is offline. */
export interface Refused {
  rep: Page;
  rik: string;
}

/** An administrator on `page`, and on `phone` a rep who opens the outbox with meetings, noted as in `matters`, that the server refused. */
export async function withRefusedMeetings(page: Page, server: Server, phone: Phone, matters: string[]): Promise<Refused> {
  const [rik, eva] = [address("rik"), address("eva")];
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Eva", email: eva });
  await addMember(page, { name: "Rik", email: rik });
  const link = await makeLink(page);
  await assign(page, rik, "Imported: 1 new customer.");

  const rep = await phone.open();
  await enterByLink(rep, link);
  await rep.evaluate(() => navigator.serviceWorker.ready);
  await rep.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
  await expect(rep.getByRole("link", { name: /Acme/ })).toBeVisible();
  await phone.context.setOffline(true);
  for (const note of matters) await logMeeting(rep, note);
  await assign(page, eva, "Imported: 1 changed customer.");
  await phone.context.setOffline(false);
  await rep.goto(`${server.url}/app/outbox`);
  await expect(rep.getByRole("heading", { name: "Needs you" })).toBeVisible();
  return { rep, rik };
}

/** Makes the one with that address look after Acme, as an administrator. */
export async function assign(page: Page, owner: string, done: string): Promise<void> {
  await page.goto("/app/customers/import");
  const buffer = Buffer.from(`customer,place,owner_email\nAcme,Utrecht,${owner}\n`);
  await page.getByLabel(/^Choose a/).setInputFiles({ name: "customers.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Import it" }).click();
  await expect(page.getByText(done)).toBeVisible();
}

/** Logs a meeting with Acme on a rep's phone. */
export async function logMeeting(page: Page, matters: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Log" }).click();
  await page.getByRole("button", { name: /Acme/ }).click();
  await page.getByRole("radio", { name: "Discovery" }).check();
  await page.getByText("Add more").click();
  await page.getByLabel("What matters to them").fill(matters);
  await page.getByRole("button", { name: "Save meeting" }).click();
  await expect(page.getByText("It is safe on this phone.")).toBeVisible();
}
