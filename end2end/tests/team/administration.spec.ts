import { address, addMember, enterAsAdministrator } from "../../support/administrator.ts";
import { judge } from "../../support/judge.ts";
import { expect, test } from "../../support/test.ts";

test("teams nest, move and are removed once they are empty, by keyboard alone", async ({ page, server }) => {
  await enterAsAdministrator(page, server);
  const add = async (name: string, inside?: string) => {
    await page.goto("/app/more/teams/new");
    await page.getByLabel("Name").focus();
    await page.keyboard.type(name);
    if (inside) await page.getByLabel("Part of").selectOption({ label: inside });
    await page.getByLabel("Name").press("Enter");
    await expect(page.getByRole("link", { name: new RegExp(`^${name}`) })).toBeVisible();
  };
  await add("North");
  await add("Utrecht", "North");
  await add("South");
  await expect(page.getByRole("listitem").filter({ hasText: "Utrecht" })).toHaveAttribute("data-depth", "1");
  await judge(page, "nested teams");

  await page.getByRole("link", { name: /^North/ }).press("Enter");
  await expect(page.getByText("one team is part of it. Move them first.")).toBeVisible();
  await expect(page.getByLabel("Part of").getByRole("option", { name: "Utrecht" })).toHaveCount(0);
  await judge(page, "a team with another in it");

  await page.goto("/app/more/teams");
  await page.getByRole("link", { name: /^Utrecht/ }).press("Enter");
  await page.getByLabel("Part of").selectOption({ label: "South" });
  await page.getByRole("button", { name: "Save team" }).press("Enter");
  await page.getByRole("link", { name: /^North/ }).press("Enter");
  await page.getByRole("button", { name: "Remove this team" }).press("Enter");
  await page.getByRole("button", { name: "Remove team" }).press("Enter");
  await expect(page.getByText("Team removed.")).toBeVisible();
  await expect(page.getByRole("link", { name: /^North/ })).toHaveCount(0);

  await addMember(page, { name: "Rik", email: address("rik"), team: "South › Utrecht" });
  await page.goto("/app/more/teams");
  await page.getByRole("link", { name: /^Utrecht.*One person/ }).click();
  await expect(page.getByText("one person is in it. Move them first.")).toBeVisible();
  await page.getByRole("link", { name: /Rik/ }).click();
  await expect(page.getByText("South › Utrecht")).toBeVisible();
});
