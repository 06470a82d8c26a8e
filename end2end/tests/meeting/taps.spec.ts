import type { Locator, Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { expect, test as base } from "../../support/test.ts";

/** A rep of the demonstration on a phone; the app never fails in the meantime. */
const test = base.extend<{ rep: Page }>({
  rep: async ({ page, demo }, use) => {
    const failures: string[] = [];
    page.on("console", (message) => {
      if (message.text().includes("panicked")) failures.push(message.text());
    });
    await signIn(page, demo, "lotte");
    await expect(page.getByText("Up to date")).toBeVisible();
    await use(page);
    expect(failures).toEqual([]);
  },
});
test.describe.configure({ timeout: 120_000 });

const tab = (page: Page, name: string) => page.getByRole("navigation").getByRole("link", { name });
const saved = (page: Page) => expect(page.getByText("It is safe on this phone.")).toBeVisible();

test("a meeting is logged in four taps, and undo brings back what was typed", async ({ rep }) => {
  const taps: Locator[] = [
    tab(rep, "Log"),
    rep.getByRole("button", { name: /Zuivelfabriek/ }),
    rep.locator(".chip", { hasText: "Discovery" }),
    rep.getByRole("button", { name: "Save meeting" }),
  ];
  for (const place of taps) await place.click();
  await saved(rep);

  await rep.getByRole("button", { name: "Undo" }).click();
  await expect(rep.getByText("Here is what you typed before.")).toBeVisible();
  await expect(rep.getByRole("radio", { name: "Discovery" })).toBeChecked();
  await rep.getByRole("button", { name: "Save meeting" }).click();
  await saved(rep);
  await rep.getByRole("link", { name: "Done" }).click();
  await expect(rep.getByText("You were logging a meeting.")).toHaveCount(0);
});

test("a touch takes two taps and can be taken back", async ({ rep }) => {
  const neglected = rep.locator(".agenda-row").filter({ has: rep.getByRole("button", { name: "Get in touch" }) });
  const name = await neglected.first().locator(".agenda-title").textContent();
  const first = neglected.filter({ hasText: name ?? "" });
  await first.getByRole("button", { name: "Get in touch" }).click();
  await rep.getByRole("button", { name: "Call" }).click();
  await expect(rep.getByText("Call noted.")).toBeVisible();
  await expect(first).toHaveCount(0);
  await rep.getByRole("button", { name: "Undo" }).click();
  await expect(first).toBeVisible();
  await first.getByRole("button", { name: "Get in touch" }).click();
  await rep.getByRole("button", { name: "Message" }).click();
  await expect(rep.getByText("Message noted.")).toBeVisible();
});

test("what is due on Today is done in one tap, again after it was taken back", async ({ rep, demo }) => {
  // Which promises of the demonstration are due depends on the day.
  await rep.goto(`${demo.url}/app/customers`);
  await rep.getByRole("link", { name: /Zuivelfabriek/ }).click();
  await expect(rep.getByRole("heading", { name: /Zuivelfabriek/ }).first()).toBeVisible();
  await rep.goto(`${rep.url()}/promise`);
  await rep.getByLabel("What do you promise").fill("A new price list");
  await rep.getByLabel("By when").fill(await rep.evaluate(() => new Date().toLocaleDateString("sv-SE")));
  await rep.getByRole("button", { name: "Save promise" }).click();
  await expect(rep.getByRole("heading", { name: "New promise" })).toHaveCount(0);
  await tab(rep, "Today").click();
  const done = rep.getByRole("listitem").filter({ hasText: "Promised to" }).first().getByRole("button", { name: "Done" });
  for (const _ of ["once", "again"]) {
    await done.click();
    await expect(rep.getByText("Promise kept.")).toBeVisible();
    await rep.getByRole("button", { name: "Undo" }).click();
    await expect(rep.getByText("Taken back.")).toBeVisible();
  }
});

test("a visit is planned, happens, is deleted and comes back", async ({ rep, demo }) => {
  await rep.getByRole("link", { name: "Plan a visit" }).first().click();
  await rep.getByRole("button", { name: /Zuivelfabriek/ }).click();
  await rep.getByRole("radio", { name: "Negotiation" }).check();
  await rep.getByRole("button", { name: "Save visit" }).click();
  await rep.getByRole("link", { name: "It happened" }).click();
  await expect(rep.getByRole("radio", { name: "Negotiation" })).toBeChecked();
  await rep.locator("input[type=date]").fill(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
  await rep.getByRole("button", { name: "Save meeting" }).click();
  await saved(rep);

  await rep.goto(`${demo.url}/app/customers`);
  await rep.getByRole("link", { name: /Zuivelfabriek/ }).click();
  await rep.getByRole("link", { name: "Negotiation meeting" }).first().click();
  await rep.getByRole("button", { name: "Delete this meeting" }).click();
  await expect(rep.getByText("Meeting deleted.")).toBeVisible();
  await rep.getByRole("button", { name: "Undo" }).click();
  await expect(rep.getByText("Taken back.")).toBeVisible();
  await expect(rep.getByRole("link", { name: "Negotiation meeting" }).first()).toBeVisible();
});

test("an unfinished reflection is offered on Today, a form only looked at is not", async ({ rep }) => {
  await rep.getByRole("link", { name: "Plan a visit" }).first().click();
  await expect(rep.getByRole("heading", { name: "Plan a visit" })).toBeVisible();
  await rep.getByRole("link", { name: "Close" }).click();
  await rep.getByRole("link", { name: "Reflect", exact: true }).click();
  await rep.getByLabel("What happened?").fill("I rushed.");
  await rep.getByRole("link", { name: "Close" }).click();
  await expect(rep.getByText("You were planning a visit.")).toHaveCount(0);
  await rep.getByRole("listitem").first().waitFor();
  await rep.locator(".banner", { hasText: "You were reflecting." }).getByRole("link", { name: "Go on" }).click();
  await expect(rep.getByLabel("What happened?")).toHaveValue("I rushed.");
});
