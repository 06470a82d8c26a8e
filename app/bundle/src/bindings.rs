//! From what rustc wrote to WASM and scripts that a browser understands.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::{Effort, split};

/// What rustc's WASM target turns on by default; wasm-opt refuses or drops what it is not told of.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What the app consists of.
pub(crate) struct App {
    /// The script that loads and serves the WASM.
    pub(crate) script: PathBuf,
    /// The WASM that it starts with.
    pub(crate) wasm: PathBuf,
    /// WASM that is loaded when it is needed, by the names that [`App::loader`] uses.
    pub(crate) later: Vec<PathBuf>,
    /// The script that loads it.
    pub(crate) loader: PathBuf,
}

/// Writes the bindings of `wasm` into `directory`.
pub(crate) fn generate(wasm: &Path, directory: &Path, effort: Effort) -> anyhow::Result<App> {
    let parts = split::split(wasm, directory, "app.js")?;
    Bindgen::new()
        .input_path(&parts.main)
        // The later parts find the first one's functions by their own names.
        .keep_lld_exports(true)
        .demangle(false)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(effort == Effort::Release)
        .remove_producers_section(effort == Effort::Release)
        .out_name("app")
        .generate(directory)?;
    let wasm = directory.join("app_bg.wasm");
    if effort == Effort::Release {
        for part in parts.later.iter().chain([&wasm]) {
            shrink(part)?;
        }
    }
    Ok(App { script: directory.join("app.js"), wasm, later: parts.later, loader: directory.join(split::LOADER) })
}

fn shrink(wasm: &Path) -> anyhow::Result<()> {
    let status = Command::new("app/bundle/node_modules/.bin/wasm-opt")
        .arg("-Oz")
        // A function with one caller stays a function unless it is tiny. Inlined, it would be smaller by a few bytes, but no longer like
        // the others of its kind: kept apart, what travels compressed is a tenth less, measured.
        .arg("--one-caller-inline-max-function-size=15")
        .args(FEATURES)
        .arg(wasm)
        .arg("-o")
        .arg(wasm)
        .status()
        .context("cannot start wasm-opt; run `make setup`")?;
    ensure!(status.success(), "wasm-opt failed");
    Ok(())
}
