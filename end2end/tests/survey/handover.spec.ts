import type { Page } from "@playwright/test";
import { PIN, signIn } from "../../support/demo.ts";
import { meetNewCustomer, saveMeeting } from "../../support/log.ts";
import type { Phone } from "../../support/phone.ts";
import type { Server } from "../../support/server.ts";
import { everythingStored } from "../../support/storage.ts";
import { expect, expectAccessible, test } from "../../support/test.ts";

const CUSTOMER = "Brouwerij De Sluis";
const [FIRST, SECOND] = ["Carla Bianchi", "Otto Maes"];
/** What a customer has no business to see: other customers, other people, the rep's address. */
const OF_THE_REP = [CUSTOMER, SECOND, "Tuinderij Westland", "Museum De Toren", "Chocolaterie Verhoeven", "fleur@"];
const QUESTION = "How was your meeting with Fleur Jansen?";

test.describe.configure({ timeout: 180_000 });

test("a device in a customer's hands shows the survey and nothing else, until the rep's PIN", async ({ demo, phone }) => {
  const page = await logged(demo, phone);
  const meeting = page.url().replace(/\/saved$/, "");
  const open = await phone.context.newPage();
  await open.goto(`${demo.url}/app/customers`);
  await expect(open.getByText(CUSTOMER)).toBeVisible();

  await handOver(page, FIRST);
  await expectOnlySurvey(page);
  await expectOnlySurvey(open);
  for (const path of ["/app", "/app/customers", "/app/log", "/app/more", "/app/outbox", new URL(meeting).pathname]) {
    await open.goto(demo.url + path);
    await expectOnlySurvey(open);
  }
  await page.reload();
  await expectOnlySurvey(page);
  await phone.kill();

  const again = await phone.open();
  await phone.context.setOffline(true);
  await again.goto(meeting);
  await expectOnlySurvey(again);
  await again.getByRole("button", { name: /^Rate here/ }).click();
  await choose(again, "listening", 4);
  await expectNothingOfTheRep(again);
  await expect.poll(() => everythingStored(again)).toContain("ciphertext");
  await phone.kill();

  const third = await phone.open();
  await phone.context.setOffline(true);
  await third.goto(demo.url + "/app/more");
  await expect(third.getByText("take the device back")).toBeVisible();
  await expectNothingOfTheRep(third);
  await third.getByText("take the device back").click();
  for (let tried = 1; tried <= 5; tried += 1) {
    await tryPin(third, "9999");
    await expect(third.getByText("That is not the PIN.")).toBeVisible();
  }
  await expect(third.getByText(/Try again in (30|29) seconds/)).toBeVisible();
  await tryPin(third, PIN);
  await expect(third.getByText("Too many tries.")).toBeVisible();
  await third.reload();
  await third.getByText("take the device back").click();
  await tryPin(third, PIN);
  await expect(third.getByText("Too many tries.")).toBeVisible();
  await expectNothingOfTheRep(third);

  await third.clock.setSystemTime(Date.now() + 31_000);
  await third.getByLabel("PIN").fill(PIN);
  await third.getByRole("button", { name: "Unlock" }).click();
  await expect(third.getByRole("heading", { name: "Discovery meeting" })).toBeVisible();
  expect(third.url()).toBe(meeting);
  await expect(third.getByRole("navigation")).toBeVisible();
  await expect(third.getByText(CUSTOMER)).toBeVisible();

  await phone.context.setOffline(false);
  await expect.poll(() => invitations(demo)).toEqual(["abandoned"]);
});

test("answers are sealed as they are given, and 'not now' is as good an answer", async ({ demo, phone }) => {
  const page = await logged(demo, phone);
  await handOver(page, FIRST);
  await expectEquals(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: /^On my phone/ }).click();
  await expect(page.getByRole("img", { name: "QR code of the address below" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Back" }).click();

  await page.getByRole("button", { name: /^Rate here/ }).click();
  await page.getByText("How your answers are handled").click();
  await expect(page.getByText(/cannot be changed afterwards\. If something in it is not right, tell .+\./)).toBeVisible();
  await expect(page.getByText("24 hours")).toHaveCount(0);
  await page.getByLabel("Hide my name from Fleur Jansen").check();
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.locator(".survey-send").getByRole("alert")).toHaveText("Answer at least one question, then send.");
  expect(await everythingStored(page)).not.toContain("ciphertext");
  await page.getByLabel("Hide my name from Fleur Jansen").uncheck();
  await choose(page, "listening", 1);
  await page.getByRole("textbox").first().fill("He read his mail all the time.");
  await expectAccessible(page);
  await expect.poll(() => everythingStored(page)).toContain("ciphertext");
  expect(await everythingStored(page)).not.toContain("He read his mail");
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByRole("heading", { name: "Thank you. Your answers are in." })).toBeVisible();
  await expectAccessible(page);
  await expectNothingOfTheRep(page);
  await takeBack(page);
  const stored = await everythingStored(page);
  expect(stored).toContain("ciphertext");
  expect(stored).not.toContain("He read his mail");

  await handOver(page, SECOND);
  await page.getByRole("button", { name: /^Not now/ }).click();
  await expect(page.getByRole("heading", { name: "That is fine. Thank you for your time." })).toBeVisible();
  await takeBack(page);

  await phone.context.setOffline(false);
  await expect.poll(() => invitations(demo)).toEqual(["asked", "not_now"]);
  await expect.poll(() => ratings(demo)).toContain("He read his mail all the time.");
});

/** A phone, offline, on which the rep has just logged a meeting with two people. */
async function logged(server: Server, phone: Phone): Promise<Page> {
  const first = await phone.open();
  await signIn(first, server, "fleur");
  await first.evaluate(() => navigator.serviceWorker.ready);
  await expect(first.getByText("Up to date")).toBeVisible();
  // Chromium writes cookies to disk every half minute and when it is closed: the rep signed in long ago.
  await phone.close();
  const page = await phone.open();
  await page.goto(`${server.url}/app/log`);
  await phone.context.setOffline(true);
  await meetNewCustomer(page, CUSTOMER, [FIRST, SECOND]);
  await saveMeeting(page);
  return page;
}

async function handOver(page: Page, name = ""): Promise<void> {
  await page.getByRole("listitem").filter({ hasText: name }).getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByRole("heading", { name: QUESTION })).toBeVisible();
}

const choose = (page: Page, component: string, point: number) =>
  page.locator(`input[name=${component}]`).nth(point - 1).check({ force: true });

async function tryPin(page: Page, pin: string): Promise<void> {
  await page.getByLabel("PIN").fill(pin);
  await page.getByRole("button", { name: "Unlock" }).click();
  await expect(page.getByLabel("PIN")).toHaveValue("");
}

async function takeBack(page: Page): Promise<void> {
  await page.getByText("take the device back").click();
  await page.getByLabel("PIN").fill(PIN);
  await page.getByRole("button", { name: "Unlock" }).click();
  // Where the rep goes on: with whom else to ask.
  await expect(page.getByRole("heading", { name: "Discovery meeting" })).toBeVisible();
  await expect(page.getByRole("navigation")).toBeVisible();
}

async function expectOnlySurvey(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: QUESTION })).toBeVisible();
  await expectNothingOfTheRep(page);
}

/** Neither on the page nor anywhere in what it is made of. */
async function expectNothingOfTheRep(page: Page): Promise<void> {
  await expect(page.getByRole("navigation")).toHaveCount(0);
  const everything = (await page.title()) + (await page.content());
  for (const words of OF_THE_REP) expect(everything).not.toContain(words);
}

/** None of the three is bigger, louder or chosen before. */
async function expectEquals(page: Page): Promise<void> {
  const looks = await page.locator(".survey-choice").evaluateAll((choices) =>
    choices.map((choice) => {
      const { backgroundColor, borderTopColor, borderTopWidth, fontSize } = getComputedStyle(choice);
      const name = choice.querySelector("strong");
      const { width, height } = choice.getBoundingClientRect();
      const look = [backgroundColor, borderTopColor, borderTopWidth, fontSize, Math.round(width), Math.round(height)].join(" ");
      return { name: name?.textContent, look };
    }),
  );
  expect(looks.map(({ name }) => name)).toEqual(["Rate here", "On my phone", "Not now"]);
  expect(new Set(looks.map(({ look }) => look)).size).toBe(1);
}

async function bodies(server: Server, table: string): Promise<{ id: string; customer?: string; state?: string; name?: string }[]> {
  const rows = await server.rows();
  return rows.filter(([name]) => name === table).map(([, row]) => JSON.parse(row.body ?? "{}"));
}

/** What became of the requests to the new customer. */
async function invitations(server: Server): Promise<unknown[]> {
  const customer = (await bodies(server, "customer")).find(({ name }) => name === CUSTOMER);
  const own = (await bodies(server, "invitation")).filter((invitation) => invitation.customer === customer?.id);
  return own.map(({ state }) => state).sort();
}

async function ratings(server: Server): Promise<string> {
  return JSON.stringify(await bodies(server, "rating"));
}
