import type { Locator, Page } from "@playwright/test";
import { PIN, signIn } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import { meetNewCustomer, saveMeeting } from "../../support/log.ts";
import { everythingStored } from "../../support/storage.ts";
import { expect, test } from "../../support/test.ts";

const [RATES, DECLINES] = ["Carla Bianchi", "Otto Maes"];

test.describe.configure({ timeout: 600_000 });
test.use({ reducedMotion: "reduce" });
test.skip(({ engine }) => engine !== "sqlite", "what is shown does not depend on the database");

test("every view of a device in a customer's hands is accessible, fits, and works by keyboard", async ({ demo, page }) => {
  await signIn(page, demo, "fleur");
  // Where links come from.
  await expect.poll(() => everythingStored(page)).toContain('"stock"');
  await logMeeting(page);

  await row(page, RATES).getByRole("button", { name: "Hand over" }).click();
  const question = page.getByRole("heading", { name: "How was your meeting with Fleur Jansen?" });
  await expect(question).toBeVisible();
  await judge(page, "the choice");
  await page.getByText("take the device back").click();
  await judge(page, "the choice, and the way back");
  await page.getByLabel("PIN").fill("9999");
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByText("That is not the PIN.")).toBeVisible();
  await judge(page, "the choice, after a wrong PIN");
  await page.getByRole("button", { name: "PIN forgotten" }).click();
  await expect(page.getByLabel("Password")).toBeVisible();
  await judge(page, "the choice, and the way back by password");
  await page.reload();
  await expect(question).toBeVisible();

  await page.getByRole("button", { name: /^On my phone/ }).click();
  await expect(page.getByRole("img", { name: "QR code of the address below" })).toBeVisible();
  await judge(page, "the customer's own phone");
  await page.getByRole("button", { name: "Back" }).click();

  await page.getByRole("button", { name: /^Rate here/ }).click();
  await expect(page.getByRole("button", { name: "Send my answers" })).toBeVisible();
  await judge(page, "the questions");
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByText("Answer at least one question, then send.")).toBeVisible();
  await judge(page, "the questions with an error");
  await page.locator("input[name=listening]").nth(3).check({ force: true });
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByRole("heading", { name: "Thank you. Your answers are in." })).toBeVisible();
  await judge(page, "thanks");
  await page.getByText("take the device back").click();
  await judge(page, "thanks, and the way back");
  await unlock(page);

  await row(page, DECLINES).getByRole("button", { name: "Hand over" }).click();
  await page.getByRole("button", { name: /^Not now/ }).click();
  await expect(page.getByRole("heading", { name: "That is fine. Thank you for your time." })).toBeVisible();
  await judge(page, "not now");
  await page.getByText("take the device back").click();
  await unlock(page);

  await row(page, DECLINES).getByRole("button", { name: "Show the link" }).click();
  const sheet = page.getByRole("dialog", { name: "For the customer’s own phone" });
  await expect(sheet.getByRole("img", { name: "QR code of the address below" })).toBeVisible();
  await judge(page, "the code on a sheet");
});

/** A meeting with two people of a new customer. */
async function logMeeting(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Log" }).click();
  await meetNewCustomer(page, "Brouwerij De Sluis", [RATES, DECLINES]);
  await saveMeeting(page);
}

function row(page: Page, name: string): Locator {
  return page.getByRole("listitem").filter({ hasText: name });
}

/** Takes the device back, once the way back is opened. */
async function unlock(page: Page): Promise<void> {
  await page.getByLabel("PIN").fill(PIN);
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByRole("heading", { name: "Discovery meeting" })).toBeVisible();
  await expect(page.getByRole("navigation")).toBeVisible();
}
