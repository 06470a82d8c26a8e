import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContextOptions, test as base, type TestInfo } from "@playwright/test";
import type { Engine } from "./database.ts";
import { startDemo } from "./demo.ts";
import { Phone } from "./phone.ts";
import { Server, type Settings } from "./server.ts";

export { expect } from "@playwright/test";
export { expectAccessible } from "./axe.ts";

/** Milliseconds: the first demonstration of a worker is made anew. */
const DEMO_TIMEOUT = 180_000;

interface TestFixtures {
  /** What `demo` is started with besides. */
  settings: Settings;
  /** A server for this test alone, running: to be stopped, killed, restarted or given other settings. */
  ownServer: Server;
  /** A server for this test alone with the demonstration in it, running. */
  demo: Server;
  /** A phone for this test alone, off, with the project's screen; ask for more with `newPhone`. */
  phone: Phone;
  /** Tells, beside a test that failed, what went wrong at its server. */
  errors: void;
  /** Another phone, with other options than the project's if given. */
  newPhone: (options?: BrowserContextOptions) => Promise<Phone>;
}

interface WorkerFixtures {
  /** The project's database. */
  engine: Engine;
  /** A running server shared by the tests of one worker: each test works in an organisation of its own. */
  server: Server;
  /** A running server with the demonstration in it, shared by the tests of one worker: none of them changes what it holds. */
  sharedDemo: Server;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  engine: ["sqlite", { option: true, scope: "worker" }],

  server: [async ({ engine }, use) => withServer(engine, use), { scope: "worker" }],

  sharedDemo: [async ({ engine }, use) => withDemo(engine, {}, use), { scope: "worker", timeout: DEMO_TIMEOUT }],

  settings: [{}, { option: true }],

  errors: [
    async ({ server }, use, test) => {
      await use();
      tellErrors(server, test);
    },
    { auto: true },
  ],

  ownServer: async ({ engine }, use, test) =>
    withServer(engine, async (server) => {
      await use(server);
      tellErrors(server, test);
    }),

  demo: [
    async ({ engine, settings }, use, test) =>
      withDemo(engine, settings, async (server) => {
        await use(server);
        tellErrors(server, test);
      }),
    { timeout: DEMO_TIMEOUT },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  newPhone: async ({ viewport, deviceScaleFactor, hasTouch, isMobile, locale, timezoneId }, use) => {
    const project = { viewport, deviceScaleFactor, hasTouch, isMobile, locale, timezoneId };
    const made: { phone: Phone; profile: string }[] = [];
    await use(async (options = {}) => {
      const profile = await mkdtemp(join(tmpdir(), "qdos-phone-"));
      const phone = new Phone(profile, { ...project, ...options });
      made.push({ phone, profile });
      return phone;
    });
    for (const { phone, profile } of made) {
      await phone.close();
      await rm(profile, { recursive: true, force: true });
    }
  },

  phone: async ({ newPhone }, use) => use(await newPhone()),
});

async function withServer(engine: Engine, use: (server: Server) => Promise<void>): Promise<void> {
  const server = await Server.create(engine);
  try {
    // Over an empty database the server shows nothing but its first-run page.
    await server.run("organisation", "create", "Testers", "--administrator", "Ada", "--email", "ada@example.test");
    await server.start();
    await use(server);
  } finally {
    await server.dispose();
  }
}

async function withDemo(engine: Engine, settings: Settings, use: (server: Server) => Promise<void>): Promise<void> {
  const server = await Server.create(engine, settings);
  try {
    await startDemo(server);
    await use(server);
  } finally {
    await server.dispose();
  }
}

function tellErrors(server: Server, test: TestInfo): void {
  if (test.status === test.expectedStatus) return;
  const errors = server.log.split("\n").filter((line) => line.includes('"level":"ERROR"'));
  if (errors.length > 0) console.error(`${test.title}: the server says\n${errors.join("\n")}`);
}
