import { readFile } from "node:fs/promises";
import { judge } from "../../support/judge.ts";
import { withRefusedMeetings } from "../../support/refused.ts";
import { expect, test } from "../../support/test.ts";

test("what the server can never take is read whole, saved as a file and only then removed", async ({ page, server, phone }) => {
  test.setTimeout(180_000);
  const { rep } = await withRefusedMeetings(page, server, phone, ["Fewer deliveries"]);
  await expect(rep.getByText("The customer is not there any more.")).toBeVisible();
  await rep.getByText("The whole text").click();
  await expect(rep.getByText("Fewer deliveries")).toBeVisible();
  await judge(rep, "something that needs the rep");
  const remove = rep.getByRole("button", { name: "Remove from this phone" });
  await expect(remove).toHaveCount(0);

  const download = rep.waitForEvent("download");
  await rep.getByRole("button", { name: "Save all of it as a file" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^qdos-\d{4}-\d{2}-\d{2}\.json$/);
  const [saved, ...rest] = JSON.parse(await readFile(await file.path(), "utf8"));
  expect(rest).toEqual([]);
  expect(saved.mutation.create_meeting.meeting.notes.matters).toBe("Fewer deliveries");
  expect(JSON.stringify(saved.state)).toContain("not_found");

  await remove.click();
  await expect(rep.getByText("Removed from this phone.")).toBeVisible();
  await expect(rep.getByRole("heading", { name: "Needs you" })).toHaveCount(0);
  await rep.reload();
  await expect(rep.getByRole("heading", { name: "All sent" })).toBeVisible();
  await expect(rep.getByRole("heading", { name: "Needs you" })).toHaveCount(0);
});
