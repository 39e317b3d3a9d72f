//! Stretches of a text and the conversions between the three ways of counting.
//!
//! Inside newsgraph every offset is a UTF-8 byte offset ([`Span`]); Unicode scalar values
//! ([`CharSpan`]) exist only at the two edges that the facts contract and RFC 5147 define:
//! [`crate::facts`] reads and writes them, [`crate::graph`] puts them into IRIs.

/// A half-open stretch `[start, end)` of a text, in UTF-8 bytes.
///
/// Both ends lie on scalar boundaries of the text that it was made for and `start ≤ end`:
/// it can only be made by [`Span::new`], which checks that, or from spans that were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Makes the span of `text` from byte `start` to byte `end`, or `None` where the bounds are
    /// out of order, outside of the text, or inside a scalar value.
    pub fn new(text: &str, start: usize, end: usize) -> Option<Self> {
        text.get(start..end)?;
        Some(Self { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? })
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words of the span. Empty where `text` is not the text that the span was made for.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without the white space at its ends.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let words = self.of(text);
        let start = self.start() + (words.len() - words.trim_start().len());
        Self::new(text, start, start + words.trim().len()).unwrap_or(self)
    }
}

/// A half-open stretch `[start, end)` of a text, in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CharSpan {
    /// The first scalar value.
    pub start: u32,
    /// One past the last scalar value.
    pub end: u32,
}

/// Converts between bytes and scalar values of one text.
///
/// # Cost
///
/// Built once a text in linear time: four bytes for each 64 bytes of a text that is not pure ASCII,
/// nothing for one that is. A look-up scans at most 64 bytes going to scalars, and does a binary
/// search more going to bytes.
#[derive(Clone, Debug)]
pub struct CharIndex<'t> {
    text: &'t str,
    /// `blocks[i]` = scalars that begin before byte `i * BLOCK`; empty for ASCII.
    blocks: Vec<u32>,
}

const BLOCK: usize = 64;

impl<'t> CharIndex<'t> {
    /// Builds the index of `text`.
    pub fn new(text: &'t str) -> Self {
        let mut blocks = Vec::new();
        if !text.is_ascii() {
            let mut count = 0_u32;
            for chunk in text.as_bytes().chunks(BLOCK) {
                blocks.push(count);
                count += begins(chunk);
            }
        }
        Self { text, blocks }
    }

    /// The text that was indexed.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Scalar values before byte `byte`, which lies on a boundary.
    pub fn to_char(&self, byte: usize) -> usize {
        if self.blocks.is_empty() {
            return byte;
        }
        let block = (byte / BLOCK).min(self.blocks.len() - 1);
        let rest = self.text.as_bytes().get(block * BLOCK..byte).unwrap_or(&[]);
        (self.blocks[block] + begins(rest)) as usize
    }

    /// The byte at which the scalar value number `chars` begins; the text's length for one past
    /// the last; `None` beyond.
    pub fn to_byte(&self, chars: usize) -> Option<usize> {
        if self.blocks.is_empty() {
            return (chars <= self.text.len()).then_some(chars);
        }
        let want = u32::try_from(chars).ok()?;
        let block = self.blocks.partition_point(|&c| c <= want) - 1;
        let mut seen = self.blocks[block];
        let from = block * BLOCK;
        for (i, &b) in self.text.as_bytes().get(from..)?.iter().enumerate() {
            if is_begin(b) {
                if seen == want {
                    return Some(from + i);
                }
                seen += 1;
            }
        }
        (seen == want).then_some(self.text.len())
    }

    /// A byte span as scalar values.
    pub fn to_chars(&self, span: Span) -> CharSpan {
        let at = |b| u32::try_from(self.to_char(b)).expect("a text is under 4 GiB");
        CharSpan { start: at(span.start()), end: at(span.end()) }
    }

    /// A span of scalar values as bytes; `None` where it is out of order or outside of the text.
    pub fn to_span(&self, chars: CharSpan) -> Option<Span> {
        let start = self.to_byte(chars.start as usize)?;
        let end = self.to_byte(chars.end as usize)?;
        Span::new(self.text, start, end)
    }
}

/// Whether a byte begins a scalar value.
fn is_begin(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn begins(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from(is_begin(b))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_lie_on_boundaries() {
        assert!(Span::new("né", 0, 2).is_none());
        assert!(Span::new("né", 1, 0).is_none());
        assert_eq!(Span::new("né", 1, 3).map(|s| s.of("né")), Some("é"));
    }

    #[test]
    fn bytes_and_scalars_convert_both_ways() {
        let text = "“né” ".repeat(60);
        let index = CharIndex::new(&text);
        for (i, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.to_char(byte), i);
            assert_eq!(index.to_byte(i), Some(byte));
        }
        assert_eq!(index.to_byte(text.chars().count()), Some(text.len()));
        assert_eq!(index.to_byte(text.chars().count() + 1), None);
    }
}
