//! What can go wrong with a store.

use std::io;
use std::path::{Path, PathBuf};

/// Why a store could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is nothing there.
    #[error("no store at {} (make one: newsgraph add INPUT…)", .0.display())]
    Missing(PathBuf),
    /// There is something else there.
    #[error(
        "{} is not a newsgraph store (it holds other files: give --store an empty or a new folder)",
        .0.display()
    )]
    Foreign(PathBuf),
    /// Made by an older version.
    #[error(
        "{} has schema {found}, this newsgraph writes schema {current} \
         (upgrade it in place: newsgraph index --upgrade)",
        .path.display()
    )]
    Older {
        /// The store's folder.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// Ours.
        current: u32,
    },
    /// Made by a newer version.
    #[error(
        "{} has schema {found}, this newsgraph knows schema {current} at most \
         (use the newsgraph that wrote it)",
        .path.display()
    )]
    Newer {
        /// The store's folder.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// Ours.
        current: u32,
    },
    /// Another process writes.
    #[error(
        "another newsgraph{holder} is writing to {} (try again when it has finished)",
        .path.display()
    )]
    Busy {
        /// The store's folder.
        path: PathBuf,
        /// ` (process 4711)`, where it is known.
        holder: String,
    },
    /// No right to write.
    #[error(
        "{} is read-only (questions and exports work; to add, make it writable or copy it)",
        .path.display()
    )]
    ReadOnly {
        /// The store's folder.
        path: PathBuf,
        /// The system's word.
        source: io::Error,
    },
    /// No room left.
    #[error(
        "no room left to write {} (what was added before is whole and stays; make room and run \
         the same command again)",
        .path.display()
    )]
    Full {
        /// The file that was being written.
        path: PathBuf,
        /// The system's word.
        source: io::Error,
    },
    /// The system refuses.
    #[error("cannot {doing} {}", .path.display())]
    Io {
        /// What was tried: `read`, `write`, `list` …
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// The system's word.
        source: io::Error,
    },
    /// A file is not what we wrote.
    #[error(
        "{} is damaged: {what} (take the article out and add it again: newsgraph remove {key})",
        .path.display()
    )]
    Damaged {
        /// The segment.
        path: PathBuf,
        /// Its article.
        key: String,
        /// What is wrong with it.
        what: String,
    },
    /// The facts that a segment keeps are none.
    #[error(
        "the facts kept with the article {key} cannot be used: {what} (take it out and add it \
         again: newsgraph remove {key})"
    )]
    Facts {
        /// The article.
        key: String,
        /// What is wrong with them.
        what: String,
    },
    /// The graph of an article is not as the mapper writes it.
    #[error(
        "nothing can be derived from the graph of the article {key}: {what} (map it again: \
         newsgraph index --upgrade)"
    )]
    Graph {
        /// The article.
        key: String,
        /// What is wrong with its graph.
        what: String,
    },
    /// A line of a person's decisions cannot be understood.
    #[error("{}: {what}", .path.display())]
    Decisions {
        /// The file.
        path: PathBuf,
        /// Which line, and what it should be.
        what: String,
    },
    /// An article is not there any more.
    #[error("the article {0} has been taken out meanwhile (run the same command again)")]
    Gone(String),
    /// The schema file is not what we wrote.
    #[error("{} cannot be understood: {what}", .path.display())]
    Schema {
        /// The schema file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A derived graph cannot be parsed.
    #[error("the derived graph {name} is damaged: {what} (derive it again: newsgraph index)")]
    Derived {
        /// The graph.
        name: String,
        /// What is wrong with it.
        what: String,
    },
    /// More than memory holds.
    #[error(
        "{} has {quads} quads, too many to take into memory for one question (build newsgraph with \
         --features rocksdb and run newsgraph index; or export the store to an engine such as \
         QLever and ask it with --endpoint; or ask about one article)",
        .path.display()
    )]
    TooLarge {
        /// The store's folder.
        path: PathBuf,
        /// Its quads.
        quads: u64,
    },
    /// What is written to refuses.
    #[error("cannot write what leaves the store")]
    Out {
        /// The system's word.
        source: io::Error,
    },
    /// The index refuses.
    #[error("the index of the store fails (rebuild it: newsgraph index)")]
    Index(#[from] oxigraph::store::StorageError),
}

pub(crate) type Result<T> = std::result::Result<T, StoreError>;

impl StoreError {
    /// An error of the system on `path`, told apart by its kind.
    pub(crate) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::Full { path, source }
            }
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied
                if doing != "read" && doing != "list" =>
            {
                Self::ReadOnly { path, source }
            }
            _ => Self::Io { doing, path, source },
        }
    }
}
