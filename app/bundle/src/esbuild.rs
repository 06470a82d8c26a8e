//! Scripts and stylesheets through esbuild: imports inlined, and minified for a release.

use std::{path::Path, process::Command};

use anyhow::{Context as _, ensure};

use crate::Effort;

/// The oldest browsers Qdos runs on. Nothing in `style/` needs rewriting for them.
const TARGET: &str = "--target=safari17.5,ios17.5,chrome123,firefox121";

/// One module out of `entry`, with `constants` (JavaScript literals) and module `aliases` put in.
pub(crate) fn script(entry: &Path, constants: &[(&str, String)], aliases: &[(&str, &Path)], effort: Effort) -> anyhow::Result<Vec<u8>> {
    let mut command = esbuild(entry, effort);
    command.arg("--format=esm");
    for (name, literal) in constants {
        command.arg(format!("--define:{name}={literal}"));
    }
    for (name, path) in aliases {
        let path = path.canonicalize()?;
        command.arg(format!("--alias:{name}={}", path.display()));
    }
    output(command, entry)
}

/// One stylesheet out of `entry`, its `@import`s inlined in order.
pub(crate) fn stylesheet(entry: &Path, effort: Effort) -> anyhow::Result<Vec<u8>> {
    output(esbuild(entry, effort), entry)
}

fn esbuild(entry: &Path, effort: Effort) -> Command {
    let mut command = Command::new("app/bundle/node_modules/.bin/esbuild");
    command.arg(entry).args(["--bundle", "--charset=utf8", "--log-level=warning", TARGET]);
    if effort == Effort::Release {
        command.args(["--minify", "--legal-comments=none"]);
    }
    command
}

fn output(mut command: Command, entry: &Path) -> anyhow::Result<Vec<u8>> {
    let output = command.stderr(std::process::Stdio::inherit()).output().context("cannot start esbuild; run `make setup`")?;
    ensure!(output.status.success(), "esbuild failed on {}", entry.display());
    Ok(output.stdout)
}
