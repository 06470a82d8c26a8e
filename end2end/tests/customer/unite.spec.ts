import type { Page } from "@playwright/test";
import { address, addMember, enterAsAdministrator, enterByLink, makeLink } from "../../support/administrator.ts";
import { judge } from "../../support/judge.ts";
import { expect, test } from "../../support/test.ts";

test("two rows of one customer become one without network, reach the server, and come apart as they were", async ({
  page,
  server,
  newPhone,
}) => {
  test.setTimeout(180_000);
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Rik", email: address("rik") });
  const link = await makeLink(page);
  const phone = await newPhone();
  const rik = await phone.open();
  await enterByLink(rik, link);
  await rik.evaluate(() => navigator.serviceWorker.ready);
  await addCustomer(rik, "Acme", "Zeist");
  await addCustomer(rik, "Acme B.V.", "Utrecht");
  const twin = rik.url();
  await rik.getByRole("button", { name: "Call", exact: true }).click();
  await expect(rik.getByText("Call", { exact: true }).last()).toBeVisible();

  await phone.context.setOffline(true);
  await rik.getByRole("link", { name: "Edit" }).click();
  await rik.getByRole("link", { name: "This is the same customer as …" }).click();
  await expect(rik.getByText("“Acme B.V.” is the same customer as …")).toBeVisible();
  await rik.getByRole("button", { name: /^Acme/ }).click();
  await expect(rik.getByText("1 call or message")).toBeVisible();
  await expect(rik.getByText("Name: “Acme” stays, “Acme B.V.” does not.")).toBeVisible();
  await expect(rik.getByText("Place: “Zeist” stays, “Utrecht” does not.")).toBeVisible();
  await judge(rik, "what happens when two become one");
  await rik.getByRole("button", { name: "They are the same" }).click();
  await expect(rik.getByText("They are one customer now.")).toBeVisible();
  await expect(rik.getByRole("heading", { level: 1, name: "Acme", exact: true })).toBeVisible();
  await expect(rik.getByText(/^United with “Acme B\.V\.” by you, /)).toBeVisible();
  await expect(rik.locator(".timeline").getByText(/Call/)).toBeVisible();
  await judge(rik, "a customer that is one with another");
  await rik.goto(`${server.url}/app/customers`);
  await expect(rik.getByRole("link", { name: /Acme/ })).toHaveCount(1);

  await phone.context.setOffline(false);
  await allSent(rik, server.url);
  await rik.goto(twin);
  await expect(rik.getByRole("heading", { level: 1, name: "Acme", exact: true })).toBeVisible();
  await rik.getByRole("button", { name: "Take apart" }).click();
  await expect(rik.getByText("They are two customers again.")).toBeVisible();
  await expect(rik.getByRole("heading", { level: 1, name: "Acme B.V." })).toBeVisible();
  await expect(rik.getByText("Utrecht", { exact: true })).toBeVisible();
  await expect(rik.locator(".timeline").getByText(/Call/)).toBeVisible();
  await allSent(rik, server.url);
  await rik.goto(`${server.url}/app/customers`);
  await expect(rik.getByRole("link", { name: /Acme/ })).toHaveCount(2);
});

async function addCustomer(page: Page, name: string, place: string): Promise<void> {
  await page.goto(new URL("/app/customers/new", page.url()).href);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Place").fill(place);
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
}

async function allSent(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/app/outbox`);
  await expect(page.getByRole("heading", { name: "All sent" })).toBeVisible();
  await page.goBack();
}
