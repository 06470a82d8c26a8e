import type { Page } from "@playwright/test";
import { signIn } from "../../support/demo.ts";
import { meetNewCustomer } from "../../support/log.ts";
import type { Server } from "../../support/server.ts";
import { expect, test } from "../../support/test.ts";

const [CUSTOMER, CONTACT] = ["Brouwerij De Sluis", "Carla Bianchi"];
const [MATTERS, PROMISED] = ["Fewer deliveries, on Fridays", "Send the brewing sheet"];
const SAVED = "It is safe on this phone.";
const QUESTION = "How was your meeting with Fleur Jansen?";

test.describe.configure({ timeout: 120_000 });

test("what is called saved, and what locks a device, is on the medium before it is shown", async ({ demo, page }) => {
  await page.addInitScript(noteCommits, [SAVED, QUESTION]);
  await signIn(page, demo, "fleur");
  await expect(page.getByText("Up to date")).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.context().setOffline(true);
  const before = (await happened(page)).length;
  const since = async () => (await happened(page)).slice(before);

  await fillIn(page);
  await save(page);
  await expect(page.getByText(SAVED)).toBeVisible();
  expect(committed(until(SAVED, await since()), "outbox/")).toEqual(["strict"]);

  await page.getByRole("button", { name: "Hand over" }).click();
  await expect(page.getByRole("heading", { name: QUESTION })).toBeVisible();
  expect(committed(until(QUESTION, await since()), "meta/handover")).toEqual(["strict"]);

  await page.getByRole("button", { name: /^Rate here/ }).click();
  await page.locator("input[name=listening]").nth(3).check({ force: true });
  // The lock, the step to the questions, the answer.
  await expect.poll(async () => committed(await since(), "meta/handover").length).toBeGreaterThanOrEqual(3);
  const all = await since();
  expect(new Set([...committed(all, "meta/handover"), ...committed(all, "outbox/")])).toEqual(new Set(["strict"]));
});

for (const [when, step] of [
  ["as soon as something is written", "put"],
  ["at the commit", "commit"],
] as const) {
  test(`a device that is full ${when} keeps what was typed on screen, and saves it once there is room`, async ({ demo, page }) => {
    await page.addInitScript(failWhereFull);
    await signIn(page, demo, "fleur");
    await expect(page.getByText("Up to date")).toBeVisible();
    await fillIn(page);
    await fill(page, step);
    await save(page);
    await expect(page.getByText("Not saved yet. This device has no space left.")).toBeVisible();
    await expectTyped(page);
    await fill(page, "nothing");
    await save(page);
    await expect(page.getByText(SAVED)).toBeVisible();
    await expectThereOnce(page, demo);
  });
}

for (const [how, isSaid] of [
  ["and says so", true],
  ["without a word", false],
] as const) {
  test(`a database that the browser closes ${how} is opened again by the next save`, async ({ demo, page }) => {
    await page.addInitScript(keepConnections);
    await signIn(page, demo, "fleur");
    await expect(page.getByText("Up to date")).toBeVisible();
    await fillIn(page);
    expect(await page.evaluate(closeConnections, isSaid)).toBeGreaterThan(0);
    await save(page);
    await expect(page.getByText(SAVED)).toBeVisible();
    await expectThereOnce(page, demo);
  });
}

/** What a page did, in this order: a commit that is complete, how certain it is and to which keys it put something; or words shown. */
type Happened = { durability: string; wrote: string[] } | { shown: string };

/** Runs in the page: notes every commit, and when `words` are shown. Kept over a start of the app. */
function noteCommits(words: string[]): void {
  const note = (it: Happened) => {
    const before = JSON.parse(sessionStorage.getItem("happened") ?? "[]");
    sessionStorage.setItem("happened", JSON.stringify([...before, it]));
  };
  const written = new WeakMap<IDBTransaction, string[]>();
  const { transaction: begin } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...of: Parameters<typeof begin>) {
    const transaction = begin.apply(this, of);
    const wrote: string[] = [];
    written.set(transaction, wrote);
    // Heard before the app, which begins to listen later.
    transaction.addEventListener("complete", () => {
      if (wrote.length > 0) note({ durability: transaction.durability, wrote });
    });
    return transaction;
  };
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
    written.get(this.transaction)?.push(`${this.name}/${String(key)}`);
    return put.call(this, value, key);
  };
  const unseen = new Set(words);
  new MutationObserver(() => {
    const text = document.body?.textContent ?? "";
    for (const shown of unseen) {
      if (text.includes(shown)) {
        unseen.delete(shown);
        note({ shown });
      }
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

const happened = (page: Page) => page.evaluate<Happened[]>(() => JSON.parse(sessionStorage.getItem("happened") ?? "[]"));

/** What came before `words` were shown. */
function until(words: string, happened: Happened[]): Happened[] {
  const shown = happened.findIndex((it) => "shown" in it && it.shown === words);
  expect(shown, `${words} was not shown`).toBeGreaterThanOrEqual(0);
  return happened.slice(0, shown);
}

/** How certain every commit was that put something to a key which begins with `start`. */
function committed(happened: Happened[], start: string): string[] {
  return happened.flatMap((it) => ("wrote" in it && it.wrote.some((key) => key.startsWith(start)) ? [it.durability] : []));
}

/** Runs in the page: every write fails at the step that `window.full` names, as on a device that is full. */
function failWhereFull(): void {
  const isFull = (step: string) => (window as unknown as { full?: string }).full === step;
  const error = () => new DOMException("The device is full.", "QuotaExceededError");
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
    if (isFull("put")) throw error();
    return put.call(this, value, key);
  };
  const { commit } = IDBTransaction.prototype;
  IDBTransaction.prototype.commit = function (this: IDBTransaction) {
    if (this.mode !== "readwrite" || !isFull("commit")) return commit.call(this);
    // Every request succeeds, as there, and then the browser aborts the whole and says why.
    const last = this.objectStore(this.objectStoreNames.item(0) ?? "").count();
    last.addEventListener("success", () => {
      Object.defineProperty(this, "error", { value: error() });
      this.abort();
    });
  };
}

/** From here on the device is full at that step. */
const fill = (page: Page, step: "put" | "commit" | "nothing") =>
  page.evaluate((full) => {
    Object.assign(window, { full });
  }, step);

/** Runs in the page: keeps every connection to a database that is used. */
function keepConnections(): void {
  const connections = new Set<IDBDatabase>();
  Object.assign(window, { connections });
  const { transaction: begin } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...of: Parameters<typeof begin>) {
    connections.add(this);
    return begin.apply(this, of);
  };
}

/** Runs in the page: closes them all as a browser does that is short of memory, and says so or not; how many there were. */
function closeConnections(isSaid: boolean): number {
  const { connections } = window as unknown as { connections: Set<IDBDatabase> };
  for (const connection of connections) {
    connection.close();
    if (isSaid) connection.dispatchEvent(new Event("close"));
  }
  return connections.size;
}

/** A meeting with somebody of a new customer, with a note and a promise. */
async function fillIn(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Log" }).click();
  await meetNewCustomer(page, CUSTOMER, [CONTACT]);
  await page.getByText("Add more").click();
  await page.getByLabel("What matters to them").fill(MATTERS);
  await page.getByRole("button", { name: "Add a promise" }).click();
  await page.locator("#promise-0-what").fill(PROMISED);
}

const save = (page: Page) => page.getByRole("button", { name: "Save meeting" }).click();

/** Everything that was filled in is still there. */
async function expectTyped(page: Page): Promise<void> {
  await expect(page.locator("#customer")).toContainText(CUSTOMER);
  await expect(page.getByRole("radio", { name: "Discovery" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: CONTACT })).toBeChecked();
  await expect(page.getByLabel("What matters to them")).toHaveValue(MATTERS);
  await expect(page.locator("#promise-0-what")).toHaveValue(PROMISED);
}

/** On the phone after another start, and with the server. */
async function expectThereOnce(page: Page, server: Server): Promise<void> {
  await page.goto(`${server.url}/app/customers`);
  await page.getByRole("link", { name: new RegExp(CUSTOMER) }).click();
  await expect(page.getByRole("link", { name: /Discovery/ })).toHaveCount(1);
  await expect(page.getByText(PROMISED)).toBeVisible();
  const meetings = async () => (await server.rows()).filter(([table, row]) => table === "meeting" && row.body?.includes(MATTERS));
  await expect.poll(async () => (await meetings()).length).toBe(1);
}
