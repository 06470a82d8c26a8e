import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "@playwright/test";
import { signIn } from "../support/demo.ts";
import { Server } from "../support/server.ts";
import { expect, test } from "../support/test.ts";

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const TABLET = { viewport: { width: 820, height: 1180 }, deviceScaleFactor: 1, hasTouch: true, isMobile: true };
/** A README is read on trains too. */
const BYTES_MAX = 150_000;

/** A rep's phone by day and by night, a manager's phone, a customer's tablet. */
test("screenshots", async ({ newPhone }) => {
  const server = await Server.create("sqlite");
  const open = async (options: BrowserContextOptions) => (await newPhone({ reducedMotion: "reduce", ...options })).open();
  try {
    await server.start({}, "demo");
    const rep = await open(PHONE);
    await signIn(rep, server, "fleur");
    await expect(rep.getByRole("link", { name: "Plan a visit" })).toBeVisible();
    await take(rep, "today");
    await rep.emulateMedia({ colorScheme: "dark" });
    await take(rep, "today-dark");
    await rep.emulateMedia({ colorScheme: "light" });
    await rep.getByRole("navigation").getByRole("link", { name: "Feedback" }).tap();
    await expect(rep.getByRole("heading", { name: "Feedback", level: 1 })).toBeVisible();
    await take(rep, "feedback");
    await rep.getByRole("navigation").getByRole("link", { name: "Log" }).tap();
    await rep.locator(".page-main .list button").first().tap();
    await rep.getByText("Discovery", { exact: true }).tap();
    await take(rep, "log");

    const manager = await open(PHONE);
    await signIn(manager, server, "marit");
    await manager.getByRole("navigation").getByRole("link", { name: "Team" }).tap();
    await expect(manager.getByRole("link", { name: /Fleur Jansen/ }).first()).toBeVisible();
    await take(manager, "team");

    const customer = await open({ ...TABLET, javaScriptEnabled: false });
    await customer.goto(`${server.url}/s/${await linkOf(rep, server)}`);
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

async function take(page: Page, name: string): Promise<void> {
  const path = join(import.meta.dirname, `${name}.png`);
  await page.screenshot({ path, animations: "disabled" });
  const { size } = await stat(path);
  if (size > BYTES_MAX) throw new Error(`${name}.png has ${size} bytes`);
}
