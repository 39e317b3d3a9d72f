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
//! use newsgraph::input::{Finished, Options, read_stream};
//!
//! let file = b"date: 2031-05-07\ntitle: Quiet night\n\nNobody was hurt on Tuesday.\n";
//! let mut items = read_stream("night.txt", &file[..], &Options::default());
//! let item = items.next().expect("one item").expect("it can be read");
//! let (_, finished) = item.finish().expect("there is an article in it");
//! let Finished::Article(article) = finished else { panic!("an article") };
//! assert_eq!(article.id, "night");
//! assert_eq!(article.text, "Nobody was hurt on Tuesday.");
//! ```

mod charset;
mod date;
mod decode;
mod error;
mod facts;
mod feed;
mod html;
mod json;
mod jsonl;
mod language;
mod mapping;
mod ninjs;
mod source;
mod text;
mod walk;
mod warc;

use std::io::Read;
use std::path::Path;

use crate::facts::{Article, Facts};

pub use error::{InputError, Place};
pub use html::Page;
pub use language::known_language;
pub use mapping::Mapping;
pub use walk::{Inputs, read_inputs};

use source::Source;

/// What was read at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Where it stood.
    pub place: Place,
    /// What stood there.
    pub content: Content,
}

impl Item {
    /// Does what is left to do: finds the article of a web page.
    ///
    /// It is apart from reading, which one thread does, since it is most of the work.
    ///
    /// # Errors
    ///
    /// A page without an article, over a limit, or in a language that is not asked for.
    ///
    /// # Cost
    ///
    /// For a page some ten milliseconds.
    pub fn finish(self) -> Result<(Place, Finished), InputError> {
        let Self { place, content } = self;
        let finished = match content {
            Content::Article(article) => Finished::Article(article),
            Content::Page(page) => Finished::Article(page.article(&place)?),
            Content::Facts(facts) => Finished::Facts(facts),
        };
        Ok((place, finished))
    }
}

/// An article to extract from, a page to find one in, or facts ready to be mapped.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A news text.
    Article(Article),
    /// A web page, whose article [`Item::finish`] finds.
    Page(Box<Page>),
    /// Facts of the contract, with their article inside.
    Facts(Box<Facts>),
}

/// What an item comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Finished {
    /// A news text.
    Article(Article),
    /// Facts of the contract, with their article inside.
    Facts(Box<Facts>),
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
    /// The languages to keep, as ISO 639-1 or 639-3 codes; none keeps all. A text too short to
    /// tell is kept.
    pub languages: Vec<String>,
    /// The most bytes that the text of one article may have; one JSON object, page or feed may
    /// have sixteen times as many.
    pub max_article: usize,
    /// The most elements that may stand within each other in a page or feed.
    pub max_depth: usize,
    /// The most tags in a page or feed.
    pub max_tags: usize,
    /// How many times larger than its file a compressed input may grow, past the first 64 MiB.
    pub max_ratio: u64,
}

/// The default of [`Options::max_article`]: 4 MiB, some 700,000 words.
pub const MAX_ARTICLE: usize = 4 << 20;

/// The default of [`Options::max_depth`]: real pages have fewer than a hundred.
pub const MAX_DEPTH: usize = 500;

/// The default of [`Options::max_tags`]: real pages have some thousands.
pub const MAX_TAGS: usize = 100_000;

/// The default of [`Options::max_ratio`]: text shrinks to a tenth, seldom to a fiftieth.
pub const MAX_RATIO: u64 = 200;

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            published: None,
            mapping: Mapping::default(),
            languages: Vec::new(),
            max_article: MAX_ARTICLE,
            max_depth: MAX_DEPTH,
            max_tags: MAX_TAGS,
            max_ratio: MAX_RATIO,
        }
    }
}

impl Options {
    /// The most bytes that one JSON object, page or feed may have.
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
pub static FORMATS: &[Format] = &[
    facts::FORMAT,
    ninjs::FORMAT,
    feed::FORMAT,
    jsonl::FORMAT,
    warc::FORMAT,
    html::FORMAT,
    text::FORMAT,
];

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
        let extension = Path::new(source::unpacked(name))
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        let named = |format: &&Self| format.extensions.contains(&extension);
        FORMATS.iter().find(named).unwrap_or(seen)
    }
}

/// Reads one stream, which errors call `name`.
///
/// A stream that is compressed by gzip or zstd is unpacked on the way; a byte order mark is
/// dropped. An empty stream is an error.
pub fn read_stream(name: &str, reader: impl Read + Send + 'static, options: &Options) -> Items {
    let source = match Source::new(name, reader, options.max_ratio) {
        Ok(source) => source,
        Err(cause) => return fail(InputError::Unreadable { input: name.into(), cause }),
    };
    if source.head.is_empty() {
        return fail(InputError::Empty { input: source.name });
    }
    let format = options.format.unwrap_or_else(|| Format::tell(name, &source.head));
    let items = (format.read)(source, options.clone());
    if options.languages.is_empty() {
        return items;
    }
    let languages = options.languages.clone();
    Box::new(items.map(move |item| {
        let item = item?;
        match &item.content {
            Content::Article(article) => language::check(article, &languages, &item.place)?,
            // Facts are somebody's already; a page is not read yet.
            Content::Facts(_) | Content::Page(_) => {}
        }
        Ok(item)
    }))
}

/// Words with one blank between them.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fail(error: InputError) -> Items {
    Box::new(std::iter::once(Err(error)))
}
