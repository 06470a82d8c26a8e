import { readFile } from "node:fs/promises";
import { judge } from "../../support/judge.ts";
import { withRefusedMeetings } from "../../support/refused.ts";
import { PASSWORD } from "../../support/administrator.ts";
import { passFirstRun } from "../../support/demo.ts";
import { expect, test } from "../../support/test.ts";

const PASSPHRASE = "an owl in the orchard";

test("what one device cannot send goes to another in a locked file, and arrives once", async ({ page, server, phone, newPhone }) => {
  test.setTimeout(180_000);
  const { rep, rik } = await withRefusedMeetings(page, server, phone, ["Fewer deliveries"]);
  await rep.getByText("Move it by hand").click();
  await rep.getByLabel("Passphrase").fill("short");
  await rep.getByRole("button", { name: "Save as a locked file" }).click();
  await expect(rep.getByText("Use at least 12 characters.")).toBeVisible();
  await judge(rep, "moving it by hand, with an error");
  await rep.getByLabel("Passphrase").fill(PASSPHRASE);
  const download = rep.waitForEvent("download");
  await rep.getByRole("button", { name: "Save as a locked file" }).click();
  const file = await download;
  const text = await readFile(await file.path(), "utf8");
  expect(text).not.toContain("Fewer deliveries");

  const other = await newPhone();
  const there = await other.open();
  await there.goto(`${server.url}/app`);
  await there.getByLabel("Email address").fill(rik);
  await there.getByLabel("Password").fill(PASSWORD);
  await there.getByRole("button", { name: "Sign in" }).click();
  await passFirstRun(there);
  await there.goto(`${server.url}/app/outbox`);
  await there.getByText("Move it by hand").click();
  await there.getByLabel("Choose a locked file").setInputFiles({ name: "qdos.locked.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await there.getByLabel("Passphrase").fill("another owl elsewhere");
  await there.getByRole("button", { name: /^Bring in/ }).click();
  await expect(there.getByText("That is not the passphrase", { exact: false })).toBeVisible();
  await there.getByLabel("Passphrase").fill(PASSPHRASE);
  await there.getByRole("button", { name: /^Bring in/ }).click();
  await expect(there.getByText("One thing brought in.", { exact: false })).toBeVisible();
  // The server had refused it when it came from the first device, and answers as it did then.
  await expect(there.getByRole("heading", { name: "Needs you" })).toBeVisible();
  await there.getByText("The whole text").click();
  await expect(there.getByText("Fewer deliveries")).toBeVisible();
  await page.goto("/app/more/quarantine");
  await expect(page.getByRole("link", { name: /Meeting with Acme/ })).toHaveCount(1);
});
