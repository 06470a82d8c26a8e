import { openFirstCustomer, signIn } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import { isStored } from "../../support/storage.ts";
import { expect, test } from "../../support/test.ts";

test("what is typed about a customer outlives the browser, and takes back nothing that a colleague wrote", async ({ demo, newPhone }) => {
  test.setTimeout(180_000);
  const phone = await newPhone();
  let page = await phone.open();
  await signIn(page, demo, "fleur");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await openFirstCustomer(page, demo);
  const customer = page.url();
  // Chromium writes cookies to disk every half minute and when it is closed: the rep signed in long ago.
  await phone.close();
  page = await phone.open();
  await page.goto(customer);
  await phone.context.setOffline(true);
  await page.goto(`${customer}/edit`);
  await page.getByLabel("Place").fill("Leiden");
  await expect.poll(() => isStored(page, "Leiden")).toBe(true);
  await phone.kill();

  const marit = await (await newPhone()).open();
  await signIn(marit, demo, "marit");
  await marit.goto(`${customer}/edit`);
  await marit.getByLabel("What they do").fill("Lock gates");
  await marit.getByRole("button", { name: "Save", exact: true }).click();
  await expect(marit.getByRole("heading", { level: 1, name: "Edit customer" })).toHaveCount(0);

  page = await phone.open();
  await page.goto(`${demo.url}/app`);
  await expect.poll(() => isStored(page, "Lock gates"), { timeout: 30_000 }).toBe(true);
  await page.goto(`${customer}/edit`);
  await expect(page.getByLabel("Place")).toHaveValue("Leiden");
  await expect(page.getByText("Here is what you typed before.")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Edit customer" })).toHaveCount(0);
  await page.goto(`${customer}/edit`);
  await expect(page.getByLabel("Place")).toHaveValue("Leiden");
  await expect(page.getByLabel("What they do")).toHaveValue("Lock gates");
});

test("what was begun waits on Today, is discarded, and comes back", async ({ page, demo }) => {
  await signIn(page, demo, "fleur");
  await page.goto(`${demo.url}/app/customers/new`);
  await page.getByLabel("Name").fill("Sluizen & Zonen");
  await page.getByRole("link", { name: "Close" }).click();
  await page.getByRole("navigation").getByRole("link", { name: "Today" }).click();
  const begun = page.locator(".banner", { hasText: "You were adding a customer." });
  await expect(begun).toBeVisible();
  await judge(page, "what was begun");
  await begun.getByRole("button", { name: "Discard" }).click();
  await expect(begun).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await begun.getByRole("link", { name: "Go on" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("Sluizen & Zonen");
  await page.getByRole("button", { name: "Save customer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sluizen & Zonen" })).toBeVisible();

  await page.getByRole("link", { name: "Add a person" }).click();
  await page.getByLabel("Name").fill("Saskia");
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Saskia");
  await judge(page, "a form with what was typed before");
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("");
  await expect(page.getByText("Here is what you typed before.")).toHaveCount(0);
  await page.getByLabel("Name").fill("Saskia");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saskia")).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Today" }).click();
  await expect(page.getByRole("link", { name: "Plan a visit" })).toBeVisible();
  await expect(page.locator(".banner", { hasText: "You were adding" })).toHaveCount(0);
});
