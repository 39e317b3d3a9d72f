//! Look-up in a sorted table without reading it.

/// A tab-separated text with a header line whose rows are sorted by their first field, byte by byte.
///
/// Nothing is parsed when it is made; a look-up is a binary search over the bytes.
#[derive(Clone, Copy, Debug)]
pub struct SortedTable {
    body: &'static str,
}

impl SortedTable {
    /// The table of `text`, without its header line.
    pub fn new(text: &'static str) -> Self {
        Self { body: text.split_once('\n').map_or("", |(_, body)| body) }
    }

    /// What follows the first tab of the row whose first field is `key`.
    pub fn get(self, key: &str) -> Option<&'static str> {
        let bytes = self.body.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start =
                bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |p| low + p + 1);
            let end =
                bytes[middle..high].iter().position(|&b| b == b'\n').map_or(high, |p| middle + p);
            let row = self.body.get(start..end)?;
            let (first, rest) = row.split_once('\t').unwrap_or((row, ""));
            match first.cmp(key) {
                std::cmp::Ordering::Equal => return Some(rest),
                std::cmp::Ordering::Less => low = (end + 1).min(high),
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_row_and_nothing_else() {
        let table = SortedTable::new("key\tvalue\na\t1\nab\t2\nb\t3\nzebra\t\n");
        assert_eq!(table.get("a"), Some("1"));
        assert_eq!(table.get("ab"), Some("2"));
        assert_eq!(table.get("b"), Some("3"));
        assert_eq!(table.get("zebra"), Some(""));
        assert_eq!(table.get("key"), None);
        assert_eq!(table.get("aa"), None);
        assert_eq!(table.get("zz"), None);
        assert_eq!(SortedTable::new("").get("a"), None);
    }
}
