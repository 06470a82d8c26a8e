import { expect, test } from "@playwright/test";
import { FIGURES } from "../../bench/figures.ts";
import { lines } from "../../bench/report.ts";

const HOW = FIGURES.idle_mb?.how ?? "";
const OLDER = "looked at once";

/** The line of one figure in BENCHMARKS.md. */
const line = (measured: string, machine: string, how: string) => `| Server, idle \`idle_mb\` | ≤ 40 MB | ${measured} | ${machine} | ${how} |`;

/** What becomes of that line. */
const written = (standing: string, values: Record<string, number> = {}) =>
  lines(standing, values, "this machine").find((it) => it.includes("`idle_mb`"));

test("a figure that is measured otherwise by now says so until it is measured again", () => {
  expect(written(line("17 MB", "another", HOW))).toBe(line("17 MB", "another", HOW));
  const stale = line("17 MB (measured otherwise)", "another", OLDER);
  expect(written(line("17 MB", "another", OLDER))).toBe(stale);
  expect(written(stale), "once").toBe(stale);
  expect(written(line("17 MB (measured otherwise)", "another", HOW)), "as it was").toBe(line("17 MB", "another", HOW));
  expect(written(stale, { idle_mb: 17.04 })).toBe(line("17 MB", "this machine", HOW));
  expect(written(stale, { idle_mb: 41 })).toBe(line("**41 MB**", "this machine", HOW));
});

test("what was not measured names no machine", () => {
  const nothing = line("not measured", "", HOW);
  expect(written("")).toBe(nothing);
  expect(written(line("not measured", "another", OLDER))).toBe(nothing);
  expect(written(nothing)).toBe(nothing);
});
