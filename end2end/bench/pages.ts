import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { SITE } from "../support/server.ts";
import { Filled } from "./filled.ts";
import { load } from "./page.ts";

/** What a customer's and a rep's first visit cost. */
export async function measurePages(): Promise<Record<string, number>> {
  const filled = await Filled.create("sqlite", 1);
  await filled.start();
  const link = (await readFile(filled.links, "utf8")).trim();
  const survey = await load(filled.server.url + link);
  const app = await load(`${filled.server.url}/app`);
  await filled.server.dispose();
  return {
    wasm_brotli_kb: (await wasmBytes(() => true)) / 1000,
    wasm_first_brotli_kb: (await wasmBytes((name) => name === "app.wasm")) / 1000,
    survey_kb: survey.bytes / 1000,
    survey_requests: survey.requests,
    survey_script_bytes: survey.script_bytes,
    survey_performance: survey.performance,
    survey_accessibility: survey.accessibility,
    survey_best_practices: survey.best_practices,
    app_performance: app.performance,
    app_accessibility: app.accessibility,
    app_best_practices: app.best_practices,
  };
}

/** The size of the WASM whose name in the build is `counted`, as it travels. */
async function wasmBytes(counted: (name: string) => boolean): Promise<number> {
  const { files }: { files: Record<string, string> } = JSON.parse(await readFile(join(SITE, "assets.json"), "utf8"));
  const wasm = Object.entries(files).filter(([name]) => name.endsWith(".wasm") && counted(name));
  const sizes = await Promise.all(wasm.map(async ([, path]) => (await stat(join(SITE, `${path}.br`))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
