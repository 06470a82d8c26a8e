//! From what rustc wrote to a pair of WASM and script that a browser understands.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::Effort;

/// What rustc's WASM target turns on by default; wasm-opt refuses or drops what it is not told of.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The two halves of the app.
pub(crate) struct App {
    /// The script that loads and serves the WASM.
    pub(crate) script: PathBuf,
    /// The WASM itself.
    pub(crate) wasm: PathBuf,
}

/// Writes the bindings of `wasm` into `directory`.
pub(crate) fn generate(wasm: &Path, directory: &Path, effort: Effort) -> anyhow::Result<App> {
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(effort == Effort::Release)
        .remove_producers_section(effort == Effort::Release)
        .out_name("app")
        .generate(directory)?;
    let app = App { script: directory.join("app.js"), wasm: directory.join("app_bg.wasm") };
    if effort == Effort::Release {
        shrink(&app.wasm)?;
    }
    Ok(app)
}

fn shrink(wasm: &Path) -> anyhow::Result<()> {
    let status = Command::new("app/bundle/node_modules/.bin/wasm-opt")
        .arg("-Oz")
        .args(FEATURES)
        .arg(wasm)
        .arg("-o")
        .arg(wasm)
        .status()
        .context("cannot start wasm-opt; run `make setup`")?;
    ensure!(status.success(), "wasm-opt failed");
    Ok(())
}
