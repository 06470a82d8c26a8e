//! The app in two parts: what shows who is in front of it, and what only a signed-in member loads (`app/src/root/inside.rs`).

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use wasm_split_cli_support::{Options, transform};

/// The script that loads the parts, beside them. The bindings import it by this name, and it imports them.
pub(crate) const LOADER: &str = "__wasm_split.js";

/// The parts, in one directory.
pub(crate) struct Parts {
    /// The first part, still without bindings.
    pub(crate) main: PathBuf,
    /// The others, each as the loader names it.
    pub(crate) later: Vec<PathBuf>,
}

/// Splits `wasm`, which must have been linked with its relocations, into `directory`. The bindings will be `bindings` there.
pub(crate) fn split(wasm: &Path, directory: &Path, bindings: &str) -> anyhow::Result<Parts> {
    let input = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let main = directory.join("main.wasm");
    let loader = format!("./{LOADER}");
    let bindings = format!("./{bindings}");
    let mut options = Options::new(&input);
    options.output_dir = directory;
    options.main_out_path = &main;
    options.main_module = &bindings;
    options.link_name = &loader;
    let split = transform(options).map_err(|error| anyhow!("{error:#}")).context("cannot split the WASM")?;
    Ok(Parts { later: split.split_modules, main })
}
