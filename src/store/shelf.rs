//! What the last derivation left, by key: a few files of sorted records, the newer over the older.
//!
//! A file is blocks of records, each compressed with a checksum, then an index of the blocks'
//! first keys, then a foot. It is written once and never changed; a record of a later file takes
//! the place of an earlier file's with its key, also to say that there is none. Files are joined so
//! that each is several times as large as the next: then there are few, and each record is written
//! a few times in all.
//!
//! # Source
//!
//! O'Neil, Cheng, Gawlick and O'Neil, *The log-structured merge-tree* (1996).

#![expect(clippy::disallowed_methods, reason = "the store is files")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::error::{Result, StoreError};

/// A record: what it is filed under, what tells it from others there, and its content, `None` where
/// it is gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filed {
    /// What it is filed under.
    pub key: u64,
    /// What tells it from others there.
    pub sub: u64,
    /// The content.
    pub content: Option<Vec<u8>>,
}

/// The records of a store's last derivation.
#[derive(Debug, Default)]
pub struct Shelf {
    /// From the oldest to the newest.
    files: Vec<ShelfFile>,
}

impl Shelf {
    pub(super) fn open(paths: &[PathBuf]) -> Result<Self> {
        let files = paths.iter().map(|path| ShelfFile::open(path)).collect::<Result<_>>()?;
        Ok(Self { files })
    }

    /// Hands each record filed under `key` to `each`.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is damaged.
    pub fn read(&self, key: u64, each: &mut dyn FnMut(u64, &[u8])) -> Result<()> {
        let mut found: BTreeMap<u64, Option<Vec<u8>>> = BTreeMap::new();
        for file in &self.files {
            file.read(key, &mut found)?;
        }
        for (sub, content) in found {
            if let Some(content) = content {
                each(sub, &content);
            }
        }
        Ok(())
    }
}

/// The first bytes of a file and the last of it.
const MAGIC: &[u8; 8] = b"NGSHELF1";
/// Bytes of records in a block, before they are compressed: enough to compress well, few enough to
/// be read for one record.
const BLOCK: usize = 16 << 10;
const LEVEL: i32 = 1;
/// In the stead of the length of a content: there is none.
const GONE: u32 = u32::MAX;
/// Key, second key, length of the content.
const RECORD: usize = 20;
/// First key, place, length.
const ENTRY: usize = 20;
/// Place of the index, number of its entries, its checksum, magic.
const FOOT: usize = 32;

/// One file of records.
#[derive(Debug)]
struct ShelfFile {
    path: PathBuf,
    file: File,
    blocks: Vec<Block>,
}

#[derive(Clone, Copy, Debug)]
struct Block {
    first: u64,
    place: u64,
    length: u32,
}

impl ShelfFile {
    fn open(path: &Path) -> Result<Self> {
        let unreadable = |e| StoreError::io("read", path, e);
        let mut file = File::open(path).map_err(unreadable)?;
        let blocks = read_index(&mut file).map_err(unreadable)?;
        Ok(Self { path: path.to_path_buf(), file, blocks })
    }

    fn read(&self, key: u64, found: &mut BTreeMap<u64, Option<Vec<u8>>>) -> Result<()> {
        // Records of one key can begin in the block before the first that begins with it.
        let from = self.blocks.partition_point(|block| block.first < key).saturating_sub(1);
        for block in self.blocks.iter().skip(from).take_while(|block| block.first <= key) {
            let bytes = self.block(*block)?;
            for record in records(&bytes) {
                let (record_key, sub, content) = record.map_err(|e| self.damaged(e))?;
                if record_key == key {
                    found.insert(sub, content.map(<[u8]>::to_vec));
                } else if record_key > key {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn block(&self, block: Block) -> Result<Vec<u8>> {
        let mut bytes = vec![0; block.length as usize];
        let mut file = &self.file;
        let read =
            file.seek(SeekFrom::Start(block.place)).and_then(|_| file.read_exact(&mut bytes));
        let decoded = read.and_then(|()| zstd::stream::decode_all(&bytes[..]));
        decoded.map_err(|e| self.damaged(e))
    }

    fn damaged(&self, error: io::Error) -> StoreError {
        StoreError::io("read", &self.path, error)
    }

    /// All records, in order.
    fn all(&self) -> impl Iterator<Item = Result<Filed>> + '_ {
        self.blocks.iter().flat_map(|block| {
            let all = self.block(*block).and_then(|bytes| {
                let filed = records(&bytes).map(|record| {
                    let (key, sub, content) = record.map_err(|e| self.damaged(e))?;
                    Ok(Filed { key, sub, content: content.map(<[u8]>::to_vec) })
                });
                filed.collect::<Result<Vec<Filed>>>()
            });
            match all {
                Ok(filed) => filed.into_iter().map(Ok).collect(),
                Err(error) => vec![Err(error)],
            }
        })
    }
}

fn read_index(file: &mut File) -> io::Result<Vec<Block>> {
    let mut foot = [0; FOOT];
    let length = file.metadata()?.len();
    let start = length.checked_sub(FOOT as u64).ok_or_else(cut)?;
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(&mut foot)?;
    let mut foot = &foot[..];
    let (place, count, sum) = (number(&mut foot)?, number(&mut foot)?, number(&mut foot)?);
    let bytes = count.checked_mul(ENTRY as u64);
    if foot != MAGIC || bytes.and_then(|bytes| place.checked_add(bytes)) != Some(start) {
        return Err(cut());
    }
    file.seek(SeekFrom::Start(place))?;
    let mut index = Vec::new();
    file.take(start - place).read_to_end(&mut index)?;
    if checksum(&index) != sum {
        return Err(cut());
    }
    let mut rest = &index[..];
    let mut blocks = Vec::with_capacity(index.len() / ENTRY);
    while !rest.is_empty() {
        let (first, place) = (number(&mut rest)?, number(&mut rest)?);
        blocks.push(Block { first, place, length: short(&mut rest)? });
    }
    Ok(blocks)
}

/// The records of a block.
fn records(mut bytes: &[u8]) -> impl Iterator<Item = io::Result<(u64, u64, Option<&[u8]>)>> {
    let mut next = move || {
        let (key, sub, length) = (number(&mut bytes)?, number(&mut bytes)?, short(&mut bytes)?);
        let length = if length == GONE { None } else { Some(length as usize) };
        let (content, rest) = bytes.split_at_checked(length.unwrap_or(0)).ok_or_else(cut)?;
        bytes = rest;
        Ok((key, sub, length.map(|_| content), bytes.is_empty()))
    };
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let record = next();
        ended = !matches!(record, Ok((.., false)));
        Some(record.map(|(key, sub, content, _)| (key, sub, content)))
    })
}

fn number(bytes: &mut &[u8]) -> io::Result<u64> {
    let (head, rest) = bytes.split_first_chunk::<8>().ok_or_else(cut)?;
    *bytes = rest;
    Ok(u64::from_le_bytes(*head))
}

fn short(bytes: &mut &[u8]) -> io::Result<u32> {
    let (head, rest) = bytes.split_first_chunk::<4>().ok_or_else(cut)?;
    *bytes = rest;
    Ok(u32::from_le_bytes(*head))
}

fn cut() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the file is cut short or damaged")
}

/// FNV-1a.
fn checksum(bytes: &[u8]) -> u64 {
    let step = |sum: u64, &byte: &u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, step)
}

/// Writes a file of records, which come sorted.
pub(super) struct ShelfWriter<W: Write> {
    out: W,
    block: Vec<u8>,
    first: u64,
    index: Vec<u8>,
    blocks: u64,
    place: u64,
}

impl<W: Write> ShelfWriter<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, block: Vec::new(), first: 0, index: Vec::new(), blocks: 0, place: 0 }
    }

    pub(super) fn push(&mut self, key: u64, sub: u64, content: Option<&[u8]>) -> io::Result<()> {
        if self.block.is_empty() {
            self.first = key;
        }
        let length = content.map_or(GONE, |content| {
            u32::try_from(content.len()).expect("what is kept of an article is under 4 GiB")
        });
        self.block.extend_from_slice(&key.to_le_bytes());
        self.block.extend_from_slice(&sub.to_le_bytes());
        self.block.extend_from_slice(&length.to_le_bytes());
        self.block.extend_from_slice(content.unwrap_or_default());
        if self.block.len() + RECORD > BLOCK { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let mut encoder = zstd::stream::Encoder::new(Vec::new(), LEVEL)?;
        encoder.include_checksum(true)?;
        encoder.write_all(&self.block)?;
        let bytes = encoder.finish()?;
        self.block.clear();
        self.out.write_all(&bytes)?;
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        self.index.extend_from_slice(&self.first.to_le_bytes());
        self.index.extend_from_slice(&self.place.to_le_bytes());
        self.index.extend_from_slice(&length.to_le_bytes());
        self.place += u64::from(length);
        self.blocks += 1;
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.flush()?;
        self.out.write_all(&self.index)?;
        for number in [self.place, self.blocks, checksum(&self.index)] {
            self.out.write_all(&number.to_le_bytes())?;
        }
        self.out.write_all(MAGIC)?;
        Ok(self.out)
    }
}

/// How many of the last files, with their sizes from the oldest to the newest, are to be joined
/// with a new one of `size` bytes: those that are not several times as large.
pub(super) fn to_join(sizes: &[u64], size: u64) -> usize {
    let mut whole = size;
    let joined = sizes.iter().rev().take_while(|&&other| {
        let small = other < 4 * whole;
        whole += other;
        small
    });
    joined.count()
}

/// Writes the records of files, from the oldest to the newest, and then those of `newest`, as one
/// file. With `whole`, records that are gone are left out: there is no older file.
pub(super) fn join<W: Write>(
    paths: &[PathBuf],
    newest: Vec<Filed>,
    whole: bool,
    out: &mut ShelfWriter<W>,
) -> Result<()> {
    let shelf = Shelf::open(paths)?;
    let mut sources: Vec<std::iter::Peekable<Box<dyn Iterator<Item = Result<Filed>> + '_>>> =
        Vec::new();
    for file in &shelf.files {
        let all: Box<dyn Iterator<Item = Result<Filed>>> = Box::new(file.all());
        sources.push(all.peekable());
    }
    let newest: Box<dyn Iterator<Item = Result<Filed>>> = Box::new(newest.into_iter().map(Ok));
    sources.push(newest.peekable());
    loop {
        let mut least = None;
        for source in &mut sources {
            match source.peek() {
                Some(Ok(filed)) => {
                    let key = (filed.key, filed.sub);
                    least = Some(least.map_or(key, |least: (u64, u64)| least.min(key)));
                }
                Some(Err(_)) => {
                    if let Some(Err(error)) = source.next() {
                        return Err(error);
                    }
                }
                None => {}
            }
        }
        let Some(least) = least else { return Ok(()) };
        let mut content = None;
        for source in &mut sources {
            let same = |filed: &Result<Filed>| matches!(filed, Ok(f) if (f.key, f.sub) == least);
            while let Some(Ok(filed)) = source.next_if(same) {
                content = filed.content;
            }
        }
        if content.is_some() || !whole {
            let written = out.push(least.0, least.1, content.as_deref());
            written.map_err(|source| StoreError::Out { source })?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filed(key: u64, sub: u64, content: Option<&str>) -> Filed {
        Filed { key, sub, content: content.map(|text| text.as_bytes().to_vec()) }
    }

    fn write(path: &Path, records: &[Filed]) -> PathBuf {
        let mut writer = ShelfWriter::new(Vec::new());
        for record in records {
            writer.push(record.key, record.sub, record.content.as_deref()).unwrap();
        }
        std::fs::write(path, writer.finish().unwrap()).unwrap();
        path.to_path_buf()
    }

    fn read(shelf: &Shelf, key: u64) -> Vec<(u64, String)> {
        let mut found = Vec::new();
        let text = |content: &[u8]| String::from_utf8(content.to_vec()).unwrap();
        shelf.read(key, &mut |sub, content| found.push((sub, text(content)))).unwrap();
        found
    }

    #[test]
    fn a_newer_file_stands_over_an_older_and_joining_changes_nothing() {
        let folder = tempfile::TempDir::new().unwrap();
        let long = "word ".repeat(700);
        let many: Vec<Filed> =
            (0..400).map(|i| filed(i / 40 * 3, i % 40, Some(&format!("{long}{i}")))).collect();
        let old = write(&folder.path().join("old"), &many);
        let new = write(
            &folder.path().join("new"),
            &[filed(3, 5, None), filed(4, 0, Some("new")), filed(27, 39, Some("other"))],
        );
        let shelf = Shelf::open(&[old.clone(), new.clone()]).unwrap();
        assert_eq!(read(&shelf, 0).len(), 40);
        assert_eq!(read(&shelf, 3).len(), 39);
        assert_eq!(read(&shelf, 4), [(0, "new".to_owned())]);
        assert_eq!(read(&shelf, 5), []);
        assert_eq!(read(&shelf, 27).last().unwrap().1, "other");
        assert_eq!(read(&shelf, 28), []);
        let mut writer = ShelfWriter::new(Vec::new());
        let newest = vec![filed(4, 0, None), filed(28, 1, Some("last"))];
        join(&[old.clone(), new], newest, true, &mut writer).unwrap();
        let joined = folder.path().join("joined");
        std::fs::write(&joined, writer.finish().unwrap()).unwrap();
        let joined = Shelf::open(&[joined]).unwrap();
        for key in [0, 3, 27] {
            assert_eq!(read(&joined, key), read(&shelf, key), "{key}");
        }
        assert_eq!(read(&joined, 4), []);
        assert_eq!(read(&joined, 28), [(1, "last".to_owned())]);
        assert!(joined.files[0].all().all(|filed| filed.unwrap().content.is_some()));

        let mut bytes = std::fs::read(&old).unwrap();
        let middle = bytes.len() / 3;
        bytes[middle] ^= 1;
        std::fs::write(&old, &bytes).unwrap();
        let damaged = Shelf::open(std::slice::from_ref(&old)).unwrap();
        assert!((0..30).any(|key| damaged.read(key, &mut |_, _| ()).is_err()));
        std::fs::write(&old, &bytes[..bytes.len() - 3]).unwrap();
        assert!(Shelf::open(&[old]).is_err());
    }

    #[test]
    fn files_grow_by_a_factor() {
        assert_eq!(to_join(&[1000, 100, 20], 3), 0);
        assert_eq!(to_join(&[1000, 120, 20], 6), 1);
        assert_eq!(to_join(&[1000, 120, 20], 11), 2);
        assert_eq!(to_join(&[], 10), 0);
    }
}
