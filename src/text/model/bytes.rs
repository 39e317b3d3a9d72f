//! Byte blocks that a model refers to: embedded in the binary or read from a file, never copied.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// A stretch of a model's bytes.
#[derive(Clone, Debug)]
pub(crate) struct Blob {
    backing: Backing,
    range: Range<usize>,
}

#[derive(Clone, Debug)]
enum Backing {
    Static(&'static [u8]),
    Shared(Arc<Vec<u8>>),
}

impl Blob {
    /// All of `bytes`.
    pub(crate) fn owned(bytes: Vec<u8>) -> Self {
        let range = 0..bytes.len();
        Self { backing: Backing::Shared(Arc::new(bytes)), range }
    }

    /// All of `bytes`, which live as long as the process.
    pub(crate) fn fixed(bytes: &'static [u8]) -> Self {
        Self { backing: Backing::Static(bytes), range: 0..bytes.len() }
    }

    /// The bytes of `range`, counted from the beginning of this block; `None` outside.
    pub(crate) fn part(&self, range: Range<usize>) -> Option<Self> {
        if range.start > range.end || range.end > self.range.len() {
            return None;
        }
        let start = self.range.start;
        Some(Self { backing: self.backing.clone(), range: start + range.start..start + range.end })
    }
}

impl Deref for Blob {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.backing {
            Backing::Static(bytes) => &bytes[self.range.clone()],
            Backing::Shared(bytes) => &bytes[self.range.clone()],
        }
    }
}
