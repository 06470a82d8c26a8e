import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import type { Engine } from "../support/database.ts";
import { Filled } from "./filled.ts";

const SECONDS = 30;
const CONNECTIONS = 64;
/** More than can be submitted in the time. */
const LINKS = { quick: 150_000, slow: 60_000 };
/**
 * Replaces itself by what it runs and delays every commit's way to the disk. strace stops a thread at every call until the first one that
 * it traces: sigaltstack is among a thread's first, and never called again.
 */
const SLOW_DISK = [
  ...["strace", "-D", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null"],
  ...["-e", "trace=fdatasync,fsync,sigaltstack", "-e", "inject=fdatasync,fsync:delay_enter=5000"],
];

interface Load {
  answered: number;
  refused: number;
  broken: number;
  seconds: number;
  p99_ms: number;
  used: number;
}

/** How many submissions the server keeps up with on SQLite, and whether it keeps those that it answered. */
export async function measureSurvey(): Promise<Record<string, number>> {
  const filled = await Filled.create("sqlite", LINKS.quick);
  await filled.start();
  const load = await submit(filled, SECONDS, 0);
  const lost = await loseAfterKill(filled, load);
  await filled.server.dispose();
  return { survey_per_s: load.answered / load.seconds, survey_p99_ms: load.p99_ms, survey_lost: lost };
}

/** The same where every commit takes 5 ms longer: on SQLite by a slow disk, on PostgreSQL as the one at hand is set. */
export async function measureSlowCommit(engine: Engine): Promise<number> {
  const filled = await Filled.create(engine, LINKS.slow, { through: engine === "sqlite" ? SLOW_DISK : [] });
  await filled.start();
  const load = await submit(filled, SECONDS, 0);
  await filled.server.dispose();
  return load.answered / load.seconds;
}

/** Kills the server under load: how many of the answers that arrived, in this load and the one before, are not in the database. */
async function loseAfterKill(filled: Filled, before: Load): Promise<number> {
  const { server, links } = filled;
  const acknowledgedFile = join(server.directory, "acknowledged");
  const under = wrk(filled, 8, [links, `${before.used}`, acknowledgedFile]);
  await setTimeout(5000);
  await server.kill();
  await under;
  const paths = (await readFile(acknowledgedFile, "utf8")).trim().split("\n");
  const { stored, answered } = await storedLinks(filled);
  const missing = paths.filter((path) => !stored.has(hash(path))).length;
  const acknowledged = before.answered + paths.length;
  // Answers under way when the load ended or the server died may be stored; nobody was told.
  if (answered > acknowledged + 2 * CONNECTIONS) throw new Error(`${answered} stored, ${acknowledged} acknowledged`);
  console.log(`killed: ${acknowledged} acknowledged, ${answered} stored`);
  return Math.max(missing, acknowledged - answered);
}

/** What a backup taken after the kill holds. */
async function storedLinks({ server }: Filled): Promise<{ stored: Set<string>; answered: number }> {
  const stored = new Set<string>();
  for (const line of (await server.backup()).split("\n")) {
    if (line.startsWith('["submission"')) stored.add(JSON.parse(line)[1].token_hash);
  }
  return { stored, answered: stored.size };
}

function hash(path: string): string {
  return createHash("sha256").update(path.slice("/s/".length)).digest("hex");
}

async function submit(filled: Filled, seconds: number, first: number): Promise<Load> {
  const load = await wrk(filled, seconds, [filled.links, `${first}`]);
  if (load.refused || load.broken) throw new Error(`not every submission was answered: ${JSON.stringify(load)}`);
  if (load.seconds < seconds - 1) throw new Error(`there were too few links: ${JSON.stringify(load)}`);
  return load;
}

async function wrk({ server }: Filled, seconds: number, rest: string[]): Promise<Load> {
  const script = join(import.meta.dirname, "survey.lua");
  const options = ["--threads", "1", "--connections", `${CONNECTIONS}`, "--duration", `${seconds}s`, "--timeout", "10s"];
  const { stdout } = await promisify(execFile)("wrk", [...options, "--script", script, server.url, "--", ...rest]);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}
