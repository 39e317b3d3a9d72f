//! Which model analyses texts, and `newsgraph model`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;

use crate::text::{Engine, Model};

/// The language engine with the model at `path`.
///
/// # Errors
///
/// As [`read`]; also where there is no `path`, since no model is embedded.
pub fn engine(path: Option<&Path>) -> anyhow::Result<Engine> {
    let path = path.context("no model is embedded; give --model DIR")?;
    Engine::new(&read(path)?).with_context(|| path.display().to_string())
}

/// Reads a model: a spaCy v3 package folder.
///
/// # Errors
///
/// Where `path` cannot be read, or what is there is no model that the engine runs.
pub fn read(path: &Path) -> anyhow::Result<Model> {
    Model::from_folder(&read_folder(path)?).with_context(|| path.display().to_string())
}

/// The files below a package folder, by relative path.
fn read_folder(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        // Ids are hashes: the table of strings is large and not needed.
        if entry.file_type().is_file() && !inside.ends_with("strings.json") {
            let inside = inside.to_string_lossy().replace('\\', "/");
            files.insert(inside, read_file(entry.path())?);
        }
    }
    Ok(files)
}

#[expect(clippy::disallowed_methods, reason = "the command line reads the model's files")]
fn read_file(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}
