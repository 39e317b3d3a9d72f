//! Oxigraph over the segments: in memory, or on disk with the feature `rocksdb`.

mod memory;
#[cfg(any(test, feature = "rocksdb"))]
mod step;

use oxigraph::model::Quad;
use oxigraph::store::Store as Oxigraph;

use super::Store;
use super::derived::Derived;
use super::error::{Result, StoreError};

/// Which articles a question needs.
#[derive(Clone, Copy, Debug, Default)]
pub enum Selection<'a> {
    /// All.
    #[default]
    All,
    /// Those with these keys, and of the derived graphs what tells of them.
    Keys(&'a [&'a str]),
}

/// The quads of a store, ready for questions.
pub struct Index {
    oxigraph: Oxigraph,
    behind: usize,
}

/// The most quads that are taken into memory: some 4.5 GB, loaded in about a minute.
pub const MOST_IN_MEMORY: u64 = 12_000_000;

impl Index {
    /// Loads articles and graphs into memory: the segments are unpacked and parsed by `jobs` − 1
    /// threads, at least one, while this one inserts. The same selection gives the same order of
    /// quads at any number of jobs.
    ///
    /// # Errors
    ///
    /// A segment that cannot be read or is damaged; more than [`MOST_IN_MEMORY`] quads.
    ///
    /// # Cost
    ///
    /// About 370 bytes and 4 µs a quad.
    pub fn load(
        store: &Store,
        what: Selection<'_>,
        graphs: &[Derived],
        jobs: usize,
    ) -> Result<Self> {
        let oxigraph = Oxigraph::new()?;
        match what {
            Selection::All => {
                let quads: u64 = store.heads().map(|head| head.quads).sum();
                if quads > MOST_IN_MEMORY {
                    return Err(StoreError::TooLarge { path: store.root().to_path_buf(), quads });
                }
                let heads: Vec<_> = store.heads().collect();
                memory::load(memory::loader(&oxigraph), store, &heads, graphs, jobs)?;
            }
            Selection::Keys(keys) => {
                let heads: Vec<_> = keys.iter().filter_map(|key| store.get(key)).collect();
                memory::load(memory::loader(&oxigraph), store, &heads, &[], jobs)?;
                memory::load_about(&oxigraph, graphs)?;
            }
        }
        Ok(Self { oxigraph, behind: 0 })
    }

    /// An index of quads that no store holds.
    ///
    /// # Errors
    ///
    /// Oxigraph's.
    pub fn of(quads: impl IntoIterator<Item = Quad>) -> Result<Self> {
        let oxigraph = Oxigraph::new()?;
        let mut loader = memory::loader(&oxigraph);
        loader.load_quads(quads)?;
        loader.commit()?;
        Ok(Self { oxigraph, behind: 0 })
    }

    /// Opens the index on disk, `None` where this program or this store has none. It is brought
    /// in step with the articles and `graphs` first, unless somebody else is writing or the store
    /// is read-only: then [`Index::behind`] tells what it lacks.
    ///
    /// # Errors
    ///
    /// RocksDB's, and a segment that cannot be read.
    #[cfg(feature = "rocksdb")]
    pub fn open(store: &Store, graphs: &[Derived], jobs: usize) -> Result<Option<Self>> {
        use std::time::Duration;

        let folder = store.layout.index();
        let behind = match store.layout.lock_for_writing(Duration::ZERO) {
            Ok(lock) => {
                Self::bring_in_step(store, graphs, jobs)?;
                drop(lock);
                0
            }
            Err(StoreError::Busy { .. } | StoreError::ReadOnly { .. }) if folder.is_dir() => {
                step::behind(&store.layout, &step::wanted(store, graphs))
            }
            Err(StoreError::Busy { .. } | StoreError::ReadOnly { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(Some(Self { oxigraph: Oxigraph::open_read_only(folder)?, behind }))
    }

    /// Opens the index on disk: this program has none.
    ///
    /// # Errors
    ///
    /// None.
    #[cfg(not(feature = "rocksdb"))]
    pub fn open(_store: &Store, _graphs: &[Derived], _jobs: usize) -> Result<Option<Self>> {
        Ok(None)
    }

    /// Brings the index on disk in step with articles and graphs; the caller has the right to
    /// write. Only what changed is loaded.
    #[cfg(feature = "rocksdb")]
    pub(super) fn bring_in_step(store: &Store, graphs: &[Derived], jobs: usize) -> Result<()> {
        let wanted = step::wanted(store, graphs);
        if !store.layout.index().is_dir() {
            // Without the index its list tells of nothing.
            super::layout::remove(&store.layout.index_list())?;
        } else if step::behind(&store.layout, &wanted) == 0 {
            return Ok(());
        }
        let oxigraph = Oxigraph::open(store.layout.index())?;
        step::bring(&oxigraph, store, graphs, &wanted, jobs)?;
        oxigraph.flush()?;
        Ok(())
    }

    /// How many graphs the index lacks, or has in an old form.
    pub fn behind(&self) -> usize {
        self.behind
    }

    /// Oxigraph, to ask.
    pub fn oxigraph(&self) -> &Oxigraph {
        &self.oxigraph
    }
}
