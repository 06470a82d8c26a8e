import { enterAsAdministrator } from "../../support/administrator.ts";
import { expect, test } from "../../support/test.ts";

test("an administrator sets the rules, and what cannot be kept is said beside its field", async ({ page, server }) => {
  await enterAsAdministrator(page, server);
  await page.goto("/app/more/settings");
  const window = page.getByLabel("Regular customers, at the latest every");
  await expect(window).toHaveValue("45");
  await expect(window).toHaveAccessibleDescription(/Usually 45\./);

  const save = page.getByRole("button", { name: "Save settings" });
  await window.fill("soon");
  await save.click();
  await expect(window).toHaveAccessibleDescription(/Give a whole number\./);
  await expect(window).toBeFocused();
  await window.fill("60");
  await page.getByLabel("An answer counts as not happy up to").fill("6");
  await save.click();
  await expect(page.getByLabel("An answer counts as not happy up to")).toHaveAccessibleDescription(/1 to 5\./);
  await page.getByLabel("An answer counts as not happy up to").fill("1");
  await page.getByLabel("Time zone").fill("Utrecht");
  await save.click();
  await expect(page.getByLabel("Time zone")).toHaveAccessibleDescription(/Choose a time zone such as Europe\/Amsterdam\./);
  await page.getByLabel("Time zone").fill("Europe/Vienna");
  await page.getByLabel("Name", { exact: true }).fill("Noord en Zuid");
  await page.getByLabel("Why you ask your customers").fill("To be of use.");
  await save.click();
  await expect(page.getByText("Saved.")).toBeVisible();

  await page.goto("/app/more/purpose");
  await expect(page.getByText("To be of use.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Why Noord en Zuid asks its customers" })).toBeVisible();
  await page.goto("/app/more/settings");
  await expect(window).toHaveValue("60");
  await expect(page.getByLabel("Time zone")).toHaveValue("Europe/Vienna");
});
