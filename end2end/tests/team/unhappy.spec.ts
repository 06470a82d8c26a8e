import { signIn } from "../../support/demo.ts";
import { expect, test } from "../../support/test.ts";

test.describe.configure({ timeout: 120_000 });

test("that a customer is not happy is said by the title of a list of such ratings, and by each where it stands alone", async ({ page, sharedDemo }) => {
  await signIn(page, sharedDemo, "marit");
  await page.getByRole("navigation").getByRole("link", { name: "Team" }).click();
  const list = page.locator("section.list").filter({ has: page.getByRole("heading", { name: "Not happy, last 30 days" }) });
  await expect(list.getByRole("listitem").first()).toBeVisible();
  await expect(list.getByText("Not happy", { exact: true })).toHaveCount(0);

  await list.getByRole("link").first().click();
  await expect(page.getByText("Not happy", { exact: true })).toBeVisible();
});
