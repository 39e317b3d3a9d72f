//! Changes a store. There is one writer at a time.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Store;
use super::catalogue;
use super::derived::{self, Basis, Changes, Derived, Last};
use super::error::{Result, StoreError};
use super::layout::{self, Layout, Lock};
use super::runs::{self, Run};
use super::segment::{Head, Segment};
use super::shelf::Filed;
use super::sorted::Sorted;

/// A segment ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// What is known of the article.
    pub head: Head,
    bytes: Vec<u8>,
}

impl Packed {
    /// Compresses a segment.
    pub fn new(segment: Segment) -> Self {
        let bytes = segment.encode();
        Self { head: segment.head, bytes }
    }

    /// The size of the file, in bytes.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

/// The one who may change a store.
#[derive(Debug)]
pub struct Writer {
    store: Store,
    changed: bool,
    written_run: Option<String>,
    _lock: Lock,
}

impl Writer {
    /// Opens the store in `root` for writing, making it where there is none; only then `base`
    /// counts, what the IRIs of its data begin with. Waits for at most `patience` for another
    /// writer, and cleans up after one that was killed.
    ///
    /// # Errors
    ///
    /// Another writer, a store of another schema, a folder that is no store or cannot be written.
    pub fn open(root: &Path, base: &str, patience: Duration) -> Result<Self> {
        Self::open_with(Layout::new(root, base), patience, Layout::create)
    }

    /// As [`Writer::open`], but takes a store of an older schema too, to upgrade it:
    /// [`Writer::upgraded`] when all articles are written anew.
    ///
    /// # Errors
    ///
    /// As [`Writer::open`].
    pub fn open_older(root: &Path, base: &str, patience: Duration) -> Result<Self> {
        Self::open_with(Layout::new(root, base), patience, |layout| match layout.create() {
            Err(StoreError::Older { .. }) => Ok(()),
            other => other,
        })
    }

    fn open_with(
        mut layout: Layout,
        patience: Duration,
        prepare: impl Fn(&mut Layout) -> Result<()>,
    ) -> Result<Self> {
        let lock = layout.lock_for_writing(patience)?;
        prepare(&mut layout)?;
        let store = Store::list(layout)?;
        let changed = !store.cached;
        Ok(Self { store, changed, written_run: None, _lock: lock })
    }

    /// The articles as they are now.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Whether this writer has changed an article, or found the catalogue out of step.
    pub fn changed(&self) -> bool {
        self.changed
    }

    /// Adds articles, or replaces those of the same key, and says how many are in the store now,
    /// whole and durable: all, or the first few where one could not be written.
    ///
    /// The articles of one call are made durable together, which is cheaper than one by one.
    pub fn put(&mut self, run: &Run, batch: Vec<Packed>) -> (usize, Result<()>) {
        let mut aside: Vec<(PathBuf, Packed)> = Vec::with_capacity(batch.len());
        let mut failed = if batch.is_empty() { Ok(()) } else { self.describe(run) };
        for (nth, packed) in batch.into_iter().enumerate() {
            if failed.is_err() {
                break;
            }
            let name = OsString::from(format!("{nth}-{}", packed.head.key));
            match self.store.layout.write_aside(&name, &packed.bytes) {
                Ok(path) => aside.push((path, packed)),
                Err(error) => failed = Err(error),
            }
        }
        let mut folders = BTreeSet::new();
        let mut written = 0;
        for (from, packed) in aside {
            if let Err(error) = self.appear(&from, packed, &mut folders) {
                failed = failed.and(Err(error));
                break;
            }
            written += 1;
        }
        for folder in folders {
            if let Err(error) = layout::sync_dir(&folder) {
                return (0, Err(error));
            }
        }
        (written, failed)
    }

    fn appear(
        &mut self,
        from: &Path,
        packed: Packed,
        folders: &mut BTreeSet<PathBuf>,
    ) -> Result<()> {
        let path = self.store.layout.segment(&packed.head.key);
        let folder = path.parent().expect("a segment stands in a folder");
        layout::create_dir(folder)?;
        folders.insert(folder.to_path_buf());
        Layout::appear(from, &path)?;
        self.changed = true;
        let key = packed.head.key.clone();
        let listed = catalogue::listed(packed.head, &path)?;
        self.store.articles.insert(key, listed);
        Ok(())
    }

    fn describe(&mut self, run: &Run) -> Result<()> {
        if self.written_run.as_ref() != Some(&run.id) {
            runs::write(&self.store.layout, run)?;
            self.written_run = Some(run.id.clone());
        }
        Ok(())
    }

    /// Takes articles out. Says how many were there.
    ///
    /// # Errors
    ///
    /// A file that cannot be removed.
    pub fn remove<'a>(&mut self, keys: impl IntoIterator<Item = &'a str>) -> Result<usize> {
        let mut removed = 0;
        let mut folders = BTreeSet::new();
        let mut touched = BTreeSet::new();
        for key in keys {
            let path = self.store.layout.segment(key);
            let Some(listed) = self.store.articles.get(key) else { continue };
            layout::remove(&path)?;
            touched.insert(listed.head.ingest.run.clone());
            folders.extend(path.parent().map(Path::to_path_buf));
            self.store.articles.remove(key);
            self.changed = true;
            removed += 1;
        }
        for folder in folders {
            layout::sync_dir(&folder)?;
        }
        for head in self.store.heads() {
            touched.remove(&head.ingest.run);
        }
        for run in touched {
            layout::remove(&self.store.layout.run(&run))?;
        }
        Ok(removed)
    }

    /// Takes away the files that are no segments. Says how many there were.
    ///
    /// # Errors
    ///
    /// A file that cannot be removed.
    pub fn remove_damaged(&mut self) -> Result<usize> {
        let damaged = std::mem::take(&mut self.store.damaged);
        for (path, _) in &damaged {
            layout::remove(path)?;
        }
        Ok(damaged.len())
    }

    /// Writes all that was derived: the graphs by name, and what is kept for the next derivation,
    /// which `records` hands over sorted.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub fn write_derived(
        &mut self,
        basis: &Basis,
        graphs: Vec<(String, Sorted)>,
        records: impl FnOnce(&mut dyn FnMut(Filed)),
    ) -> Result<()> {
        derived::write(&self.store.layout, basis, graphs, records)
    }

    /// Writes what has changed since the `last` derivation: of the graphs, and of what is kept,
    /// sorted.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or written.
    pub fn change_derived(
        &mut self,
        basis: &Basis,
        last: Last,
        graphs: Vec<Changes>,
        records: Vec<Filed>,
    ) -> Result<()> {
        derived::step(&self.store.layout, basis, last, graphs, records)
    }

    /// Reads every head anew and has the catalogue written on [`Writer::close`].
    ///
    /// # Errors
    ///
    /// A folder that cannot be listed.
    pub fn rebuild_catalogue(&mut self) -> Result<()> {
        layout::remove(&self.store.layout.catalogue())?;
        self.store = Store::list(self.store.layout.clone())?;
        self.changed = true;
        Ok(())
    }

    /// Brings the index on disk in step with the articles and `graphs`, where this program has
    /// one; `anew` builds it from nothing.
    ///
    /// # Errors
    ///
    /// RocksDB's, a segment that cannot be read.
    #[cfg(feature = "rocksdb")]
    pub fn bring_index_in_step(&self, graphs: &[Derived], jobs: usize, anew: bool) -> Result<()> {
        if anew {
            layout::remove_folder(&self.store.layout.index())?;
            layout::remove(&self.store.layout.index_list())?;
        }
        super::Index::bring_in_step(&self.store, graphs, jobs)
    }

    /// Whether this program has an index on disk.
    pub const HAS_INDEX: bool = cfg!(feature = "rocksdb");

    /// Brings the index on disk in step: this program has none.
    ///
    /// # Errors
    ///
    /// None.
    #[cfg(not(feature = "rocksdb"))]
    pub fn bring_index_in_step(&self, _: &[Derived], _: usize, _: bool) -> Result<()> {
        Ok(())
    }

    /// States that all articles are in our schema now.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub fn upgraded(&mut self) -> Result<()> {
        self.store.layout.write_schema()
    }

    /// Ends writing: leaves the catalogue in step. Nothing is lost without it, the next listing
    /// only takes longer.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub fn close(self) -> Result<Store> {
        if self.changed {
            let bytes = catalogue::cache(self.store.articles.values());
            self.store.layout.write_atomically(&self.store.layout.catalogue(), &bytes)?;
        }
        Ok(self.store)
    }
}
