//! Sorts more lines than one would like to hold: they are gathered by their first bytes and
//! compressed, and each heap is sorted by itself.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxigraph::model::QuadRef;

use super::nquads::write_quad;

/// Gathers the quads of a large graph and gives them as canonical N-Quads.
///
/// # Cost
///
/// About a tenth of the lines' bytes, and the largest heap.
#[derive(Debug)]
pub struct Sorted {
    /// How many first bytes tell the heaps apart.
    bytes: usize,
    heaps: BTreeMap<Vec<u8>, Heap>,
    line: String,
}

#[derive(Debug, Default)]
struct Heap {
    lines: Vec<u8>,
    packed: Vec<Box<[u8]>>,
}

/// A heap is compressed in pieces of so many bytes.
const PIECE: usize = 16 << 10;
const LEVEL: i32 = 1;
/// After what all subjects begin with: the kind of thing, a slash, the first letter of its hash.
const KIND: usize = 3;

impl Sorted {
    /// For quads whose subjects mostly begin with `base`.
    pub fn new(base: &str) -> Self {
        Self { bytes: 1 + base.len() + KIND, heaps: BTreeMap::new(), line: String::new() }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.heaps.is_empty()
    }

    /// Takes one quad.
    pub fn push(&mut self, quad: QuadRef<'_>) {
        self.line.clear();
        write_quad(quad, &mut self.line);
        let line = self.line.as_bytes();
        let start = line.get(..self.bytes).unwrap_or(line);
        let heap = match self.heaps.get_mut(start) {
            Some(heap) => heap,
            None => self.heaps.entry(start.to_vec()).or_default(),
        };
        if heap.lines.capacity() == 0 {
            heap.lines.reserve_exact(PIECE + PIECE / 4);
        }
        heap.lines.extend_from_slice(line);
        if heap.lines.len() >= PIECE {
            let packed = zstd::bulk::compress(&heap.lines, LEVEL);
            let packed = packed.expect("zstd packs every text into a vector");
            // It takes the room that the piece could need at the worst, and gives none back.
            heap.packed.push(packed.into_boxed_slice());
            heap.lines.clear();
        }
    }

    /// Writes the lines, sorted, each once.
    ///
    /// # Errors
    ///
    /// What `out` says.
    pub fn write(self, out: &mut impl Write) -> io::Result<()> {
        for heap in self.heaps.into_values() {
            let mut all = Vec::new();
            for piece in heap.packed {
                zstd::stream::copy_decode(&piece[..], &mut all)?;
            }
            all.extend_from_slice(&heap.lines);
            let mut lines: Vec<&[u8]> = all.split_inclusive(|&byte| byte == b'\n').collect();
            lines.sort_unstable();
            lines.dedup();
            for line in lines {
                out.write_all(line)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{Literal, NamedNode, Quad};

    use super::*;
    use crate::store::canonical;

    #[test]
    fn heaps_give_what_sorting_gives() {
        let node = |text: String| NamedNode::new(text).unwrap();
        let quad = |i: u32| {
            let kind = ["e", "n", "other", "v"][i as usize % 4];
            let subject = node(format!("https://example.org/d/{kind}/{:x}", i % 977 * 7919));
            let object = Literal::from("word ".repeat(i as usize % 9));
            Quad::new(subject, node("https://example.org/p".into()), object, node("x:g".into()))
        };
        let mut quads: Vec<Quad> = (0..5000).map(quad).collect();
        let outside = Quad::new(
            node("x:s".into()),
            node("x:p".into()),
            node("x:o".into()),
            node("x:g".into()),
        );
        quads.push(outside);
        let mut sorted = Sorted::new("https://example.org/d/");
        assert!(sorted.is_empty());
        for quad in &quads {
            sorted.push(quad.as_ref());
        }
        let mut bytes = Vec::new();
        sorted.write(&mut bytes).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), canonical(quads.iter().map(Quad::as_ref)));
    }
}
