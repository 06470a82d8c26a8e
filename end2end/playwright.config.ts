import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/chromium.mjs";
import type { Engine } from "./support/database.ts";
import { PHONE, TABLET } from "./support/devices.ts";

/** What is tried on PostgreSQL, too: the whole story, and what depends on commits. Every query runs on both in the server's own tests. */
const OF_THE_DATABASE = ["story/**", "sync/**", "outbox/**", "survey/**", "meeting/killed.spec.ts"];

/** What a tablet shows otherwise than a phone, or is used for: the customer's pages, and screens with two columns. */
const OF_THE_TABLET = ["shell/**", "story/**", "survey/**", "score/**", "team/**"];

export default defineConfig<{ engine: Engine }, { engine: Engine }>({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  // A test that passes only when it is tried again is a failure.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    launchOptions,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    trace: process.env.CI ? "off" : "retain-on-failure",
    actionTimeout: 10_000,
  },
  projects: [
    { name: "phone", use: { ...PHONE, engine: "sqlite" } },
    { name: "tablet", testMatch: OF_THE_TABLET, use: { ...TABLET, engine: "sqlite" } },
    // Under `end2end/postgres.sh`, which `make test` uses.
    ...(process.env.QDOS_TEST_POSTGRES
      ? [{ name: "phone, PostgreSQL", testMatch: OF_THE_DATABASE, use: { ...PHONE, engine: "postgres" as const } }]
      : []),
  ],
});
