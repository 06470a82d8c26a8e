//! Compressed copies beside every file that gains by it, so that the server never compresses.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::{Effort, site::Site};

/// Images are compressed already.
const COMPRESSIBLE: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Writes `FILE.br` and `FILE.gz` beside the files.
pub(crate) fn precompress(site: &Site, effort: Effort) -> anyhow::Result<()> {
    for directory in [site.assets(), site.root()] {
        for file in files_of(&directory)? {
            let content = fs::read(&file)?;
            fs::write(with_suffix(&file, "br"), brotli(&content, effort)?)?;
            fs::write(with_suffix(&file, "gz"), gzip(&content, effort)?)?;
        }
    }
    Ok(())
}

fn files_of(directory: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if extension.is_some_and(|extension| COMPRESSIBLE.contains(&extension)) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn brotli(content: &[u8], effort: Effort) -> anyhow::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: match effort {
            Effort::Debug => 1,
            Effort::Release => 11,
        },
        lgwin: 24,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

fn gzip(content: &[u8], effort: Effort) -> anyhow::Result<Vec<u8>> {
    let level = match effort {
        Effort::Debug => Compression::fast(),
        Effort::Release => Compression::best(),
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}
