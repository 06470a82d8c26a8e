import type { Page } from "@playwright/test";
import { address, addMember, enterAsAdministrator, enterByLink, makeLink } from "../../support/administrator.ts";
import { judge } from "../../support/judge.ts";
import { expect, test } from "../../support/test.ts";

test("two who look after a customer change it offline: both phones come to the same, and both read what gave way", async ({
  page,
  server,
  newPhone,
}) => {
  test.setTimeout(180_000);
  const [anna, rik] = [address("anna"), address("rik")];
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Rik", email: rik });
  const riksLink = await makeLink(page);
  await addMember(page, { name: "Anna", email: anna });
  const annas = page.url();
  const annasLink = await makeLink(page);
  await share(page, anna, annas);

  const [annasPhone, riksPhone] = [await newPhone(), await newPhone()];
  const [one, other] = [await annasPhone.open(), await riksPhone.open()];
  await openCustomer(one, annasLink);
  await openCustomer(other, riksLink);
  await annasPhone.context.setOffline(true);
  await riksPhone.context.setOffline(true);
  await edit(one, { Place: "Utrecht", "Get in touch at least every": "21" });
  await edit(other, { Place: "Houten", Name: "Acme Group" });

  await riksPhone.context.setOffline(false);
  await allSent(other, server.url);
  await annasPhone.context.setOffline(false);
  await allSent(one, server.url);
  for (const [phone, words] of [
    [one, "Two people changed the place: “Utrecht” (you, today) over “Houten” (Rik, today)."],
    [other, "Two people changed the place: “Utrecht” (Anna, today) over “Houten” (you, today)."],
  ] as const) {
    await phone.goto(`${server.url}/app/customers`);
    await phone.getByRole("link", { name: /Acme Group/ }).click();
    await expect(phone.getByText(words)).toBeVisible();
    await expect(phone.getByText("Utrecht", { exact: true })).toBeVisible();
  }
  await judge(other, "two people changed the place");
  await one.getByRole("link", { name: "Edit" }).click();
  await expect(one.getByLabel("Get in touch at least every")).toHaveValue("21");
  await one.getByRole("link", { name: "Close" }).click();

  await one.getByRole("button", { name: "Keep as it is" }).click();
  await expect(one.getByText("Two people changed")).toHaveCount(0);
  await expect(other.getByText("Two people changed")).toBeVisible();
  await other.getByRole("button", { name: "Use “Houten”" }).click();
  await expect(other.getByText("Two people changed")).toHaveCount(0);
  await expect(other.getByText("Houten", { exact: true })).toBeVisible();
  await allSent(other, server.url);
  await one.reload();
  await expect(one.getByText("Houten", { exact: true })).toBeVisible();
  await expect(one.getByText("Two people changed")).toHaveCount(0);
});

/** Makes the one with that address look after Acme, together with Rik, as an administrator. */
async function share(page: Page, owner: string, member: string): Promise<void> {
  await page.goto("/app/customers/import");
  const buffer = Buffer.from(`customer,place,owner_email\nAcme,Zeist,${owner}\n`);
  await page.getByLabel(/^Choose a/).setInputFiles({ name: "customers.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Import it" }).click();
  await expect(page.getByText("Imported: 1 new customer.")).toBeVisible();
  await page.goto(member);
  await page.getByRole("link", { name: "Their customers" }).click();
  await page.getByRole("checkbox", { name: "Choose all of them" }).check();
  await page.getByRole("button", { name: /^Change/ }).click();
  await page.getByLabel("Also looked after by").selectOption({ label: "Rik" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Zeist · Anna, with Rik")).toBeVisible();
}

async function openCustomer(page: Page, link: string): Promise<void> {
  await enterByLink(page, link);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
  await page.getByRole("link", { name: /Acme/ }).click();
  await expect(page.getByText("Zeist", { exact: true })).toBeVisible();
}

async function edit(page: Page, fields: Record<string, string>): Promise<void> {
  await page.getByRole("link", { name: "Edit" }).click();
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Acme/ })).toBeVisible();
}

async function allSent(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/app/outbox`);
  await expect(page.getByRole("heading", { name: "All sent" })).toBeVisible();
  await page.goBack();
}
