import type { Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { expect, test as base } from "../../support/test.ts";

/** A rep of the demonstration on a phone. */
const test = base.extend<{ rep: Page }>({
  rep: async ({ demo, page }, use) => {
    await signIn(page, demo, "lotte");
    await expect(page.getByText("Up to date")).toBeVisible();
    await use(page);
  },
});
test.describe.configure({ timeout: 120_000 });

const tab = (page: Page, name: string) => page.getByRole("navigation").getByRole("link", { name });
const close = (page: Page) => page.getByRole("link", { name: "Close" }).click();
const caption = (page: Page) => page.getByLabel(/^What it shows/);
const nextStep = (page: Page) => page.getByLabel(/^Next step/);

test("undo leads back to the form that was saved, and another that is half typed stays as it is", async ({ rep }) => {
  await tab(rep, "Log").click();
  await rep.getByRole("button", { name: /Zuivelfabriek/ }).click();
  await write(rep, "Discovery", "Ask about the new line", "The line");
  await close(rep);

  await tab(rep, "Customers").click();
  await rep.getByRole("link", { name: /Zuivelfabriek/ }).click();
  await rep.getByRole("link", { name: "Log a meeting" }).click();
  await write(rep, "Negotiation", "Send the price list", "The price list");
  await save(rep);
  await rep.getByRole("button", { name: "Undo" }).click();
  await expect(rep).toHaveURL(/\/app\/log\/customer\//);
  await expectTyped(rep, "Negotiation", "Send the price list", "The price list");

  await close(rep);
  await tab(rep, "Log").click();
  await expect(rep).toHaveURL(/\/app\/log$/);
  await expectTyped(rep, "Discovery", "Ask about the new line", "The line");
});

test("undoing the log of a planned visit leaves the plan as it was, and what was typed to log it", async ({ rep }) => {
  await rep.getByRole("link", { name: "Plan a visit" }).first().click();
  await rep.getByRole("button", { name: /Zuivelfabriek/ }).click();
  await rep.getByRole("radio", { name: "Negotiation" }).check();
  await rep.getByRole("button", { name: "Save visit" }).click();
  await expect(rep.getByRole("link", { name: "It happened" })).toBeVisible();
  const [plan, facts] = [rep.url(), await rep.locator(".facts").innerText()];

  await rep.getByRole("link", { name: "It happened" }).click();
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await rep.locator("input[type=date]").fill(yesterday);
  await nextStep(rep).fill("Send the price list");
  await choosePhoto(rep, "The price list");
  await save(rep);
  await rep.getByRole("button", { name: "Undo" }).click();
  await expect(rep).toHaveURL(/\/app\/log\/plan\//);
  await expectTyped(rep, "Negotiation", "Send the price list", "The price list");
  await expect(rep.locator("input[type=date]")).toHaveValue(yesterday);

  await rep.goto(plan);
  await expect(rep.getByRole("link", { name: "It happened" })).toBeVisible();
  expect(await rep.locator(".facts").innerText()).toBe(facts);
  await expect(rep.getByRole("button", { name: "The price list" })).toHaveCount(0);

  await rep.getByRole("link", { name: "It happened" }).click();
  await expectTyped(rep, "Negotiation", "Send the price list", "The price list");
  await save(rep);
  await expect(rep.getByRole("button", { name: "The price list" })).toBeVisible();
  await rep.getByRole("link", { name: "Done" }).click();
  await rep.goto(`${new URL(plan).origin}/app/outbox`);
  await expect(rep.getByRole("heading", { name: "All sent" })).toBeVisible();
});

/** Types into the form what tells it from another. */
async function write(page: Page, format: string, step: string, shows: string): Promise<void> {
  await page.locator(".chip", { hasText: format }).click();
  await page.getByText("Add more").click();
  await nextStep(page).fill(step);
  await choosePhoto(page, shows);
}

async function choosePhoto(page: Page, shows: string): Promise<void> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(400, 300);
    canvas.getContext("2d")?.fillRect(0, 0, 200, 300);
    const blob = await canvas.convertToBlob({ type: "image/jpeg" });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  await page.getByLabel("Choose photos").setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from(bytes) });
  await expect(page.getByRole("img", { name: "Chosen photo" })).toBeVisible();
  await caption(page).fill(shows);
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save meeting" }).click();
  await expect(page.getByText("It is safe on this phone.")).toBeVisible();
}

/** The form holds what {@link write} typed, with its one photo. */
async function expectTyped(page: Page, format: string, step: string, shows: string): Promise<void> {
  await expect(page.getByText("Here is what you typed before.")).toBeVisible();
  await expect(page.getByRole("radio", { name: format })).toBeChecked();
  await expect(nextStep(page)).toHaveValue(step);
  await expect(caption(page)).toHaveCount(1);
  await expect(caption(page)).toHaveValue(shows);
}
