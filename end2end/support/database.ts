import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";

/** Which database the server under test keeps its rows in. */
export type Engine = "sqlite" | "postgres";

/** An empty database, and how to be rid of it. */
export interface Database {
  url: string;
  drop(): Promise<void>;
}

/** Makes a database that nobody else uses; SQLite's lies in `directory`. */
export async function createDatabase(engine: Engine, directory: string): Promise<Database> {
  if (engine === "sqlite") {
    return { url: `sqlite:${join(directory, "qdos.sqlite")}`, drop: async () => {} };
  }
  const maintenance = process.env.QDOS_TEST_POSTGRES;
  if (!maintenance) throw new Error("QDOS_TEST_POSTGRES is not set; run under end2end/postgres.sh");
  const name = `qdos_${randomBytes(8).toString("hex")}`;
  await psql(maintenance, `create database ${name}`);
  const url = new URL(maintenance);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => psql(maintenance, `drop database ${name} with (force)`) };
}

async function psql(url: string, statement: string): Promise<void> {
  await promisify(execFile)("psql", ["--no-psqlrc", "--quiet", "--dbname", url, "--command", statement]);
}
