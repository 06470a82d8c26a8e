//! Turns the compiled app into the site that a phone loads. Run from the repository's root:
//!
//! ```text
//! bundle [--release] APP_WASM SITE
//! ```
//!
//! ```text
//! SITE/assets/          hashed names: served as immutable
//! SITE/root/            app.html, sw.js, manifest, icons, robots.txt: revalidated at each use
//! SITE/assets.json      {"build": "1f0c…", "files": {"app.css": "/assets/app-7d3e….css", …}}
//! ```
//!
//! Every text and the WASM stand beside a `.br` and a `.gz` copy of themselves. The site is built
//! aside and swapped in when it is whole.

mod bindings;
mod build;
mod esbuild;
mod precompress;
mod site;
mod split;
mod template;

use std::{env, path::PathBuf};

use anyhow::{Context as _, bail};

/// How much effort the files are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Quick, for the inner loop and the tests.
    Debug,
    /// As small as it gets, for people.
    Release,
}

fn main() -> anyhow::Result<()> {
    let mut effort = Effort::Debug;
    let mut paths = Vec::new();
    for argument in env::args().skip(1) {
        match argument.as_str() {
            "--release" => effort = Effort::Release,
            flag if flag.starts_with('-') => bail!("unknown flag {flag}"),
            path => paths.push(PathBuf::from(path)),
        }
    }
    let [wasm, site] = paths.as_slice() else {
        bail!("usage: bundle [--release] APP_WASM SITE");
    };
    let report = build::build(wasm, site, effort).with_context(|| format!("cannot bundle {}", wasm.display()))?;
    println!("{report}");
    Ok(())
}
