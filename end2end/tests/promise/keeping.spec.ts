import { openFirstCustomer, signIn } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import { expect, expectAccessible, test } from "../../support/test.ts";

test("a promise for a colleague to keep is refused in words, agreed anew with the customer, and told", async ({ demo: server, newPhone }) => {
  test.setTimeout(240_000);
  const fleur = await (await newPhone()).open();
  await signIn(fleur, server, "fleur");
  const customer = await openFirstCustomer(fleur, server);
  await fleur.getByRole("link", { name: "Promise", exact: true }).click();
  await fleur.getByLabel(/^What do you promise/).fill("Replace the valve on Friday");
  await fleur.getByLabel("Who keeps it").selectOption({ label: "Daan de Boer" });
  await fleur.getByRole("button", { name: "Save promise" }).click();
  await expect(fleur.getByText("Has not said yet whether it can be done")).toBeVisible();
  const promise = fleur.url();

  const daan = await (await newPhone()).open();
  await signIn(daan, server, "daan");
  await daan.goto(`${server.url}/app/promises`);
  await daan.getByRole("link", { name: /Replace the valve on Friday/ }).click();
  await expect(daan.getByText(customer)).toBeVisible();
  await daan.getByRole("button", { name: "I cannot" }).click();
  await daan.getByLabel("Why not, and what would work?").fill("The part comes on Monday.");
  await daan.reload();
  await expect(daan.getByLabel("Why not, and what would work?")).toHaveValue("The part comes on Monday.");
  await daan.getByRole("button", { name: "Tell them" }).click();
  await expect(daan.getByText("You said that you cannot keep it")).toBeVisible();
  await expectAccessible(daan);

  await fleur.goto(promise);
  await expect(fleur.getByText("The part comes on Monday.")).toBeVisible();
  await fleur.getByRole("button", { name: "Changed together" }).click();
  await fleur.getByLabel("What will be done").fill("Replace the valve on Tuesday");
  await fleur.reload();
  await fleur.getByRole("button", { name: "Changed together" }).click();
  await expect(fleur.getByLabel("What will be done")).toHaveValue("Replace the valve on Tuesday");
  await fleur.getByRole("button", { name: "Save what we agreed" }).click();
  // What was said just now may lie over it.
  await fleur.getByRole("link", { name: "What was agreed instead" }).press("Enter");
  await expect(fleur.getByRole("heading", { name: "Replace the valve on Tuesday" })).toBeVisible();

  await fleur.getByRole("button", { name: "Kept", exact: true }).click();
  await fleur.getByRole("button", { name: "Tell them" }).click();
  await fleur.getByLabel("What was done").fill("Daan replaced it.");
  await fleur.getByLabel(/^Or how/).fill("on the phone");
  await fleur.reload();
  await fleur.getByRole("button", { name: "Tell them" }).click();
  await expect(fleur.getByLabel("What was done")).toHaveValue("Daan replaced it.");
  await expect(fleur.getByLabel(/^Or how/)).toHaveValue("on the phone");
  await fleur.getByRole("button", { name: "Save", exact: true }).click();
  await expect(fleur.getByText("was told on the phone.")).toBeVisible();
  await expect(fleur.getByText("As we see it")).toBeVisible();
  await expectAccessible(fleur);

  await fleur.goto(`${server.url}/app/promises`);
  await fleur.getByRole("radio", { name: "Changed together" }).check();
  await fleur.getByRole("link", { name: /Replace the valve on Friday/ }).click();
  await fleur.getByRole("link", { name: "Back", exact: true }).click();
  await expect(fleur.getByRole("radio", { name: "Changed together" })).toBeChecked();
});

test("a wish is put to a colleague without network, and the answer comes back", async ({ demo: server, newPhone }) => {
  test.setTimeout(240_000);
  const phone = await newPhone();
  const fleur = await phone.open();
  await signIn(fleur, server, "fleur");
  await fleur.evaluate(() => navigator.serviceWorker.ready);
  const customer = await openFirstCustomer(fleur, server);
  await phone.context.setOffline(true);
  await fleur.getByRole("link", { name: /^Ask inside/ }).click();
  await fleur.getByLabel(/wish for/).fill("A pump that runs at night");
  await fleur.getByLabel("Whom do you ask?").selectOption({ label: "Marit van den Berg" });
  await fleur.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(fleur.getByText("Waiting for an answer")).toBeVisible();
  const ask = fleur.url();
  await phone.context.setOffline(false);

  const marit = await (await newPhone()).open();
  await signIn(marit, server, "marit");
  await marit.goto(`${server.url}/app/promises`);
  await expect(async () => {
    await marit.reload();
    await marit.getByRole("link", { name: /A pump that runs at night/ }).click({ timeout: 2_000 });
  }).toPass();
  await expect(marit.getByText(`For ${customer}`)).toBeVisible();
  await marit.getByLabel("Your answer").fill("From June on.");
  await marit.reload();
  await expect(marit.getByLabel("Your answer")).toHaveValue("From June on.");
  await marit.getByRole("button", { name: "Answer", exact: true }).click();
  await expect(marit.getByText("You answered")).toBeVisible();

  await fleur.goto(ask);
  await expect(fleur.getByText("From June on.")).toBeVisible();
  await expect(fleur.getByRole("link", { name: `Promise something to ${customer}` })).toBeVisible();
  await expectAccessible(fleur);
});

test("maker and keeper say offline how it went: the later word stands, and both read both", async ({ demo, newPhone }) => {
  test.setTimeout(120_000);
  const [fleursPhone, daansPhone] = [await newPhone(), await newPhone()];
  const [fleur, daan] = [await fleursPhone.open(), await daansPhone.open()];
  await signIn(fleur, demo, "fleur");
  await openFirstCustomer(fleur, demo);
  await fleur.getByRole("link", { name: "Promise", exact: true }).click();
  await fleur.getByLabel(/^What do you promise/).fill("Check the pressure");
  await fleur.getByLabel("Who keeps it").selectOption({ label: "Daan de Boer" });
  await fleur.getByRole("button", { name: "Save promise" }).click();
  await expect(fleur.getByText("Has not said yet whether it can be done")).toBeVisible();
  await signIn(daan, demo, "daan");
  await daan.goto(`${demo.url}/app/promises`);
  await daan.getByRole("link", { name: /Check the pressure/ }).click();

  await fleursPhone.context.setOffline(true);
  await daansPhone.context.setOffline(true);
  await daan.getByRole("button", { name: "Kept", exact: true }).click();
  await expect(daan.getByText("It went otherwise?")).toBeVisible();
  await fleur.getByRole("button", { name: "Not kept", exact: true }).click();
  await expect(fleur.getByText("It went otherwise?")).toBeVisible();
  for (const [page, phone] of [[daan, daansPhone], [fleur, fleursPhone]] as const) {
    const sent = page.waitForResponse((response) => response.url().endsWith("/api/sync/push") && response.ok());
    await phone.context.setOffline(false);
    await sent;
  }
  await expect(fleur.getByText("You said last how it went, and that stands: Not kept.")).toBeVisible();
  await expect(fleur.getByText("Daan de Boer, today: Kept")).toBeVisible();
  await expect(daan.getByText(/^Fleur .* said last how it went, and that stands: Not kept\.$/)).toBeVisible();
  await expect(daan.getByText("You, today: Kept")).toBeVisible();
  await judge(daan, "maker and keeper said otherwise");

  // What arrives does not take away what is being written.
  await fleur.getByRole("button", { name: "Tell them" }).click();
  await fleur.getByLabel("What was done").fill("It still leaks.");
  const pulled = fleur.waitForResponse((response) => response.url().endsWith("/api/sync/pull") && response.ok());
  await daan.getByRole("button", { name: "Kept late", exact: true }).click();
  await pulled;
  await fleur.waitForTimeout(500);
  await expect(fleur.getByLabel("What was done")).toHaveValue("It still leaks.");
  await fleur.getByRole("button", { name: "Save", exact: true }).click();
  await expect(fleur.getByText("It still leaks.").first()).toBeVisible();
  await expect(fleur.getByText("Daan de Boer said last how it went, and that stands: Kept late.")).toBeVisible();
  await expect(fleur.getByText("You, today: Not kept")).toBeVisible();
});
