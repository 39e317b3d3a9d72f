//! Feeds that were saved as files: RSS 0.9 to 2.0, Atom, JSON Feed; an entry is an article.
//!
//! The text is the entry's content, else its summary. An entry without either is an error of its
//! own.

use std::sync::Arc;

use feed_rs::model::{Entry, Feed};
use feed_rs::parser::{Builder, ParseFeedError};

use crate::facts::Article;

use super::charset::{decode_web, unscramble};
use super::html::{self, plain};
use super::json::{first_object, is_json};
use super::{Content, Format, InputError, Item, Items, Options, Place, Source};

pub(super) const FORMAT: Format = Format {
    name: "feed",
    about: "RSS, Atom and JSON feeds: an article an entry",
    extensions: &["rss", "atom"],
    sniff: |head| is_xml_feed(head) || is_json_feed(head),
    read: |mut source, options| {
        let place = Place { input: source.name.clone(), line: 1, column: 1 };
        match read(&mut source, &place, &options) {
            Ok(feed) => entries(feed, source.stem().to_owned(), &place, options),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    },
};

fn is_xml_feed(head: &[u8]) -> bool {
    let start = head.get(..2000).unwrap_or(head);
    let has = |mark: &[u8]| memchr::memmem::find(start, mark).is_some();
    start.trim_ascii_start().starts_with(b"<")
        && !html::is_html(head)
        && (has(b"<rss") || has(b"<feed") || has(b"<rdf:RDF") && has(b"purl.org/rss"))
}

fn is_json_feed(head: &[u8]) -> bool {
    is_json(head) && memchr::memmem::find(first_object(head), b"jsonfeed.org/version").is_some()
}

fn read(source: &mut Source, place: &Place, options: &Options) -> Result<Feed, InputError> {
    let bytes = source.read_all(options.max_object(), place)?;
    let text = decode_web(&bytes, None);
    drop(bytes);
    html::guard_xml(&text, place, options)?;
    // The text is decoded: what the declaration says of its encoding is no longer so.
    let declared = text.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let text = declared.map_or(text.as_str(), |(_, rest)| rest);
    let parser = Builder::new().id_generator(|_, _, _| String::new()).build();
    parser.parse(text.as_bytes()).map_err(|error| {
        let message = match error {
            ParseFeedError::ParseError(kind) => format!("not a whole feed: {kind}"),
            other => format!("not a feed that can be read: {other}"),
        };
        InputError::Format { at: place.clone(), message: super::tidy(&message), remedy: REMEDY }
    })
}

const REMEDY: &str = "expected RSS, Atom or JSON Feed; a page takes --from html";

fn entries(feed: Feed, stem: String, place: &Place, options: Options) -> Items {
    let input = place.input.clone();
    if feed.entries.is_empty() {
        let remedy = "the feed has no entries; leave it out";
        return Box::new(std::iter::once(Err(InputError::NoText { at: place.clone(), remedy })));
    }
    let publisher = feed.title.map(|title| line(&title.content));
    let language = feed.language;
    let entries = feed.entries.into_iter().enumerate();
    Box::new(entries.map(move |(nth, entry)| {
        let number = nth + 1;
        let at = Place { input: Arc::from(format!("{input}#{number}")), line: 1, column: 1 };
        let mut article = article(entry, &at, &options)?;
        if article.id.is_empty() {
            article.id = article.url.clone().unwrap_or_else(|| format!("{stem}-{number}"));
        }
        article.publisher.clone_from(&publisher);
        article.language = article.language.or_else(|| language.clone());
        Ok(Item { place: at, content: Content::Article(article) })
    }))
}

fn article(entry: Entry, at: &Place, options: &Options) -> Result<Article, InputError> {
    let content = entry.content.and_then(|content| content.body);
    let summary = entry.summary.map(|summary| summary.content);
    let texts = [content, summary].into_iter().flatten().map(|text| unscramble(&plain(&text)));
    let Some(text) = texts.into_iter().find(|text| !text.is_empty()) else {
        let remedy = "the entry has neither content nor summary";
        return Err(InputError::NoText { at: at.clone(), remedy });
    };
    if text.len() > options.max_article {
        return Err(InputError::TooLarge { at: at.clone(), limit: options.max_article });
    }
    let is_page = |rel: &Option<String>| rel.as_deref().is_none_or(|rel| rel == "alternate");
    let link = entry.links.iter().find(|link| is_page(&link.rel));
    let published = entry.published.or(entry.updated);
    Ok(Article {
        id: entry.id,
        text: text.replace(html::is_odd, ""),
        published: published
            .map(|time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string())
            .or_else(|| options.published.clone()),
        title: entry.title.map(|title| line(&title.content)).filter(|title| !title.is_empty()),
        url: link.map(|link| link.href.clone()),
        publisher: None,
        language: entry.language,
        retrieved: None,
    })
}

fn line(text: &str) -> String {
    unscramble(&super::tidy(&plain(text))).replace(html::is_odd, "")
}
