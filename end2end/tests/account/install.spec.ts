import { enter, passFirstRun } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import { expect, test } from "../../support/test.ts";

test.use({
  reducedMotion: "reduce",
  userAgent:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
});

test("on an iPhone the home screen comes before anything is logged, and whoever wants can go on without", async ({ demo, page }) => {
  test.setTimeout(120_000);
  const passed: (string | null)[] = [];
  await enter(page, demo, "fleur");
  await passFirstRun(page, async () => {
    const title = await page.getByRole("heading", { level: 1 }).textContent();
    passed.push(title);
    if (title !== "Before you begin") return;
    await expect(page.getByRole("heading", { name: "Put Qdos on your home screen" })).toBeVisible();
    await expect(page.getByText("Choose ‘Add to Home Screen’.")).toBeVisible();
    await judge(page, "the home screen at the first start");
  });
  expect(passed).toEqual(["Welcome to Qdos", "Before you begin", "Who sees what", "Your PIN"]);
});
