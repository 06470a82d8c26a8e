import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { QDOS } from "../support/server.ts";
import type { Cell } from "./cells.ts";
import type { Measured } from "./report.ts";
import { exportInstEval } from "./score.ts";

const EXAMPLE = join(dirname(QDOS), "examples/bench_fairness");

/** From this many reps on the narrower bar holds. */
const MANY_REPS = 20;

/** The score against simulated truth, and against ratings of InstEval that it did not know. */
export async function measureFairness(): Promise<Measured> {
  const directory = await mkdtemp(join(tmpdir(), "qdos-fairness-"));
  try {
    const data = join(directory, "insteval.csv");
    await exportInstEval(data);
    const insteval = (await example("insteval", data)) as Record<string, number>;
    const cells = (await example("simulate")) as Cell[];
    return { ...figures(cells), ...insteval, cells: Object.fromEntries(cells.map((cell) => [cell.name, cell])) };
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** What the cells come to: the worst and the best of those that one figure is about. */
function figures(cells: Cell[]): Record<string, number> {
  const of = (...cases: string[]) => cells.filter((cell) => cases.includes(cell.case));
  const ordinary = of("ordinary");
  const gaussian = ordinary.filter(({ scale }) => scale === "gaussian");
  const coverage = {
    gaussian: gaussian.filter(({ reps }) => reps >= MANY_REPS),
    gaussian_few_reps: gaussian.filter(({ reps }) => reps < MANY_REPS),
    ordinal: ordinary.filter(({ scale }) => scale === "ordinal"),
    drawn: of("drawn"),
    other_spread: of("alike_reps", "unlike_reps", "unlike_customers", "noisy_ratings"),
    drift: of("drift"),
    harsh_to_good: of("harsh_to_good"),
    fresh: of("fresh"),
  };
  return Object.fromEntries([
    ...Object.entries(coverage).flatMap(([name, cells]) => range(`fairness_coverage_${name}`, cells, (cell) => 100 * cell.coverage)),
    ...["lowest", "middle", "highest"].flatMap((third, at) =>
      range(`fairness_coverage_${third}_third`, ordinary, (cell) => 100 * (cell.coverage_by_tercile[at] as number)),
    ),
    ...(["mean", "shrinkage"] as const).flatMap((other) => [
      ...range(`fairness_error_over_${other}`, ordinary, ({ error }) => error.score / error[other]),
      ...range(`fairness_rank_above_${other}`, ordinary, ({ rank }) => rank.score - rank[other]),
    ]),
  ]);
}

function range(name: string, cells: Cell[], of: (cell: Cell) => number): [string, number][] {
  const values = cells.map(of);
  return [
    [`${name}_min`, Math.min(...values)],
    [`${name}_max`, Math.max(...values)],
  ];
}

async function example(...parameters: string[]): Promise<unknown> {
  const { stdout, stderr } = await promisify(execFile)(EXAMPLE, parameters, { maxBuffer: 2 ** 24 });
  process.stderr.write(stderr);
  return JSON.parse(stdout);
}
