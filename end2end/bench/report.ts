import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { FIGURES, type Figure } from "./figures.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const RESULTS = join(REPOSITORY, "target/bench");
const BENCHMARKS = join(REPOSITORY, "BENCHMARKS.md");

/** Keeps what one part measured. */
export async function keep(part: string, measured: Record<string, number>): Promise<void> {
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, `${part}.json`), `${JSON.stringify(measured, undefined, 2)}\n`);
  for (const [name, value] of Object.entries(measured)) console.log(`${name} ${round(value)} (${verdict(figure(name), value)})`);
}

/** Writes BENCHMARKS.md from all that was kept; what was never measured here stays as it stands there. */
export async function report(): Promise<void> {
  const before = await standing();
  const measured: Record<string, number> = {};
  for (const file of await readdir(RESULTS)) Object.assign(measured, JSON.parse(await readFile(join(RESULTS, file), "utf8")));
  const lines = Object.entries(FIGURES).map(([name, figure]) => {
    const value = measured[name];
    const stands = before.get(name);
    if (value === undefined && stands) return stands;
    const shown = value === undefined ? "not measured" : `${round(value)} ${figure.unit}`.trim();
    const mark = value !== undefined && verdict(figure, value) === "missed" ? `**${shown}**` : shown;
    return `| ${figure.what} \`${name}\` | ${bar(figure)} | ${mark} | ${machine()} | ${figure.how} |`;
  });
  const text = [
    "# Benchmarks",
    "",
    "Written by `make bench` and `make bench-score`, which measure the release build. What misses its bar is bold. Timings decide no test: machines differ.",
    "",
    "| Figure | Bar | Measured | Machine | How |",
    "|---|---|---|---|---|",
    ...lines,
    "",
  ];
  await writeFile(BENCHMARKS, text.join("\n"));
}

/** The lines of the table as it stands, by the name that each gives its figure. */
async function standing(): Promise<Map<string, string>> {
  const lines = (await readFile(BENCHMARKS, "utf8")).split("\n");
  return new Map(lines.flatMap((line) => line.match(/^\| .*? `(\w+)` \|/)?.slice(1, 2).map((name) => [name, line] as const) ?? []));
}

function figure(name: string): Figure {
  const figure = FIGURES[name];
  if (!figure) throw new Error(`figures.ts does not explain ${name}`);
  return figure;
}

function verdict({ bar }: Figure, value: number): "met" | "missed" | "no bar" {
  if (!bar) return "no bar";
  return ("atMost" in bar ? value <= bar.atMost : value >= bar.atLeast) ? "met" : "missed";
}

function bar({ bar, unit }: Figure): string {
  if (!bar) return "";
  return ("atMost" in bar ? `≤ ${bar.atMost} ${unit}` : `≥ ${bar.atLeast} ${unit}`).trim();
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown";
  return `${cpus().length} cores, ${model}, ${Math.round(totalmem() / 2 ** 30)} GB`;
}
