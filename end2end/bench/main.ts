// `node main.ts [PART...]`: measures the named parts, or all that `make bench` has what they need for, and writes BENCHMARKS.md.
// `node main.ts --apart PART...`: also those that have a target of their own, which is who says so.

import { parseArgs } from "node:util";
import { keep, type Measured, report } from "./report.ts";

// Each part is loaded when it is measured: what one part needs, such as a browser, another does without.
const PARTS: Record<string, () => Promise<Measured>> = {
  server: async () => (await import("./server.ts")).measureServer(),
  survey: async () => (await import("./survey.ts")).measureSurvey(),
  slow_commit: async () => {
    const { measureSlowCommit } = await import("./survey.ts");
    return {
      survey_slow_commit_per_s: await measureSlowCommit("sqlite"),
      survey_slow_commit_postgres_per_s: await measureSlowCommit("postgres"),
    };
  },
  pages: async () => (await import("./pages.ts")).measurePages(),
  app: async () => (await import("./app.ts")).measureApp(),
  phone: async () => (await import("./phone.ts")).measurePhone(),
  refresh: async () => (await import("./refresh.ts")).measureRefresh(),
  score: async () => (await import("./score.ts")).measureScore(),
  fairness: async () => (await import("./fairness.ts")).measureFairness(),
  sync: async () => (await import("./sync.ts")).measureSync(),
};

/** `make bench-PART` alone measures them: `sync` with a PostgreSQL whose commits are as quick as the disk, `phone` because it takes its time. */
const APART = ["sync", "phone"];

const { values, positionals } = parseArgs({ options: { apart: { type: "boolean", default: false } }, allowPositionals: true });
const wanted = positionals.length > 0 ? positionals : Object.keys(PARTS).filter((part) => !APART.includes(part));
// Before anything is measured: that takes minutes.
const chosen = wanted.map((part) => {
  const measure = PARTS[part];
  if (!measure) throw new Error(`no part is called ${part}; there are ${Object.keys(PARTS).join(", ")}`);
  if (APART.includes(part) && !values.apart) throw new Error(`${part} needs what make bench-${part} has: run that instead`);
  return { part, measure };
});
for (const { part, measure } of chosen) {
  console.log(`== ${part}`);
  await keep(part, await measure());
}
await report();
