import { readdir, readFile } from "node:fs/promises";
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { launchOptions } from "./chromium.mjs";

/** A browser whose profile outlives it: it can be killed and opened again, like the app on a real phone. */
export class Phone {
  readonly #profile: string;
  readonly #options: BrowserContextOptions;
  #context: BrowserContext | undefined;

  /** A phone that keeps its data in the directory `profile`. Not yet switched on. */
  constructor(profile: string, options: BrowserContextOptions) {
    this.#profile = profile;
    this.#options = options;
  }

  /** Opens the browser with what the profile holds and shows its one page. */
  async open(): Promise<Page> {
    this.#context = await chromium.launchPersistentContext(this.#profile, { ...launchOptions, ...this.#options });
    return this.#context.pages()[0] ?? this.#context.newPage();
  }

  /** The open browser, for a second tab, cookies, or going offline. */
  get context(): BrowserContext {
    if (!this.#context) throw new Error("the phone is off");
    return this.#context;
  }

  /** SIGKILL to every process of the browser: nothing gets to flush or to say goodbye. */
  async kill(): Promise<void> {
    const context = this.context;
    const main = await this.#mainProcess();
    const closed = context.waitForEvent("close");
    // Playwright starts the browser as the leader of a process group.
    process.kill(-main, "SIGKILL");
    await closed;
    this.#context = undefined;
  }

  /** Closes the browser in order. */
  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  async #mainProcess(): Promise<number> {
    for (const entry of await readdir("/proc")) {
      if (!/^\d+$/.test(entry)) continue;
      const command = (await readFile(`/proc/${entry}/cmdline`, "utf8").catch(() => "")).split("\0");
      const isChild = command.some((argument) => argument.startsWith("--type="));
      if (!isChild && command.includes(`--user-data-dir=${this.#profile}`)) return Number(entry);
    }
    throw new Error(`no browser runs on ${this.#profile}`);
  }
}
