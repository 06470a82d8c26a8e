import type { Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import type { Server } from "../../support/server.ts";
import { isStored } from "../../support/storage.ts";
import { expect, test } from "../../support/test.ts";

test.describe.configure({ timeout: 180_000 });

/** Signs in and waits for everything to be there; keeps what the app puts on its icon. */
async function enter(page: Page, demo: Server, account: string): Promise<void> {
  await page.addInitScript(() => {
    const shown: number[] = [];
    Object.assign(window, { shown });
    Object.assign(navigator, {
      setAppBadge: async (count: number) => void shown.push(count),
      clearAppBadge: async () => void shown.push(0),
    });
  });
  await signIn(page, demo, account);
  await expect(page.getByText("Up to date")).toBeVisible();
}

/** The number on the app's icon. */
const badge = (page: Page) => page.evaluate(() => (window as unknown as { shown: number[] }).shown.at(-1));
const today = (page: Page) => page.getByRole("navigation").getByRole("link", { name: "Today" });
const neglected = (page: Page) => page.locator(".agenda-row").filter({ has: page.getByRole("button", { name: "Get in touch" }) });

test("every item says why it is there, and is put off for a reason, also offline", async ({ page, demo }) => {
  await enter(page, demo, "lotte");
  const row = neglected(page).first();
  const name = (await row.locator(".agenda-title").textContent()) ?? "";
  await row.getByRole("button", { name: /^Why is this here/ }).click();
  const sheet = page.getByRole("dialog", { name });
  await expect(sheet.getByText(/customers want contact ideally every|has a window of its own/)).toBeVisible();
  await expect(sheet.getByText(/^So it was due after/)).toBeVisible();
  await judge(page, "why an item is on Today");

  await page.context().setOffline(true);
  await sheet.getByRole("radio", { name: "Waiting for them" }).check();
  await sheet.getByRole("button", { name: "Until next week" }).click();
  await expect(page.getByText(/^Put off until /)).toBeVisible();
  const names = page.locator(".agenda-title");
  await expect(names.filter({ hasText: name })).toHaveCount(0);
  await page.context().setOffline(false);

  await page.getByText(/^\d+ put off$/).click();
  await expect(page.getByText(/^Back .* · Waiting for them$/)).toBeVisible();
  await expect(page.locator(".toast")).toHaveCount(0, { timeout: 20_000 });
  await judge(page, "what is put off");
  await page.getByRole("button", { name: `Bring back: ${name}` }).click();
  await expect(page.getByText(/^\d+ put off$/)).toHaveCount(0);
});

test("what arrives leaves the sheet alone that somebody is writing on", async ({ page, browser, demo }) => {
  await enter(page, demo, "lotte");
  await neglected(page).first().getByRole("button", { name: /^Why is this here/ }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Or until").fill("2031-05-01");

  const context = await browser.newContext();
  const other = await context.newPage();
  await enter(other, demo, "lotte");
  const row = other.locator(".agenda-row").filter({ hasText: "Promised to" }).first();
  // With to whom and by when: another customer may have been promised the same.
  const promised = (await row.getByRole("link").first().textContent()) ?? "";
  await row.getByRole("button", { name: /^Why is this here/ }).click();
  await other.getByRole("dialog").getByRole("radio", { name: "Waiting for them" }).check();
  await other.getByRole("dialog").getByRole("button", { name: "Until next week" }).click();

  await expect.poll(() => isStored(page, "waiting_for_them"), { timeout: 30_000 }).toBe(true);
  await expect(sheet.getByLabel("Or until")).toHaveValue("2031-05-01");
  const gone = page.locator(".agenda-row").filter({ hasText: promised });
  await expect(gone).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(gone).toHaveCount(0);
  await context.close();
});

test("the icon of the app shows how many things wait", async ({ page, demo }) => {
  await enter(page, demo, "lotte");
  const due = async () => {
    const rows = page.locator(".agenda-row");
    const upcoming = { has: page.getByRole("link", { name: "Prepare" }), hasNot: page.getByRole("link", { name: "It happened" }) };
    return (await rows.count()) - (await rows.filter(upcoming).count());
  };
  await expect(page.locator(".agenda-row").first()).toBeVisible();
  await expect.poll(() => badge(page)).toBeGreaterThan(0);
  await expect.poll(async () => (await badge(page)) === (await due())).toBe(true);
});

test("who is away is left in peace, and the cover sees whose customers wait", async ({ page, browser, demo }) => {
  await enter(page, demo, "thijs");
  await expect(page.getByText(/^You are away until .*; Marit van den Berg sees what is due\.$/)).toBeVisible();
  await expect(neglected(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(page.getByRole("button", { name: "Show only what has a time" })).toBeVisible();
  await page.getByRole("link", { name: "Change" }).click();
  await page.getByRole("button", { name: /^Remove / }).click();
  await expect(page.getByText("No days away are planned")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Marit van den Berg covers")).toBeVisible();

  const context = await browser.newContext();
  const manager = await context.newPage();
  await enter(manager, demo, "marit");
  await today(manager).click();
  const covered = manager.locator(".agenda-row").filter({ hasText: "Covering for Thijs Bakker" }).first();
  await expect(covered).toBeVisible();
  await covered.getByRole("button", { name: /^Why is this here/ }).click();
  await expect(manager.getByText(/^Thijs Bakker is away until .* and named you as cover\.$/)).toBeVisible();
  await context.close();
});

test("a colleague's question waits on Today until it is answered, and the way there stays with the tab", async ({ page, demo }) => {
  await enter(page, demo, "fleur");
  const tab = (name: string) => page.getByRole("navigation").getByRole("link", { name });
  await today(page).click();
  const question = page.locator(".agenda-row").filter({ has: page.getByRole("link", { name: "Answer" }) });
  // Behind promises whose day has passed: on some days the demonstration has more of them than Today shows.
  await expect(async () => {
    if ((await question.count()) === 0) await page.locator(".agenda-row").getByRole("button", { name: "Done" }).first().click();
    await expect(question).toHaveCount(1, { timeout: 2_000 });
  }).toPass();
  await question.getByRole("button", { name: /^Why is this here/ }).click();
  await expect(page.getByText(/ asks you for .*, and needs an answer by /)).toBeVisible();
  await page.keyboard.press("Escape");
  await question.getByRole("link", { name: "Answer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(tab("Today")).toHaveAttribute("aria-current", "page");
  await tab("More").click();
  await page.getByRole("link", { name: /^Promises/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Promises" })).toBeVisible();
  await expect(tab("More")).toHaveAttribute("aria-current", "page");
});

test("outside one's own hours only what has a time shows", async ({ page, demo }) => {
  await enter(page, demo, "sanne");
  await page.goto(`${demo.url}/app/more/hours`);
  await page.getByRole("radio", { name: "My own" }).check();
  // A day that is not today.
  const other = await page.evaluate(() => ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][(new Date().getDay() + 3) % 7]);
  for (const day of ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]) {
    const box = page.getByRole("checkbox", { name: day });
    await (day === other ? box.check() : box.uncheck());
  }
  await page.getByLabel("From", { exact: true }).fill("09:00");
  await page.getByLabel("Until", { exact: true }).fill("08:00");
  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(page.getByText("Choose a time later than the beginning.")).toBeVisible();
  await page.getByLabel("Until", { exact: true }).fill("17:30");
  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goto(`${demo.url}/app/more`);
  await today(page).click();
  await expect(page.getByText(`You work ${other}, 9:00 to 17:30. Until then only what has a time shows.`)).toBeVisible();
});
