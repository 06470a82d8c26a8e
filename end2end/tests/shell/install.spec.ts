import { expect, test } from "../../support/test.ts";

test("a browser offers to install the app", async ({ page, context }) => {
  await page.goto("/app");
  await page.evaluate(() => navigator.serviceWorker.ready);

  const browser = await context.newCDPSession(page);
  const { installabilityErrors } = await browser.send("Page.getInstallabilityErrors");
  const { errors } = await browser.send("Page.getAppManifest");
  expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
  expect(errors).toEqual([]);
});

test("the icons are as large as the manifest says", async ({ page, request }) => {
  const manifest = await (await request.get("/manifest.webmanifest")).json();
  await page.goto("/robots.txt");
  for (const { src, sizes, purpose } of manifest.icons.filter(({ sizes }: { sizes: string }) => sizes !== "any")) {
    const size = await page.evaluate(async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    expect(size, `${src} (${purpose})`).toBe(sizes);
  }
});

test("what can be kept for ever says so, what must be asked for again too", async ({ request }) => {
  const shell = await request.get("/app");
  expect(shell.headers()["cache-control"]).toContain("no-cache");
  const [, script] = /<script type="module" src="([^"]+)"/.exec(await shell.text()) ?? [];
  const asset = await request.get(script ?? "");
  expect(asset.headers()["cache-control"]).toContain("immutable");
  expect(asset.headers()["content-encoding"]).toBe("br");
  expect((await request.get("/sw.js")).headers()["cache-control"]).toContain("no-cache");
});
