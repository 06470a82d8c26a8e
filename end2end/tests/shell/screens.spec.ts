import type { Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { judge, softly } from "../../support/judge.ts";
import { administratorScreens, managerScreens, neglectedScreens, openScreen, registeredRoutes, repScreens } from "../../support/screens.ts";
import type { Server } from "../../support/server.ts";
import { expect, test } from "../../support/test.ts";

test.describe.configure({ timeout: 900_000 });
test.use({ reducedMotion: "reduce" });

const MEMBERS = [
  ["fleur", repScreens],
  ["lotte", neglectedScreens],
  ["marit", managerScreens],
  ["noor", administratorScreens],
] as const;

for (const [account, screensOf] of MEMBERS) {
  test(`every screen of ${account} is accessible, fits, and works by keyboard`, async ({ page, demo: server }) => {
    await enter(page, server, account);
    for (const screen of await screensOf(page, server)) {
      const name = `${screen.path} ${screen.state ?? ""}`.trim();
      await test.step(name, async () => {
        await softly(`${name}: opening it`, () => openScreen(page, server, screen));
        await judge(page, name);
      });
    }
  });
}

test("no screen of the app is left out", async ({ browser, demo: server }) => {
  const routes = new Set<string>();
  for (const [account, screensOf] of MEMBERS) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await enter(page, server, account);
    for (const { route } of await screensOf(page, server)) routes.add(route);
    await context.close();
  }
  expect(await registeredRoutes()).toEqual([...routes].filter((route) => route !== "").sort());
});

async function enter(page: Page, server: Server, account: string): Promise<void> {
  await signIn(page, server, account);
  await expect(page.getByText("Up to date")).toBeVisible();
}
