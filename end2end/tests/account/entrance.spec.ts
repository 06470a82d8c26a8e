import { passFirstRun } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import { Server } from "../../support/server.ts";
import { expect, test } from "../../support/test.ts";

const PASSWORD = "a bench under the old lime tree";

test.describe.configure({ timeout: 180_000 });
test.use({ reducedMotion: "reduce" });

test("the page that makes the organisation is accessible, fits, and works by keyboard", async ({ engine, page }) => {
  const server = await Server.create(engine);
  try {
    await server.start();
    await page.goto(server.url);
    await expect(page.getByRole("heading", { name: "Set up Qdos" })).toBeVisible();
    await judge(page, "first run");
    await page.getByRole("button", { name: "Create the organisation" }).click();
    await expect(page.getByText("Something is still to be mended below.")).toBeVisible();
    await judge(page, "first run with errors");
  } finally {
    await server.dispose();
  }
});

test("coming in by an invitation is accessible, fits, and works by keyboard at every step", async ({ page, server }) => {
  const email = `ada-${crypto.randomUUID()}@example.test`;
  const printed = await server.run("organisation", "create", "Noord", "--administrator", "Ada Vos", "--email", email);
  const link = /\/app\/welcome\/\S+/.exec(printed)?.[0] ?? "";
  await page.goto("/app");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await judge(page, "sign-in");

  await page.goto(link);
  await expect(page.getByText("Hello Ada Vos.")).toBeVisible();
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Set password and go on" }).click();
  await expect(page.locator("#password-error")).toBeVisible();
  await judge(page, "an invitation with an error");
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and go on" }).click();

  await passFirstRun(page, (step) => judge(page, `the first start, step ${step}`));
  await judge(page, "Today with nothing on it");
  for (const tab of ["Customers", "Log", "Feedback"]) {
    await page.goto("/app");
    await page.getByRole("navigation").getByRole("link", { name: tab }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await judge(page, `${tab} with nothing on it`);
  }
});
