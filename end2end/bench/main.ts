// `node main.ts [PART...]`: measures the named parts, or all of them, and writes BENCHMARKS.md.

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

/** Measured only when asked for: `make bench-sync` has a PostgreSQL for it whose commits are as quick as the disk, and `make bench-phone` takes its time. */
const APART = ["sync", "phone"];

const wanted = process.argv.slice(2);
for (const part of wanted.length > 0 ? wanted : Object.keys(PARTS).filter((part) => !APART.includes(part))) {
  const measure = PARTS[part];
  if (!measure) throw new Error(`no part is called ${part}; there are ${Object.keys(PARTS).join(", ")}`);
  console.log(`== ${part}`);
  await keep(part, await measure());
}
await report();
