//! A file that appears whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file under a temporary name beside its own, which it takes when it is complete.
///
/// A reader sees the old file or the new one; where writing fails, or the process dies, the old
/// one stays. What cannot be replaced (a pipe, a terminal, `/dev/null`) is written in place.
#[derive(Debug)]
pub struct AtomicFile {
    path: PathBuf,
    out: Out,
}

#[derive(Debug)]
enum Out {
    Beside(BufWriter<NamedTempFile>),
    InPlace(BufWriter<File>),
}

impl AtomicFile {
    /// Begins the file that is to stand at `path`.
    ///
    /// # Errors
    ///
    /// What the system says: no such folder, no right to write there, a folder of that name.
    pub fn create(path: &Path) -> io::Result<Self> {
        // A link is followed, so that the file it points to is replaced and not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let there = path.metadata().ok();
        if path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
        }
        let out = if there.as_ref().is_some_and(|meta| !meta.is_file()) {
            Out::InPlace(BufWriter::new(File::options().write(true).open(&path)?))
        } else {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let mut builder = tempfile::Builder::new();
            builder.prefix(".newsgraph-");
            if let Some(meta) = there {
                builder.permissions(meta.permissions());
            }
            #[cfg(unix)]
            if !path.exists() {
                use std::fs::Permissions;
                use std::os::unix::fs::PermissionsExt as _;
                // The creation mask is applied to it, as to any new file.
                builder.permissions(Permissions::from_mode(0o666));
            }
            Out::Beside(BufWriter::new(builder.tempfile_in(folder.unwrap_or(Path::new(".")))?))
        };
        Ok(Self { path, out })
    }

    /// Puts the complete file in its place.
    ///
    /// # Errors
    ///
    /// What the system says; then the old file stays.
    pub fn commit(self) -> io::Result<()> {
        match self.out {
            Out::InPlace(mut out) => out.flush(),
            Out::Beside(out) => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(&self.path).map(drop).map_err(|error| error.error)
            }
        }
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Out::Beside(out) => out.write(bytes),
            Out::InPlace(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Beside(out) => out.flush(),
            Out::InPlace(out) => out.flush(),
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test looks at what stands there")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph.ttl");
        std::fs::write(&path, "old").unwrap();
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        file.commit().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");

        drop(AtomicFile::create(&path).unwrap());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(AtomicFile::create(folder.path()).is_err());
    }
}
