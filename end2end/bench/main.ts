// `node main.ts [PART...]`: measures the named parts, or all of them, and writes BENCHMARKS.md.

import { measureApp } from "./app.ts";
import { measurePages } from "./pages.ts";
import { keep, report } from "./report.ts";
import { measureServer } from "./server.ts";
import { measureSlowCommit, measureSurvey } from "./survey.ts";

const PARTS: Record<string, () => Promise<Record<string, number>>> = {
  server: measureServer,
  survey: measureSurvey,
  slow_commit: async () => ({
    survey_slow_commit_per_s: await measureSlowCommit("sqlite"),
    survey_slow_commit_postgres_per_s: await measureSlowCommit("postgres"),
  }),
  pages: measurePages,
  app: measureApp,
};

const wanted = process.argv.slice(2);
for (const part of wanted.length > 0 ? wanted : Object.keys(PARTS)) {
  const measure = PARTS[part];
  if (!measure) throw new Error(`no part is called ${part}; there are ${Object.keys(PARTS).join(", ")}`);
  console.log(`== ${part}`);
  await keep(part, await measure());
}
await report();
