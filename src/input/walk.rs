//! Files, folders and standard input, one after the other.
#![expect(clippy::disallowed_methods, reason = "inputs are files")]

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::vec;

use walkdir::{DirEntry, WalkDir};

use super::{InputError, Item, Items, Options, read_stream};

/// Reads inputs in the order in which they are given.
///
/// A folder is walked to its last file in the order of names, at each level; hidden files and
/// folders are skipped, links are followed. `-` is standard input. Each input is opened when its
/// turn comes; one that cannot be read is one error, and the others are read.
pub fn read_inputs(inputs: impl IntoIterator<Item = PathBuf>, options: Options) -> Inputs {
    let inputs: Vec<_> = inputs.into_iter().collect();
    Inputs { options, waiting: inputs.into_iter(), folder: None, items: None }
}

/// The items of all inputs. See [`read_inputs`].
pub struct Inputs {
    options: Options,
    waiting: vec::IntoIter<PathBuf>,
    folder: Option<Folder>,
    items: Option<Items>,
}

/// A folder that is being walked.
struct Folder {
    path: PathBuf,
    entries: Box<dyn Iterator<Item = walkdir::Result<DirEntry>> + Send>,
    files: usize,
}

impl Inputs {
    /// Opens what `path` names; a folder is left to be walked.
    fn open(&mut self, path: PathBuf) -> Option<Result<Item, InputError>> {
        if path == Path::new("-") {
            self.items = Some(read_stream("<stdin>", io::stdin(), &self.options));
        } else if path.is_dir() {
            let walk = WalkDir::new(&path).follow_links(true).sort_by_file_name();
            let entries =
                walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !hidden(entry));
            self.folder = Some(Folder { path, entries: Box::new(entries), files: 0 });
        } else {
            let name = path.to_string_lossy();
            match File::open(&path) {
                Ok(file) => self.items = Some(read_stream(&name, file, &self.options)),
                Err(cause) => {
                    return Some(Err(InputError::Unreadable { input: (*name).into(), cause }));
                }
            }
        }
        None
    }

    /// The next file of the folder that is being walked; `Err` where the walk itself fails.
    fn next_file(&mut self) -> Option<Result<PathBuf, InputError>> {
        let folder = self.folder.as_mut()?;
        for entry in folder.entries.by_ref() {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    folder.files += 1;
                    return Some(Ok(entry.into_path()));
                }
                Ok(_) => {}
                Err(error) => {
                    folder.files += 1;
                    return Some(Err(unreadable(error)));
                }
            }
        }
        let folder = self.folder.take()?;
        let input: Arc<str> = folder.path.to_string_lossy().into();
        (folder.files == 0).then_some(Err(InputError::NoFiles { input }))
    }
}

impl Iterator for Inputs {
    type Item = Result<Item, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(items) = &mut self.items {
                if let Some(item) = items.next() {
                    return Some(item);
                }
                self.items = None;
            }
            let path = match self.next_file() {
                Some(Ok(path)) => path,
                Some(Err(error)) => return Some(Err(error)),
                None => self.waiting.next()?,
            };
            if let Some(error) = self.open(path) {
                return Some(error);
            }
        }
    }
}

fn hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn unreadable(error: walkdir::Error) -> InputError {
    let path = error.path().unwrap_or(Path::new("")).to_string_lossy();
    let input: Arc<str> = path.into();
    InputError::Unreadable { input, cause: error.into() }
}
