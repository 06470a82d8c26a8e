import { openFirstCustomer, signIn } from "../../support/demo.ts";
import { expect, expectAccessible, test } from "../../support/test.ts";

test("a broken promise opens a case by itself, and it is made right without network", async ({ demo: server, phone, newPhone }) => {
  test.setTimeout(240_000);
  const page = await phone.open();
  await signIn(page, server, "fleur");
  await page.evaluate(() => navigator.serviceWorker.ready);
  const name = await openFirstCustomer(page, server);
  await phone.context.setOffline(true);

  await page.getByRole("link", { name: "Promise", exact: true }).click();
  await page.getByLabel(/^What do you promise/).fill("Deliver the spare pump");
  await page.getByRole("button", { name: "Save promise" }).click();
  await page.getByRole("button", { name: "Not kept" }).click();
  await expect(page.getByText("It did not happen.").first()).toBeVisible();

  await page.goto(`${server.url}/app/recovery`);
  await page.getByRole("link", { name: /Deliver the spare pump/ }).click();
  await expect(page.getByText(/^No contact yet/)).toBeVisible();
  await page.getByRole("button", { name: "Call", exact: true }).click();
  await expect(page.getByText(/^First contact after a few minutes/)).toBeVisible();
  await page.locator(".disclosure-title", { hasText: "Say sorry" }).click();
  await page.locator("#apology").fill("Called Anna at once and said sorry.");
  await page.locator("details", { has: page.locator("#apology") }).getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".disclosure-detail", { hasText: "Called Anna at once" })).toBeVisible();
  await page.getByRole("button", { name: "We are done: close it" }).click();
  await expect(page.getByText("Ask them again", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Plan a visit" })).toBeVisible();
  await expectAccessible(page);
  const address = page.url();
  await phone.context.setOffline(false);

  const marit = await (await newPhone()).open();
  await signIn(marit, server, "marit");
  await expect(async () => {
    await marit.goto(address);
    await expect(marit.getByText("Called Anna at once and said sorry.")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(marit.getByText(name).first()).toBeVisible();
  await expect(marit.getByRole("button", { name: "Open it again" })).toHaveCount(0);
});

test("a case is opened by hand and taken back", async ({ demo: server, phone }) => {
  test.setTimeout(240_000);
  const page = await phone.open();
  await signIn(page, server, "fleur");
  await openFirstCustomer(page, server);
  await page.getByRole("link", { name: /^Make it right/ }).click();
  await page.getByRole("button", { name: "Make it right" }).click();
  await expect(page.getByText("Fill this in.")).toBeVisible();
  await page.getByLabel(/^What went wrong for/).fill("The crate came without its lid");
  await page.getByRole("button", { name: "Make it right" }).click();
  await expect(page.getByRole("heading", { name: "The crate came without its lid" })).toBeVisible();
  await page.getByRole("button", { name: "It was a mistake: take it back" }).click();
  await expect(page.getByText("Taken back.")).toBeVisible();
  await expect(page.getByText("The crate came without its lid")).toHaveCount(0);
});
