import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Engine } from "../support/database.ts";
import { QDOS } from "../support/server.ts";
import { Filled } from "./filled.ts";
import { median } from "./quantile.ts";
import type { Group } from "./report.ts";

const EXAMPLE = join(dirname(QDOS), "examples/bench_sync");
const MEETINGS = 10_000;
const ROUNDS = 5;

/** Seconds. */
type Exchange = { push_s: number; pull_s: number };

/** A phone's queue and first pull beside PouchDB replicating as many documents of the same size, in interleaved rounds. */
export async function measureSync(): Promise<Record<Engine, Group>> {
  const peers: Exchange[] = [];
  const own: Record<Engine, (Exchange & { direct_s: number })[]> = { sqlite: [], postgres: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const engine of ["sqlite", "postgres"] as const) {
      const seconds = { ...(await exchange(engine)), direct_s: await direct(engine) };
      console.log(engine, JSON.stringify(seconds));
      own[engine].push(seconds);
      const peer = await replicate();
      console.log("PouchDB", JSON.stringify(peer));
      peers.push(peer);
    }
  }
  const peer = middle(peers);
  const group = (engine: Engine) => {
    const { push_s, pull_s, direct_s } = middle(own[engine]);
    return {
      push_ratio: peer.push_s / push_s,
      push_engine_share: direct_s / push_s,
      pull_ratio: peer.pull_s / pull_s,
      push_s,
      pull_s,
      direct_s,
      peer_push_s: peer.push_s,
      peer_pull_s: peer.pull_s,
    };
  };
  return { sqlite: group("sqlite"), postgres: group("postgres") };
}

/** A phone pushes its queue to a fresh server that knows the customers; another pulls what came of it. */
async function exchange(engine: Engine): Promise<Exchange> {
  const filled = await Filled.create(engine, 1, { meetings: MEETINGS });
  await filled.start();
  try {
    const [known = ""] = await filled.pushes();
    await filled.send(known);
    return await example(filled, "exchange", filled.server.url, filled.server.directory);
  } finally {
    await filled.server.dispose();
  }
}

/** The same queue kept by the database without a server. */
async function direct(engine: Engine): Promise<number> {
  const filled = await Filled.create(engine, 1, { meetings: MEETINGS });
  try {
    return (await example<{ direct_s: number }>(filled, "direct", filled.server.directory)).direct_s;
  } finally {
    await filled.server.dispose();
  }
}

async function example<T>({ server }: Filled, ...command: string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(EXAMPLE, command, { env: server.environment });
  return JSON.parse(stdout);
}

async function replicate(): Promise<Exchange> {
  const directory = await mkdtemp(join(tmpdir(), "qdos-peer-"));
  for (const name of ["server", "client"]) await mkdir(join(directory, name));
  const script = (name: string) => join(import.meta.dirname, "peer", `${name}.cjs`);
  const server = spawn(process.execPath, [script("server"), join(directory, "server")], { stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(server, "exit");
  try {
    const [port] = await once(server.stdout, "data");
    const client = [script("client"), join(directory, "client"), `${port}`.trim(), `${MEETINGS}`, "1000"];
    const { stdout } = await promisify(execFile)(process.execPath, client);
    return JSON.parse(stdout);
  } finally {
    server.kill();
    await exit;
    await rm(directory, { recursive: true });
  }
}

/** The median of each figure. */
function middle<T extends Group>(rounds: T[]): T {
  const of = (name: string) => median(rounds.map((round) => round[name] ?? Number.NaN));
  return Object.fromEntries(Object.keys(rounds[0] ?? {}).map((name) => [name, of(name)])) as T;
}
