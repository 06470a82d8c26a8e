import type { Page } from "@playwright/test";
import { address, addMember, enterAsAdministrator, enterByLink, makeLink } from "../../support/administrator.ts";
import type { Server } from "../../support/server.ts";
import { expect, test } from "../../support/test.ts";

// A phone that nobody touches pulls by itself every five minutes: all that shows here, shows because the phone was poked.

const customer = (page: Page, name: string) => page.getByRole("link", { name: new RegExp(name) });

test("what an administrator changes shows on a rep's phone that does nothing", async ({ page, server, newPhone }) => {
  const { rik, link } = await invite(page, server);
  const phone = await (await newPhone()).open();
  await listen(phone, link);
  await addCustomer(page, "Acme", rik);
  await expect(customer(phone, "Acme")).toBeVisible();
  await addCustomer(page, "Bakker", rik);
  await expect(customer(phone, "Bakker")).toBeVisible();
});

test("it shows on a phone that another process serves", async ({ page, server, engine, newPhone }) => {
  test.skip(engine === "sqlite", "one process serves an SQLite file");
  const { rik, link } = await invite(page, server);
  const beside = await server.beside();
  try {
    await beside.start();
    const phone = await (await newPhone()).open();
    await listen(phone, link.replace(server.url, beside.url));
    await addCustomer(page, "Acme", rik);
    await expect(customer(phone, "Acme")).toBeVisible();
  } finally {
    await beside.dispose();
  }
});

test("a server that phones listen to can be stopped, and when it is back they listen again", async ({ page, ownServer: server, newPhone }) => {
  const { rik, link } = await invite(page, server);
  const phone = await (await newPhone()).open();
  await listen(phone, link);
  // Returns once the process has ended, which it does not while a request is unanswered.
  await server.stop();
  const again = listening(phone);
  await server.start();
  await again;
  await addCustomer(page, "Acme", rik);
  await expect(customer(phone, "Acme")).toBeVisible();
});

/** An organisation whose administrator is signed in on `page`, with a rep who is invited. */
async function invite(page: Page, server: Server): Promise<{ rik: string; link: string }> {
  const rik = address("rik");
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Rik", email: rik });
  return { rik, link: await makeLink(page) };
}

/** Signs in by the link; then the phone shows the customers and listens. */
async function listen(phone: Page, link: string): Promise<void> {
  const heard = listening(phone);
  await enterByLink(phone, link);
  await phone.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
  await expect(phone.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await heard;
}

/** Waits until the phone's stream is open, the next time that it opens. */
async function listening(phone: Page): Promise<void> {
  await phone.waitForResponse((response) => response.url().endsWith("/api/sync/pokes") && response.ok(), { timeout: 30_000 });
}

/** By a file, which is the administrator's way. */
async function addCustomer(page: Page, name: string, owner: string): Promise<void> {
  await page.goto(new URL("/app/customers/import", page.url()).href);
  const buffer = Buffer.from(`customer,owner_email\n${name},${owner}\n`);
  await page.getByLabel(/^Choose a/).setInputFiles({ name: "customers.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Import it" }).click();
  await expect(page.getByText("Imported: 1 new customer.")).toBeVisible();
}
