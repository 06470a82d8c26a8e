import { judge } from "../../support/judge.ts";
import { assign, withRefusedMeetings } from "../../support/refused.ts";
import { expect, test } from "../../support/test.ts";

test("what could not be saved is helped through or discarded, and the rep reads which", async ({ page, server, phone }) => {
  test.setTimeout(180_000);
  const { rep, rik } = await withRefusedMeetings(page, server, phone, ["Fewer deliveries", "Entered twice"]);
  await page.goto("/app/more");
  await page.getByRole("link", { name: /^Could not be saved/ }).click();
  const waiting = page.getByRole("link", { name: /Meeting with Acme/ });
  await expect(waiting).toHaveCount(2);
  await expect(waiting.first()).toContainText("Rik");
  await judge(page, "what could not be saved");

  await open("Fewer deliveries");
  await judge(page, "something that could not be saved");
  await page.getByRole("button", { name: "Save it now" }).click();
  await expect(page.getByRole("alert").getByText("The customer is not there any more.")).toBeVisible();
  await assign(page, rik, "Imported: 1 changed customer.");
  await page.goto("/app/more/quarantine");
  await open("Fewer deliveries");
  await page.getByRole("button", { name: "Save it now" }).click();
  await expect(page.getByText("Ada Vos had it saved as it was.")).toBeVisible();
  await judge(page, "something that was saved after all");

  await page.goto("/app/more/quarantine");
  await expect(waiting).toHaveCount(1);
  await waiting.click();
  await expect(page.getByText("Entered twice")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("button", { name: "Discard it" }).click();
  await expect(page.getByText("Fill this in.")).toBeVisible();
  await judge(page, "discarding, without a reason");
  await page.getByLabel("Why").fill("It is there already");
  await page.getByRole("button", { name: "Discard it" }).click();
  await expect(page.getByText("Ada Vos decided not to save it. It is there already.")).toBeVisible();

  await rep.reload();
  await expect(rep.getByRole("heading", { name: "Decided for you" })).toBeVisible();
  await expect(rep.getByRole("heading", { name: "Needs you" })).toHaveCount(0);
  await expect(rep.getByText("Ada Vos had it saved as it was.")).toBeVisible();
  await expect(rep.getByText("Ada Vos decided not to save it. It is there already.")).toBeVisible();
  await judge(rep, "what an administrator decided");
  await rep.getByRole("button", { name: "Remove from this list" }).first().click();
  await expect(rep.getByRole("button", { name: "Remove from this list" })).toHaveCount(1);

  /** Opens the waiting one with those words in it. */
  async function open(words: string): Promise<void> {
    await expect(waiting.first()).toBeVisible();
    for (const link of await waiting.evaluateAll((all) => all.map((it) => it.getAttribute("href") ?? ""))) {
      await page.goto(link);
      await expect(page.getByText("What it says")).toBeVisible();
      if (await page.getByText(words).isVisible()) return;
    }
    throw new Error(`nothing says ${words}`);
  }
});
