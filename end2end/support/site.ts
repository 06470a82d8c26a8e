import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SITE } from "./server.ts";

/** A copy of the bundled site that passes for a newer build with another stylesheet, as after a deployment. */
export class NewerSite {
  readonly directory: string;
  readonly build: string;
  readonly #stylesheet: string;

  private constructor(directory: string, build: string, stylesheet: string) {
    this.directory = directory;
    this.build = build;
    this.#stylesheet = stylesheet;
  }

  static async create(): Promise<NewerSite> {
    const directory = await mkdtemp(join(tmpdir(), "qdos-site-"));
    await cp(SITE, directory, { recursive: true });
    const { build, files } = JSON.parse(await readFile(join(SITE, "assets.json"), "utf8"));
    const newer = [...build].reverse().join("");
    const stylesheet = `/assets/app-${newer}.css`;
    for (const suffix of ["", ".br", ".gz"]) {
      await rename(join(directory, files["app.css"] + suffix), join(directory, stylesheet + suffix));
    }
    for (const file of ["root/app.html", "root/sw.js", "assets.json"]) {
      const path = join(directory, file);
      const text = await readFile(path, "utf8");
      await writeFile(path, text.replaceAll(build, newer).replaceAll(files["app.css"], stylesheet));
      // The compressed copies still hold the old build.
      for (const suffix of [".br", ".gz"]) await rm(path + suffix, { force: true });
    }
    return new NewerSite(directory, newer, stylesheet);
  }

  /** Loses the stylesheet, as a deployment that went wrong does. */
  async loseStylesheet(): Promise<void> {
    for (const suffix of ["", ".br", ".gz"]) await rm(join(this.directory, this.#stylesheet + suffix));
  }

  async dispose(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}
