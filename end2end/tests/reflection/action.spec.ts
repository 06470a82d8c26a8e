import type { Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { expect, test as base } from "../../support/test.ts";

/** A rep of the demonstration who was at a customer today, without network from then on. */
const test = base.extend<{ rep: Page }>({
  rep: async ({ page, demo }, use) => {
    await signIn(page, demo, "lotte");
    await expect(page.getByText("Up to date")).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.context().setOffline(true);
    await logMeeting(page);
    await page.getByRole("link", { name: "Done" }).click();
    await use(page);
  },
});
test.describe.configure({ timeout: 120_000 });

const tab = (page: Page, name: string) => page.getByRole("navigation").getByRole("link", { name });
const question = (page: Page) => page.getByRole("heading", { name: "How was it today?" });

async function chooseMeeting(page: Page): Promise<void> {
  await tab(page, "Log").click();
  await page.getByRole("button", { name: /Zuivelfabriek/ }).click();
  await page.locator(".chip", { hasText: "Discovery" }).click();
}

async function logMeeting(page: Page): Promise<void> {
  await chooseMeeting(page);
  await page.getByRole("button", { name: "Save meeting" }).click();
  await expect(page.getByText("It is safe on this phone.")).toBeVisible();
}

test("one line suffices, and its action comes back before the next meeting of that kind", async ({ rep }) => {
  await expect(question(rep)).toBeVisible();
  await rep.getByRole("link", { name: "Write one line" }).click();
  await expect(rep.getByText("How was it for you?")).toHaveCount(0);
  await rep.getByLabel("What happened?").fill("They had prepared more than I had.");
  await rep.getByLabel("Next time I will …").fill("Ask what success looks like");
  await rep.getByText("What is it for?").click();
  await rep.locator(".chip", { hasText: "Listening" }).click();
  await rep.getByRole("button", { name: "Save", exact: true }).click();
  await expect(rep.getByText("Only you can read it until you share it.")).toBeVisible();
  const action = rep.getByRole("listitem").filter({ hasText: "Ask what success looks like" });
  await expect(action).toContainText("Did Listening move? Told after 3 later ratings; none yet.");

  await tab(rep, "Today").click();
  await expect(question(rep)).toHaveCount(0);
  await chooseMeeting(rep);
  await expect(rep.getByText("Ask what success looks like")).toBeVisible();
  await rep.locator(".chip", { hasText: "Negotiation" }).click();
  await expect(rep.getByText("Ask what success looks like")).toHaveCount(0);
});

test("not today is not today, also after a restart, and leaves nothing to be sent", async ({ rep, demo }) => {
  await rep.getByRole("button", { name: "Not today" }).click();
  await expect(question(rep)).toHaveCount(0);
  await rep.goto(`${demo.url}/app/customers`);
  await tab(rep, "Today").click();
  await expect(rep.getByRole("link", { name: "Plan a visit" })).toBeVisible();
  await expect(question(rep)).toHaveCount(0);
  await rep.goto(`${demo.url}/app/outbox`);
  await expect(rep.getByText(/eflection/)).toHaveCount(0);
});

test("energy, confidence and mood are asked of those who want to see their course", async ({ rep, demo }) => {
  await rep.goto(`${demo.url}/app/reflections/course`);
  const wanted = rep.getByRole("switch", { name: "Ask me when I reflect" });
  await expect(wanted).not.toBeChecked();
  await wanted.check();
  for (let taps = 0; taps < 3; taps += 1) {
    await rep.goto(`${demo.url}/app/reflect`);
    await rep.locator("#energy .chip", { hasText: "Full" }).click();
    await rep.getByRole("button", { name: "Save", exact: true }).click();
    await expect(rep.getByRole("heading", { name: "Reflections" })).toBeVisible();
  }
  await rep.getByRole("link", { name: /How it was for me/ }).click();
  await expect(wanted).toBeChecked();
  await rep.getByText("Energy as a table").click();
  await expect(rep.getByRole("table", { name: /Energy/ }).getByRole("row").nth(1)).toContainText("Full");
});
