import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Engine } from "../support/database.ts";
import { QDOS, Server } from "../support/server.ts";

const FILL = join(dirname(QDOS), "examples/fill");

interface Receipt {
  outcome: object;
}

interface Options {
  /** A command that the server is run through. */
  through?: string[] | undefined;
  /** How many meetings wait on the phone. */
  meetings?: number;
  /** How many customers they go round. */
  customers?: number;
}

/** A server whose customers hold links and whose rep's phone has meetings to push. */
export class Filled {
  readonly server: Server;
  /** Holds the path of a survey per line. */
  readonly links: string;
  /** Signs the phone in. */
  readonly cookie: string;

  private constructor(server: Server, cookie: string) {
    this.server = server;
    this.links = join(server.directory, "links");
    this.cookie = cookie;
  }

  /** Not yet started. */
  static async create(engine: Engine, links: number, { through, meetings = 1000, customers = 20 }: Options = {}): Promise<Filled> {
    const server = await Server.create(engine, {}, through);
    const amounts = ["--links", `${links}`, "--meetings", `${meetings}`, "--customers", `${customers}`];
    await promisify(execFile)(FILL, [...amounts, server.directory], { env: server.environment });
    return new Filled(server, await readFile(join(server.directory, "cookie"), "utf8"));
  }

  /** Starts and waits until there is nothing left to do, such as computing scores. */
  async start(): Promise<void> {
    await this.server.start();
    let before = await this.#ticks();
    for (let quiet = 0; quiet < 3; ) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const now = await this.#ticks();
      quiet = now - before <= 1 ? quiet + 1 : 0;
      before = now;
    }
  }

  /** The bodies of the phone's pushes: the customers, then their meetings. */
  async pushes(): Promise<string[]> {
    const names = (await readdir(this.server.directory)).filter((name) => /^push-\d+\.json$/.test(name));
    return Promise.all(names.map((_, number) => readFile(join(this.server.directory, `push-${number}.json`), "utf8")));
  }

  /** Sends a push, of which all must be accepted. */
  async send(body: string): Promise<void> {
    const headers = { "content-type": "application/json", origin: this.server.url, cookie: this.cookie };
    const response = await fetch(`${this.server.url}/api/sync/push`, { method: "POST", headers, body });
    const text = await response.text();
    const refused = response.ok ? JSON.parse(text).receipts.find((receipt: Receipt) => !("accepted" in receipt.outcome)) : text;
    if (refused) throw new Error(`a push was refused: ${JSON.stringify(refused)}`);
  }

  /** Resident size in megabytes. */
  async megabytes(): Promise<number> {
    const status = await readFile(`/proc/${this.server.pid}/status`, "utf8");
    const kilobytes = status.match(/^VmRSS:\s+(\d+) kB$/m)?.[1];
    return Number(kilobytes) / 1024;
  }

  /** Hundredths of a second of processor time. */
  async #ticks(): Promise<number> {
    const stat = await readFile(`/proc/${this.server.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(fields[11]) + Number(fields[12]);
  }
}
