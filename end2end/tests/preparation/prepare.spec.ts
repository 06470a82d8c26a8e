import { signIn } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import { expect, test } from "../../support/test.ts";

test.describe.configure({ timeout: 120_000 });

test("a visit is prepared offline, from the customer and from the plan", async ({ page, demo }) => {
  await signIn(page, demo, "lotte");
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.context().setOffline(true);
  await page.getByRole("navigation").getByRole("link", { name: "Customers" }).click();
  await page.getByRole("link", { name: /Zuivelfabriek/ }).click();
  await page.getByRole("link", { name: "Prepare", exact: true }).click();
  await expect(page.getByRole("heading", { name: /^Prepare: Zuivelfabriek/ })).toBeVisible();
  await page.getByRole("radio", { name: "Discovery" }).check();
  await expect(page.getByText("What happens if it stays as it is?")).toBeVisible();
  await page.getByRole("radio", { name: "Negotiation" }).check();
  await expect(page.getByText("If the price were settled, what would be left to decide?")).toBeVisible();
  await expect(page.getByText("What happens if it stays as it is?")).toHaveCount(0);
  for (const part of ["Last meetings", "Where you stand with them", "Who may be asked for feedback"]) {
    await expect(page.getByRole("heading", { name: part })).toBeVisible();
  }
  await judge(page, "the preparation card");

  await page.goBack();
  await page.getByRole("link", { name: "Plan a visit" }).click();
  await page.getByRole("radio", { name: "Relationship" }).check();
  await page.getByRole("button", { name: "Save visit" }).click();
  await page.getByRole("link", { name: "Prepare", exact: true }).click();
  await expect(page.getByRole("radio", { name: "Relationship" })).toBeChecked();
  await expect(page.getByText("What did we promise that you still wait for?")).toBeVisible();
  await page.getByRole("link", { name: "It happened: log it" }).click();
  await expect(page.getByRole("radio", { name: "Relationship" })).toBeChecked();
});
