import type { Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { meetNewCustomer, saveMeeting } from "../../support/log.ts";
import { everythingStored } from "../../support/storage.ts";
import { expect, test } from "../../support/test.ts";

const [CUSTOMER, CONTACT] = ["Brouwerij De Sluis", "Carla Bianchi"];

/** The paragraphs of a summary up to the link, and after it. */
const BEFORE = [
  `Hello ${CONTACT},`,
  "Thank you for the meeting today.",
  expect.stringMatching(/^What we promised:\n– Send the brewing sheet, by \w{3} \d{1,2} \w{3}( \d{4})?\.$/),
  "Next step: Call on Friday",
];
const LINK = expect.stringMatching(/^How was it for you\? A few taps here help us do better:\nhttp:\/\/127\.0\.0\.1:\d+\/s\/\S+$/);
const AFTER = ["Fleur Jansen\nVeldhuis Techniek"];

test("a summary carries thanks, promises and the rating link to another app, or to the clipboard", async ({ demo, page }) => {
  test.setTimeout(120_000);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.addInitScript(offerSharing);
  await signIn(page, demo, "fleur");
  // Where links come from.
  await expect.poll(() => everythingStored(page)).toContain('"stock"');
  await logMeeting(page);

  await send(page);
  const [shared, ...more] = await page.evaluate(() => (window as unknown as { shared: ShareData[] }).shared);
  expect(more).toEqual([]);
  expect(shared?.title).toBe("Thank you for the meeting");
  const text = shared?.text ?? "";
  expect(text.split("\n\n")).toEqual([...BEFORE, LINK, ...AFTER]);
  const [link = ""] = /http\S+/.exec(text) ?? [];
  await expect.poll(async () => (await page.request.get(link)).status()).toBe(200);

  await page.evaluate(forgetSharing);
  await send(page);
  await expect(page.getByText("Copied. Paste it into a message.")).toBeVisible();
  expect(await copied(page), "the link that went out").toBe(text);

  await send(page, async () => page.getByRole("switch", { name: "Ask for feedback in it" }).uncheck());
  await expect.poll(async () => (await copied(page)).split("\n\n")).toEqual([...BEFORE, ...AFTER]);
});

/** Runs in the page: there are apps to share with, which keep what they are given. */
function offerSharing(): void {
  const shared: ShareData[] = [];
  Object.assign(window, { shared });
  Object.defineProperty(navigator, "share", { configurable: true, value: async (data: ShareData) => void shared.push(data) });
}

/** Runs in the page: this browser can share with nobody. */
function forgetSharing(): void {
  for (const holder of [navigator, Navigator.prototype]) Reflect.deleteProperty(holder, "share");
}

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** Sends the summary of the meeting in view, once it was changed. */
async function send(page: Page, change: () => Promise<void> = async () => {}): Promise<void> {
  await page.getByRole("button", { name: "Send summary" }).click();
  const sheet = page.getByRole("dialog", { name: "Send summary" });
  await expect(sheet.getByText(`Hello ${CONTACT},`)).toBeVisible();
  await change();
  await sheet.getByRole("button", { name: "Send", exact: true }).click();
  await expect(sheet).toHaveCount(0);
}

/** With somebody of a new customer, a promise and a next step. */
async function logMeeting(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Log" }).click();
  await meetNewCustomer(page, CUSTOMER, [CONTACT]);
  await page.getByText("Add more").click();
  await page.getByLabel("Next step").fill("Call on Friday");
  await page.getByRole("button", { name: "Add a promise" }).click();
  await page.locator("#promise-0-what").fill("Send the brewing sheet");
  await saveMeeting(page);
}
