//! A compact table from string ids to small numbers, usable straight from a model's bytes.

use super::ModelError;
use super::bytes::Blob;

const BUCKETS: usize = 1 << 16;

/// String ids with a number each, or a set of them where every number is 0.
///
/// The first 16 bits of a scrambled id choose a bucket, the next 16 or 24 are kept and compared;
/// what is left is not. An id that is not in the table is therefore taken for one that is with a
/// probability of the number of keys by 2³² or 2⁴⁰: with 24 bits kept, under one in a million for
/// 700,000 keys.
#[derive(Clone, Debug)]
pub(crate) struct KeyTable {
    check: Check,
    /// `starts[b]..starts[b + 1]` are the cells of bucket `b`.
    starts: Vec<u32>,
    /// For each key what is kept of the id, then the number, little-endian.
    cells: Blob,
}

/// How much of an id is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    /// 16 bits: the file is smaller.
    Two,
    /// 24 bits: exact for all purposes.
    Three,
}

impl Check {
    fn bytes(self) -> usize {
        match self {
            Self::Two => 2,
            Self::Three => 3,
        }
    }

    /// The bucket of an id and what its cell keeps of it.
    fn split(self, id: u64) -> (usize, [u8; 3]) {
        // The ids of symbols are small: a multiplication by an odd number spreads them.
        let bytes = id.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
        let last = if self == Self::Three { bytes[4] } else { 0 };
        (usize::from(u16::from_be_bytes([bytes[0], bytes[1]])), [bytes[2], bytes[3], last])
    }
}

impl KeyTable {
    /// The table of `keys`; of ids that cannot be told apart the first counts.
    pub(crate) fn build(check: Check, mut keys: Vec<(u64, u16)>) -> Self {
        keys.sort_by_key(|&(id, _)| check.split(id));
        keys.dedup_by_key(|&mut (id, _)| check.split(id));
        let mut starts = vec![0; BUCKETS + 1];
        let mut cells = Vec::with_capacity(keys.len() * (check.bytes() + 2));
        for (id, number) in keys {
            let (bucket, kept) = check.split(id);
            starts[bucket + 1] += 1;
            cells.extend(&kept[..check.bytes()]);
            cells.extend(number.to_le_bytes());
        }
        for b in 0..BUCKETS {
            starts[b + 1] += starts[b];
        }
        Self { check, starts, cells: Blob::owned(cells) }
    }

    /// The table without a key.
    pub(crate) fn empty() -> Self {
        Self::build(Check::Three, Vec::new())
    }

    /// The number of the string with this id.
    pub(crate) fn get(&self, id: u64) -> Option<u16> {
        let (bucket, kept) = self.check.split(id);
        let (check, cell) = (self.check.bytes(), self.check.bytes() + 2);
        let range = self.starts[bucket] as usize * cell..self.starts[bucket + 1] as usize * cell;
        self.cells[range].chunks_exact(cell).find(|c| c[..check] == kept[..check]).map(number)
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.cells.len() / (self.check.bytes() + 2)
    }

    /// The highest number in the table.
    pub(crate) fn max(&self) -> Option<u16> {
        self.cells.chunks_exact(self.check.bytes() + 2).map(number).max()
    }

    /// How much of an id is kept, the bucket sizes, a byte each, and the cells: what
    /// [`KeyTable::from_parts`] takes.
    pub(crate) fn parts(&self) -> Result<(Check, Vec<u8>, &[u8]), ModelError> {
        let counts = self
            .starts
            .windows(2)
            .map(|w| u8::try_from(w[1] - w[0]))
            .collect::<Result<_, _>>()
            .map_err(|source| ModelError::Unsupported {
                what: format!("a key table this uneven ({source})"),
            })?;
        Ok((self.check, counts, &self.cells))
    }

    /// The table that [`KeyTable::parts`] took apart.
    pub(crate) fn from_parts(check: Check, counts: &[u8], cells: Blob) -> Option<Self> {
        let mut starts = Vec::with_capacity(BUCKETS + 1);
        let mut sum = 0_u32;
        starts.push(0);
        for &count in counts {
            sum += u32::from(count);
            starts.push(sum);
        }
        let fits = counts.len() == BUCKETS && sum as usize * (check.bytes() + 2) == cells.len();
        fits.then_some(Self { check, starts, cells })
    }
}

/// The number at the end of a cell.
fn number(cell: &[u8]) -> u16 {
    cell.last_chunk().map_or(0, |&n| u16::from_le_bytes(n))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::string_id;

    #[test]
    fn keys_are_found_again_and_others_are_not() {
        let words: Vec<String> = (0..5000_u16).map(|i| format!("word{i}")).collect();
        let keys = words.iter().zip(0..).map(|(w, i)| (string_id(w), i));
        let keys = keys.chain([(401, 9), (402, 8)]).collect();
        let table = KeyTable::build(Check::Three, keys);
        let (check, counts, cells) = table.parts().unwrap();
        let again = KeyTable::from_parts(check, &counts, Blob::owned(cells.to_vec())).unwrap();
        assert_eq!((table.get(401), table.get(402), table.get(403)), (Some(9), Some(8), None));
        for (word, i) in words.iter().zip(0..) {
            assert_eq!(table.get(string_id(word)), Some(i));
            assert_eq!(again.get(string_id(word)), Some(i));
        }
        assert_eq!(
            (0..5000).filter(|i| table.get(string_id(&format!("x{i}"))).is_some()).count(),
            0
        );
        assert!(KeyTable::from_parts(check, &counts, Blob::owned(cells[5..].to_vec())).is_none());
    }
}
