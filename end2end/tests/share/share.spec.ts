import { openFirstCustomer, signIn } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import { expect, test } from "../../support/test.ts";

test("the manifest offers Qdos to other apps that share a text", async ({ request }) => {
  const { share_target } = await (await request.get("/manifest.webmanifest")).json();
  const [enctype, params] = ["application/x-www-form-urlencoded", { title: "title", text: "text", url: "url" }];
  expect(share_target).toEqual({ action: "/app/share", method: "GET", enctype, params });
});

test("a text shared without network survives a kill and becomes what the rep chooses", async ({ demo: server, phone }) => {
  test.setTimeout(240_000);
  let page = await phone.open();
  await signIn(page, server, "fleur");
  await page.evaluate(() => navigator.serviceWorker.ready);
  const name = await openFirstCustomer(page, server);
  const customer = page.url();

  await phone.context.setOffline(true);
  const text = `${name} asks: can you deliver on Fridays, 100% sure?`;
  const share = (title: string, words: string) => `${server.url}/app/share?${new URLSearchParams({ title, text: words, url: "" })}`;
  await page.goto(share("Deliveries", text));
  await expect(page.getByLabel("What was shared")).toHaveValue(`Deliveries\n${text}`);
  await expect(page.locator("#whom")).toContainText(name);
  await expect(page).toHaveURL(`${server.url}/app/share`);
  await judge(page, "what another app shared");

  await phone.kill();
  page = await phone.open();
  await phone.context.setOffline(true);
  await page.goto(`${server.url}/app`);
  await page.getByRole("navigation").getByRole("link", { name: "Today" }).click();
  await expect(page.getByText("Something shared with Qdos waits.")).toBeVisible();
  await page.goto(`${server.url}/app/share`);
  await expect(page.getByLabel("What was shared")).toHaveValue(`Deliveries\n${text}`);

  await page.getByRole("radio", { name: "A promise", exact: true }).check();
  await page.getByLabel("What was shared").fill("word ".repeat(101));
  await expect(page.getByText("These are 504 characters, and 500 fit.")).toBeVisible();
  await page.getByLabel("What was shared").fill("Deliver\non Fridays");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByLabel(/^What do you promise/)).toHaveValue("Deliver on Fridays");
  await page.getByRole("button", { name: "Save promise" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Deliver on Fridays" })).toBeVisible();

  await page.goto(share("", `${name} says thank you`));
  await page.getByRole("button", { name: "Save message" }).click();
  await expect(page.getByText("Noted as a message.")).toBeVisible();
  await expect(page).toHaveURL(customer);
  await page.goto(`${server.url}/app/share`);
  await expect(page.getByText("Nothing was shared")).toBeVisible();
});
