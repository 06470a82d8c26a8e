import type { Page } from "@playwright/test";
import { expect, test } from "../../support/test.ts";

/** The app has put its first element behind the skeleton. */
async function expectStarted(page: Page): Promise<void> {
  await expect(page.locator("#skeleton")).toBeHidden();
}

for (const path of ["/app", "/app/customers", "/app/customers/018f0000-0000-7000-8000-000000000000?from=today"]) {
  test(`after one visit the app starts without a server on ${path}`, async ({ ownServer, phone }) => {
    const page = await phone.open();
    await page.goto(`${ownServer.url}/app`);
    await expectStarted(page);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await ownServer.stop();
    await phone.kill();

    const offline = await phone.open();
    await offline.goto(`${ownServer.url}${path}`);
    await expectStarted(offline);
  });
}

test("a start that cannot load the app says so", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("/app");
  await expect(page.getByRole("alert")).toContainText("Qdos could not start");
});
