//! The derived graphs on disk: a cache of what follows from the set of articles.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::{Result, StoreError};
use super::hash;
use super::layout::{self, Layout};
use super::segment::{compress, decompress};

/// One derived graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The last part of its IRI: `identity`, `comparison`, `facts`.
    pub name: String,
    /// Its quads as canonical N-Quads.
    pub nquads: String,
}

/// Which files hold the derived graphs of which set. A file's name has its content's hash, so that
/// the rename of this list alone changes what is derived.
#[derive(Serialize, Deserialize)]
struct List {
    /// The digest of what they were derived from.
    of: String,
    graphs: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
struct Part {
    name: String,
    digest: String,
}

impl Part {
    fn file(&self) -> String {
        format!("{}-{}.nq.zst", self.name, self.digest)
    }
}

const LIST: &str = "list.json";

/// The derived graphs of the set `of`; `None` where others or none are there.
pub(super) fn read(layout: &Layout, of: &str) -> Result<Option<Vec<Derived>>> {
    let folder = layout.derived();
    let Some(list) = read_list(&folder).filter(|list| list.of == of) else { return Ok(None) };
    let mut graphs = Vec::new();
    for part in list.graphs {
        let path = folder.join(part.file());
        let bytes = match layout::read(&path) {
            Ok(bytes) => bytes,
            // A writer has just replaced them.
            Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        match decompress(&bytes, "quads") {
            Ok(nquads) if hash(&nquads) == part.digest => {
                graphs.push(Derived { name: part.name, nquads });
            }
            // What is damaged is derived again.
            _ => return Ok(None),
        }
    }
    Ok(Some(graphs))
}

/// Writes the derived graphs of the set `of` and takes the former away.
pub(super) fn write(layout: &Layout, of: &str, graphs: &[Derived]) -> Result<()> {
    let folder = layout.derived();
    layout::create_dir(&folder)?;
    let mut list = List { of: of.to_owned(), graphs: Vec::new() };
    for graph in graphs {
        let part = Part { name: graph.name.clone(), digest: hash(&graph.nquads) };
        let path = folder.join(part.file());
        if !path.exists() {
            layout.write_atomically(&path, &compress(graph.nquads.as_bytes()))?;
        }
        list.graphs.push(part);
    }
    let text = serde_json::to_string(&list).expect("a list has only strings");
    layout.write_atomically(&folder.join(LIST), text.as_bytes())?;
    let mut keep: BTreeSet<String> = list.graphs.iter().map(Part::file).collect();
    keep.insert(LIST.to_owned());
    let entries = fs::read_dir(&folder).map_err(|e| StoreError::io("list", &folder, e))?;
    for entry in entries {
        let path = entry.map_err(|e| StoreError::io("list", &folder, e))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| !keep.contains(name)) {
            layout::remove(&path)?;
        }
    }
    Ok(())
}

/// The list. One that cannot be read counts as none: what is derived can be derived again.
fn read_list(folder: &Path) -> Option<List> {
    serde_json::from_str(&layout::read_to_string(&folder.join(LIST)).ok()?).ok()
}
