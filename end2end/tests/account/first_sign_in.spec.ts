import { enter, passFirstRun } from "../../support/demo.ts";
import { expect, test } from "../../support/test.ts";

test.describe.configure({ timeout: 120_000 });

test("at the first sign-in a rep reads what it is for and what the manager sees, once, before anything else", async ({ sharedDemo, page }) => {
  const passed: string[] = [];
  const heading = (level: number, name: string) => expect(page.getByRole("heading", { level, name, exact: true })).toBeVisible();
  await enter(page, sharedDemo, "fleur");
  await passFirstRun(page, async () => {
    await expect(page.getByRole("navigation")).toHaveCount(0);
    const title = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
    passed.push(title);
    switch (title) {
      case "Welcome to Qdos":
        await expect(page.getByText("Why Veldhuis Techniek asks its customers")).toBeVisible();
        await expect(page.getByText("To learn from our customers.")).toBeVisible();
        break;
      case "Who sees what":
        await heading(2, "What my manager sees");
        await heading(3, "Your customers’ ratings");
        await heading(2, "What my manager never sees");
        await heading(3, "Reflections you do not share");
        break;
      case "Your PIN":
        await expect(page.getByText("Your PIN takes it back.")).toBeVisible();
    }
  });
  expect(passed).toEqual(["Welcome to Qdos", "Who sees what", "Your PIN"]);

  await page.reload();
  await expect(page.getByRole("navigation")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Welcome to Qdos" })).toHaveCount(0);
  await page.goto(`${sharedDemo.url}/app/more/purpose`);
  await heading(2, "Why Veldhuis Techniek asks its customers");
  await heading(2, "What my manager sees");
});

test("whom nobody rates reads what it is for, and needs no PIN", async ({ sharedDemo, page }) => {
  const passed: (string | null)[] = [];
  await enter(page, sharedDemo, "marit");
  await passFirstRun(page, async () => {
    await expect(page.getByText("To learn from our customers.")).toBeVisible();
    passed.push(await page.getByRole("heading", { level: 1 }).textContent());
  });
  expect(passed).toEqual(["Welcome to Qdos"]);
});
