import { expect, type Page } from "@playwright/test";

/** Fills in the form that logs a meeting: a discovery with these people of a new customer. */
export async function meetNewCustomer(page: Page, customer: string, people: string[]): Promise<void> {
  await page.getByLabel("Whom did you meet?").fill(customer);
  await page.getByRole("button", { name: /as a new customer/ }).click();
  await page.getByRole("radio", { name: "Discovery" }).check();
  for (const name of people) {
    await page.getByLabel("Add a person there").fill(name);
    await page.getByRole("button", { name: "Add", exact: true }).click();
  }
}

/** Saves what the form holds; returns at 'saved'. */
export async function saveMeeting(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save meeting" }).click();
  await expect(page.getByText("It is safe on this phone.")).toBeVisible();
}
