import { signIn } from "../../support/demo.ts";
import { expect, test } from "../../support/test.ts";

const MATTERS = "Two deliveries a day from June on";

test("a tab whose storage another tab takes over says so, keeps what was typed and is not loaded again by itself", async ({ demo, page, context }) => {
  test.setTimeout(120_000);
  await signIn(page, demo, "fleur");
  await page.goto(`${demo.url}/app/log`);
  await page.getByRole("button", { name: /Zuivelfabriek|Bakkerij|Brouwerij/ }).first().click();
  await page.getByRole("radio", { name: "Introductory" }).check();
  await page.getByText("Add more").click();
  await page.getByLabel("What matters to them").fill(MATTERS);
  await page.evaluate(() => Object.assign(window, { stillHere: true }));

  const other = await context.newPage();
  await other.goto(`${demo.url}/robots.txt`);
  expect(await other.evaluate(takeOver)).toContain(MATTERS);

  await expect(page.getByText("Another tab has taken over.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Load this page again" })).toBeVisible();
  await expect(page.getByLabel("What matters to them")).toHaveValue(MATTERS);
  expect(await page.evaluate(() => "stillHere" in window)).toBe(true);
});

/** Runs in a page: opens every database of the app as a later version of it would; the drafts in them. A tab that does not let go at once fails it. */
async function takeOver(): Promise<string> {
  const drafts: unknown[] = [];
  for (const { name = "", version = 0 } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, version + 1);
      request.onblocked = () => reject(new Error(`${name} was not let go`));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    if (database.objectStoreNames.contains("draft")) {
      const all = database.transaction("draft").objectStore("draft").getAll();
      await new Promise((resolve) => (all.onsuccess = resolve));
      drafts.push(...all.result);
    }
    database.close();
  }
  return JSON.stringify(drafts);
}
