import { address, addMember, enterAsAdministrator, enterByLink, makeLink, PASSWORD } from "../../support/administrator.ts";
import { judge } from "../../support/judge.ts";
import { expect, expectAccessible, test } from "../../support/test.ts";

test("an administrator invites a rep into a new team, and the rep is in", async ({ page, server, newPhone }) => {
  const email = address("rik");
  await enterAsAdministrator(page, server);
  await page.goto("/app/more/teams");
  await page.getByRole("link", { name: "Make the first team" }).click();
  await page.getByLabel("Name").fill("Utrecht");
  await page.getByRole("button", { name: "Save team" }).click();
  await expect(page.getByRole("link", { name: /^Utrecht/ })).toBeVisible();

  await addMember(page, { name: "Rik de Wit", email, team: "Utrecht" });
  await expect(page.getByText("Not invited yet")).toBeVisible();
  const link = await makeLink(page);
  await expect(page.getByText("Works once, until")).toBeVisible();

  const rik = await (await newPhone()).open();
  await enterByLink(rik, link);
  await expect(rik.getByRole("heading", { name: "Today" })).toBeVisible();
  await rik.goto(`${server.url}/app/more`);
  await expect(rik.getByText(email)).toBeVisible();

  const again = await (await newPhone()).open();
  await again.goto(link);
  await expect(again.getByText("This link was used already.")).toBeVisible();

  await page.goto("/app/more/members");
  await expect(page.getByRole("link", { name: /Rik de Wit.*Utrecht · active/ })).toBeVisible();
});

test("whoever is no administrator sees no administration and is told who can help", async ({ page, server, newPhone }) => {
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Rik", email: address("rik") });
  const rik = await (await newPhone()).open();
  await enterByLink(rik, await makeLink(page));
  await rik.goto(`${server.url}/app/more`);
  await expect(rik.getByRole("heading", { name: "Account" })).toBeVisible();
  await expect(rik.getByRole("heading", { name: "Organisation" })).toHaveCount(0);
  for (const path of ["more/members", "more/members/new", "more/teams", "more/teams/new", "more/settings", "customers/assign", "customers/import"]) {
    await rik.goto(`${server.url}/app/${path}`);
    await expect(rik.getByRole("heading", { name: "This is for administrators" })).toBeVisible();
    await expect(rik.getByText("Ada Vos")).toBeVisible();
  }
  await expectAccessible(rik);
});

test("a member who is deactivated is out, and comes back", async ({ page, server, newPhone }) => {
  const email = address("rik");
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Rik", email });
  const rik = await (await newPhone()).open();
  await enterByLink(rik, await makeLink(page));

  await page.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByRole("dialog").getByRole("link", { name: "Hand over their customers" })).toBeVisible();
  await page.getByRole("button", { name: "Deactivate now" }).click();
  await expect(page.getByText("Cannot sign in.")).toBeVisible();
  const refused = await rik.request.post(`${server.url}/api/fn/account/who_am_i`, { headers: { origin: server.url }, data: {} });
  expect(refused.status()).toBe(401);

  await page.getByRole("button", { name: "Activate again" }).click();
  await expect(page.getByText("Has a password")).toBeVisible();
  const back = await rik.request.post(`${server.url}/api/fn/account/sign_in`, {
    headers: { origin: server.url },
    data: { email, password: PASSWORD },
  });
  expect(back.status()).toBe(200);
});

test("an administrator cannot shut the door behind oneself, and nothing typed is lost", async ({ page, server }) => {
  await enterAsAdministrator(page, server);
  await page.goto("/app/more/members");
  await page.getByRole("link", { name: /Ada Vos/ }).click();
  await expect(page.getByText("Was last here")).toBeVisible();
  await expect(page.getByRole("button", { name: "Deactivate" })).toHaveCount(0);
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Name").fill("Ada Bakker");
  await page.getByRole("switch", { name: "Administrator" }).uncheck();
  await page.getByRole("switch", { name: "Rep" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Another administrator has to take this role from you.")).toBeVisible();
  await expect(page.getByRole("group", { name: "Roles" })).toBeFocused();
  await page.getByRole("switch", { name: "Administrator" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Ada Bakker", level: 1 })).toBeVisible();
  await expect(page.getByText("Rep, administrator")).toBeVisible();
});

test("a lost phone is signed out from another one", async ({ page, server, newPhone }) => {
  await enterAsAdministrator(page, server);
  const email = address("rik");
  await addMember(page, { name: "Rik", email });
  const rik = await (await newPhone()).open();
  await enterByLink(rik, await makeLink(page));
  const lost = await (await newPhone()).open();
  const entered = await lost.request.post(`${server.url}/api/fn/account/sign_in`, {
    headers: { origin: server.url },
    data: { email, password: PASSWORD },
  });
  expect(entered.status()).toBe(200);

  await rik.goto(`${server.url}/app/more`);
  await rik.getByRole("link", { name: "Where you are signed in" }).click();
  await expect(rik.getByText("This one")).toBeVisible();
  await judge(rik, "two sessions");
  await rik.getByRole("button", { name: /^Sign out/ }).click();
  await judge(rik, "signing another device out");
  await rik.getByRole("button", { name: "Sign out, keep what is on it" }).click();
  await expect(rik.getByText("Signed out there.")).toBeVisible();
  await expect(rik.getByRole("button", { name: /^Sign out/ })).toHaveCount(0);
  const refused = await lost.request.post(`${server.url}/api/fn/account/who_am_i`, { headers: { origin: server.url }, data: {} });
  expect(refused.status()).toBe(401);
});

test("a long name fits, and without a network the screen says that it waits for one", async ({ page, server }) => {
  await enterAsAdministrator(page, server);
  await addMember(page, { name: "Maximiliane von Hohenstein-Wintersperger", email: address("maximiliane.von.hohenstein") });
  await makeLink(page);
  await page.context().setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await judge(page, "a new member's link, offline");
});
