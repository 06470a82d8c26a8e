import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { type Cells, HEADING, section } from "./cells.ts";
import { FIGURES, type Figure } from "./figures.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const RESULTS = join(REPOSITORY, "target/bench");
const BENCHMARKS = join(REPOSITORY, "BENCHMARKS.md");

/** Figures that belong together; each is known as `group.name`. */
export type Group = Record<string, number>;

/** Figures by name, in groups or without, and perhaps the cells that they sum up. */
export type Measured = Record<string, number | Group | Cells>;

/** Keeps what one part measured. */
export async function keep(part: string, measured: Measured): Promise<void> {
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, `${part}.json`), `${JSON.stringify(measured, undefined, 2)}\n`);
  for (const [name, value] of Object.entries(flat(measured))) {
    console.log(`${name} ${round(value, figure(name))} (${verdict(figure(name), value)})`);
  }
}

/** Every figure by its whole name. */
function flat(measured: Measured): Record<string, number> {
  const named = ([name, value]: [string, Measured[string]]): [string, unknown][] =>
    typeof value === "number" ? [[name, value]] : Object.entries(value).map(([inner, figure]) => [`${name}.${inner}`, figure]);
  const numbers = Object.entries(measured).flatMap(named).filter((it): it is [string, number] => typeof it[1] === "number");
  return Object.fromEntries(numbers);
}

/** A line of the table, without the name of its figure. */
interface Row {
  what: string;
  bar: string;
  measured: string;
  machine: string;
  how: string;
}

const ROW = /^\| (.*?) `([\w.]+)` \| (.*?) \| (.*?) \| (.*?) \| (.*) \|$/;
const NOT_MEASURED = "not measured";
/** Stands behind what was measured when the figure, its bar or how it is measured was another. */
const OTHERWISE = " (measured otherwise)";

/** Writes BENCHMARKS.md from all that was kept; what was never measured here stays as it stands there. */
export async function report(): Promise<void> {
  const standing = await readFile(BENCHMARKS, "utf8");
  const measured: Measured = {};
  for (const file of await readdir(RESULTS)) Object.assign(measured, JSON.parse(await readFile(join(RESULTS, file), "utf8")));
  const { cells } = measured;
  const text = [
    "# Benchmarks",
    "",
    "Written by `make bench`, and in parts by `make bench-score`, `make bench-fairness`, `make bench-sync` and `make bench-phone`, which measure the release build. What misses its bar is bold. What was measured before its figure, its bar or how it is measured became another stands as it was then and says so. Timings decide no test: machines differ.",
    "",
    "| Figure | Bar | Measured | Machine | How |",
    "|---|---|---|---|---|",
    ...lines(standing, flat(measured), machine()),
    "",
    ...(typeof cells === "object" ? [...section(cells as Cells), ""] : below(standing)),
  ];
  await writeFile(BENCHMARKS, text.join("\n"));
}

/** The lines of the table: `values` as they were measured on `machine`, all else as it is in the file that stands. */
export function lines(standing: string, values: Record<string, number>, machine: string): string[] {
  const before = rows(standing);
  return Object.entries(FIGURES).map(([name, figure]) => {
    const { what, bar, measured, machine: on, how } = row(figure, values[name], before.get(name), machine);
    return `| ${what} \`${name}\` | ${bar} | ${measured} | ${on} | ${how} |`;
  });
}

function row(figure: Figure, value: number | undefined, standing: Row | undefined, machine: string): Row {
  const now = { what: figure.what, bar: bar(figure), how: figure.how };
  if (value !== undefined) {
    const shown = `${round(value, figure)} ${figure.unit}`.trim();
    return { ...now, measured: verdict(figure, value) === "missed" ? `**${shown}**` : shown, machine };
  }
  const measured = standing?.measured.replace(OTHERWISE, "") ?? NOT_MEASURED;
  if (!standing || measured === NOT_MEASURED) return { ...now, measured: NOT_MEASURED, machine: "" };
  const isSame = standing.what === now.what && standing.bar === now.bar && standing.how === now.how;
  return { ...standing, measured: isSame ? measured : measured + OTHERWISE };
}

/** The section of cells as it stands. */
function below(standing: string): string[] {
  const start = standing.indexOf(HEADING);
  return start < 0 ? [] : standing.slice(start).split("\n");
}

/** The lines of the table as it stands, by the name that each gives its figure. */
function rows(standing: string): Map<string, Row> {
  const read = (line: string): [string, Row][] => {
    const [what = "", name = "", bar = "", measured = "", machine = "", how = ""] = line.match(ROW)?.slice(1) ?? [];
    return name ? [[name, { what, bar, measured, machine, how }]] : [];
  };
  return new Map(standing.split("\n").flatMap(read));
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

function round(value: number, { digits = 3 }: Figure): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(digits));
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? "unknown";
  return `${cpus().length} cores, ${model}, ${Math.round(totalmem() / 2 ** 30)} GB`;
}
