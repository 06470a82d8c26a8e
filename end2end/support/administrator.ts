import { expect, type Page } from "@playwright/test";
import { passFirstRun } from "./demo.ts";
import type { Server } from "./server.ts";

/** Whoever comes in by a link chooses this. */
export const PASSWORD = "a bench under the old lime tree";

/** An address that nobody has. */
export const address = (name: string) => `${name}-${crypto.randomUUID()}@example.test`;

/** Makes an organisation and signs its administrator, Ada, in. */
export async function enterAsAdministrator(page: Page, server: Server): Promise<void> {
  const printed = await server.run("organisation", "create", "Noord", "--administrator", "Ada Vos", "--email", address("ada"));
  const link = /\S+\/app\/welcome\/\S+/.exec(printed)?.[0];
  expect(link, printed).toBeTruthy();
  await enterByLink(page, link!);
}

/** Opens a link from an administrator, chooses a password and goes on to the app. */
export async function enterByLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and go on" }).click();
  await passFirstRun(page);
}

/** Adds a member on the screen for it; ends on the member's screen. */
export async function addMember(page: Page, member: { name: string; email: string; team?: string }): Promise<void> {
  await page.goto(new URL("/app/more/members/new", page.url()).href);
  await page.getByLabel("Name").fill(member.name);
  await page.getByLabel("Email address").fill(member.email);
  if (member.team) await page.getByLabel("Team").selectOption({ label: member.team });
  await page.getByRole("button", { name: "Save, then invite" }).click();
  await expect(page.getByRole("heading", { name: member.name, level: 1 })).toBeVisible();
}

/** Makes a link for the member in view and returns it. */
export async function makeLink(page: Page): Promise<string> {
  await page.getByRole("button", { name: /^Make a/ }).click();
  const link = page.locator("#link");
  await expect(link).toBeFocused();
  return (await link.textContent())!.trim();
}
