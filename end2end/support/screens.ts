import { readdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Server } from "./server.ts";

const FEATURES = resolve(import.meta.dirname, "../../app/src");
const NOBODY = "018f0000-0000-7000-8000-000000000000";

/** One screen in one state. */
export interface Screen {
  /** Its address as the app registers it. */
  route: string;
  /** The address with everything filled in. */
  path: string;
  /** What sets it apart from other states of the same screen. */
  state?: string;
  /** Brings it into the state. */
  act?: (page: Page) => Promise<void>;
}

/** The addresses that the features register in their `routes()`. */
export async function registeredRoutes(): Promise<string[]> {
  const routes: string[] = [];
  for (const feature of await readdir(FEATURES)) {
    const text = await readFile(resolve(FEATURES, feature, "pages.rs"), "utf8").catch(() => "");
    routes.push(...[...text.matchAll(/path!\("([^"]+)"\)/g)].map(([, path]) => path ?? ""));
  }
  return routes.sort();
}

/** Goes to a screen and waits until the app shows it. */
export async function openScreen(page: Page, server: Server, screen: Screen): Promise<void> {
  await page.goto(server.url + screen.path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // Started without the name of a screen, the app goes on with the tab used last.
  if (screen.path === "/app") await page.getByRole("navigation").getByRole("link", { name: "Today" }).click();
  await screen.act?.(page);
}

const click = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const choose = (name: string) => (page: Page) => page.getByRole("radio", { name, exact: true }).check();
const search = (words: string) => (page: Page) => page.getByRole("searchbox").fill(words);
const both = (...acts: ((page: Page) => Promise<void>)[]) => async (page: Page) => {
  for (const act of acts) await act(page);
};
const quarter = (page: Page) => page.locator(".segment", { hasText: "3 months" }).click();
/** Takes the first customer that the form offers. */
const chooseCustomer = (page: Page) => page.locator("main .list button").first().click();

/** Every screen of a rep, on examples from the demonstration. */
export async function repScreens(page: Page, server: Server): Promise<Screen[]> {
  const first = (path: string, link: string) => firstLink(page, server, path, link);
  const plan = await first("/app", "/app/meetings/");
  const rating = await first("/app/feedback", "/app/feedback/ratings/");
  const meeting = await first(rating, "/app/meetings/");
  const customer = await first(rating, "/app/customers/");
  const contact = await first(customer, "/app/contacts/");
  const promise = await first("/app/promises", "/app/promises/");
  const kept = await first("/app/promises?state=kept", "/app/promises/");
  const ask = await first("/app/promises", "/app/promises/asks/");
  const running = await first("/app/recovery", "/app/recovery/");
  const reflection = await first("/app/reflections", "/app/reflections/");
  const id = (path: string) => path.split("/").pop() ?? "";
  const at = (route: string, state?: string, act?: (page: Page) => Promise<void>): Screen => ({ route, path: route, state, act }) as Screen;
  const named = (route: string, example: string, state?: string, act?: (page: Page) => Promise<void>): Screen =>
    ({ route, path: route.replace(/:\w+/, id(example)), state, act }) as Screen;
  return [
    at("/app"),
    at("/app/customers"),
    at("/app/customers", "nothing found", search("qqq")),
    at("/app/customers/new"),
    at("/app/customers/new", "with an error", click("Save customer")),
    at("/app/customers/new", "with a likely duplicate", duplicate(page, server, customer)),
    named("/app/customers/:customer", customer),
    named("/app/customers/:customer", NOBODY, "unknown"),
    named("/app/customers/:customer", customer, "why it stands so", openAll),
    named("/app/customers/:customer/edit", customer),
    named("/app/customers/:customer/unite", customer),
    named("/app/customers/:customer/unite", customer, "with another chosen", chooseCustomer),
    named("/app/customers/:customer/unite", NOBODY, "unknown"),
    named("/app/customers/:customer/prepare", customer),
    named("/app/customers/:customer/prepare", NOBODY, "unknown"),
    named("/app/customers/:customer/contacts/new", customer),
    named("/app/customers/:customer/contacts/new", customer, "with an error", click("Save")),
    named("/app/contacts/:contact", contact),
    named("/app/customers/:customer/promise", customer),
    named("/app/customers/:customer/promise", customer, "with an error", click("Save promise")),
    named("/app/customers/:customer", customer, "everything open", openAll),
    at("/app/share"),
    at("/app/search"),
    at("/app/search", "something found", search("the")),
    at("/app/search", "nothing found", search("qqq")),
    named("/app/customers/:customer/promises", customer),
    named("/app/customers/:customer/ask", customer),
    named("/app/customers/:customer/ask", customer, "with an error", click("Ask")),
    at("/app/log"),
    at("/app/log", "with errors", click("Save meeting")),
    at("/app/log", "a new customer", search("Brouwerij")),
    at("/app/log", "everything open", both(chooseCustomer, openAll)),
    named("/app/log/customer/:customer", customer),
    named("/app/log/plan/:plan", plan),
    at("/app/plan"),
    at("/app/plan", "with errors", click("Save visit")),
    named("/app/plan/customer/:customer", customer),
    named("/app/meetings/:meeting", plan, "planned"),
    named("/app/meetings/:meeting", meeting),
    named("/app/meetings/:meeting", meeting, "sending a summary", click("Send summary")),
    named("/app/meetings/:meeting", meeting, "adding a photo", click("Add photo")),
    named("/app/meetings/:meeting", NOBODY, "unknown"),
    named("/app/meetings/:meeting/edit", meeting),
    named("/app/meetings/:meeting/saved", meeting),
    at("/app/outbox"),
    at("/app/promises"),
    at("/app/promises", "those kept", choose("Kept")),
    named("/app/promises/:promise", promise),
    named("/app/promises/:promise", promise, "agreeing on something else", click("Changed together")),
    named("/app/promises/:promise", kept, "settled"),
    named("/app/promises/:promise", kept, "telling the customer", click(/^(Tell them|Change)$/)),
    named("/app/promises/:promise", NOBODY, "unknown"),
    named("/app/promises/asks/:ask", ask),
    named("/app/promises/asks/:ask", NOBODY, "unknown"),
    at("/app/recovery"),
    at("/app/recovery", "everything open", openAll),
    named("/app/recovery/:case", running),
    named("/app/recovery/:case", running, "everything open", openAll),
    named("/app/recovery/:case", NOBODY, "unknown"),
    named("/app/customers/:customer/recovery", customer),
    named("/app/customers/:customer/recovery", customer, "with an error", click("Make it right")),
    at("/app/reflect"),
    at("/app/reflect", "with an error", click("Save")),
    named("/app/reflect/:meeting", meeting),
    at("/app/reflections"),
    at("/app/reflections", "everything open", openAll),
    at("/app/reflections/course"),
    named("/app/reflections/:reflection", reflection),
    named("/app/reflections/:reflection/edit", reflection),
    at("/app/feedback"),
    at("/app/feedback", "everything open", openAll),
    named("/app/feedback/ratings/:rating", rating),
    at("/app/engagement"),
    at("/app/engagement", "of a quarter", quarter),
    at("/app/feedback/months"),
    at("/app/feedback/months", "everything open", openAll),
    at("/app/more"),
    at("/app/more/purpose"),
    at("/app/more/looked"),
    at("/app/more/away"),
    at("/app/more/away", "with an error", click("Plan it")),
    at("/app/more/hours"),
    at("/app/more/hours", "one’s own", (page) => page.getByRole("radio", { name: "My own" }).check()),
    at("/app/more/reminders"),
    at("/app/more/calendar"),
    at("/app/more/calendar", "with an address", click(/^Make a/)),
    at("/app/more/calendar", "with an error", click("Read this calendar")),
    at("/app/calendar/import"),
    at("/app/calendar/import", "something to take over", chooseCalendar),
    at("/app/more/export"),
    at("/app/more/pin"),
    at("/app/more/pin", "with an error", click("Set PIN")),
    at("/app/more/sessions"),
    at("/app/more/sign-out"),
    at("/app/more/sign-out", "removing everything", click("Remove from this phone")),
    at("/app/more/sign-out", "clearing other devices", click("Clear my other devices")),
    at("/app/sign-in"),
    at("/app/sign-in", "with an error", click("Sign in")),
    named("/app/welcome/:token", "nowhere", "an unknown link"),
    { route: "", path: "/app/nowhere" },
  ];
}

/** Screens of a rep one of whose customers has waited too long. */
export async function neglectedScreens(): Promise<Screen[]> {
  return [
    { route: "/app", path: "/app", state: "getting in touch", act: click("Get in touch") },
    { route: "/app", path: "/app", state: "why something is there", act: click(/^Why is this here/) },
  ];
}

/** Every screen that only a manager has. */
export async function managerScreens(page: Page, server: Server): Promise<Screen[]> {
  const member = await firstLink(page, server, "/app/team", "/app/team/");
  const rating = await firstLink(page, server, member, "/app/team/ratings/");
  const meeting = await firstLink(page, server, rating, "/app/meetings/");
  return [
    { route: "/app/team", path: "/app/team" },
    { route: "/app/team/:member", path: member },
    { route: "/app/team/:member/promises", path: `${member}/promises` },
    { route: "/app/team/months", path: "/app/team/months" },
    { route: "/app/team/ratings/:rating", path: rating },
    { route: "/app/team/ratings/:rating", path: rating, state: "leaving it out", act: click("Leave out of the score") },
    {
      route: "/app/team/ratings/:rating",
      path: rating,
      state: "leaving it out, with errors",
      act: both(click("Leave out of the score"), click("Leave it out")),
    },
    { route: "/app/meetings/:meeting", path: meeting, state: "of a colleague" },
    { route: "/app/meetings/:meeting/edit", path: `${meeting}/edit`, state: "of a colleague" },
    { route: "/app", path: "/app", state: "of a manager" },
    { route: "/app/feedback", path: "/app/feedback", state: "empty" },
    { route: "/app/promises", path: "/app/promises", state: "empty" },
    { route: "/app/recovery", path: "/app/recovery", state: "of a manager" },
    { route: "/app/reflections", path: "/app/reflections", state: "empty" },
    { route: "/app/more", path: "/app/more", state: "of a manager" },
  ];
}

/** Every screen that only an administrator has. */
export async function administratorScreens(page: Page, server: Server): Promise<Screen[]> {
  const member = await firstLink(page, server, "/app/more/members", "/app/more/members/");
  const team = await firstLink(page, server, "/app/more/teams", "/app/more/teams/");
  const at = (path: string, state?: string, act?: (page: Page) => Promise<void>): Screen => ({ route: path, path, state, act }) as Screen;
  const of = (path: string, route: string, state?: string, act?: (page: Page) => Promise<void>): Screen => ({ route, path, state, act }) as Screen;
  return [
    at("/app/more", "of an administrator"),
    at("/app/more/members"),
    at("/app/more/members", "nobody found", search("qqq")),
    at("/app/more/members/new"),
    at("/app/more/members/new", "with an error", click("Save, then invite")),
    of(member, "/app/more/members/:member"),
    of(member, "/app/more/members/:member", "with a link", click(/^Make a/)),
    of(member, "/app/more/members/:member", "deactivating", click("Deactivate")),
    of(`/app/more/members/${NOBODY}`, "/app/more/members/:member", "unknown"),
    of(`${member}/edit`, "/app/more/members/:member/edit"),
    at("/app/more/teams"),
    at("/app/more/teams/new"),
    at("/app/more/teams/new", "with an error", click("Save team")),
    of(team, "/app/more/teams/:team"),
    at("/app/more/quarantine"),
    of(`/app/more/quarantine/${NOBODY}`, "/app/more/quarantine/:mutation", "unknown"),
    at("/app/more/settings"),
    at("/app/more/settings", "with an error", async (page) => {
      await page.getByLabel("A rating link works for").fill("ever");
      await page.getByRole("button", { name: "Save settings" }).click();
    }),
    at("/app/customers/assign"),
    at("/app/customers/assign", "changing one", changeCustomer),
    at("/app/customers/import"),
    at("/app/customers/import", "the columns", openAll),
    at("/app/customers/import", "a file to be mended", mendFile),
  ];
}

/** Chooses a customer and opens what can be changed. */
async function changeCustomer(page: Page): Promise<void> {
  await page.getByRole("checkbox").nth(1).check();
  await page.getByRole("button", { name: "Change one customer" }).click();
}

/** Chooses a file whose owner nobody is. */
async function mendFile(page: Page): Promise<void> {
  const buffer = Buffer.from("customer,owner_email,colour\nBakker,nobody@example.test,red\n");
  await page.getByLabel("Choose a CSV file").setInputFiles({ name: "customers.csv", mimeType: "text/csv", buffer });
  await expect(page.getByText("One thing is to be mended first.")).toBeVisible();
}

/** Chooses a calendar with a visit in it, and takes that. */
async function chooseCalendar(page: Page): Promise<void> {
  const at = new Date(Date.now() + 4 * 86_400_000).toISOString().replace(/[-:]|\.\d+/g, "");
  const lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:A visit", `DTSTART:${at}`, "END:VEVENT", "BEGIN:VEVENT", "UID:2", "SUMMARY:A day", `DTSTART;VALUE=DATE:${at.slice(0, 8)}`, "END:VEVENT", "END:VCALENDAR"];
  await page.getByLabel("Choose a calendar file").setInputFiles({ name: "mine.ics", mimeType: "text/calendar", buffer: Buffer.from(lines.join("\r\n")) });
  await page.getByRole("switch", { name: "A visit" }).check();
}

/** The first address on a screen that begins with `link` and names one thing. */
async function firstLink(page: Page, server: Server, path: string, link: string): Promise<string> {
  await page.goto(server.url + path);
  const links = page.locator(`main a[href^="${link}"]`);
  await expect(links.first()).toBeVisible();
  const addresses = await links.evaluateAll((all) => all.map((it) => it.getAttribute("href") ?? ""));
  const found = addresses.find((address) => /^[0-9a-f-]{36}$/.test(address.slice(link.length)));
  expect(found, `${path} leads to no ${link}`).toBeDefined();
  return found ?? "";
}

/** Types the name of a customer who is there already. */
function duplicate(_: Page, server: Server, customer: string) {
  return async (page: Page) => {
    await page.goto(server.url + customer);
    const name = await page.getByRole("heading", { level: 1 }).textContent();
    await page.goto(`${server.url}/app/customers/new`);
    await page.getByLabel("Name").fill(name ?? "");
    await expect(page.getByText("Is it one of these?")).toBeVisible();
  };
}

/** Opens whatever can be opened on the screen. */
async function openAll(page: Page): Promise<void> {
  await expect(page.locator("main details").first()).toBeVisible();
  for (const summary of await page.locator("main summary").all()) {
    if (await summary.locator("xpath=..").getAttribute("open").then((it) => it === null)) await summary.click();
  }
  for (const button of await page.getByRole("button", { name: /^Add (a|another) (promise|thing)/ }).all()) await button.click();
}
