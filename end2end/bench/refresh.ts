import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { QDOS, Server } from "../support/server.ts";

const EXAMPLE = join(dirname(QDOS), "examples/bench_refresh");

/** How long one more rating takes to reach everybody's scores in a large organisation. */
export async function measureRefresh(): Promise<Record<string, number>> {
  const server = await Server.create("sqlite", {});
  try {
    const { stdout, stderr } = await promisify(execFile)(EXAMPLE, { env: server.environment });
    process.stderr.write(stderr);
    return JSON.parse(stdout);
  } finally {
    await server.dispose();
  }
}
