import { defineConfig } from "@playwright/test";
import type { Engine } from "../support/database.ts";
import base from "../playwright.config.ts";

/** `make screenshots`: draws the README's pictures with what the tests drive phones with. */
export default defineConfig<{ engine: Engine }, { engine: Engine }>({
  testDir: ".",
  testMatch: "take.ts",
  outputDir: "../test-results",
  timeout: 120_000,
  workers: 1,
  reporter: "list",
  ...(base.use ? { use: base.use } : {}),
  projects: [{ name: "screenshots", use: { engine: "sqlite" as const } }],
});
