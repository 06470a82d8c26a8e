import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { launchOptions } from "../support/chromium.mjs";

/** What Lighthouse saw, in its mobile setting. */
export interface Seen {
  performance: number;
  accessibility: number;
  best_practices: number;
  bytes: number;
  requests: number;
  script_bytes: number;
}

interface Lighthouse {
  categories: Record<"performance" | "accessibility" | "best-practices", { score: number }>;
  audits: { "network-requests": { details: { items: { url: string; resourceType?: string; transferSize: number }[] } } };
}

const RUNS = 3;

/** Loads `url` several times as a first visit, each in a fresh browser, and returns the run with the median performance. */
export async function load(url: string): Promise<Seen> {
  const seen: Seen[] = [];
  for (let run = 0; run < RUNS; run++) seen.push(await lighthouse(url));
  return seen.toSorted((a, b) => a.performance - b.performance)[Math.floor(RUNS / 2)] as Seen;
}

/** Lighthouse now and then misses the start of a page that is there at once, says so, and asks to be run again. */
async function lighthouse(url: string, again = 3): Promise<Seen> {
  const directory = await mkdtemp(join(tmpdir(), "qdos-lighthouse-"));
  const file = join(directory, "report.json");
  const program = join(import.meta.dirname, "node_modules/lighthouse/cli/index.js");
  const flags = ["--headless=new", ...(launchOptions.args ?? [])].join(" ");
  const options = ["--quiet", "--output", "json", "--output-path", file, "--only-categories", "performance,accessibility,best-practices"];
  const env = { ...process.env, CHROME_PATH: launchOptions.executablePath };
  try {
    await promisify(execFile)(process.execPath, [program, url, ...options, `--chrome-flags=${flags}`], { env });
  } catch (error) {
    if (again > 0 && String(error).includes("NO_NAVSTART")) return lighthouse(url, again - 1);
    throw error;
  }
  const { categories, audits }: Lighthouse = JSON.parse(await readFile(file, "utf8"));
  await rm(directory, { recursive: true });
  const items = audits["network-requests"].details.items.filter((item) => item.url.startsWith("http"));
  const sum = (of: typeof items) => of.reduce((bytes, item) => bytes + item.transferSize, 0);
  return {
    performance: Math.round(categories.performance.score * 100),
    accessibility: Math.round(categories.accessibility.score * 100),
    best_practices: Math.round(categories["best-practices"].score * 100),
    bytes: sum(items),
    requests: items.length,
    script_bytes: sum(items.filter((item) => item.resourceType === "Script")),
  };
}
