import type { Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import type { Server } from "../../support/server.ts";
import { expect, test } from "../../support/test.ts";

test.describe.configure({ timeout: 300_000 });
test.use({ reducedMotion: "reduce" });

test("a rep sees month by month how the organisation does, also without network", async ({ page, sharedDemo }) => {
  await openMonths(page, sharedDemo, "fleur", "/app/feedback");
  const card = page.locator("section.card").filter({ has: page.getByRole("heading", { name: "The whole organisation" }) });
  await expect(card.getByRole("img", { name: /^Listening, at first \d+ in \w+ \d{4}, at last / })).toBeVisible();
  await card.getByText("The numbers as a table").click();
  const months = await card.getByRole("row").count();
  await expect(card.getByRole("row").nth(1)).toContainText(/\d+ or more/);
  await judge(page, "the organisation's months");

  await page.getByRole("radio", { name: "Quarters" }).check();
  await expect(card.getByText(/\d+ in (January to March|April to June|July to September|October to December) \d{4}, from/).first()).toBeVisible();
  await card.getByText("The numbers as a table").click();
  expect(await card.getByRole("row").count()).toBeLessThan(months);
  await judge(page, "the organisation's quarters");
});

test("a manager sees month by month how the team does, also without network", async ({ page, sharedDemo }) => {
  await openMonths(page, sharedDemo, "marit", "/app/team");
  await expect(page.getByRole("heading", { name: "North" })).toBeVisible();
  await expect(page.getByText(/rank|fewer than/i)).toHaveCount(0);
  await judge(page, "the team's months");
});

/** Goes to the months from the tab that leads to them, while there is no network. */
async function openMonths(page: Page, server: Server, account: string, tab: string): Promise<void> {
  await signIn(page, server, account);
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.goto(server.url + tab);
  await page.context().setOffline(true);
  await page.getByRole("link", { name: /^Month by month/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Month by month" })).toBeVisible();
}
