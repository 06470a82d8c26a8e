import type { Locator, Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { expect, test } from "../../support/test.ts";

test.describe.configure({ timeout: 120_000 });

/** A screen on which every list of the demonstration is long. */
const SMALL = { width: 390, height: 480 };

const tab = (page: Page, name: string) => page.getByRole("navigation").getByRole("link", { name, exact: true });
const back = (page: Page) => page.getByRole("link", { name: "Back", exact: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true });

test("the app goes on with the tab used last, unless the address names a screen", async ({ sharedDemo, phone }) => {
  const page = await phone.open();
  await signIn(page, sharedDemo, "fleur");
  await expect(heading(page, "Today")).toBeVisible();

  await tab(page, "Customers").click();
  await expect(heading(page, "Customers")).toBeVisible();
  await page.locator("main .list a").first().click();
  await tab(page, "Log").click();
  await expect(heading(page, "Log a meeting")).toBeVisible();
  const next = await phone.context.newPage();
  await next.goto(`${sharedDemo.url}/app`);
  await expect(heading(next, "Customers")).toBeVisible();
  await expect(tab(next, "Customers")).toHaveAttribute("aria-current", "page");
  expect(new URL(next.url()).pathname).toBe("/app/customers");

  await next.goto(`${sharedDemo.url}/app/feedback`);
  await expect(heading(next, "Feedback")).toBeVisible();
  await next.goto(`${sharedDemo.url}/app/promises`);
  await expect(heading(next, "Promises")).toBeVisible();
  await next.goto(`${sharedDemo.url}/app`);
  await expect(heading(next, "Feedback")).toBeVisible();
  await tab(next, "Today").click();
  await expect(heading(next, "Today")).toBeVisible();
  await next.reload();
  await expect(heading(next, "Today")).toBeVisible();
});

test("who signs in begins with Today, or where the link leads", async ({ sharedDemo, phone }) => {
  const page = await phone.open();
  await signIn(page, sharedDemo, "marit");
  await tab(page, "Team").click();
  await expect(heading(page, "Team")).toBeVisible();
  await page.goto(`${sharedDemo.url}/app/more/sign-out`);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(heading(page, "Sign in")).toBeVisible();
  await signIn(page, sharedDemo, "fleur", "/app/promises");
  await expect(heading(page, "Promises")).toBeVisible();
  await page.goto(`${sharedDemo.url}/app`);
  await expect(heading(page, "Today")).toBeVisible();
});

for (const [account, list, row] of [
  ["fleur", "/app/customers", "main .list a[href^='/app/customers/']"],
  ["fleur", "/app/feedback", "main a[href^='/app/feedback/ratings/']"],
  ["marit", "/app/team", "main a[href^='/app/team/']"],
] as const) {
  test(`the way back to ${list} leads to where one was`, async ({ sharedDemo, page }) => {
    await signIn(page, sharedDemo, account);
    await expect(page.getByText("Up to date")).toBeVisible();
    await page.setViewportSize(SMALL);
    await page.goto(sharedDemo.url + list);
    const last = page.locator(row).last();
    for (const wayBack of [() => back(page).click(), () => page.goBack(), () => back(page).click()]) {
      const before = await scrollTo(page, last);
      expect(before).toBeGreaterThan(100);
      await last.click();
      await expect(back(page)).toBeVisible();
      expect(await scrolled(page), "a new screen starts at its top").toBe(0);
      await wayBack();
      await expect(last).toBeInViewport();
      await expect.poll(() => scrolled(page)).toBe(before);
    }
  });
}

test("the way out leads to where one came from, and by a link to where the screen belongs", async ({ sharedDemo, page }) => {
  await signIn(page, sharedDemo, "fleur");
  await page.getByRole("link", { name: "Promises" }).click();
  await expect(heading(page, "Promises")).toBeVisible();
  await back(page).click();
  await expect(heading(page, "Today")).toBeVisible();
  const linked = await page.context().newPage();
  await linked.goto(`${sharedDemo.url}/app/promises`);
  await back(linked).click();
  await expect(heading(linked, "More")).toBeVisible();
});

test("the way out of a form that changed a screen leads back to the list", async ({ sharedDemo, page }) => {
  await signIn(page, sharedDemo, "fleur");
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.setViewportSize(SMALL);
  await tab(page, "Customers").click();
  await expect(heading(page, "Customers")).toBeVisible();
  const last = page.locator("main .list a[href^='/app/customers/']").last();
  const before = await scrollTo(page, last);
  await last.click();
  await page.getByRole("link", { name: "Edit" }).first().click();
  await page.getByRole("button", { name: /^Save/ }).click();
  await expect(back(page)).toBeVisible();
  await back(page).click();
  await expect.poll(() => scrolled(page)).toBe(before);
  await expect(last).toBeInViewport();
});

const scrolled = (page: Page) => page.evaluate(() => Math.round(scrollY));

/** Scrolls to a row as a thumb does, and returns how far that is. */
async function scrollTo(page: Page, row: Locator): Promise<number> {
  await row.evaluate((row) => row.scrollIntoView({ block: "center" }));
  return scrolled(page);
}
