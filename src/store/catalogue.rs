//! Which articles there are: a listing of the segments, with a cache of their heads.

#![expect(clippy::disallowed_methods, reason = "the store is files")]

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::error::{Result, StoreError};
use super::layout::{self, ENDING, Layout};
use super::segment::Head;

/// A segment's head and what tells whether the file is still the one that it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Listed {
    pub(super) head: Head,
    size: u64,
    modified: u64,
}

/// All segments, by key, and the files that are none.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) whole: Vec<Listed>,
    pub(super) damaged: Vec<(PathBuf, String)>,
    /// Whether the cache says what the listing says.
    pub(super) cached: bool,
}

/// Lists the segments of a store. The cache is believed where size and time of a file agree.
pub(super) fn list(layout: &Layout) -> Result<Listing> {
    let cache = read_cache(&layout.catalogue());
    let mut known: FxHashMap<&str, &Listed> =
        cache.iter().map(|listed| (listed.head.key.as_str(), listed)).collect();
    let mut listing = Listing { cached: true, ..Listing::default() };
    for (key, path) in files(layout)? {
        let Some((size, modified)) = stamp(&path)? else { continue };
        match known.remove(key.as_str()) {
            Some(listed) if listed.size == size && listed.modified == modified => {
                listing.whole.push(listed.clone());
            }
            _ => {
                listing.cached = false;
                match read_head(&path, &key)? {
                    Some(Ok(head)) => listing.whole.push(Listed { head, size, modified }),
                    Some(Err(what)) => listing.damaged.push((path, what)),
                    None => {}
                }
            }
        }
    }
    listing.cached &= known.is_empty();
    Ok(listing)
}

/// The head and the stamp of a segment that was just written.
pub(super) fn listed(head: Head, path: &Path) -> Result<Listed> {
    let (size, modified) = stamp(path)?.unwrap_or_default();
    Ok(Listed { head, size, modified })
}

/// The cache's bytes: a head a line.
pub(super) fn cache<'a>(listing: impl Iterator<Item = &'a Listed>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for listed in listing {
        serde_json::to_writer(&mut bytes, listed).expect("a vector takes every write");
        bytes.push(b'\n');
    }
    bytes
}

/// The cache. What cannot be read counts as not cached: the heads themselves are there.
fn read_cache(path: &Path) -> Vec<Listed> {
    let Ok(text) = layout::read_to_string(path) else { return Vec::new() };
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// The files of the segments, by key.
fn files(layout: &Layout) -> Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    for folder in entries(&layout.articles())? {
        if !folder.is_dir() {
            continue;
        }
        for path in entries(&folder)? {
            let name = path.file_name().and_then(|name| name.to_str());
            if let Some(key) = name.and_then(|name| name.strip_suffix(ENDING)) {
                files.push((key.to_owned(), path));
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect());
    listed.map_err(|e| StoreError::io("list", folder, e))
}

/// Size and time of change of a file; `None` where it has gone since it was listed.
fn stamp(path: &Path) -> Result<Option<(u64, u64)>> {
    let Some(metadata) = gone_is_none(fs::metadata(path), path)? else { return Ok(None) };
    let since = metadata.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    let nanos = since.map_or(0, |d| u64::try_from(d.as_nanos()).unwrap_or(u64::MAX));
    Ok(Some((metadata.len(), nanos)))
}

/// The head of a segment, or what is wrong with it; `None` where it has gone.
fn read_head(path: &Path, key: &str) -> Result<Option<std::result::Result<Head, String>>> {
    let Some(file) = gone_is_none(File::open(path), path)? else { return Ok(None) };
    let head = Head::read(BufReader::new(file)).and_then(|head| {
        if head.key == key {
            Ok(head)
        } else {
            Err(format!("it is the article {} under another name", head.key))
        }
    });
    Ok(Some(head))
}

fn gone_is_none<T>(result: std::io::Result<T>, path: &Path) -> Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(StoreError::io("read", path, e)),
    }
}
