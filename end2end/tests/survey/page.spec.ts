import type { Page, Response as Loaded } from "@playwright/test";
import { judge } from "../../support/judge.ts";
import type { Server } from "../../support/server.ts";
import { expect, test } from "../../support/test.ts";

const PASSWORD = "a bench under the old lime tree";
const DAY = 24 * 60 * 60 * 1000;

interface Entered {
  /** The member who entered. */
  member: string;
  /** Sends something as the member's phone does. */
  post: (path: string, body: unknown) => Promise<Response>;
}

/** Makes an organisation of its own and signs its one member in. */
async function enter(server: Server): Promise<Entered> {
  const email = `ada-${crypto.randomUUID()}@example.test`;
  const printed = await server.run("organisation", "create", "Noord", "--administrator", "Ada Vos", "--email", email);
  const token = /\/app\/welcome\/(\S+)/.exec(printed)?.[1];
  const post = async (path: string, body: unknown, cookie = "") => {
    const headers = { "content-type": "application/json", origin: server.url, cookie };
    const response = await fetch(server.url + path, { method: "POST", headers, body: JSON.stringify(body) });
    expect(response.status, await response.clone().text()).toBe(200);
    return response;
  };
  const entered = await post("/api/fn/account/accept_link", { token, password: PASSWORD });
  const cookie = entered.headers.get("set-cookie")?.split(";")[0];
  const { member } = (await entered.json()) as { member: string };
  return { member, post: (path, body) => post(path, body, cookie) };
}

interface StockToken {
  token: string;
  hash: string;
}

async function stock({ post }: Entered, wanted: number): Promise<StockToken[]> {
  return (await (await post("/api/survey/tokens", { wanted })).json()) as StockToken[];
}

/** Links from the stock of a member in an organisation of its own, as paths. */
async function links(server: Server, wanted: number): Promise<string[]> {
  return (await stock(await enter(server), wanted)).map(({ token }) => `/s/${token}`);
}

/** A link by which somebody was asked `days` ago to rate a meeting of that day, as a path. */
async function linkFrom(server: Server, days: number): Promise<string> {
  const entered = await enter(server);
  const [link] = await stock(entered, 1);
  if (!link) throw new Error("the stock is empty");
  const [rep, at] = [entered.member, Date.now() - days * DAY];
  const [customer, meeting] = [crypto.randomUUID(), crypto.randomUUID()];
  const where = { id: customer, name: "Acme", owner: rep, owned_since: "2026-01-01" };
  const held = { id: meeting, customer, rep, format: "discovery", status: "held", starts_at: at, offset_minutes: 0, length_minutes: 60 };
  const invitation = { id: crypto.randomUUID(), meeting, customer, contact: null, rep, way: "link", asked_at: at, state: "asked" };
  const mutations = [
    { create_customer: { customer: where } },
    { create_meeting: { meeting: { ...held, channel: "in_person", contacts: [], colleagues: [], notes: {} } } },
    { invite: { invitation, token: link.hash } },
  ];
  const sent = mutations.map((mutation, before) => ({
    id: crypto.randomUUID(),
    member: rep,
    sequence: before + 1,
    wire: 1,
    made_at: at,
    mutation,
  }));
  const push = { device: crypto.randomUUID(), lowest_unsent: sent.length + 1, mutations: sent };
  const { receipts } = (await (await entered.post("/api/sync/push", push)).json()) as { receipts: { outcome: object }[] };
  expect(receipts.map(({ outcome }) => Object.keys(outcome)[0])).toEqual(["accepted", "accepted", "accepted"]);
  return `/s/${link.token}`;
}

const choose = (page: Page, question: string, answer: string) =>
  page.getByRole("group", { name: question }).getByLabel(answer, { exact: true }).check();

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("a customer rates, adds a word, and changes an answer", async ({ page, server }) => {
    const [link = ""] = await links(server, 1);
    await page.goto(link);
    await expect(page.getByText("Ada Vos of Noord sees your answers and your name.")).toBeVisible();
    await page.getByRole("button", { name: "Send my answers" }).click();
    await expect(page.getByRole("alert")).toHaveText("Answer at least one question, then send.");

    await choose(page, "How fully did Ada Vos listen to you?", "Completely");
    await choose(page, "How much do you trust what Ada Vos tells you?", "A little");
    await choose(page, "How far did what Ada Vos brought serve your goals?", "Can’t say");
    await page.getByRole("button", { name: "Send my answers" }).click();
    await expect(page.getByRole("heading", { name: "Thank you. Your answers are in." })).toBeVisible();
    await page.getByLabel("What would you need from Ada Vos to be sure of what you were told?").fill("Figures, <please>");
    await page.getByRole("button", { name: "Add this" }).click();

    await page.getByRole("link", { name: "Read or change my answers" }).click();
    await expect(page.getByLabel("What would you need from Ada Vos")).toHaveValue("Figures, <please>");
    await choose(page, "How much do you trust what Ada Vos tells you?", "Mostly");
    await page.getByRole("button", { name: "Save my changes" }).click();
    await expect(page.getByRole("heading", { name: "Saved. Thank you" })).toBeVisible();

    await page.goto(link);
    await expect(page.getByText("This link was used and has done its work.")).toBeVisible();
    await page.context().clearCookies();
    await page.reload();
    await expect(page.getByRole("link")).toHaveCount(0);
  });
});

test("a link is used while it is young; an old one says that nothing is expected any more", async ({ page, server }) => {
  await page.goto(await linkFrom(server, 29));
  await expect(page.getByRole("button", { name: "Send my answers" })).toBeVisible();
  const response = await page.goto(await linkFrom(server, 31));
  expect(response?.status()).toBe(410);
  await expect(page.getByRole("heading", { name: "This link is too old" })).toBeVisible();
  await expect(page.getByText("Nothing is expected of you")).toBeVisible();
  await expect(page.getByRole("button")).toHaveCount(0);
  await judge(page, "a link that is too old");
});

test("every page of the customer's is accessible, fits, and works by keyboard", async ({ page, server }) => {
  test.setTimeout(180_000);
  const [link = ""] = await links(server, 1);
  await page.goto("/s/nowhere");
  await judge(page, "an unknown link");
  await page.goto(link);
  await judge(page, "the questions");
  await page.getByText("How your answers are handled").click();
  await expect(page.getByText("You can read and change your answers for 24 hours after sending them.")).toBeVisible();
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await judge(page, "the questions with an error");
  await choose(page, "How fully did Ada Vos listen to you?", "Mostly");
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByRole("heading", { name: "Thank you. Your answers are in." })).toBeVisible();
  await judge(page, "thanks, with one more question");
  await page.getByRole("textbox").fill("A date for the next step.");
  await page.getByRole("button", { name: "Add this" }).click();
  await page.getByRole("link", { name: "Read or change my answers" }).click();
  await expect(page.getByRole("button", { name: "Save my changes" })).toBeVisible();
  await judge(page, "the receipt");
  await page.getByRole("button", { name: "Save my changes" }).click();
  await expect(page.getByRole("heading", { name: "Saved. Thank you" })).toBeVisible();
  await judge(page, "thanks for changes");
  await page.goto(link);
  await judge(page, "a used link");
});

test("the survey works at 320 px, at 200 % text and by keyboard alone", async ({ page, server }) => {
  const [link = ""] = await links(server, 1);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(link);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  expect(await overflow()).toBe(0);

  await page.getByLabel("Hide my name from Ada Vos").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("group", { name: "How fully did Ada Vos listen to you?" }).getByLabel("A little")).toBeChecked();
  await page.getByRole("button", { name: "Send my answers" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Thank you. Your answers are in." })).toBeVisible();
});

test("the survey weighs under 15 KB in at most three requests, none of them script", async ({ page, server }) => {
  const [link = ""] = await links(server, 1);
  const responses: Loaded[] = [];
  page.on("response", (response) => responses.push(response));
  await page.goto(link, { waitUntil: "networkidle" });
  const sizes = await Promise.all(responses.map((response) => response.request().sizes()));
  const bytes = sizes.reduce((sum, { responseBodySize, responseHeadersSize }) => sum + responseBodySize + responseHeadersSize, 0);
  expect(bytes).toBeLessThan(15 * 1024);
  expect(responses.length).toBeLessThanOrEqual(3);
  expect(responses.map((response) => response.request().resourceType())).not.toContain("script");
});
