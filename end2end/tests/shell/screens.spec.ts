import type { Page } from "@playwright/test";
import { signIn, startDemo } from "../../support/demo.ts";
import { judge, softly } from "../../support/judge.ts";
import { administratorScreens, managerScreens, neglectedScreens, openScreen, registeredRoutes, repScreens } from "../../support/screens.ts";
import { Server } from "../../support/server.ts";
import { expect, test } from "../../support/test.ts";

test.describe.configure({ timeout: 900_000 });
test.use({ reducedMotion: "reduce" });

const MEMBERS = [
  ["fleur", repScreens],
  ["lotte", neglectedScreens],
  ["marit", managerScreens],
  ["noor", administratorScreens],
] as const;
let server: Server;

test.beforeAll(async ({ engine }) => {
  server = await Server.create(engine);
  await startDemo(server);
});

test.afterAll(() => server.dispose());

for (const [account, screensOf] of MEMBERS) {
  test(`every screen of ${account} is accessible, fits, and works by keyboard`, async ({ page }) => {
    await enter(page, account);
    for (const screen of await screensOf(page, server)) {
      const name = `${screen.path} ${screen.state ?? ""}`.trim();
      await test.step(name, async () => {
        await softly(`${name}: opening it`, () => openScreen(page, server, screen));
        await judge(page, name);
      });
    }
  });
}

test("no screen of the app is left out", async ({ browser }) => {
  const routes = new Set<string>();
  for (const [account, screensOf] of MEMBERS) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await enter(page, account);
    for (const { route } of await screensOf(page, server)) routes.add(route);
    await context.close();
  }
  expect(await registeredRoutes()).toEqual([...routes].filter((route) => route !== "").sort());
});

async function enter(page: Page, account: string): Promise<void> {
  await signIn(page, server, account);
  await expect(page.getByText("Up to date")).toBeVisible();
}
