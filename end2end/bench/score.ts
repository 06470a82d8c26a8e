import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { QDOS } from "../support/server.ts";
import { median } from "./quantile.ts";

const EXAMPLE = join(dirname(QDOS), "examples/bench_score");
const SCRIPT = join(import.meta.dirname, "../../server/examples/bench_score/insteval.R");
const ROUNDS = 3;

/** Loaded before R, whichever BLAS the machine has been set to. */
const BLAS = {
  default: `${library("blas/libblas.so.3")} ${library("lapack/liblapack.so.3")}`,
  openblas: `${library("openblas-serial/libblas.so.3")} ${library("openblas-serial/liblapack.so.3")}`,
};

/** What a program says of a fit. */
interface Result {
  rep: Effects;
  customer: Effects;
  variance: number[];
  reml: number;
}

interface Effects {
  blup: number[];
  conditional_sd: number[];
}

/** The engine against lme4, a new rating, and ten million ratings. */
export async function measureScore(): Promise<Record<string, number>> {
  const directory = await mkdtemp(join(tmpdir(), "qdos-score-"));
  try {
    const data = join(directory, "insteval.csv");
    await exportInstEval(data);
    const own: number[] = [];
    const lme4Seconds: Record<keyof typeof BLAS, number[]> = { default: [], openblas: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const blas of ["default", "openblas"] as const) {
        const { cpu_s, blas: path } = JSON.parse(await lme4(blas, "time"));
        console.log(`lme4 on ${path}: ${cpu_s} CPU s`);
        lme4Seconds[blas].push(cpu_s);
        const { cpu_s: ownSeconds } = await example("insteval", data, join(directory, "own.json"));
        console.log(`Qdos: ${ownSeconds} CPU s`);
        own.push(ownSeconds as number);
      }
    }
    await lme4("openblas", "tight", join(directory, "tight.json"));
    const [found, tight] = await Promise.all(["own", "tight"].map((name) => read(join(directory, `${name}.json`))));
    const seconds = { own: median(own), default: median(lme4Seconds.default), openblas: median(lme4Seconds.openblas) };
    const crossed = await example("crossed");
    const nested = await example("nested");
    return {
      score_insteval_cpu_s: seconds.own,
      score_lme4_default_blas_cpu_s: seconds.default,
      score_lme4_openblas_cpu_s: seconds.openblas,
      score_faster_than_default_blas: seconds.default / seconds.own,
      score_faster_than_openblas: seconds.openblas / seconds.own,
      ...errors(found as Result, tight as Result),
      ...(await example("update", data)),
      ...crossed,
      ...nested,
      score_memory_gb: Math.max(crossed["score_memory_gb"] as number, nested["score_memory_gb"] as number),
    };
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** How far the engine is from the optimum of lme4's deviance. */
function errors(found: Result, tight: Result): Record<string, number> {
  const factors = ["rep", "customer"] as const;
  const most = (of: (found: Effects, tight: Effects) => number[]) => Math.max(...factors.flatMap((factor) => of(found[factor], tight[factor])));
  const relative = (a: number[], b: number[]) => a.map((value, at) => Math.abs(value / (b[at] as number) - 1));
  return {
    score_blup_error: most((a, b) => a.blup.map((value, at) => Math.abs(value - (b.blup[at] as number)))),
    score_sd_relative_error: most((a, b) => relative(a.conditional_sd, b.conditional_sd)),
    score_variance_relative_error: Math.max(...relative(found.variance, tight.variance)),
    score_criterion_error: Math.abs(found.reml - tight.reml),
  };
}

/** Writes InstEval to a file: columns rep, customer, rating. */
export async function exportInstEval(file: string): Promise<void> {
  await lme4("openblas", "export", file);
}

async function lme4(blas: keyof typeof BLAS, ...parameters: string[]): Promise<string> {
  const env = { ...process.env, LD_PRELOAD: BLAS[blas], OMP_NUM_THREADS: "1" };
  const { stdout } = await promisify(execFile)("Rscript", [SCRIPT, ...parameters], { env });
  return stdout;
}

async function example(...parameters: string[]): Promise<Record<string, number>> {
  const { stdout, stderr } = await promisify(execFile)(EXAMPLE, parameters);
  process.stderr.write(stderr);
  return JSON.parse(stdout);
}

async function read(file: string): Promise<Result> {
  return JSON.parse(await readFile(file, "utf8"));
}

/** Where the machine has a library; Debian keeps them in a directory that is named after the processor. */
function library(file: string): string {
  const found = readdirSync("/usr/lib").map((directory) => join("/usr/lib", directory, file)).find((path) => existsSync(path));
  if (!found) throw new Error(`there is no ${file} in /usr/lib; make setup-bench-score installs it`);
  return found;
}
