//! What was derived from all articles, on disk: the derived graphs, and what the next derivation
//! wants to know of the last.
//!
//! Each graph is one file and, where articles came or went since, files of the lines that changed.
//! The names of the files have their contents' hashes, so that the rename of the one list alone
//! changes what is derived; what it does not name is taken away afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::aside::Aside;
use super::error::{Result, StoreError};
use super::hash;
use super::layout::{self, Layout};
use super::segment::{compress, decompress};
use super::shelf::{Filed, Shelf, ShelfWriter, join, to_join};
use super::sorted::Sorted;

/// One derived graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The last part of its IRI: `identity`, `comparison`, `facts`.
    pub name: String,
    /// Its quads as canonical N-Quads.
    pub nquads: String,
}

/// What is derived from which articles, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// The digest of all that it follows from.
    pub of: String,
    /// The digest of that in it which is not articles: the program, a person's decisions.
    pub besides: String,
    /// The articles, as [`Store::stamps`](super::Store::stamps) gives them.
    pub articles: Vec<Stamp>,
}

/// An article, as what is derived depends on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// The key.
    pub key: String,
    /// Hash of the graph.
    pub digest: String,
    /// What its place in the recorded order follows from.
    pub order: String,
}

/// How a derived graph changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The last part of its IRI.
    pub name: String,
    /// Lines of N-Quads that hold no longer.
    pub removed: Vec<String>,
    /// Lines of N-Quads that hold now.
    pub added: Vec<String>,
}

/// The last derivation.
pub struct Last {
    /// The articles that it was made of, in the recorded order.
    pub articles: Vec<Stamp>,
    shelf: Shelf,
    list: List,
}

impl Last {
    /// What was kept. It is there once.
    pub fn take_shelf(&mut self) -> Shelf {
        std::mem::take(&mut self.shelf)
    }
}

/// Which files hold what.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct List {
    of: String,
    besides: String,
    /// The file of the articles.
    articles: String,
    graphs: Vec<Part>,
    /// From the oldest to the newest.
    shelf: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Part {
    name: String,
    file: String,
    /// From the oldest to the newest.
    changes: Vec<String>,
}

impl List {
    fn files(&self) -> impl Iterator<Item = &String> {
        let graphs =
            self.graphs.iter().flat_map(|part| [&part.file].into_iter().chain(&part.changes));
        graphs.chain(&self.shelf).chain([&self.articles])
    }
}

const LIST: &str = "list.json";
/// So many files of changes are joined to one.
const MOST_CHANGES: usize = 12;
/// A graph is written anew where its changes have more than this part of its size.
const PART: u64 = 4;
/// Compression of the files of graphs.
const LEVEL: i32 = 3;

/// Whether what is derived of the set `of` is there.
pub(super) fn is_there(layout: &Layout, of: &str) -> bool {
    let folder = layout.derived();
    let list = read_list(&folder).filter(|list| list.of == of);
    list.is_some_and(|list| list.files().all(|file| folder.join(file).is_file()))
}

/// The derived graphs of the set `of`; `None` where others or none are there.
pub(super) fn read(layout: &Layout, of: &str) -> Result<Option<Vec<Derived>>> {
    let folder = layout.derived();
    let Some(list) = read_list(&folder).filter(|list| list.of == of) else { return Ok(None) };
    let mut graphs = Vec::new();
    for part in list.graphs {
        let Some(base) = content(&folder, &part.file)? else { return Ok(None) };
        let Some(changes) = changes(&folder, &part.changes)? else { return Ok(None) };
        let mut nquads = Vec::with_capacity(base.len());
        let merged = merge(base.as_bytes(), &changes, &mut nquads);
        merged.expect("a vector takes every write, and a slice can be read");
        let nquads = if changes.is_empty() {
            base
        } else {
            String::from_utf8(nquads).expect("lines of texts are texts")
        };
        if !nquads.is_empty() {
            graphs.push(Derived { name: part.name, nquads });
        }
    }
    Ok(Some(graphs))
}

/// The last derivation, if all it took besides the articles is `besides`.
pub(super) fn last(layout: &Layout, besides: &str) -> Result<Option<Last>> {
    let folder = layout.derived();
    let Some(list) = read_list(&folder).filter(|list| list.besides == besides) else {
        return Ok(None);
    };
    let Some(articles) = content(&folder, &list.articles)? else { return Ok(None) };
    let paths: Vec<PathBuf> = list.shelf.iter().map(|file| folder.join(file)).collect();
    if list.files().any(|file| !folder.join(file).is_file()) {
        return Ok(None);
    }
    let shelf = Shelf::open(&paths)?;
    let stamp = |line: &str| {
        let mut cells = line.splitn(3, '\t').map(str::to_owned);
        Some(Stamp { key: cells.next()?, digest: cells.next()?, order: cells.next()? })
    };
    Ok(Some(Last { articles: articles.lines().filter_map(stamp).collect(), shelf, list }))
}

/// Writes all that is derived: the graphs that have quads, by name, and what is kept, which
/// `records` hands over sorted.
pub(super) fn write(
    layout: &Layout,
    basis: &Basis,
    graphs: Vec<(String, Sorted)>,
    records: impl FnOnce(&mut dyn FnMut(Filed)),
) -> Result<()> {
    let folder = layout.derived();
    layout::create_dir(&folder)?;
    let mut parts = Vec::new();
    for (name, lines) in graphs {
        let file = write_graph(layout, &name, |out| lines.write(out))?;
        parts.push(Part { name, file, changes: Vec::new() });
    }
    let mut aside = ShelfWriter::new(layout.create_aside("shelf")?);
    let mut written = Ok(());
    records(&mut |filed| {
        if written.is_ok() {
            written = aside.push(filed.key, filed.sub, filed.content.as_deref());
        }
    });
    let ended = written.and_then(|()| aside.finish());
    let aside = ended.map_err(|e| StoreError::io("write", &folder, e))?;
    let shelf = aside.appear(&folder, |hash| format!("shelf-{hash}.rec"))?;
    finish(layout, basis, parts, vec![shelf])
}

/// Writes what has changed since the `last` derivation.
pub(super) fn step(
    layout: &Layout,
    basis: &Basis,
    last: Last,
    changed: Vec<Changes>,
    records: Vec<Filed>,
) -> Result<()> {
    let folder = layout.derived();
    let mut list = last.list;
    for changes in changed {
        let mut lines: BTreeMap<String, bool> = BTreeMap::new();
        lines.extend(changes.removed.into_iter().map(|line| (line, false)));
        lines.extend(changes.added.into_iter().map(|line| (line, true)));
        if lines.is_empty() {
            continue;
        }
        if let Some(part) = list.graphs.iter_mut().find(|part| part.name == changes.name) {
            change_graph(layout, part, lines)?;
        } else {
            let file = write_graph(layout, &changes.name, |out| merge(&[], &lines, out))?;
            list.graphs.push(Part { name: changes.name, file, changes: Vec::new() });
        }
    }
    if !records.is_empty() {
        let sizes: Vec<u64> =
            list.shelf.iter().map(|file| size(&folder.join(file))).collect::<Result<_>>()?;
        let content = |filed: &Filed| filed.content.as_ref().map_or(0, Vec::len) + 20;
        // What is new gets some four times smaller.
        let size = records.iter().map(content).sum::<usize>() as u64 / 4;
        let stay = list.shelf.len() - to_join(&sizes, size);
        let joined: Vec<PathBuf> = list.shelf.drain(stay..).map(|file| folder.join(file)).collect();
        let mut out = ShelfWriter::new(layout.create_aside("shelf")?);
        join(&joined, records, stay == 0, &mut out)?;
        let aside = out.finish().map_err(|e| StoreError::io("write", &folder, e))?;
        list.shelf.push(aside.appear(&folder, |hash| format!("shelf-{hash}.rec"))?);
    }
    finish(layout, basis, list.graphs, list.shelf)
}

fn change_graph(layout: &Layout, part: &mut Part, lines: BTreeMap<String, bool>) -> Result<()> {
    let folder = layout.derived();
    let missing = || StoreError::Derived {
        name: part.name.clone(),
        what: "a file of it has gone".to_owned(),
    };
    let mut all = lines;
    if part.changes.len() >= MOST_CHANGES {
        let mut joined = changes(&folder, &part.changes)?.ok_or_else(missing)?;
        joined.append(&mut all);
        all = joined;
        part.changes.clear();
    }
    let text: String =
        all.iter().flat_map(|(line, holds)| [if *holds { "+" } else { "-" }, line, "\n"]).collect();
    let name = format!("{}-{}.changes.zst", part.name, hash(&text));
    let packed = compress(text.as_bytes());
    let large = packed.len() as u64 * PART > size(&folder.join(&part.file))?;
    if large && part.changes.is_empty() {
        let base = content(&folder, &part.file)?.ok_or_else(missing)?;
        part.file = write_graph(layout, &part.name, |out| merge(base.as_bytes(), &all, out))?;
    } else {
        layout.write_atomically(&folder.join(&name), &packed)?;
        part.changes.push(name);
    }
    Ok(())
}

fn write_graph(
    layout: &Layout,
    name: &str,
    lines: impl FnOnce(&mut zstd::stream::Encoder<'static, Aside>) -> io::Result<()>,
) -> Result<String> {
    let folder = layout.derived();
    let failed = |e| StoreError::io("write", &folder, e);
    let aside = layout.create_aside(name)?;
    let written = zstd::stream::Encoder::new(aside, LEVEL).and_then(|mut encoder| {
        encoder.include_checksum(true)?;
        lines(&mut encoder)?;
        encoder.finish()
    });
    written.map_err(failed)?.appear(&folder, |hash| format!("{name}-{hash}.nq.zst"))
}

/// Writes the list, from when on all holds, and takes away what it does not name.
fn finish(layout: &Layout, basis: &Basis, graphs: Vec<Part>, shelf: Vec<String>) -> Result<()> {
    let folder = layout.derived();
    let line = |stamp: &Stamp| format!("{}\t{}\t{}\n", stamp.key, stamp.digest, stamp.order);
    let text: String = basis.articles.iter().map(line).collect();
    let articles = format!("articles-{}.tsv.zst", hash(&text));
    layout.write_atomically(&folder.join(&articles), &compress(text.as_bytes()))?;
    let list =
        List { of: basis.of.clone(), besides: basis.besides.clone(), articles, graphs, shelf };
    let text = serde_json::to_string(&list).expect("a list has only strings");
    layout.write_atomically(&folder.join(LIST), text.as_bytes())?;
    let mut keep: BTreeSet<&str> = list.files().map(String::as_str).collect();
    keep.insert(LIST);
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

/// The text of a compressed file; `None` where a writer has just replaced it, or where it is
/// damaged: then it is derived again.
fn content(folder: &Path, file: &str) -> Result<Option<String>> {
    match layout::read(&folder.join(file)) {
        Ok(bytes) => Ok(decompress(&bytes, "lines").ok()),
        Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Which lines hold after changes, and which do not.
fn changes(folder: &Path, files: &[String]) -> Result<Option<BTreeMap<String, bool>>> {
    let mut lines = BTreeMap::new();
    for file in files {
        let Some(text) = content(folder, file)? else { return Ok(None) };
        for line in text.lines() {
            if let Some(line) = line.strip_prefix('+') {
                lines.insert(line.to_owned(), true);
            } else if let Some(line) = line.strip_prefix('-') {
                lines.insert(line.to_owned(), false);
            }
        }
    }
    Ok(Some(lines))
}

/// Writes the lines of `base`, which are sorted, as changed.
fn merge(
    base: &[u8],
    changes: &BTreeMap<String, bool>,
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    let mut changes = changes.iter().map(|(line, holds)| (line.as_bytes(), *holds)).peekable();
    let mut put = |line: &[u8]| out.write_all(line).and_then(|()| out.write_all(b"\n"));
    for line in base.split_inclusive(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        while let Some((before, holds)) = changes.next_if(|(changed, _)| *changed < line) {
            if holds {
                put(before)?;
            }
        }
        let changed = changes.next_if(|(changed, _)| *changed == line);
        if changed.is_none_or(|(_, holds)| holds) {
            put(line)?;
        }
    }
    for (line, holds) in changes {
        if holds {
            put(line)?;
        }
    }
    Ok(())
}

fn size(path: &Path) -> Result<u64> {
    let metadata = fs::metadata(path).map_err(|e| StoreError::io("read", path, e))?;
    Ok(metadata.len())
}

/// The list. One that cannot be read counts as none: what is derived can be derived again.
fn read_list(folder: &Path) -> Option<List> {
    serde_json::from_str(&layout::read_to_string(&folder.join(LIST)).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_merged_in_order() {
        let changes: BTreeMap<String, bool> =
            [("a", true), ("b", true), ("c", false), ("d", false), ("f", true), ("x", true)]
                .map(|(line, holds)| (line.to_owned(), holds))
                .into();
        let mut out = Vec::new();
        merge(b"b\nc\ne\ng\n", &changes, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\nb\ne\nf\ng\nx\n");
    }
}
