//! A compact table from string ids to small numbers, usable straight from a model's bytes.

use super::ModelError;
use super::bytes::Blob;

/// String ids with a number each, or a set of them where every number is 0.
///
/// The first bits of a scrambled id choose a bucket. What is left is scrambled again in one of
/// eight ways, another for each bucket if need be, so that no two of its keys begin with the same
/// bits; those bits are kept and compared. A key therefore always has its own number; an id that is
/// not in the table gets one of those in its bucket with a probability of their count by 2 to the
/// bits kept.
#[derive(Clone, Debug)]
pub(crate) struct KeyTable {
    check: Check,
    /// `starts[b]..starts[b + 1]` are the cells of bucket `b`.
    starts: Vec<u32>,
    /// Which way each bucket scrambles.
    ways: Vec<u8>,
    /// For each key the number in the lower bits, what is kept of the id above; little-endian.
    cells: Blob,
}

/// How much of an id is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    /// 18 and 10 bits, beside numbers of 14: with 350,000 keys one other word in 750 gets the number of
    /// a key.
    Tight,
    /// 16 and 24 bits, beside numbers of 16: exact for all purposes.
    Wide,
}

/// Ways to scramble, and the most keys of a bucket: a byte says both.
const WAYS: u8 = 8;
const FULLEST: usize = 31;

impl Check {
    fn bytes(self) -> usize {
        match self {
            Self::Tight => 3,
            Self::Wide => 5,
        }
    }

    fn number_bits(self) -> u32 {
        match self {
            Self::Tight => 14,
            Self::Wide => 16,
        }
    }

    fn bucket_bits(self) -> u32 {
        match self {
            Self::Tight => 18,
            Self::Wide => 16,
        }
    }

    fn buckets(self) -> usize {
        1 << self.bucket_bits()
    }

    fn bucket(self, id: u64) -> usize {
        usize::try_from(spread(id) >> (64 - self.bucket_bits())).expect("18 bits at most")
    }

    /// What a cell keeps of an id in a bucket that scrambles this way.
    fn keep(self, id: u64, way: u8) -> u64 {
        let bits = match self {
            Self::Tight => 10,
            Self::Wide => 24,
        };
        let factor = u64::from(way).wrapping_mul(0xc2b2_ae3d_27d4_eb4e) | 1;
        spread(id).rotate_left(self.bucket_bits()).wrapping_mul(factor) >> (64 - bits)
    }

    /// What a cell keeps of its id, and its number.
    fn read(self, cell: &[u8]) -> (u64, u16) {
        let mut bytes = [0; 8];
        bytes[..cell.len()].copy_from_slice(cell);
        let word = u64::from_le_bytes(bytes);
        let number = word & ((1 << self.number_bits()) - 1);
        (word >> self.number_bits(), u16::try_from(number).unwrap_or(u16::MAX))
    }
}

/// The ids of symbols are small: a multiplication by an odd number spreads them.
fn spread(id: u64) -> u64 {
    id.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl KeyTable {
    /// The table of `keys`; of equal ids the first counts. It keeps more of an id than `check` says
    /// where the keys do not fit. The ids `absent` are not found in it.
    pub(crate) fn build(check: Check, mut keys: Vec<(u64, u16)>, absent: &[u64]) -> Self {
        // In the order of buckets, whatever their number.
        keys.sort_by_key(|&(id, _)| spread(id));
        keys.dedup_by_key(|&mut (id, _)| id);
        let small = check == Check::Tight
            && keys.iter().all(|&(_, number)| number < 1 << check.number_bits());
        let tight = small.then(|| Self::with_check(check, &keys, absent)).flatten();
        // Only ids made for it fill a bucket of 65,536, or agree in 24 bits eight times.
        tight.or_else(|| Self::with_check(Check::Wide, &keys, absent)).unwrap_or_else(Self::empty)
    }

    /// `None` where a bucket has too many keys or they cannot be told apart.
    fn with_check(check: Check, keys: &[(u64, u16)], absent: &[u64]) -> Option<Self> {
        let (mut starts, mut ways) = (vec![0], Vec::with_capacity(check.buckets()));
        let mut cells = Vec::with_capacity(keys.len() * check.bytes());
        let mut rest = keys;
        for b in 0..check.buckets() {
            let count = rest.iter().take_while(|(id, _)| check.bucket(*id) == b).count();
            let (here, after) = rest.split_at(count);
            rest = after;
            let apart = |&way: &u8| {
                let mut kept: Vec<u64> = here.iter().map(|&(id, _)| check.keep(id, way)).collect();
                kept.sort_unstable();
                let absent = absent.iter().filter(|&&id| check.bucket(id) == b);
                kept.windows(2).all(|w| w[0] != w[1])
                    && absent.into_iter().all(|&id| !kept.contains(&check.keep(id, way)))
            };
            let way = (0..WAYS).find(apart).filter(|_| count <= FULLEST)?;
            for &(id, number) in here {
                let word = check.keep(id, way) << check.number_bits() | u64::from(number);
                cells.extend(&word.to_le_bytes()[..check.bytes()]);
            }
            ways.push(way);
            starts.push(starts[b] + u32::try_from(count).ok()?);
        }
        Some(Self { check, starts, ways, cells: Blob::owned(cells) })
    }

    /// The table without a key.
    pub(crate) fn empty() -> Self {
        Self {
            check: Check::Wide,
            starts: vec![0; Check::Wide.buckets() + 1],
            ways: vec![0; Check::Wide.buckets()],
            cells: Blob::owned(Vec::new()),
        }
    }

    /// The number of the string with this id.
    pub(crate) fn get(&self, id: u64) -> Option<u16> {
        let bucket = self.check.bucket(id);
        let kept = self.check.keep(id, self.ways[bucket]);
        let size = self.check.bytes();
        let range = self.starts[bucket] as usize * size..self.starts[bucket + 1] as usize * size;
        let mut cells = self.cells[range].chunks_exact(size).map(|cell| self.check.read(cell));
        cells.find(|&(of, _)| of == kept).map(|(_, number)| number)
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.cells.len() / self.check.bytes()
    }

    /// The highest number in the table.
    pub(crate) fn max(&self) -> Option<u16> {
        self.cells.chunks_exact(self.check.bytes()).map(|cell| self.check.read(cell).1).max()
    }

    /// How much of an id is kept, a byte for each bucket's size and way, and the cells: what
    /// [`KeyTable::from_parts`] takes.
    pub(crate) fn parts(&self) -> Result<(Check, Vec<u8>, &[u8]), ModelError> {
        let counts = self.starts.windows(2).map(|w| w[1] - w[0]);
        let buckets = counts
            .zip(&self.ways)
            .map(|(count, way)| u8::try_from(count * u32::from(WAYS) + u32::from(*way)))
            .collect::<Result<_, _>>()
            .map_err(|source| ModelError::Unsupported {
                what: format!("a key table this uneven ({source})"),
            })?;
        Ok((self.check, buckets, &self.cells))
    }

    /// The table that [`KeyTable::parts`] took apart.
    pub(crate) fn from_parts(check: Check, buckets: &[u8], cells: Blob) -> Option<Self> {
        let mut starts = Vec::with_capacity(buckets.len() + 1);
        let mut sum = 0_u32;
        starts.push(0);
        for &bucket in buckets {
            sum += u32::from(bucket / WAYS);
            starts.push(sum);
        }
        let ways = buckets.iter().map(|bucket| bucket % WAYS).collect();
        let fits = buckets.len() == check.buckets() && sum as usize * check.bytes() == cells.len();
        fits.then_some(Self { check, starts, ways, cells })
    }
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
        let table = KeyTable::build(Check::Tight, keys, &[]);
        let (check, counts, cells) = table.parts().unwrap();
        let again = KeyTable::from_parts(check, &counts, Blob::owned(cells.to_vec())).unwrap();
        assert_eq!((table.get(401), table.get(402), table.get(403)), (Some(9), Some(8), None));
        for (word, i) in words.iter().zip(0..) {
            assert_eq!(table.get(string_id(word)), Some(i));
            assert_eq!(again.get(string_id(word)), Some(i));
        }
        assert_eq!(check, Check::Tight);
        let large = KeyTable::build(Check::Tight, vec![(7, 1 << 14), (string_id("a"), 3)], &[]);
        assert_eq!((large.check, large.get(7)), (Check::Wide, Some(1 << 14)));
        assert_eq!(
            (0..5000).filter(|i| table.get(string_id(&format!("x{i}"))).is_some()).count(),
            0
        );
        // What is taken for a key is not, once it is named.
        let keys: Vec<(u64, u16)> = (0..60_000).map(|i| (string_id(&format!("w{i}")), 0)).collect();
        let others: Vec<u64> = (0..60_000).map(|i| string_id(&format!("v{i}"))).collect();
        let table = KeyTable::build(Check::Tight, keys.clone(), &[]);
        let taken: Vec<u64> = others.into_iter().filter(|&id| table.get(id).is_some()).collect();
        assert!((4..100).contains(&taken.len()), "{}", taken.len());
        let table = KeyTable::build(Check::Tight, keys.clone(), &taken);
        assert!(taken.iter().all(|&id| table.get(id).is_none()));
        assert!(keys.iter().all(|&(id, _)| table.get(id).is_some()));
        assert!(KeyTable::from_parts(check, &counts, Blob::owned(cells[5..].to_vec())).is_none());
    }
}
