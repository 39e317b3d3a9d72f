//! Bytes become articles, or facts that somebody else has extracted.
//!
//! [`read_inputs`] walks files, folders and standard input; [`read_stream`] reads one stream. Both
//! are iterators of [`Item`]s or [`InputError`]s: what cannot be read is one error that names the
//! input, the line, the column and the remedy, and the rest goes on. Memory is bounded by the
//! limit of one article ([`Options::max_article`]), not by the size of a file.
//!
//! This module does not know what an article says, only how it is carried. [`FORMATS`] is the list
//! of what can be read.
//!
//! # Examples
//!
//! ```
//! use newsgraph::input::{Content, Options, read_stream};
//!
//! let file = b"date: 2031-05-07\ntitle: Quiet night\n\nNobody was hurt on Tuesday.\n";
//! let mut items = read_stream("night.txt", &file[..], &Options::default());
//! let item = items.next().expect("one item").expect("it can be read");
//! let Content::Article(article) = item.content else { panic!("an article") };
//! assert_eq!(article.id, "night");
//! assert_eq!(article.text, "Nobody was hurt on Tuesday.");
//! ```

mod date;
mod decode;
mod error;
mod facts;
mod json;
mod jsonl;
mod mapping;
mod text;
mod walk;

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use crate::facts::{Article, Facts};

pub use error::{InputError, Place};
pub use mapping::Mapping;
pub use walk::{Inputs, read_inputs};

/// What was read at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Where it stood.
    pub place: Place,
    /// What stood there.
    pub content: Content,
}

/// An article to extract from, or facts ready to be mapped.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A news text.
    Article(Article),
    /// Facts of the contract, with their article inside.
    Facts(Box<Facts>),
}

impl Content {
    /// The article, whichever way it came.
    pub fn article(&self) -> &Article {
        match self {
            Self::Article(article) => article,
            Self::Facts(facts) => &facts.article,
        }
    }
}

/// How to read.
#[derive(Clone, Debug)]
pub struct Options {
    /// The format; `None` tells it by the content of each input.
    pub format: Option<&'static Format>,
    /// Publication date of the articles that state none.
    pub published: Option<String>,
    /// Where the members of an article stand in JSON of another shape.
    pub mapping: Mapping,
    /// The most bytes that the text of one article may have; one JSON object may have sixteen
    /// times as many.
    pub max_article: usize,
}

/// The default of [`Options::max_article`]: 4 MiB, some 700,000 words.
pub const MAX_ARTICLE: usize = 4 << 20;

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            published: None,
            mapping: Mapping::default(),
            max_article: MAX_ARTICLE,
        }
    }
}

impl Options {
    /// The most bytes that one JSON object may have.
    pub(crate) fn max_object(&self) -> usize {
        self.max_article.saturating_mul(16)
    }
}

/// The items of one stream.
pub type Items = Box<dyn Iterator<Item = Result<Item, InputError>> + Send>;

/// An input format.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// One line about it.
    pub about: &'static str,
    /// File name extensions that settle what the content leaves open.
    pub extensions: &'static [&'static str],
    /// Whether the first bytes of a stream look like it.
    sniff: fn(&[u8]) -> bool,
    /// Reads a stream.
    read: fn(Source, Options) -> Items,
}

/// Every input format; the first that recognises the content is taken, and the last takes all.
pub static FORMATS: &[Format] = &[facts::FORMAT, jsonl::FORMAT, text::FORMAT];

impl Format {
    /// The format that is called `name`.
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format of a stream that begins with `head`.
    fn tell(name: &str, head: &[u8]) -> &'static Self {
        let seen = FORMATS.iter().find(|format| (format.sniff)(head)).unwrap_or(&text::FORMAT);
        if seen.name != text::FORMAT.name {
            return seen;
        }
        let extension = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or_default();
        let named = |format: &&Self| format.extensions.contains(&extension);
        FORMATS.iter().find(named).unwrap_or(seen)
    }
}

/// A stream with its name and its first bytes.
struct Source {
    /// What errors call it.
    name: Arc<str>,
    /// The first bytes, without a byte order mark.
    head: Vec<u8>,
    /// All bytes, the head among them.
    bytes: Box<dyn BufRead + Send>,
}

/// How much of a stream is looked at to tell its format and layout.
const HEAD: u64 = 64 << 10;

impl Source {
    fn new(name: &str, mut reader: impl Read + Send + 'static) -> io::Result<Self> {
        let mut head = Vec::new();
        reader.by_ref().take(HEAD).read_to_end(&mut head)?;
        if head.starts_with("\u{feff}".as_bytes()) {
            head.drain(..3);
        }
        let rest = BufReader::with_capacity(256 << 10, reader);
        let bytes = Box::new(Cursor::new(head.clone()).chain(rest));
        Ok(Self { name: name.into(), head, bytes })
    }

    /// The article's id where it states none: the file name without folder and extension.
    fn stem(&self) -> &str {
        let stem = Path::new(&*self.name).file_stem().and_then(|stem| stem.to_str());
        stem.map_or(&*self.name, |stem| stem.trim_matches(['<', '>']))
    }
}

/// Reads one stream, which errors call `name`.
///
/// A byte order mark is dropped. An empty stream is an error.
pub fn read_stream(name: &str, reader: impl Read + Send + 'static, options: &Options) -> Items {
    let source = match Source::new(name, reader) {
        Ok(source) => source,
        Err(cause) => return fail(InputError::Unreadable { input: name.into(), cause }),
    };
    if source.head.is_empty() {
        return fail(InputError::Empty { input: source.name });
    }
    let format = options.format.unwrap_or_else(|| Format::tell(name, &source.head));
    (format.read)(source, options.clone())
}

fn fail(error: InputError) -> Items {
    Box::new(std::iter::once(Err(error)))
}
