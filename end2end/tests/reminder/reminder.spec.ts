import type { Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import type { Server } from "../../support/server.ts";
import { expect, test } from "../../support/test.ts";

test.describe.configure({ timeout: 240_000 });

/**
 * Lets this browser subscribe without its maker's service, which no test reaches: what it holds is kept in localStorage, the keys are those of
 * RFC 8291's example.
 */
async function subscribeWithoutService(page: Page, server: Server): Promise<void> {
  await page.context().grantPermissions(["notifications"], { origin: server.url });
  await page.addInitScript(() => {
    const KEPT = "test.subscription";
    const decode = (text: string) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (it) => it.charCodeAt(0)).buffer;
    const held = () => {
      const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
      if (!kept) return null;
      const keys = {
        p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth: "BTBZMqHH6r4Tts7J_aSIgg",
      };
      return Object.create(PushSubscription.prototype, {
        options: { value: { applicationServerKey: decode(kept.key) } },
        toJSON: { value: () => ({ endpoint: kept.endpoint, expirationTime: null, keys }) },
        unsubscribe: {
          value: async () => {
            localStorage.removeItem(KEPT);
            return true;
          },
        },
      });
    };
    PushManager.prototype.getSubscription = async () => held();
    PushManager.prototype.subscribe = async (options) => {
      const kept = { key: options?.applicationServerKey, endpoint: "https://push.example.net/send/first" };
      localStorage.setItem(KEPT, JSON.stringify(kept));
      return held();
    };
  });
}

/** The devices on which the server reminds. */
async function subscriptions(server: Server): Promise<{ endpoint: string; kinds: string }[]> {
  const rows = await server.rows();
  return rows.filter(([table]) => table === "reminder_subscription").map(([, row]) => row as unknown as { endpoint: string; kinds: string });
}

const held = (page: Page) => page.evaluate(() => localStorage.getItem("test.subscription"));

/** Turns promises on. */
async function turnOn(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: "Promises coming due" }).check();
  await page.getByRole("button", { name: "Remind me" }).click();
  await expect(page.getByText("On for this device")).toBeVisible();
}

test("reminders are turned on, changed and stopped for one device", async ({ page, demo: server }) => {
  await subscribeWithoutService(page, server);
  await signIn(page, server, "fleur", "/app/more/reminders");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect(page.getByText("Off for this device")).toBeVisible();
  await page.getByRole("button", { name: "Remind me" }).click();
  await expect(page.getByText("Choose at least one.")).toBeVisible();
  expect(await held(page)).toBe(null);
  await judge(page, "reminders of nothing");
  await turnOn(page);
  expect((await subscriptions(server)).map((it) => it.kinds)).toEqual(['["promises"]']);
  await judge(page, "reminders that are on");

  await page.reload();
  await expect(page.getByRole("checkbox", { name: "Promises coming due" })).toBeChecked();
  await page.getByRole("checkbox", { name: "Visits today and tomorrow" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect((await subscriptions(server)).map((it) => it.kinds)).toEqual(['["visits","promises"]']);

  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByText("Off for this device")).toBeVisible();
  expect(await subscriptions(server)).toEqual([]);
  expect(await held(page)).toBe(null);
});

test("a browser that is reached elsewhere is found again, and signing out ends reminders at both ends", async ({ page, demo: server }) => {
  await subscribeWithoutService(page, server);
  await signIn(page, server, "fleur", "/app/more/reminders");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await turnOn(page);
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem("test.subscription") ?? "{}");
    localStorage.setItem("test.subscription", JSON.stringify({ ...kept, endpoint: "https://push.example.net/send/second" }));
  });
  await page.goto(`${server.url}/app`);
  await expect.poll(async () => (await subscriptions(server)).map((it) => it.endpoint)).toEqual(["https://push.example.net/send/second"]);
  await page.evaluate(() => localStorage.removeItem("test.subscription"));
  await page.reload();
  await expect.poll(async () => (await subscriptions(server)).map((it) => it.endpoint)).toEqual(["https://push.example.net/send/first"]);

  await page.goto(`${server.url}/app/more/sign-out`);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
  expect(await subscriptions(server)).toEqual([]);
  expect(await held(page)).toBe(null);
});

test("what the server sends shows in place of what showed before, also where it cannot be read", async ({ page, context, demo: server }) => {
  await context.grantPermissions(["notifications"], { origin: server.url });
  const browser = await context.newCDPSession(page);
  const registered = new Promise<string>((found) => {
    browser.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find(({ scopeURL, isDeleted }) => scopeURL === `${server.url}/app` && !isDeleted);
      if (ours) found(ours.registrationId);
    });
  });
  await browser.send("ServiceWorker.enable");
  await page.goto(`${server.url}/app`);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const registrationId = await registered;
  const shown = () =>
    page.evaluate(async () => {
      const worker = await navigator.serviceWorker.ready;
      return (await worker.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
    });
  const push = (data: string) => browser.send("ServiceWorker.deliverPushMessage", { origin: server.url, registrationId, data });

  await push('{"title":"Today","body":"2 visits, 1 promise due"}');
  await expect.poll(shown).toEqual([{ title: "Today", body: "2 visits, 1 promise due", tag: "today" }]);
  await push('{"title":"Today","body":"1 visit"}');
  await expect.poll(shown).toEqual([{ title: "Today", body: "1 visit", tag: "today" }]);
  for (const strange of ["", "2 visits", '{"title":7}', "null"]) {
    await push('{"title":"Today","body":"1 visit"}');
    await expect.poll(shown).toEqual([{ title: "Today", body: "1 visit", tag: "today" }]);
    await push(strange);
    await expect.poll(shown, strange).toEqual([{ title: "Qdos", body: "Something waits for you.", tag: "today" }]);
  }
});

test("a browser in which reminders are blocked, or that knows none, says what to do", async ({ browser, demo: server }) => {
  const told = async (words: string, script: () => void, userAgent?: string) => {
    const context = await browser.newContext({ userAgent });
    const page = await context.newPage();
    await page.addInitScript(script);
    await signIn(page, server, "fleur", "/app/more/reminders");
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.getByRole("button", { name: "Remind me" })).toHaveCount(0);
    await judge(page, words);
    await context.close();
  };
  await told("Notifications from Qdos are blocked in this browser’s settings.", () => {
    Object.defineProperty(Notification, "permission", { get: () => "denied" });
  });
  const none = () => void Reflect.deleteProperty(window, "PushManager");
  await told("This browser cannot show reminders.", none);
  await told("An iPhone or iPad shows reminders only from its home screen.", none, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)");
});
