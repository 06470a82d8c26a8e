import { expect, type Page } from "@playwright/test";
import { Server } from "./server.ts";

/** Everybody of the demonstration signs in with this (server/src/demo/mod.rs). */
const PASSWORD = "kudos on every visit";
/** Takes a handed-over device back. */
export const PIN = "2580";

/** Rules under which a rating reaches its readers at once. */
const AT_ONCE = { release_to_rep_after: 0, release_to_manager_after: 0 };

/** Starts `server` with the demonstration in it and ratings released at once. */
export async function startDemo(server: Server): Promise<void> {
  await server.restore(await demonstration());
  await server.start();
}

let made: Promise<string> | undefined;

/** A backup with the demonstration in it, made once per worker: making its scores takes seconds. */
function demonstration(): Promise<string> {
  made ??= (async () => {
    const server = await Server.create("sqlite");
    try {
      await server.start({}, "demo");
      const { cookie } = await call(server, "account/sign_in", { email: "noor@veldhuis.example", password: PASSWORD });
      await call(server, "organisation/save_settings", { settings: settings() }, cookie);
      // One that has just started computes scores without a rest. Otherwise every test's server would do so first.
      await server.stop();
      await server.start();
      await expect.poll(() => hasFreshScores(server), { timeout: 60_000 }).toBe(true);
      return await server.backup();
    } finally {
      await server.dispose();
    }
  })();
  return made;
}

/** Whether its scores rest on all that it keeps. */
async function hasFreshScores(server: Server): Promise<boolean> {
  const scoring = (await server.rows()).filter(([table]) => table === "scoring").map(([, row]) => row);
  return scoring.length > 0 && scoring.every((it) => it.changed === it.computed && it.computed_on !== "");
}

function settings() {
  return {
    name: "Veldhuis Techniek",
    time_zone: "Europe/Amsterdam",
    purpose: "To learn from our customers.",
    privacy_notice: "Your answers stay with us.",
    rules: AT_ONCE,
  };
}

/** Calls a server function as the app does. */
async function call(server: Server, name: string, body: object, cookie = ""): Promise<{ cookie: string }> {
  const response = await fetch(`${server.url}/api/fn/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.url, cookie },
    body: JSON.stringify(body),
  });
  expect(response.status, await response.clone().text()).toBe(200);
  return { cookie: response.headers.getSetCookie().map((it) => it.split(";")[0]).join("; ") };
}

/** Signs a member of the demonstration in at `path`, through the first visit's screens, until the member's data is there. */
export async function signIn(page: Page, server: Server, account: string, path = "/app"): Promise<void> {
  await enter(page, server, account, path);
  await passFirstRun(page);
}

/** Signs a member of the demonstration in at `path`, and no more: what comes next depends on whether the member was here before. */
export async function enter(page: Page, server: Server, account: string, path = "/app"): Promise<void> {
  await page.goto(server.url + path);
  await page.getByLabel("Email address").fill(`${account}@veldhuis.example`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Goes through what the first sign-in on a device shows; each step is `seen` before it is passed. */
export async function passFirstRun(page: Page, seen: (step: number) => Promise<void> = async () => {}): Promise<void> {
  await expect(page.getByRole("heading", { name: "Welcome to Qdos" })).toBeVisible();
  const pin = page.getByLabel("New PIN");
  const next = page.getByRole("button", { name: /^(Continue|Start)$/ });
  for (let step = 1; ; step += 1) {
    await expect(pin.or(next)).toBeVisible();
    await seen(step);
    if (await pin.isVisible()) {
      await pin.fill(PIN);
      await page.getByLabel("The same again").fill(PIN);
      await page.getByRole("button", { name: "Set PIN and start" }).click();
      break;
    }
    const last = (await next.textContent()) === "Start";
    await next.click();
    if (last) break;
  }
  await expect(page.getByRole("navigation")).toBeVisible();
}

/** Opens the first customer in the list of the signed-in rep; its name. */
export async function openFirstCustomer(page: Page, server: Server): Promise<string> {
  await page.goto(`${server.url}/app/customers`);
  await page.locator('main a[href^="/app/customers/0"]').first().click();
  await expect(page.getByRole("link", { name: "Log a meeting" })).toBeVisible();
  return (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
}
