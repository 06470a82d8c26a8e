import { signIn } from "../../support/demo.ts";
import { expect, test } from "../../support/test.ts";

test("customers, people and notes are found offline, and the way back keeps what was typed", async ({ page, demo: server }) => {
  test.setTimeout(120_000);
  await signIn(page, server, "fleur", "/app/customers");
  await expect(page.getByRole("listitem").first()).toBeVisible();
  const customer = await page.locator("main a.list-row .list-row-title").first().textContent();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);

  await page.getByRole("link", { name: "Search people and notes too" }).click();
  await page.getByRole("searchbox").fill(customer ?? "");
  await expect(page.getByRole("status").filter({ hasText: /^\d+ customers?, / })).toBeVisible();
  await page.getByRole("searchbox").fill("the");
  await expect(page.getByRole("heading", { name: "Notes" })).toBeVisible();
  await expect(page.locator("mark").first()).toHaveText(/^the/i);

  await page.locator(".search-found a").first().click();
  await expect(page.getByRole("searchbox")).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole("searchbox")).toHaveValue("the");
  await page.getByRole("searchbox").fill("qqq");
  await expect(page.getByText("Nothing has “qqq”")).toBeVisible();
});
