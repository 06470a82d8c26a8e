import { signIn } from "../../support/demo.ts";
import { expect, test } from "../../support/test.ts";

test.describe.configure({ timeout: 120_000 });

test("who is not happy is said once: by the list's title, or by each rating where the list holds others", async ({ page, sharedDemo }) => {
  await signIn(page, sharedDemo, "marit");
  const list = page.locator("section.list").filter({ has: page.getByRole("heading", { name: "Not happy, last 30 days" }) });
  await expect(list.getByRole("listitem").first()).toBeVisible();
  await expect(list.getByText("Not happy", { exact: true })).toHaveCount(0);

  await list.getByRole("link").first().click();
  await expect(page.getByText("Not happy", { exact: true })).toBeVisible();
  await page.locator('main a[href^="/app/customers/"]').first().click();
  await page.getByText("What this rests on").click();
  const ratings = page.locator("section.list").filter({ has: page.getByRole("heading", { name: "Their ratings, newest first" }) });
  await expect(ratings.getByText("Not happy", { exact: true }).first()).toBeVisible();
});
