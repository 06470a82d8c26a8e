import type { Page } from "@playwright/test";
import { openFirstCustomer, signIn } from "../../support/demo.ts";
import { judge } from "../../support/judge.ts";
import type { Server } from "../../support/server.ts";
import { everythingStored } from "../../support/storage.ts";
import { expect, test } from "../../support/test.ts";

/** What a camera writes into a photo, and nobody is to read. */
const PLACE = "52.0907 N, 5.1214 E, serial 4711";

test("a photo taken without network outlives two kills, reaches the manager upright, and says nothing of where it was taken", async ({ engine, demo: server, phone, newPhone }) => {
  test.setTimeout(240_000);
  test.skip(engine !== "sqlite", "the server is off meanwhile");
  const first = await phone.open();
  await signIn(first, server, "fleur");
  await expect(first.getByText("Up to date")).toBeVisible();
  await first.evaluate(() => navigator.serviceWorker.ready);
  const buffer = await lyingPhoto(first);
  expect(buffer.includes(PLACE)).toBe(true);
  // Chromium writes cookies to disk every half minute and when it is closed: the rep signed in long ago.
  await phone.close();
  await server.stop();

  const logging = await phone.open();
  await logging.goto(`${server.url}/app/log`);
  await logging.getByRole("button", { name: /Zuivelfabriek|Bakkerij|Brouwerij/ }).first().click();
  await logging.getByRole("radio", { name: "Introductory" }).check();
  await logging.getByText("Add more").click();
  await logging.getByLabel("Choose photos").setInputFiles({ name: "no photo.heic", mimeType: "image/heic", buffer: Buffer.from("ftypheic") });
  await expect(logging.getByText("no photo.heic cannot be shown by this browser", { exact: false })).toBeVisible();
  await logging.getByLabel("Choose photos").setInputFiles({ name: "valve.jpg", mimeType: "image/jpeg", buffer });
  await expect(logging.getByRole("img", { name: "Chosen photo" })).toBeVisible();
  await logging.getByLabel(/^What it shows/).fill("The valve");
  await expect.poll(() => everythingStored(logging)).toContain("The valve");
  await phone.kill();

  const again = await phone.open();
  await again.goto(`${server.url}/app/log`);
  await expect(again.getByText("Here is what you typed before.")).toBeVisible();
  await expect(again.getByRole("img", { name: "Chosen photo" })).toBeVisible();
  await expect(again.getByLabel(/^What it shows/)).toHaveValue("The valve");
  await again.getByRole("button", { name: "Save meeting" }).click();
  await expect(again.getByText("It is safe on this phone.")).toBeVisible();
  await expectShown(again, "The valve");
  const meeting = new URL(again.url()).pathname.replace("/saved", "");
  await phone.kill();

  const offline = await phone.open();
  await offline.goto(server.url + meeting);
  await expectShown(offline, "The valve");
  await server.start();
  await offline.goto(`${server.url}/app/outbox`);
  await offline.getByRole("button", { name: "Sync now" }).click();
  await expect(offline.getByRole("heading", { name: "All sent" })).toBeVisible();

  const rows = await server.rows();
  const known = rows.filter(([table]) => table === "photo").map(([, row]) => JSON.parse(row.body ?? "{}"));
  expect(known).toMatchObject([{ width: 533, height: 1600, caption: "The valve" }]);
  const [kept] = rows.filter(([table]) => table === "photo_content").map(([, row]) => Buffer.from((row as { content?: string }).content ?? "", "hex"));
  expect(kept?.subarray(0, 2).toString("hex")).toBe("ffd8");
  expect(kept?.length).toBeLessThanOrEqual(250 * 1024);
  for (const metadata of [PLACE, "Exif", "JFIF", "ICC_PROFILE"]) expect(kept?.includes(metadata), metadata).toBe(false);

  const other = await newPhone();
  const marit = await other.open();
  await signIn(marit, server, "marit");
  await marit.goto(server.url + meeting);
  await expectShown(marit, "The valve");
  await marit.evaluate(() => navigator.serviceWorker.ready);
  await other.context.setOffline(true);
  await marit.reload();
  await expectShown(marit, "The valve");
});

test("photos are added to a meeting, looked at by keyboard, removed and brought back; how many fit is said before", async ({ demo: server, newPhone }) => {
  test.setTimeout(240_000);
  const phone = await newPhone();
  const fleur = await phone.open();
  await signIn(fleur, server, "fleur");
  await openMeeting(fleur, server);
  const buffer = await lyingPhoto(fleur);
  await fleur.getByRole("button", { name: "Add photo" }).click();
  await expect(fleur.getByText("Up to 8 photos.", { exact: false })).toBeVisible();
  const many = [...Array(9).keys()].map((n) => ({ name: `${n}.jpg`, mimeType: "image/jpeg", buffer }));
  await fleur.getByLabel("Choose photos").setInputFiles(many);
  await expect(fleur.getByText("That is all 8 photos.", { exact: false })).toBeVisible();
  await expect(fleur.getByText("8.jpg was left out", { exact: false })).toBeVisible();
  await judge(fleur, "photos chosen");
  for (let left = 8; left > 2; left -= 1) await fleur.getByRole("button", { name: "Leave this photo out" }).first().click();
  await fleur.getByRole("button", { name: "Save", exact: true }).click();
  await expect(fleur.getByText("Photos saved on this phone.")).toBeVisible();
  // What is said lies over the screen for a moment.
  await expect(fleur.getByText("Photos saved on this phone.")).toBeHidden({ timeout: 20_000 });
  await judge(fleur, "a meeting with photos");

  const thumb = fleur.getByRole("button", { name: /^Photo 1 of 2/ });
  await thumb.press("Enter");
  const view = fleur.getByRole("dialog", { name: "Photo" });
  await expect(view.getByText("1 of 2", { exact: true })).toBeVisible();
  await fleur.keyboard.press("ArrowRight");
  await expect(view.getByText("2 of 2", { exact: true })).toBeVisible();
  await judge(fleur, "a photo");
  await fleur.keyboard.press("Escape");
  await expect(view).toBeHidden();
  await expect(thumb).toBeFocused();

  await thumb.click();
  await view.getByRole("button", { name: "Remove this photo" }).click();
  await expect(fleur.getByText("Photo removed.")).toBeVisible();
  await expect(fleur.getByRole("img", { name: /^Photo 1 of 1/ })).toBeVisible();
  await fleur.getByRole("button", { name: "Undo" }).click();
  await expect(fleur.getByRole("img", { name: /^Photo 2 of 2/ })).toBeVisible();
});

test("a photo that was never looked at says so without network, and nothing is left once everything is removed", async ({ demo: server, newPhone }) => {
  test.setTimeout(240_000);
  const fleur = await (await newPhone()).open();
  await signIn(fleur, server, "fleur");
  const meeting = await openMeeting(fleur, server);
  await fleur.getByRole("button", { name: "Add photo" }).click();
  await fleur.getByLabel("Choose photos").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: await lyingPhoto(fleur) });
  await fleur.getByRole("button", { name: "Save", exact: true }).click();
  await expect(fleur.getByText("Photo saved on this phone.")).toBeVisible();
  await fleur.goto(`${server.url}/app/outbox`);
  await expect(fleur.getByRole("heading", { name: "All sent" })).toBeVisible();

  const phone = await newPhone();
  const marit = await phone.open();
  await signIn(marit, server, "marit");
  await expect(marit.getByText("Up to date")).toBeVisible();
  await marit.evaluate(() => navigator.serviceWorker.ready);
  await phone.context.setOffline(true);
  await marit.goto(server.url + meeting);
  await expect(marit.getByText("Photo not on this phone; it shows once you have network")).toBeVisible();
  await judge(marit, "a photo that is not here");
  await phone.context.setOffline(false);
  await expectShown(marit, /^Photo 1 of 1/);
  expect(await albums(marit)).toHaveLength(1);

  await marit.goto(`${server.url}/app/more/sign-out`);
  await marit.getByRole("button", { name: "Remove from this phone" }).click();
  await marit.getByRole("button", { name: "Yes, remove everything of mine here" }).click();
  await expect(marit.getByRole("heading", { name: "Sign in", level: 1 })).toBeVisible();
  expect(await albums(marit)).toEqual([]);
});

/** A photo that lies on its side, with an Exif segment that says so, and where it was taken: 3,000 by 1,000 as stored, 1,000 by 3,000 as seen. */
async function lyingPhoto(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3000, 1000);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    for (let at = 0; at < 3000; at += 20) {
      context.fillStyle = `hsl(${at % 360} 80% ${30 + (at % 50)}%)`;
      context.fillRect(at, 0, 20, 1000);
    }
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const orientation = Buffer.from("4d4d002a00000008000101120003000000010006000000000000", "hex");
  const content = Buffer.concat([Buffer.from("Exif\0\0"), orientation, Buffer.from(PLACE)]);
  const head = Buffer.from([0xff, 0xe1, (content.length + 2) >> 8, (content.length + 2) & 0xff]);
  return Buffer.concat([Buffer.from(bytes.slice(0, 2)), head, content, Buffer.from(bytes.slice(2))]);
}

/** The photo of that name is there and can be seen, upright. */
async function expectShown(page: Page, name: string | RegExp): Promise<void> {
  const photo = page.getByRole("img", { name }).first();
  await expect(photo).toBeVisible();
  await expect.poll(() => photo.evaluate((it) => (it as HTMLImageElement).naturalHeight)).toBe(1600);
}

/** Opens a meeting of the signed-in rep that was held; its path. */
async function openMeeting(page: Page, server: Server): Promise<string> {
  await openFirstCustomer(page, server);
  await page.locator('main a[href^="/app/meetings/"]').first().click();
  await expect(page.getByRole("heading", { name: /meeting$/ })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** The albums of photos that the browser keeps. */
async function albums(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("qdos-photos-")));
}
