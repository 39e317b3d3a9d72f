//! A file that is written bit by bit and gets its name when it is whole.

#![expect(clippy::disallowed_methods, reason = "the store is files")]

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::encode;
use super::error::{Result, StoreError};
use super::layout::Layout;

/// A file under `tmp/`, of whose bytes a hash is made on the way.
pub(super) struct Aside {
    path: PathBuf,
    file: BufWriter<File>,
    hash: Sha256,
}

/// Large enough that the system is seldom asked.
const BUFFER: usize = 256 << 10;

impl Aside {
    pub(super) fn create(path: PathBuf) -> Result<Self> {
        let file = File::create(&path).map_err(|e| StoreError::io("write", &path, e))?;
        Ok(Self { path, file: BufWriter::with_capacity(BUFFER, file), hash: Sha256::new() })
    }

    /// Makes the file durable and gives it the name that `name` makes of its hash, in `folder`;
    /// returns that name. One that is there already stays.
    pub(super) fn appear(
        mut self,
        folder: &Path,
        name: impl FnOnce(&str) -> String,
    ) -> Result<String> {
        let written = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        written.map_err(|e| StoreError::io("write", &self.path, e))?;
        let name = name(&encode(&self.hash.finalize()));
        Layout::appear(&self.path, &folder.join(&name))?;
        Ok(name)
    }
}

impl Write for Aside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
