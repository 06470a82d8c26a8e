import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "@playwright/test";
import { signIn } from "../support/demo.ts";
import { Server } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const TABLET = { viewport: { width: 820, height: 1180 }, deviceScaleFactor: 1, hasTouch: true, isMobile: true };
/** A README is read on trains too. */
const BYTES_MAX = 120_000;

/** A rep's phone by day and by night, a manager's phone, a customer's tablet. */
test("screenshots", async ({ newPhone }) => {
  const server = await Server.create("sqlite");
  const open = async (options: BrowserContextOptions) => {
    const phone = await newPhone({ reducedMotion: "reduce", locale: "en-GB", timezoneId: "Europe/Amsterdam", ...options });
    const page = await phone.open();
    // What `system-ui` means on Android, where this machine has it.
    await page.addInitScript(() => {
      const asOnAndroid = () => document.documentElement?.style.setProperty("--font", "Roboto, system-ui, sans-serif");
      asOnAndroid();
      document.addEventListener("DOMContentLoaded", asOnAndroid);
    });
    return page;
  };
  const tab = (page: Page, name: string) => page.getByRole("navigation").getByRole("link", { name }).click();
  try {
    await server.start({}, "demo");
    const rep = await open(PHONE);
    await signIn(rep, server, "fleur");
    await expect(rep.getByText("Up to date")).toBeVisible();
    await expect(rep.getByRole("link", { name: "Plan a visit" })).toBeVisible();
    await take(rep, "today");
    await tab(rep, "Feedback");
    await expect(rep.locator("main h2").first()).toBeVisible();
    await rep.emulateMedia({ colorScheme: "dark" });
    await take(rep, "feedback-dark");
    await rep.emulateMedia({ colorScheme: "light" });
    await tab(rep, "Customers");
    await rep.getByRole("link", { name: /Chocolaterie/ }).click();
    await rep.getByRole("link", { name: "Log a meeting" }).click();
    await rep.getByRole("radio", { name: "Discovery" }).check();
    await rep.locator(".chip input[type=checkbox]").first().check();
    await rep.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await take(rep, "log");

    const manager = await open(PHONE);
    await signIn(manager, server, "marit");
    await expect(manager.getByText("Up to date")).toBeVisible();
    await tab(manager, "Team");
    await expect(manager.getByRole("link", { name: /^Fleur Jansen/ })).toBeVisible();
    await take(manager, "team");

    const customer = await open(TABLET);
    await customer.goto(`${server.url}/s/${await linkOf(rep, server)}`);
    await customer.getByLabel("Completely").first().check();
    await customer.getByLabel("Mostly").nth(1).check();
    await customer.evaluate(() => {
      (document.activeElement as HTMLElement | null)?.blur();
      scrollTo(0, 0);
    });
    await take(customer, "survey");
  } finally {
    await server.dispose();
  }
});

/** A link of the rep's stock. */
async function linkOf(rep: Page, server: Server): Promise<string> {
  const response = await rep.request.post(`${server.url}/api/survey/tokens`, { headers: { origin: server.url }, data: { wanted: 1 } });
  const [{ token }] = (await response.json()) as [{ token: string }];
  return token;
}

/** WebP, because such pictures are a third of their PNG. */
async function take(page: Page, name: string): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const { data } = await browser.send("Page.captureScreenshot", { format: "webp", quality: 85 });
  const picture = Buffer.from(data, "base64");
  if (picture.length > BYTES_MAX) throw new Error(`${name}.webp has ${picture.length} bytes`);
  await writeFile(join(import.meta.dirname, `${name}.webp`), picture);
}
