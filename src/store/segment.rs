//! One article on disk.
//!
//! A segment is one file, so that an article appears, changes and goes with one rename:
//!
//! | part | frame (RFC 8878) | holds |
//! |---|---|---|
//! | head | skippable, magic `0x184D2A50` | one line of JSON: the [`Head`] |
//! | facts | skippable, magic `0x184D2A51` | zstd of the facts that were mapped, one line of the facts contract, the text within |
//! | quads | zstd, with checksum | canonical N-Quads of the article's graph |
//!
//! Every zstd tool skips what is skippable: `zstd -dc articles/*/*.nq.zst` gives the quads of all
//! articles. Heads are read without reading the rest.

use std::io::{self, Read};

use serde::{Deserialize, Serialize};

use super::hash;

/// What is known of an article without reading its quads. Not part of any exported graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The hash of its content, the last part of its IRI.
    pub key: String,
    /// The ids under which it was read, sorted, at least one; the graph tells the first.
    pub ids: Vec<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// ISO 8601 date or date-time of publication, as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// ISO 8601 date or date-time of retrieval, as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<String>,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Claims in its graph.
    pub claims: u64,
    /// Quads in its graph.
    pub quads: u64,
    /// Hash of the canonical N-Quads.
    pub digest: String,
    /// Hash of the line of facts.
    pub facts: String,
    /// How it came in.
    pub ingest: Ingest,
}

/// When and from where an article came in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ingest {
    /// The time of the run's start, RFC 3339 in UTC.
    pub at: String,
    /// The place of the article in the run's input, counted from 0.
    pub nth: u64,
    /// The run's id.
    pub run: String,
    /// The file or stream that it was read from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub input: String,
}

/// A whole segment, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What is known of the article.
    pub head: Head,
    /// The facts that were mapped: one line of the facts contract.
    pub facts: String,
    /// The article's graph as canonical N-Quads.
    pub nquads: String,
}

const HEAD: u32 = 0x184D_2A50;
const FACTS: u32 = 0x184D_2A51;

/// Compression level: a tenth of a per cent smaller at 9, and three times slower.
const LEVEL: i32 = 3;

impl Segment {
    /// The bytes of the file.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        frame(HEAD, self.head.line().as_bytes(), &mut out);
        frame(FACTS, &compress(self.facts.as_bytes()), &mut out);
        out.extend_from_slice(&compress(self.nquads.as_bytes()));
        out
    }

    /// The segment of a file's bytes, its hashes checked against its head.
    ///
    /// # Errors
    ///
    /// What is wrong with the bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, String> {
        let (head, rest) = take_frame(bytes, HEAD)?;
        let head = Head::parse(head)?;
        let (facts, rest) = take_frame(rest, FACTS)?;
        let facts = decompress(facts, "facts")?;
        let nquads = decompress(rest, "quads")?;
        if hash(&facts) != head.facts {
            return Err("the facts are not those that its head names".into());
        }
        if hash(&nquads) != head.digest {
            return Err("the quads are not those that its head names".into());
        }
        Ok(Self { head, facts, nquads })
    }
}

impl Head {
    /// The head of a segment, read from its beginning.
    pub(super) fn read(mut reader: impl Read) -> Result<Self, String> {
        let mut start = [0_u8; 8];
        reader.read_exact(&mut start).map_err(|e| cut(&e))?;
        let length = frame_length(start, HEAD)?;
        let mut line = Vec::new();
        reader.take(length as u64).read_to_end(&mut line).map_err(|e| cut(&e))?;
        Self::parse(&line)
    }

    /// The quads of a segment, without the check against the head.
    pub(super) fn quads_of(bytes: &[u8]) -> Result<String, String> {
        let (_, rest) = take_frame(bytes, HEAD)?;
        let (_, rest) = take_frame(rest, FACTS)?;
        decompress(rest, "quads")
    }

    fn parse(line: &[u8]) -> Result<Self, String> {
        let head: Self =
            serde_json::from_slice(line).map_err(|e| format!("its head is not readable: {e}"))?;
        if head.ids.is_empty() {
            return Err("its head names no id".into());
        }
        Ok(head)
    }

    fn line(&self) -> String {
        serde_json::to_string(self).expect("a head has only strings and numbers")
    }

    /// The id that the graph tells: the least.
    pub fn id(&self) -> &str {
        self.ids.first().map_or("", String::as_str)
    }
}

fn frame(magic: u32, content: &[u8], out: &mut Vec<u8>) {
    let length = u32::try_from(content.len()).expect("an article is under 4 GiB");
    out.extend_from_slice(&magic.to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(content);
}

/// The length of the frame that begins with these eight bytes: magic and length, little-endian.
fn frame_length(start: [u8; 8], magic: u32) -> Result<usize, String> {
    let [m0, m1, m2, m3, length @ ..] = start;
    if u32::from_le_bytes([m0, m1, m2, m3]) != magic {
        return Err("it does not begin as a segment does".into());
    }
    Ok(u32::from_le_bytes(length) as usize)
}

fn take_frame(bytes: &[u8], magic: u32) -> Result<(&[u8], &[u8]), String> {
    let (start, rest) = bytes.split_first_chunk::<8>().ok_or("it is cut short")?;
    let length = frame_length(*start, magic)?;
    rest.split_at_checked(length).ok_or_else(|| "it is cut short".into())
}

pub(super) fn compress(content: &[u8]) -> Vec<u8> {
    let mut encoder =
        zstd::stream::Encoder::new(Vec::new(), LEVEL).expect("the level is one that zstd has");
    encoder.include_checksum(true).expect("zstd has checksums");
    io::Write::write_all(&mut encoder, content).expect("a vector takes every write");
    encoder.finish().expect("a vector takes every write")
}

pub(super) fn decompress(bytes: &[u8], part: &str) -> Result<String, String> {
    let content =
        zstd::stream::decode_all(bytes).map_err(|e| format!("its {part} do not unpack: {e}"))?;
    if content.is_empty() && bytes.is_empty() {
        return Err("it is cut short".into());
    }
    String::from_utf8(content).map_err(|e| format!("its {part} are not UTF-8: {e}"))
}

fn cut(error: &io::Error) -> String {
    format!("it is cut short: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment() -> Segment {
        let facts = "{\"schema\":\"newsgraph-facts/1\"}\n".to_owned();
        let nquads = "<x:s> <x:p> \"o\" <x:g> .\n".to_owned();
        let head = Head {
            key: "abc".into(),
            ids: vec!["a".into()],
            url: None,
            published: Some("2031-05-07".into()),
            retrieved: None,
            title: None,
            publisher: None,
            claims: 0,
            quads: 1,
            digest: hash(&nquads),
            facts: hash(&facts),
            ingest: Ingest {
                at: "2031-05-07T10:00:00Z".into(),
                nth: 0,
                run: "r".into(),
                input: String::new(),
            },
        };
        Segment { head, facts, nquads }
    }

    #[test]
    fn what_is_encoded_decodes() {
        let segment = segment();
        let bytes = segment.encode();
        assert_eq!(Segment::decode(&bytes).as_ref(), Ok(&segment));
        assert_eq!(Head::read(&bytes[..]).as_ref(), Ok(&segment.head));
        assert_eq!(zstd::stream::decode_all(&bytes[..]).unwrap(), segment.nquads.as_bytes());
    }

    #[test]
    fn no_cut_and_no_changed_byte_goes_unnoticed() {
        let whole = segment();
        let bytes = whole.encode();
        for length in 0..bytes.len() {
            assert!(Segment::decode(&bytes[..length]).is_err(), "cut at {length}");
        }
        for at in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x10;
            // A changed letter of the head's own words is another head, a bit that zstd does not
            // use is no change, but the content is never other.
            if let Ok(read) = Segment::decode(&bytes) {
                assert_eq!((read.facts, read.nquads), (whole.facts.clone(), whole.nquads.clone()));
            }
        }
    }
}
