//! A stream with its name and its first bytes, unpacked.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use super::{InputError, Place};

/// A stream with its name and its first bytes.
pub(super) struct Source {
    /// What errors call it.
    pub(super) name: Arc<str>,
    /// The first bytes, without a byte order mark.
    pub(super) head: Vec<u8>,
    /// All bytes, the head among them.
    pub(super) bytes: Box<dyn BufRead + Send>,
}

/// How much of a stream is looked at to tell its format and layout.
const HEAD: u64 = 64 << 10;

impl Source {
    /// Reads the head of a stream. One that is compressed is unpacked, to at most `ratio` times
    /// its size.
    pub(super) fn new(
        name: &str,
        reader: impl Read + Send + 'static,
        ratio: u64,
    ) -> io::Result<Self> {
        let (head, bytes) = begin(reader)?;
        let (mut head, bytes) = match Packing::tell(&head) {
            None => (head, bytes),
            Some(packing) => begin(packing.unpack(bytes, ratio)?)?,
        };
        if head.starts_with("\u{feff}".as_bytes()) {
            head.drain(..3);
            let mut bytes = bytes;
            bytes.consume(3);
            return Ok(Self { name: name.into(), head, bytes });
        }
        Ok(Self { name: name.into(), head, bytes })
    }

    /// The article's id where it states none: the file name without folder and extension.
    pub(super) fn stem(&self) -> &str {
        let stem = Path::new(unpacked(&self.name)).file_stem().and_then(|stem| stem.to_str());
        stem.map_or(&*self.name, |stem| stem.trim_matches(['<', '>']))
    }

    /// All bytes, if they are not more than `limit`.
    pub(super) fn read_all(&mut self, limit: usize, at: &Place) -> Result<Vec<u8>, InputError> {
        let enough = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        let read = self.bytes.by_ref().take(enough).read_to_end(&mut bytes);
        read.map_err(|cause| InputError::Unreadable { input: self.name.clone(), cause })?;
        if bytes.len() > limit {
            return Err(InputError::TooLarge { at: at.clone(), limit });
        }
        Ok(bytes)
    }
}

/// The first bytes of a stream, and all of them.
fn begin(mut reader: impl Read + Send + 'static) -> io::Result<(Vec<u8>, Box<dyn BufRead + Send>)> {
    let mut head = Vec::new();
    reader.by_ref().take(HEAD).read_to_end(&mut head)?;
    let rest = BufReader::with_capacity(256 << 10, reader);
    let bytes = Box::new(Cursor::new(head.clone()).chain(rest));
    Ok((head, bytes))
}

/// A file name without the extension of its compression.
pub(super) fn unpacked(name: &str) -> &str {
    [".gz", ".zst", ".GZ"].into_iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

#[derive(Clone, Copy)]
enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    fn tell(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    fn unpack(self, bytes: Box<dyn BufRead + Send>, ratio: u64) -> io::Result<Unpacked> {
        let taken = Arc::new(AtomicU64::new(0));
        let counted = BufReader::with_capacity(64 << 10, Counted { bytes, taken: taken.clone() });
        // Every member of a gzip file is read: a WARC has one a record.
        let bytes: Box<dyn Read + Send> = match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(counted)),
            Self::Zstd => Box::new(zstd::Decoder::with_buffer(counted)?),
        };
        Ok(Unpacked { bytes, taken, given: 0, ratio })
    }
}

/// Counts what is taken from a stream.
struct Counted {
    bytes: Box<dyn BufRead + Send>,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(into)?;
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// A stream unpacked, which ends in an error where it grows beyond measure.
struct Unpacked {
    bytes: Box<dyn Read + Send>,
    taken: Arc<AtomicU64>,
    given: u64,
    ratio: u64,
}

/// What a stream may grow to at any ratio.
const FREE: u64 = 64 << 20;

impl Read for Unpacked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(into)?;
        self.given += count as u64;
        let taken = self.taken.load(Ordering::Relaxed);
        if self.given > FREE && self.given / self.ratio.max(1) > taken {
            let ratio = self.ratio;
            let message = format!("it grows to more than {ratio} times its size when unpacked");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(count)
    }
}
