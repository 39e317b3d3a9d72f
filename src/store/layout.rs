//! Where things stand in a store's folder, how files appear there, and who may write.

#![expect(clippy::disallowed_methods, reason = "the store is files")]

use std::cmp::Ordering;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::aside::Aside;
use super::error::{Result, StoreError};

/// The version of the layout and of the model that the segments are written in.
pub const SCHEMA: u32 = 1;

/// The names that a store's folder may have at its top.
const OURS: &[&str] = &[
    "store.toml",
    "lock",
    "tmp",
    "articles",
    "runs",
    "derived",
    "index",
    "index.list",
    "decisions.tsv",
    "catalogue.jsonl",
];

/// The ending of a segment's file name.
pub(super) const ENDING: &str = ".nq.zst";

/// The paths of one store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    root: PathBuf,
    base: String,
}

/// What `store.toml` says.
struct Schema {
    version: u32,
    base: String,
}

impl Layout {
    /// The store that is or is to be in `root`; `base` counts where it is to be made.
    pub(super) fn new(root: &Path, base: &str) -> Self {
        Self { root: root.to_path_buf(), base: base.to_owned() }
    }

    /// What the IRIs of the store's data begin with.
    pub(super) fn base(&self) -> &str {
        &self.base
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn articles(&self) -> PathBuf {
        self.root.join("articles")
    }

    /// The file of an article: `articles/<first letter of the key>/<key>.nq.zst`.
    pub(super) fn segment(&self, key: &str) -> PathBuf {
        let first: String = key.chars().take(1).collect();
        self.articles().join(first).join(format!("{key}{ENDING}"))
    }

    pub(super) fn runs(&self) -> PathBuf {
        self.root.join("runs")
    }

    pub(super) fn run(&self, id: &str) -> PathBuf {
        self.runs().join(format!("{id}.json"))
    }

    pub(super) fn derived(&self) -> PathBuf {
        self.root.join("derived")
    }

    pub(super) fn decisions(&self) -> PathBuf {
        self.root.join("decisions.tsv")
    }

    pub(super) fn catalogue(&self) -> PathBuf {
        self.root.join("catalogue.jsonl")
    }

    /// The folder of the index on disk.
    #[cfg(feature = "rocksdb")]
    pub(super) fn index(&self) -> PathBuf {
        self.root.join("index")
    }

    /// Which graphs the index on disk has.
    #[cfg(any(test, feature = "rocksdb"))]
    pub(super) fn index_list(&self) -> PathBuf {
        self.root.join("index.list")
    }

    fn schema(&self) -> PathBuf {
        self.root.join("store.toml")
    }

    fn tmp(&self) -> PathBuf {
        self.root.join("tmp")
    }

    fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// Takes the base of the store in the folder, if it is one of our schema.
    pub(super) fn examine(&mut self) -> Result<()> {
        let schema = self.read_schema()?;
        self.base = schema.base;
        let (path, found) = (self.root.clone(), schema.version);
        match found.cmp(&SCHEMA) {
            Ordering::Equal => Ok(()),
            Ordering::Less => Err(StoreError::Older { path, found, current: SCHEMA }),
            Ordering::Greater => Err(StoreError::Newer { path, found, current: SCHEMA }),
        }
    }

    fn read_schema(&self) -> Result<Schema> {
        let path = self.schema();
        let text = match read_to_string(&path) {
            Ok(text) => text,
            Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                return Err(if self.is_free()? {
                    StoreError::Missing(self.root.clone())
                } else {
                    StoreError::Foreign(self.root.clone())
                });
            }
            Err(error) => return Err(error),
        };
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(error) => {
                let what = toml::de::Error::message(&error).to_owned();
                return Err(StoreError::Schema { path, what });
            }
        };
        let version = table.get("schema").and_then(toml::Value::as_integer);
        let base = table.get("base").and_then(toml::Value::as_str);
        if let (Some(Ok(version)), Some(base)) = (version.map(u32::try_from), base) {
            Ok(Schema { version, base: base.to_owned() })
        } else {
            let what = "it has to say `schema = …` and `base = …`".to_owned();
            Err(StoreError::Schema { path, what })
        }
    }

    /// Whether the folder is missing or holds nothing but the beginnings of a store.
    fn is_free(&self) -> Result<bool> {
        let entries = match fs::read_dir(&self.root) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(e) => return Err(StoreError::io("list", &self.root, e)),
        };
        for entry in entries {
            let entry = entry.map_err(|e| StoreError::io("list", &self.root, e))?;
            if !OURS.iter().any(|ours| entry.file_name() == *ours) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes the folders and, last, the schema file. The caller holds the lock.
    pub(super) fn create(&mut self) -> Result<()> {
        for folder in [self.tmp(), self.articles(), self.runs(), self.derived()] {
            create_dir(&folder)?;
        }
        match self.examine() {
            Err(StoreError::Missing(_)) => self.write_schema(),
            other => other,
        }
    }

    /// Writes the schema file: from here on the folder is a store of our schema.
    pub(super) fn write_schema(&self) -> Result<()> {
        let text = format!(
            "# A newsgraph store: one compressed N-Quads file an article under articles/, the rest\n\
             # is made from these. `newsgraph check` proves it, `newsgraph index` rebuilds it.\n\
             schema = {SCHEMA}\n\
             base = {}\n",
            toml::Value::String(self.base.clone())
        );
        self.write_atomically(&self.schema(), text.as_bytes())
    }

    /// Takes the right to write, waiting for at most `patience` for another process.
    pub(super) fn lock_for_writing(&self, patience: Duration) -> Result<Lock> {
        if !self.is_free()? && !self.schema().exists() {
            return Err(StoreError::Foreign(self.root.clone()));
        }
        create_dir(&self.root)?;
        let path = self.lock();
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|e| StoreError::io("write", &self.root, e))?;
        let mut waited = Duration::ZERO;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if waited < patience => {
                    thread::sleep(STEP);
                    waited += STEP;
                }
                Err(TryLockError::WouldBlock) => {
                    // Who it is only adorns the message.
                    let holder = read_to_string(&path).unwrap_or_default();
                    return Err(StoreError::Busy {
                        path: self.root.clone(),
                        holder: match holder.trim() {
                            "" => String::new(),
                            process => format!(" (process {process})"),
                        },
                    });
                }
                Err(TryLockError::Error(e)) => return Err(StoreError::io("lock", &path, e)),
            }
        }
        let name = std::process::id().to_string();
        let written = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(name.as_bytes()));
        written.map_err(|e| StoreError::io("write", &path, e))?;
        self.clean()?;
        Ok(Lock { file })
    }

    /// Takes away what a killed writer left: only files that never became part of the store.
    fn clean(&self) -> Result<()> {
        let tmp = self.tmp();
        let entries = match fs::read_dir(&tmp) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(StoreError::io("list", &tmp, e)),
        };
        for entry in entries {
            let path = entry.map_err(|e| StoreError::io("list", &tmp, e))?.path();
            fs::remove_file(&path).map_err(|e| StoreError::io("remove", &path, e))?;
        }
        Ok(())
    }

    /// Writes a file that is not there yet under its name; [`Layout::appear`] gives it its name.
    pub(super) fn write_aside(&self, name: &OsStr, bytes: &[u8]) -> Result<PathBuf> {
        let path = self.tmp().join(name);
        let written = File::create(&path).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(|e| {
            // The first error counts; what is left over is cleaned by the next writer too.
            drop(fs::remove_file(&path));
            StoreError::io("write", &path, e)
        })?;
        Ok(path)
    }

    /// Begins a file that is not there yet under its name.
    pub(super) fn create_aside(&self, name: &str) -> Result<Aside> {
        Aside::create(self.tmp().join(name))
    }

    /// Gives a file that was written aside its name, in one step.
    pub(super) fn appear(aside: &Path, path: &Path) -> Result<()> {
        fs::rename(aside, path).map_err(|e| {
            drop(fs::remove_file(aside));
            StoreError::io("write", path, e)
        })
    }

    /// Writes a file whole or not at all, durably.
    pub(super) fn write_atomically(&self, path: &Path, bytes: &[u8]) -> Result<()> {
        let name = path.file_name().expect("we write files, not folders");
        let aside = self.write_aside(name, bytes)?;
        Self::appear(&aside, path)?;
        path.parent().map_or(Ok(()), sync_dir)
    }
}

/// How long a writer sleeps between two tries for the lock.
const STEP: Duration = Duration::from_millis(50);

/// The right to write. Ends when it is dropped, or with the process.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The name of the holder only adorns a message.
        drop(self.file.set_len(0));
        // A child that another thread is just starting may have the file open for a moment more:
        // the lock ends now, not with the last who has it open.
        drop(self.file.unlock());
    }
}

pub(super) fn create_dir(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(path).map_err(|e| StoreError::io("make", path, e))?;
    path.parent().filter(|p| !p.as_os_str().is_empty()).map_or(Ok(()), sync_dir)
}

/// Makes the names in a folder durable.
pub(super) fn sync_dir(path: &Path) -> Result<()> {
    let synced = File::open(path).and_then(|folder| folder.sync_all());
    synced.map_err(|e| StoreError::io("write", path, e))
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|e| StoreError::io("read", path, e))
}

pub(super) fn read_to_string(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|e| StoreError::io("read", path, e))
}

pub(super) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::io("remove", path, e)),
        _ => Ok(()),
    }
}

#[cfg(feature = "rocksdb")]
pub(super) fn remove_folder(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::io("remove", path, e)),
        _ => Ok(()),
    }
}
