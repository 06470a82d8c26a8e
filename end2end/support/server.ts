import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { createDatabase, type Database, type Engine } from "./database.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const TARGET = resolve(REPOSITORY, process.env.CARGO_TARGET_DIR ?? "target");
/** The server under test. */
export const QDOS = process.env.QDOS_BINARY ?? join(TARGET, "debug/qdos");

/** The bundled site that servers serve unless told otherwise. */
export const SITE = process.env.QDOS_SITE ?? join(REPOSITORY, "target/site");

/** A row of a backup. */
export type Row = [table: string, row: { id?: string; body?: string; [column: string]: unknown }];

/** What a test may change about a server; lasts until it is changed again. */
export interface Settings {
  [variable: `QDOS_${string}`]: string;
}

/** One `qdos serve` on a database and data directory of its own, and the same address all its life. */
export class Server {
  readonly url: string;
  readonly directory: string;
  readonly #port: number;
  readonly #database: Database;
  readonly #through: string[];
  #settings: Settings;
  #process: ChildProcess | undefined;
  #log = "";

  private constructor(port: number, directory: string, database: Database, settings: Settings, through: string[]) {
    this.url = `http://127.0.0.1:${port}`;
    this.directory = directory;
    this.#port = port;
    this.#database = database;
    this.#settings = settings;
    this.#through = through;
  }

  /** A server with an empty database, not yet started; then run `through` a command that replaces itself by its arguments. */
  static async create(engine: Engine, settings: Settings = {}, through: string[] = []): Promise<Server> {
    const directory = await mkdtemp(join(tmpdir(), "qdos-end2end-"));
    return new Server(await freePort(), directory, await createDatabase(engine, directory), settings, through);
  }

  /** Another process for the same database, which must be a PostgreSQL, at an address of its own; not yet started. */
  async beside(): Promise<Server> {
    const directory = await mkdtemp(join(tmpdir(), "qdos-end2end-"));
    return new Server(await freePort(), directory, { url: this.#database.url, drop: async () => {} }, this.#settings, this.#through);
  }

  /** Starts serving, with `settings` on top of those it had, and returns when it answers; `demo` fills an empty database first. */
  async start(settings: Settings = {}, command: "serve" | "demo" = "serve"): Promise<void> {
    this.#settings = { ...this.#settings, ...settings };
    const [program = QDOS, ...rest] = [...this.#through, QDOS, command];
    const child = spawn(program, rest, { cwd: this.directory, env: this.environment, stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (this.#log += text));
    const gone = once(child, "exit").then(() => {
      throw new Error(`qdos serve ended:\n${this.#log}`);
    });
    // Later it ends because we stop it.
    gone.catch(() => {});
    await Promise.race([gone, this.#answers()]);
  }

  /** Ends it as an operator does: it finishes the requests it has. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Runs another command of qdos, such as `run("organisation", "create")`, on the same data and returns what it prints. */
  async run(...command: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(QDOS, command, { cwd: this.directory, env: this.environment });
    return stdout;
  }

  /** A backup of all that it keeps, as text. */
  async backup(): Promise<string> {
    await this.run("backup", this.#backup);
    return readFile(this.#backup, "utf8");
  }

  /** Puts a backup's text into its database, which must be empty. */
  async restore(backup: string): Promise<void> {
    await writeFile(this.#backup, backup);
    await this.run("restore", this.#backup);
  }

  /** Every row that it keeps, as a backup has it. */
  async rows(): Promise<Row[]> {
    const [, ...rows] = (await this.backup()).trim().split("\n");
    return rows.map((line) => JSON.parse(line) as Row);
  }

  /** The id of its process. */
  get pid(): number {
    if (!this.#process?.pid) throw new Error("the server is not running");
    return this.#process.pid;
  }

  /** What it has logged so far. */
  get log(): string {
    return this.#log;
  }

  /** Stops it and removes all it kept. */
  async dispose(): Promise<void> {
    await this.stop();
    await this.#database.drop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** The variables with which any program opens the same data. */
  get environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      QDOS_DATABASE_URL: this.#database.url,
      QDOS_DATA: this.directory,
      QDOS_LISTEN: `127.0.0.1:${this.#port}`,
      QDOS_METRICS_LISTEN: "127.0.0.1:0",
      QDOS_PUBLIC_URL: this.url,
      QDOS_SITE: SITE,
      ...this.#settings,
    };
  }

  get #backup(): string {
    return join(this.directory, "backup.jsonl");
  }

  async #answers(): Promise<void> {
    for (;;) {
      const response = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  probe.close();
  await once(probe, "close");
  return address.port;
}
