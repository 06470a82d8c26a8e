import { signIn } from "../../support/demo.ts";
import { expect, test } from "../../support/test.ts";

test("one's own time with customers is told on the phone, without a network, and asks nobody", async ({ page, demo: server }) => {
  test.setTimeout(120_000);
  await signIn(page, server, "fleur", "/app/feedback");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/sync/push")) sent.push(request.url());
  });

  await page.getByRole("link", { name: /My time with customers/ }).click();
  await page.locator(".segment", { hasText: "3 months" }).click();
  await expect(page.getByText(/^Most of your time went to|^Your time was spread/)).toBeVisible();
  await expect(page.getByRole("list").filter({ hasText: "Staying in touch" }).getByRole("listitem")).toHaveCount(7);
  await expect(page.getByText(/customers you look after had no meeting/)).toBeVisible();
  expect(sent).toEqual([]);
});
