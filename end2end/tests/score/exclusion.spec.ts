import type { Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { expect, expectAccessible, test } from "../../support/test.ts";

const NOTE = "We tried the link together.";

test("a manager leaves a rating out while offline, and the rep reads by whom and why", async ({ demo: server, phone, newPhone }) => {
  test.setTimeout(240_000);
  const reps = await newPhone();
  const rep = await reps.open();
  await signIn(rep, server, "fleur");
  const page = await phone.open();
  await signIn(page, server, "marit");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.goto(`${server.url}/app/team`);
  await page.getByRole("link", { name: /^Fleur Jansen/ }).click();
  await rep.goto(`${server.url}/app/feedback`);
  const theirs = await ratings(rep);
  const rating = (await ratings(page)).find((id) => theirs.includes(id));
  expect(rating, "both hold a rating").toBeDefined();
  await page.locator(`a[href$="/ratings/${rating}"]`).first().click();

  await phone.context.setOffline(true);
  await page.getByRole("button", { name: "Leave out of the score" }).click();
  const sheet = page.getByRole("dialog");
  const leaveOut = sheet.getByRole("button", { name: "Leave it out" });
  await leaveOut.click();
  await expect(sheet.getByText("Choose what it was.")).toBeVisible();
  await expect(sheet.getByText("Fill this in.")).toBeVisible();
  await expectAccessible(page);
  await sheet.getByRole("radio", { name: "A test" }).check();
  await sheet.getByLabel("How do you know?").fill(NOTE);
  await sheet.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Leave out of the score" }).click();
  await expect(sheet.getByLabel("How do you know?"), "nothing typed is lost").toHaveValue(NOTE);
  await leaveOut.click();
  await expect(page.getByRole("heading", { name: "Left out of the score" })).toBeVisible();
  await expect(page.getByText("Today, by you: it was a test.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Count it again" }), "what was tapped keeps the focus").toBeFocused();
  await page.goto(`${server.url}/app/outbox`);
  await expect(page.getByText("Left out a rating of Fleur Jansen")).toBeVisible();
  await expect(page.getByRole("heading", { name: "All sent" })).toHaveCount(0);
  await phone.context.setOffline(false);
  await expect(page.getByRole("heading", { name: "All sent" })).toBeVisible();

  await rep.reload();
  const row = rep.getByRole("listitem").filter({ has: rep.locator(`a[href$="/ratings/${rating}"]`) });
  await expect(row.filter({ hasText: "Left out of the score" }).first()).toBeVisible();
  await row.getByRole("link").first().click();
  await expect(rep.getByText("Today, by Marit van den Berg: it was a test.")).toBeVisible();
  await expect(rep.getByText(NOTE)).toBeVisible();
  await expect(rep.getByRole("button", { name: /score|again/ })).toHaveCount(0);
  await expectAccessible(rep);

  await page.goto(`${server.url}/app/team/ratings/${rating}`);
  await page.getByRole("button", { name: "Count it again" }).click();
  await sheet.getByLabel("What do you know now?").fill("The customer had answered first.");
  await expectAccessible(page);
  await sheet.getByRole("button", { name: "Count it again" }).click();
  await expect(page.getByRole("heading", { name: "Counts in the score again" })).toBeVisible();
  await page.goto(`${server.url}/app/outbox`);
  await expect(page.getByRole("heading", { name: "All sent" })).toBeVisible();
  await rep.reload();
  await expect(rep.getByRole("heading", { name: "Counts in the score again" })).toBeVisible();
  await expect(rep.getByText(NOTE), "that it was left out stays").toBeVisible();
});

/** The ratings that the screen leads to. */
async function ratings(page: Page): Promise<string[]> {
  const links = page.locator('main a[href*="/ratings/"]');
  await expect(links.first()).toBeVisible();
  const addresses = await links.evaluateAll((all) => all.map((it) => it.getAttribute("href") ?? ""));
  return addresses.map((address) => address.split("/").pop() ?? "");
}
