// Plain JavaScript, because icons.mjs runs without Playwright's TypeScript loader.

/**
 * The system's Chromium, without what would reach for the network or need a display.
 *
 * @type {import("@playwright/test").LaunchOptions}
 */
export const launchOptions = {
  executablePath: process.env.QDOS_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
