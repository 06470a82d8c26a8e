// Draws the PNG icons from public/favicon.svg: `make icons`. The results are committed.

import { readFile } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { launchOptions } from "./support/chromium.mjs";

const PUBLIC = new URL("../public/", import.meta.url);

/** A maskable icon may be cut to a circle of 80 %, and iOS rounds the corners itself: both need a full tile. */
const FULL_TILE = `
  .tile { rx: 0 }
  .mark { transform: scale(0.84); transform-origin: center }
`;

const ICONS = [
  { file: "icon-180.png", size: 180, style: FULL_TILE },
  { file: "icon-192.png", size: 192, style: "" },
  { file: "icon-512.png", size: 512, style: "" },
  { file: "icon-maskable-192.png", size: 192, style: FULL_TILE },
  { file: "icon-maskable-512.png", size: 512, style: FULL_TILE },
];

const mark = await readFile(new URL("favicon.svg", PUBLIC), "utf8");
const browser = await chromium.launch(launchOptions);
for (const { file, size, style } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block } ${style}</style>${mark}`);
  await page.screenshot({ path: new URL(file, PUBLIC).pathname, omitBackground: true });
  await page.close();
}
await browser.close();
