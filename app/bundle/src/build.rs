//! The order in which a site is made: each step needs the names that the one before it chose.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, bail, ensure};

use crate::{Effort, bindings, bindings::App, esbuild, precompress, site::Site, template};

/// Files under `public/` that are filled in here; the others are copied as they are.
const TEMPLATES: [&str; 3] = ["app.html", "boot.js", "sw.js"];

/// Builds the site at `target` from the compiled app and says how large what a phone loads became.
pub(crate) fn build(wasm: &Path, target: &Path, effort: Effort) -> anyhow::Result<String> {
    let mut site = Site::create(target)?;

    let app = bindings::generate(wasm, &site.scratch(), effort)?;
    let wasm_url = site.add_asset("app.wasm", &fs::read(&app.wasm)?)?;
    let later = name_later_part(&mut site, &app)?;
    let urls = [("WASM", serde_json::to_string(&wasm_url)?), ("LATER", serde_json::to_string(&later)?)];
    let boot = esbuild::script(Path::new("public/boot.js"), &urls, &[("app", &app.script)], effort)?;
    site.add_asset("app.js", &boot)?;
    for sheet in ["app.css", "survey.css"] {
        let text = esbuild::stylesheet(&Path::new("style").join(sheet), effort)?;
        site.add_asset(sheet, &text)?;
    }

    let shell = fs::read_to_string("public/app.html").context("cannot read public/app.html")?;
    let worker = fs::read_to_string("public/sw.js").context("cannot read public/sw.js")?;
    let build = site.fingerprint(&[&shell, &worker]);

    let mut names: BTreeMap<String, String> = site.files().clone();
    names.insert("build".to_owned(), build.clone());
    site.add_root("app.html", template::fill(&shell, &names)?.as_bytes())?;

    // The customer's pages are no part of the app: a phone need not keep their stylesheet.
    let precache: Vec<&String> = site.files().iter().filter_map(|(name, url)| name.starts_with("app.").then_some(url)).collect();
    let worker = esbuild::script(
        Path::new("public/sw.js"),
        &[("BUILD", serde_json::to_string(&build)?), ("ASSETS", serde_json::to_string(&precache)?)],
        &[],
        effort,
    )?;
    site.add_root("sw.js", &worker)?;
    for entry in fs::read_dir("public").context("cannot read public/")? {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("a file name in public/ is not UTF-8")?;
        if !TEMPLATES.contains(&name.as_str()) {
            site.add_root(&name, &fs::read(entry.path())?)?;
        }
    }

    precompress::precompress(&site, effort)?;
    let report = format!("build {build}, with brotli: {}", site.sizes()?);
    site.finish(&build)?;
    Ok(report)
}

/// Gives the WASM that is loaded later a hashed name, tells it to the script that loads it from beside itself, and returns it.
fn name_later_part(site: &mut Site, app: &App) -> anyhow::Result<String> {
    let [part] = app.later.as_slice() else { bail!("the app has one later part, not {}", app.later.len()) };
    let name = part.file_name().and_then(|name| name.to_str()).context("a part has no name")?;
    let url = site.add_asset("app.later.wasm", &fs::read(part)?)?;
    let loader = fs::read_to_string(&app.loader)?;
    let named = loader.replace(&format!("\"./{name}\""), &format!("\"{url}\""));
    ensure!(named != loader, "{name} is loaded by nobody");
    fs::write(&app.loader, named)?;
    Ok(url)
}
