//! Web pages: the article's text without what stands around it, and what the page says about it.
//!
//! A page is read in two steps. The reader takes its bytes; [`Page::article`] decodes, parses and
//! extracts, which is the dear part and is done where many threads share the work.

mod body;
mod guard;
mod jsonld;
mod meta;
mod published;

use scraper::Html;

use crate::facts::Article;

use super::charset::{decode_web, unscramble};
use super::decode::{advance, with_lf};
use super::{Content, Format, InputError, Item, Options, Place, Source, language};
use guard::{Dialect, Excess, Most};

pub(super) use body::plain;

pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "web pages: the article's text, title, date, publisher, address",
    extensions: &["html", "htm", "xhtml"],
    sniff: is_html,
    read: |source, options| Box::new(std::iter::once_with(move || read(source, &options))),
};

/// A web page whose article is still to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub(super) id: String,
    pub(super) bytes: Vec<u8>,
    /// The encoding that came with it.
    pub(super) charset: Option<String>,
    /// Where it was found.
    pub(super) address: Option<String>,
    /// When it was fetched.
    pub(super) retrieved: Option<String>,
    /// Its date where it states none.
    pub(super) published: Option<String>,
    pub(super) languages: Vec<String>,
    pub(super) max_article: usize,
    pub(super) max_depth: usize,
    pub(super) max_tags: usize,
}

impl Page {
    pub(super) fn new(id: String, bytes: Vec<u8>, options: &Options) -> Self {
        Self {
            id,
            bytes,
            charset: None,
            address: None,
            retrieved: None,
            published: options.published.clone(),
            languages: options.languages.clone(),
            max_article: options.max_article,
            max_depth: options.max_depth,
            max_tags: options.max_tags,
        }
    }

    /// Finds the article.
    ///
    /// # Errors
    ///
    /// A page with more tags, or deeper ones, than the options allow; one without an article.
    pub(super) fn article(self, place: &Place) -> Result<Article, InputError> {
        let html = decode_web(&self.bytes, self.charset.as_deref());
        let most = Most { depth: self.max_depth, tags: self.max_tags };
        if let Some((what, at)) = guard::excess(html.as_bytes(), most, Dialect::Html) {
            return Err(too_much(what, most, advance(place, html.as_bytes(), at)));
        }
        let (about, links) = {
            let page = Html::parse_document(&html);
            (meta::about(&page, self.address.as_deref()), body::links(&page))
        };
        let text = body::body(&html, &about, &links);
        let text = with_lf(unscramble(&text)).replace(is_odd, "");
        if text.len() < LEAST {
            let remedy = "no article was found in this page; leave it out, or try --from text";
            return Err(InputError::NoText { at: place.clone(), remedy });
        }
        if text.len() > self.max_article {
            return Err(InputError::TooLarge { at: place.clone(), limit: self.max_article });
        }
        let line = |text: Option<String>| text.map(|text| unscramble(&text).replace(is_odd, ""));
        let article = Article {
            id: self.id,
            text,
            published: about.published.or(self.published),
            title: line(about.title),
            url: line(about.url),
            publisher: line(about.publisher),
            language: about.language,
            retrieved: self.retrieved,
        };
        language::check(&article, &self.languages, place)?;
        Ok(article)
    }
}

/// A text of fewer bytes is what is left of a menu, and no article.
const LEAST: usize = 20;

/// Control characters but for line ends and tabs.
pub(super) fn is_odd(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// Refuses XML with more tags, or deeper ones, than the options allow.
pub(super) fn guard_xml(xml: &str, place: &Place, options: &Options) -> Result<(), InputError> {
    let most = Most { depth: options.max_depth, tags: options.max_tags };
    match guard::excess(xml.as_bytes(), most, Dialect::Xml) {
        Some((what, at)) => Err(too_much(what, most, advance(place, xml.as_bytes(), at))),
        None => Ok(()),
    }
}

fn too_much(what: Excess, most: Most, at: Place) -> InputError {
    let (what, limit, remedy) = match what {
        Excess::Depth => ("elements within each other", most.depth, "raise --max-depth"),
        Excess::Tags => ("tags in one page", most.tags, "raise --max-tags"),
        Excess::Attributes => ("attributes in one tag", guard::ATTRIBUTES, "mend it"),
    };
    InputError::Excess { at, what, limit, remedy }
}

fn read(mut source: Source, options: &Options) -> Result<Item, InputError> {
    let id = source.stem().to_owned();
    let place = Place { input: source.name.clone(), line: 1, column: 1 };
    let bytes = source.read_all(options.max_object(), &place)?;
    Ok(Item { place, content: Content::Page(Box::new(Page::new(id, bytes, options))) })
}

/// Whether bytes begin as a page does: with a document type, an element of a page, or a comment
/// and then one of these.
pub(super) fn is_html(head: &[u8]) -> bool {
    let mut rest = head.trim_ascii_start();
    loop {
        let (open, close): (&[u8], &[u8]) = match rest {
            [b'<', b'!', b'-', b'-', ..] => (b"<!--", b"-->"),
            [b'<', b'?', ..] => (b"<?", b">"),
            _ => break,
        };
        let Some(end) = memchr::memmem::find(rest.get(open.len()..).unwrap_or_default(), close)
        else {
            return false;
        };
        rest = rest.get(open.len() + end + close.len()..).unwrap_or_default().trim_ascii_start();
    }
    let begins = |tag: &str| {
        let (start, next) = rest.split_at_checked(tag.len()).unwrap_or((b"", rest));
        start.eq_ignore_ascii_case(tag.as_bytes())
            && next.first().is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
    };
    [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<article",
        "<main",
        "<div",
        "<link",
    ]
    .into_iter()
    .any(begins)
        && memchr::memmem::find(rest.get(..200).unwrap_or(rest), b"<rss").is_none()
}
