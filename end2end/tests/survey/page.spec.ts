import type { Page, Response } from "@playwright/test";
import { judge } from "../../support/judge.ts";
import type { Server } from "../../support/server.ts";
import { expect, test } from "../../support/test.ts";

const PASSWORD = "a bench under the old lime tree";

/** Links from the stock of a member in an organisation of its own, as paths. */
async function links(server: Server, wanted: number): Promise<string[]> {
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
  const stock: { token: string }[] = await (await post("/api/survey/tokens", { wanted }, cookie)).json();
  return stock.map(({ token }) => `/s/${token}`);
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

test("every page of the customer's is accessible, fits, and works by keyboard", async ({ page, server }) => {
  test.setTimeout(180_000);
  const [link = ""] = await links(server, 1);
  await page.goto("/s/nowhere");
  await judge(page, "an unknown link");
  await page.goto(link);
  await judge(page, "the questions");
  await page.getByText("How your answers are handled").click();
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
  const responses: Response[] = [];
  page.on("response", (response) => responses.push(response));
  await page.goto(link, { waitUntil: "networkidle" });
  const sizes = await Promise.all(responses.map((response) => response.request().sizes()));
  const bytes = sizes.reduce((sum, { responseBodySize, responseHeadersSize }) => sum + responseBodySize + responseHeadersSize, 0);
  expect(bytes).toBeLessThan(15 * 1024);
  expect(responses.length).toBeLessThanOrEqual(3);
  expect(responses.map((response) => response.request().resourceType())).not.toContain("script");
});
