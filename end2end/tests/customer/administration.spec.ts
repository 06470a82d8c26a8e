import type { Page } from "@playwright/test";
import { address, addMember, enterAsAdministrator, enterByLink, makeLink } from "../../support/administrator.ts";
import { judge } from "../../support/judge.ts";
import { expect, test } from "../../support/test.ts";

const file = (text: string) => ({ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
const choose = (page: Page, text: string) => page.getByLabel(/^Choose a/).setInputFiles(file(text));

test("a file with mistakes shows them by line, the mended one is imported, and again it changes nothing", async ({ page, server, newPhone }) => {
  const rik = address("rik");
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Rik", email: rik });
  const link = await makeLink(page);
  await page.goto("/app/customers/import");
  await page.getByText("The columns", { exact: true }).click();
  await expect(page.getByText("New customers need one.")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download an example" }).click();
  expect((await download).suggestedFilename()).toBe("customers.csv");

  const heading = "customer;place;owner_email;window_days;contact_name;colour\n";
  await choose(page, `${heading}Acme;Utrecht;${rik};30;Cora;red\nBakker;;nobody@example.test;;;\nDekker;;${rik};9999;;\n`);
  await expect(page.getByText("2 things are to be mended first. Nothing was imported.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Line 3, owner_email" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Line 4, window_days" })).toBeVisible();
  await expect(page.getByText("These columns are not read: colour.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Import it" })).toHaveCount(0);

  const mended = `${heading}Acme;Utrecht;${rik};30;Cora;red\nBakker;;${rik};;;\nDekker;;${rik};99;;\n`;
  await choose(page, mended);
  await expect(page.getByText("It brings 3 new customers, 1 new contact.")).toBeVisible();
  await page.getByText("What each line does").click();
  await expect(page.getByText("Line 2: new customer, new contact Cora")).toBeVisible();
  await judge(page, "what each line does");
  await page.getByRole("button", { name: "Import it" }).click();
  await expect(page.getByText("Imported: 3 new customers, 1 new contact.")).toBeVisible();
  await choose(page, mended);
  await expect(page.getByText("Nothing to change: everything in this file is here already.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Import it" })).toHaveCount(0);
  await judge(page, "nothing to change");

  const phone = await (await newPhone()).open();
  await enterByLink(phone, link);
  await phone.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
  await expect(phone.getByRole("link", { name: /Dekker/ })).toBeVisible();
});

test("an administrator hands the customers of one rep over to another", async ({ page, server }) => {
  const [rik, eva] = [address("rik"), address("eva")];
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Eva", email: eva });
  await addMember(page, { name: "Rik", email: rik });
  const member = page.url();
  await page.goto("/app/customers/import");
  await choose(page, `customer,place,owner_email\nAcme,Utrecht,${rik}\nBakker,Breda,${rik}\nDekker,Delft,${eva}\n`);
  await page.getByRole("button", { name: "Import it" }).click();
  await expect(page.getByText("Imported: 3 new customers.")).toBeVisible();

  await page.goto(member);
  await page.getByRole("link", { name: "Their customers" }).click();
  await expect(page.getByText("2 customers")).toBeVisible();
  await page.getByRole("checkbox", { name: "Choose all of them" }).check();
  await page.getByRole("button", { name: "Change 2 customers" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Choose what to change.")).toBeVisible();
  await page.getByLabel("Who looks after them", { exact: true }).selectOption({ label: "Eva" });
  await page.getByLabel("Also looked after by").selectOption({ label: "Rik" });
  await page.getByLabel("Meet them within").fill("21");
  await judge(page, "changing customers");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("2 customers changed.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No customer found" })).toBeVisible();

  await page.getByLabel("Whose").selectOption({ label: "Everybody’s" });
  await expect(page.getByText("Breda · Eva, with Rik · 21 days")).toBeVisible();
  await page.getByLabel("Find customers").fill("delft");
  await page.getByLabel("Find customers").press("Enter");
  await expect(page.getByText("One customer")).toBeVisible();
  await expect(page.getByText("Delft · Eva")).toBeVisible();
});
