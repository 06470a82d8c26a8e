//! The directory that the server serves.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// A site in the making, beside the one that it will replace.
pub(crate) struct Site {
    target: PathBuf,
    directory: PathBuf,
    files: BTreeMap<String, String>,
}

impl Site {
    /// An empty site that becomes `target` when finished.
    pub(crate) fn create(target: &Path) -> anyhow::Result<Self> {
        let site = Self { target: target.to_owned(), directory: beside(target, "next"), files: BTreeMap::new() };
        remove(&site.directory)?;
        for directory in [site.assets(), site.root(), site.scratch()] {
            fs::create_dir_all(directory)?;
        }
        Ok(site)
    }

    /// Where hashed files lie.
    pub(crate) fn assets(&self) -> PathBuf {
        self.directory.join("assets")
    }

    /// Where files with a fixed name lie.
    pub(crate) fn root(&self) -> PathBuf {
        self.directory.join("root")
    }

    /// Room for intermediate files, gone when the site is finished.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.directory.join("scratch")
    }

    /// The hashed files: logical name to URL path.
    pub(crate) fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }

    /// Writes a file that may be kept for ever, because another content has another name. Returns
    /// its URL path.
    pub(crate) fn add_asset(&mut self, name: &str, content: &[u8]) -> anyhow::Result<String> {
        let hashed = hashed_name(name, content)?;
        fs::write(self.assets().join(&hashed), content)?;
        let url = format!("/assets/{hashed}");
        self.files.insert(name.to_owned(), url.clone());
        Ok(url)
    }

    /// Writes a file whose name stays.
    pub(crate) fn add_root(&self, name: &str, content: &[u8]) -> anyhow::Result<()> {
        Ok(fs::write(self.root().join(name), content)?)
    }

    /// The build id: differs when any asset or any of `templates` does.
    pub(crate) fn fingerprint(&self, templates: &[&str]) -> String {
        let mut hasher = Sha256::new();
        for text in self.files.values().map(String::as_str).chain(templates.iter().copied()) {
            hasher.update(text);
            hasher.update([0]);
        }
        short_hex(&hasher.finalize())
    }

    /// How much of each asset travels, for people to read.
    pub(crate) fn sizes(&self) -> anyhow::Result<String> {
        let mut sizes = Vec::new();
        for (name, url) in &self.files {
            let bytes = fs::metadata(self.directory.join(format!(".{url}.br")))?.len();
            sizes.push(format!("{name} {:.1} kB", bytes as f64 / 1000.0));
        }
        Ok(sizes.join(", "))
    }

    /// Lists the assets for the server and takes the old site's place.
    pub(crate) fn finish(self, build: &str) -> anyhow::Result<()> {
        let list = json!({ "build": build, "files": self.files });
        fs::write(self.directory.join("assets.json"), format!("{list:#}\n"))?;
        remove(&self.scratch())?;
        let old = beside(&self.target, "old");
        remove(&old)?;
        if self.target.exists() {
            fs::rename(&self.target, &old)?;
        }
        fs::rename(&self.directory, &self.target)?;
        remove(&old)
    }
}

fn beside(target: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(target);
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

fn remove(directory: &Path) -> anyhow::Result<()> {
    if directory.exists() {
        fs::remove_dir_all(directory).with_context(|| format!("cannot remove {}", directory.display()))?;
    }
    Ok(())
}

fn hashed_name(name: &str, content: &[u8]) -> anyhow::Result<String> {
    let (stem, extension) = name.rsplit_once('.').with_context(|| format!("{name} has no extension"))?;
    Ok(format!("{stem}-{}.{extension}", short_hex(&Sha256::digest(content))))
}

/// 64 bits: plenty to tell builds apart, short enough to read out.
fn short_hex(digest: &[u8]) -> String {
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_keeps_stem_and_extension_and_follows_the_content() {
        let name = hashed_name("app.css", b"a{}").expect("it has an extension");
        assert!(name.starts_with("app-") && name.ends_with(".css"), "{name}");
        assert_eq!(name, hashed_name("app.css", b"a{}").expect("it has an extension"));
        assert_ne!(name, hashed_name("app.css", b"b{}").expect("it has an extension"));
    }
}
