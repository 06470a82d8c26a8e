import type { Locator, Page } from "@playwright/test";
import { PIN, signIn } from "../../support/demo.ts";
import { meetNewCustomer, saveMeeting } from "../../support/log.ts";
import type { Server } from "../../support/server.ts";
import { expect, expectAccessible, test } from "../../support/test.ts";

const CUSTOMER = "Brouwerij De Sluis";
const [LINKED, HANDED] = ["Carla Bianchi", "Otto Maes"];
const COMPONENTS = ["listening", "understanding", "trust", "value", "progress"];

test("a meeting logged offline survives a kill, syncs once, is rated twice and shows in the scores", async ({ demo: server, phone, newPhone }) => {
  test.setTimeout(360_000);
  const first = await phone.open();
  await signIn(first, server, "fleur");
  await first.evaluate(() => navigator.serviceWorker.ready);
  await expect(first.getByText("Up to date")).toBeVisible();
  await first.goto(`${server.url}/app/feedback`);
  const known = await behindScore(first);
  const team = await (await newPhone()).open();
  await signIn(team, server, "marit");
  await expect(team.getByText("Up to date")).toBeVisible();
  await team.goto(`${server.url}/app/team`);
  await team.getByRole("link", { name: /^Fleur Jansen/ }).click();
  await expect(team.getByRole("heading", { level: 1, name: "Fleur Jansen" })).toBeVisible();
  const knownToManager = await behindScore(team);
  // Chromium writes cookies to disk every half minute and when it is closed: the rep signed in long ago.
  await phone.close();
  const before = await phone.open();
  await before.goto(`${server.url}/app`);
  await phone.context.setOffline(true);

  await logMeeting(before);
  await reflect(before);
  await phone.kill();

  const page = await phone.open();
  await phone.context.setOffline(true);
  await page.goto(`${server.url}/app/customers`);
  await page.getByRole("link", { name: new RegExp(CUSTOMER) }).click();
  await expect(page.getByText("Send the brewing sheet")).toBeVisible();
  await page.getByRole("link", { name: /Discovery/ }).click();
  await expect(page.getByRole("link", { name: "Reflect" })).toBeVisible();
  const meeting = page.url();
  await page.getByRole("link", { name: "Reflect" }).click();
  await expect(page.getByLabel("What happened?")).toHaveValue("I talked more than I listened.");

  const cut = cutFirstPush(page);
  await phone.context.setOffline(false);
  await cut;
  await expect.poll(() => stored(server)).toEqual({ customers: 1, meetings: 1, promises: 2, reflections: 1 });

  await page.goto(meeting);
  await row(page, LINKED).getByRole("button", { name: "Link or QR code" }).click();
  const address = await page.getByRole("dialog").locator("figcaption").textContent();
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await server.rows()).filter(([table]) => table === "invitation" ).some(([, row]) => row.body?.includes(meeting.split("/").pop()!))).toBe(true);
  await rateOnTablet(newPhone, `http://${address}`);

  await phone.context.setOffline(true);
  await row(page, HANDED).getByRole("button", { name: "Hand over" }).click();
  await rateHandedOver(page);
  await phone.context.setOffline(false);

  await page.goto(`${server.url}/app/feedback`);
  await expect(page.getByText(CUSTOMER)).toHaveCount(2);
  await expectComputed(page, known);
  await expectAccessible(page);

  await expect(team.getByText(CUSTOMER).first()).toBeVisible();
  await expectComputed(team, knownToManager);
  await expectAccessible(team);
});

/** A new customer, two people, two promises. */
async function logMeeting(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Log" }).click();
  await meetNewCustomer(page, CUSTOMER, [LINKED, HANDED]);
  await page.getByText("Add more").click();
  for (const [position, what] of ["Send the brewing sheet", "Bring a sample"].entries()) {
    await page.getByRole("button", { name: /^Add (a|another) promise$/ }).click();
    await page.locator(`#promise-${position}-what`).fill(what);
  }
  await saveMeeting(page);
}

/** From the saved meeting; returns at 'saved'. */
async function reflect(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Reflect" }).click();
  await page.getByLabel("What happened?").fill("I talked more than I listened.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/^Saved\./)).toBeVisible();
}

/** Lets the server take the first push, and gives the phone half of the answer. */
function cutFirstPush(page: Page): Promise<void> {
  return new Promise((resolve) => {
    void page.route(
      "**/api/sync/push",
      async (route) => {
        const response = await route.fetch();
        const body = await response.text();
        await route.fulfill({ response, body: body.slice(0, body.length / 2) });
        resolve();
      },
      { times: 1 },
    );
  });
}

/** How often the server has what was logged. */
async function stored(server: Server) {
  const rows = await server.rows();
  const bodies = (table: string) => rows.filter(([name]) => name === table).map(([, row]) => JSON.parse(row.body ?? "{}"));
  const customers = bodies("customer").filter((it) => it.name === CUSTOMER);
  const own = (table: string) => bodies(table).filter((it) => customers.some((customer) => customer.id === it.customer));
  const reflections = bodies("reflection").filter((it) => it.what_happened === "I talked more than I listened.");
  return {
    customers: customers.length,
    meetings: own("meeting").length,
    promises: own("promise").length,
    reflections: reflections.length,
  };
}

/** What a score rests on. */
interface Behind {
  ratings: number;
  customers: number;
}

/** What the score in view rests on, by its own words. */
async function behindScore(page: Page): Promise<Behind> {
  const words = await page.getByRole("img", { name: /^Overall \d+, likely / }).getAttribute("aria-label");
  const [, ratings, customers] = /from (\d+) ratings? by (\d+) customers?$/.exec(words ?? "") ?? [];
  if (!ratings || !customers) throw new Error(`a score rests on nothing: ${words}`);
  return { ratings: Number(ratings), customers: Number(customers) };
}

/** The score in view is computed from what it was `known` from, and the two ratings by the new customer. It may rest for a minute before. */
async function expectComputed(page: Page, known: Behind): Promise<void> {
  const expected = { ratings: known.ratings + 2, customers: known.customers + 1 };
  await expect.poll(() => behindScore(page), { timeout: 90_000 }).toEqual(expected);
}

function row(page: Page, name: string): Locator {
  return page.getByRole("listitem").filter({ hasText: name });
}

/** Whole, without script, deliberate. */
async function rateOnTablet(newPhone: (options: object) => Promise<{ open(): Promise<Page> }>, address: string): Promise<void> {
  const tablet = await newPhone({ javaScriptEnabled: false, viewport: { width: 820, height: 1180 } });
  const page = await tablet.open();
  await page.goto(address);
  for (const name of COMPONENTS) {
    await page.locator(`input[name=${name}]`).nth(3).check({ force: true });
  }
  await page.getByRole("button", { name: /send/i }).click();
  await expect(page.getByRole("heading", { name: "Thank you. Your answers are in." })).toBeVisible();
}

/** Locked to the survey, sealed, taken back with the PIN. */
async function rateHandedOver(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Rate here/ }).click();
  await expect(page.getByText(CUSTOMER)).toHaveCount(0);
  for (const name of COMPONENTS) {
    await page.locator(`input[name=${name}]`).nth(4).check({ force: true });
  }
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByRole("heading", { name: "Thank you. Your answers are in." })).toBeVisible();
  await page.getByText("take the device back").click();
  await page.getByLabel("PIN").fill(PIN);
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByRole("navigation")).toBeVisible();
}
