import type { Page } from "@playwright/test";
import { address, addMember, enterAsAdministrator, enterByLink, makeLink } from "../../support/administrator.ts";
import { judge } from "../../support/judge.ts";
import { meetNewCustomer, saveMeeting } from "../../support/log.ts";
import { expect, test } from "../../support/test.ts";

const COMPONENTS = ["listening", "understanding", "trust", "value", "progress"];
test.describe.configure({ timeout: 180_000 });

test("somebody who is there already is offered while the name is typed, on both forms", async ({ page, server, phone }) => {
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Rik", email: address("rik") });
  const rik = await phone.open();
  await enterByLink(rik, await makeLink(page));
  await logMeeting(rik, "Anna de Wit");

  await rik.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
  await rik.getByRole("link", { name: /Acme/ }).click();
  await rik.getByRole("link", { name: "Add a person" }).click();
  const offer = rik.getByRole("status").filter({ hasText: "Is it one of these?" });
  await rik.getByLabel("Name", { exact: true }).fill("Bo");
  await expect(offer).toHaveCount(0);
  await rik.getByLabel("Name", { exact: true }).fill("de wit");
  await expect(offer).toBeVisible();
  await judge(rik, "a person who is there already");
  await offer.getByRole("link", { name: /Anna de Wit/ }).click();
  await expect(rik.getByRole("heading", { level: 1, name: "Anna de Wit" })).toBeVisible();

  await rik.goto(`${server.url}/app/log`);
  await rik.getByRole("button", { name: /Acme/ }).click();
  await rik.getByRole("radio", { name: "Discovery" }).check();
  await rik.getByLabel("Add a person there").fill("Anna Wit");
  await offer.getByRole("button", { name: /Anna de Wit/ }).click();
  await expect(rik.getByRole("checkbox", { name: "Anna de Wit" })).toBeChecked();
  await expect(rik.getByLabel("Add a person there")).toHaveValue("");
  await expect(rik.getByLabel("Add a person there")).toBeFocused();
  await expect(offer).toHaveCount(0);
});

test("a customer who asks to hear from the rep waits on Today until the rep was in touch", async ({ page, server, phone, newPhone }) => {
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Rik", email: address("rik") });
  const rik = await phone.open();
  await enterByLink(rik, await makeLink(page));
  await logMeeting(rik, "Anna de Wit");
  await rik.getByRole("button", { name: "Link or QR code" }).click();
  const link = await rik.getByRole("dialog").locator("figcaption").textContent();
  await rik.keyboard.press("Escape");
  const customer = await (await newPhone({ javaScriptEnabled: false })).open();
  await rate(customer, `http://${link}`);

  const row = rik.locator(".agenda-row").filter({ hasText: "Get back to Anna de Wit, Acme" });
  await expect(async () => {
    await rik.goto(`${server.url}/app`);
    await expect(row).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(row).toContainText("Asked today to hear from you");
  await judge(rik, "a customer who asks to be contacted");
  await row.getByRole("button", { name: "Get back", exact: true }).click();
  await rik.getByRole("dialog").getByRole("link", { name: "Read the rating" }).click();
  await expect(rik.getByText("Would like to hear from you.")).toBeVisible();
  await rik.goto(`${server.url}/app/feedback`);
  await expect(rik.getByText("Wants to be contacted").first()).toBeVisible();

  await rik.getByRole("navigation").getByRole("link", { name: "Today" }).click();
  await row.getByRole("button", { name: "Get back", exact: true }).click();
  await rik.getByRole("dialog").getByRole("button", { name: "Call", exact: true }).click();
  await expect(rik.getByText("Call noted.")).toBeVisible();
  await expect(row).toHaveCount(0);
  await rik.goto(`${server.url}/app/feedback`);
  await expect(rik.getByRole("link", { name: /Anna de Wit/ }).first()).toBeVisible();
  await expect(rik.getByText("Wants to be contacted")).toHaveCount(0);
});

/** With somebody new at Acme, a new customer; ends where customers are asked. */
async function logMeeting(page: Page, person: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Log" }).click();
  await meetNewCustomer(page, "Acme", [person]);
  await saveMeeting(page);
}

/** Content with everything, and asks the rep to get in touch; the request may still be on its way to the server. */
async function rate(page: Page, link: string): Promise<void> {
  await expect(async () => {
    await page.goto(link);
    await expect(page.locator("input[name=listening]").first()).toBeAttached({ timeout: 1_000 });
  }).toPass();
  for (const name of COMPONENTS) {
    await page.locator(`input[name=${name}]`).nth(4).check({ force: true });
  }
  await page.locator("input[name=follow_up][value=rep]").check({ force: true });
  await page.getByRole("button", { name: /send/i }).click();
  await expect(page.getByRole("heading", { name: "Thank you. Your answers are in." })).toBeVisible();
}
