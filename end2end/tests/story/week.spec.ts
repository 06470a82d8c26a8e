import type { Page } from "@playwright/test";
import { addMember, address, enterAsAdministrator, enterByLink, makeLink } from "../../support/administrator.ts";
import type { Server } from "../../support/server.ts";
import { expect, expectAccessible, test } from "../../support/test.ts";

const CUSTOMER = "Brouwerij De Sluis";
const CONTACT = "Carla Bianchi";
const DAY = 24 * 60 * 60 * 1000;

test("a week without network, from an empty account: prepare, meet, promise, reflect, make it right, look back", async ({ ownServer: server, phone, newPhone }) => {
  test.setTimeout(240_000);
  const desk = await (await newPhone()).open();
  await enterAsAdministrator(desk, server);
  await addMember(desk, { name: "Rik Smit", email: address("rik") });
  const page = await phone.open();
  await enterByLink(page, await makeLink(desk));
  await page.evaluate(() => navigator.serviceWorker.ready);
  await phone.context.setOffline(true);

  // The week that ends today: what is dated later than the server's clock would be refused.
  const now = Date.now();
  const day = async (ago: number) => {
    await page.clock.setFixedTime(now - ago * DAY);
    await page.goto(`${server.url}/app`);
    await tab(page, "Today").click();
  };

  await day(6);
  await tab(page, "Customers").click();
  await page.getByRole("link", { name: /new customer|Add a customer/i }).first().click();
  await page.getByLabel("Name", { exact: true }).fill(CUSTOMER);
  await page.getByRole("button", { name: "Save customer" }).click();
  await page.getByRole("link", { name: "Add a person" }).click();
  await page.getByLabel("Name", { exact: true }).fill(CONTACT);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toHaveCount(0);
  await page.goto(`${server.url}/app/customers`);
  await page.getByRole("link", { name: new RegExp(CUSTOMER) }).click();
  await expect(page.getByRole("link", { name: "Plan a visit" })).toBeVisible();
  const customer = page.url();
  await page.getByRole("link", { name: "Plan a visit" }).click();
  await page.getByRole("radio", { name: "Discovery" }).check();
  await page.getByRole("button", { name: "Save visit" }).click();
  await page.getByRole("link", { name: "Prepare", exact: true }).click();
  await expect(page.getByText("What happens if it stays as it is?")).toBeVisible();
  await expectAccessible(page);

  await day(4);
  await page.getByRole("link", { name: "It happened" }).click();
  // Open already, as the plan says when.
  await page.getByRole("button", { name: "Add a promise" }).click();
  await page.locator("#promise-0-what").fill("Send the brewing sheet");
  await page.getByRole("button", { name: "Add something worth knowing" }).click();
  await page.getByLabel("About whom?").selectOption({ label: CONTACT });
  await page.getByLabel("What is worth knowing?").fill("Brews at home with her daughter");
  await page.getByRole("button", { name: "Save meeting" }).click();
  await expect(page.getByText("It is safe on this phone.")).toBeVisible();
  await page.getByRole("link", { name: "Reflect" }).click();
  await page.getByLabel("What happened?").fill("I talked more than I listened.");
  await page.getByLabel("Next time I will …").fill("Ask before I show anything");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/^Saved\./)).toBeVisible();

  await day(3);
  await page.goto(customer);
  await page.getByRole("link", { name: /Send the brewing sheet/ }).click();
  await page.getByRole("button", { name: "Kept", exact: true }).click();
  await expect(page.getByText("As we see it")).toBeVisible();

  await day(2);
  await page.goto(customer);
  await page.getByRole("link", { name: /^Make it right/ }).click();
  await page.getByLabel(/^What went wrong for/).fill("The sheet was for another brew");
  await page.getByRole("button", { name: "Make it right" }).click();
  await page.getByRole("button", { name: "Call", exact: true }).click();
  await expect(page.getByText(/^First contact after/)).toBeVisible();
  await page.locator(".disclosure-title", { hasText: "Say sorry" }).click();
  await page.locator("#apology").fill("Called Carla and said sorry.");
  await page.locator("details", { has: page.locator("#apology") }).getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "We are done: close it" }).click();
  await expect(page.getByText("Ask them again", { exact: true })).toBeVisible();

  await day(1);
  await page.goto(`${customer}/prepare?format=discovery`);
  for (const known of ["Brews at home with her daughter", "Ask before I show anything", CONTACT]) {
    await expect(page.getByText(known).first()).toBeVisible();
  }
  await expectAccessible(page);

  await day(0);
  await page.goto(`${server.url}/app/search`);
  await page.getByRole("searchbox").fill("daughter");
  await expect(page.getByRole("link", { name: new RegExp(CONTACT) })).toBeVisible();
  await page.goto(`${server.url}/app/engagement`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);

  await phone.context.setOffline(false);
  await expect.poll(() => kept(server)).toEqual({
    customer: 1, contact: 1, meeting: 1, promise: 1, insight: 1, reflection: 1, action: 1, touch: 1, recovery_case: 1, quarantine: 0,
  });
});

const tab = (page: Page, name: string) => page.getByRole("navigation").getByRole("link", { name });

/** How much of each kind the server has. */
async function kept(server: Server): Promise<Record<string, number>> {
  const rows = await server.rows();
  const kinds = ["customer", "contact", "meeting", "promise", "insight", "reflection", "action", "touch", "recovery_case", "quarantine"];
  return Object.fromEntries(kinds.map((kind) => [kind, rows.filter(([table]) => table === kind).length]));
}
