//! Web archives: WARC 0.17 to 1.1, read as a stream, packed record by record or not at all.
//!
//! A response with a page, and a text that was made of one (WET), is an article each. Redirects, errors of the server,
//! pictures, requests and the like are passed over. What a record holds beyond the limit of a page is
//! skipped without being held. The article's id is the address of the page.
//!
//! Source: ISO 28500:2017.

use std::io::{self, BufRead, Read};
use std::sync::Arc;

use flate2::read::{GzDecoder, ZlibDecoder};

use crate::facts::Article;

use super::charset::decode_web;
use super::decode::with_lf;
use super::html::{Page, is_html, is_odd};
use super::{Content, Format, InputError, Item, Options, Place, Source, date};

pub(super) const FORMAT: Format = Format {
    name: "warc",
    about: "web archives (WARC, WET), read as a stream",
    extensions: &["warc", "wet"],
    sniff: |head| head.starts_with(b"WARC/"),
    read: |source, options| {
        let Source { name, head: _, bytes } = source;
        Box::new(Records { name, bytes, options, number: 0, pages: 0, done: false })
    },
};

/// The records of an archive.
struct Records {
    name: Arc<str>,
    bytes: Box<dyn BufRead + Send>,
    options: Options,
    /// Of the record that was read last, from 1.
    number: usize,
    /// How many articles or errors there were.
    pages: usize,
    done: bool,
}

/// The head of a record.
#[derive(Default)]
struct Head {
    kind: String,
    address: Option<String>,
    date: Option<String>,
    media: String,
    length: u64,
}

/// The most bytes of a line in the head of a record, and of the head of a response.
const HEAD: usize = 64 << 10;

/// Why a record gives no item.
enum Stop {
    /// It is none of ours.
    Other,
    /// Nothing can be read behind it.
    Broken(InputError),
    /// It is ours and cannot be used.
    Bad(InputError),
}

impl Records {
    fn place(&self) -> Place {
        Place { input: format!("{}#{}", self.name, self.number).into(), line: 1, column: 1 }
    }

    fn broken(&self, message: impl Into<String>) -> Stop {
        let remedy = "is the archive whole? what stands before it is read, what follows is not";
        Stop::Broken(InputError::Format { at: self.place(), message: message.into(), remedy })
    }

    fn unreadable(&self, cause: io::Error) -> Stop {
        Stop::Broken(InputError::Unreadable { input: self.name.clone(), cause })
    }

    /// A line without its end; `None` at the end of the archive.
    fn line(&mut self) -> Result<Option<Vec<u8>>, Stop> {
        let mut line = Vec::new();
        let read = self.bytes.by_ref().take(HEAD as u64).read_until(b'\n', &mut line);
        let count = read.map_err(|cause| self.unreadable(cause))?;
        if count == HEAD {
            return Err(self.broken("a line of a record's head has more than 64 KiB"));
        }
        Ok((count > 0).then(|| line.trim_ascii_end().to_owned()))
    }

    /// The head of the next record.
    fn head(&mut self) -> Result<Option<Head>, Stop> {
        let version = loop {
            match self.line()? {
                Some(line) if line.is_empty() => {}
                Some(line) => break line,
                None => return Ok(None),
            }
        };
        self.number += 1;
        if !version.starts_with(b"WARC/") {
            return Err(self.broken("expected a record that begins with WARC/"));
        }
        let mut head = Head::default();
        let mut length = None;
        for _ in 0..1000 {
            let Some(line) = self.line()? else {
                return Err(self.broken("the archive ends in the head of a record"));
            };
            if line.is_empty() {
                head.length = length.ok_or_else(|| {
                    self.broken("the record has no Content-Length that is a number")
                })?;
                return Ok(Some(head));
            }
            let text = String::from_utf8_lossy(&line);
            let Some((name, value)) = text.split_once(':') else { continue };
            let value = value.trim();
            let some = || Some(value.trim_matches(['<', '>']).to_owned());
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => value.clone_into(&mut head.kind),
                "warc-target-uri" => head.address = some(),
                "warc-date" => head.date = date::normalize(value),
                "content-type" => head.media = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        Err(self.broken("the head of a record has more than 1000 lines"))
    }

    fn next_item(&mut self) -> Result<Option<Item>, Stop> {
        let Some(head) = self.head()? else { return Ok(None) };
        let wanted = match head.kind.as_str() {
            "response" => head.media.starts_with("application/http"),
            "resource" => head.media.contains("html"),
            "conversion" => head.media.starts_with("text/plain"),
            _ => false,
        };
        let limit = self.options.max_object() as u64;
        let take = if wanted { head.length.min(limit + HEAD as u64) } else { 0 };
        let mut block = Vec::new();
        let read = self.bytes.by_ref().take(take).read_to_end(&mut block);
        read.map_err(|cause| self.unreadable(cause))?;
        let rest = head.length - block.len() as u64;
        let skipped = io::copy(&mut self.bytes.by_ref().take(rest), &mut io::sink());
        if skipped.map_err(|cause| self.unreadable(cause))? < rest {
            return Err(self.broken(format!(
                "the record says {} bytes, and the archive ends before",
                head.length
            )));
        }
        if !wanted {
            return Err(Stop::Other);
        }
        if rest > 0 {
            return Err(self.too_large());
        }
        self.item(head, block).map(Some)
    }

    fn too_large(&self) -> Stop {
        let limit = self.options.max_object();
        Stop::Bad(InputError::TooLarge { at: self.place(), limit })
    }

    fn item(&self, head: Head, block: Vec<u8>) -> Result<Item, Stop> {
        let place = self.place();
        let id = head.address.clone().unwrap_or_else(|| place.input.to_string());
        if head.kind == "conversion" {
            let text = with_lf(decode_web(&block, None)).replace(is_odd, "");
            let article = Article {
                id,
                text: text.trim().to_owned(),
                published: self.options.published.clone(),
                url: head.address,
                retrieved: head.date,
                ..Article::default()
            };
            if article.text.is_empty() {
                return Err(Stop::Other);
            }
            if article.text.len() > self.options.max_article {
                return Err(self.too_large());
            }
            return Ok(Item { place, content: Content::Article(article) });
        }
        let (body, media) = match head.kind.as_str() {
            "resource" => (block, head.media),
            _ => self.response(&block)?,
        };
        if !(media.contains("html") || media.is_empty() && is_html(&body)) {
            return Err(Stop::Other);
        }
        let mut page = Page::new(id, body, &self.options);
        page.charset = media.split("charset=").nth(1).map(|rest| {
            rest.trim_matches(['"', '\'', ' '])
                .split([';', '"', ' '])
                .next()
                .unwrap_or("")
                .to_owned()
        });
        page.address = head.address;
        page.retrieved = head.date;
        Ok(Item { place, content: Content::Page(Box::new(page)) })
    }

    /// The body of an HTTP response, unpacked, and its media type in small letters.
    fn response(&self, block: &[u8]) -> Result<(Vec<u8>, String), Stop> {
        let mut headers = [httparse::EMPTY_HEADER; 256];
        let mut response = httparse::Response::new(&mut headers);
        let head = block.get(..HEAD).unwrap_or(block);
        let bad = |message: String| {
            let remedy = "leave the record out";
            Stop::Bad(InputError::Format { at: self.place(), message, remedy })
        };
        let parsed = httparse::ParserConfig::default()
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true)
            .parse_response(&mut response, head);
        let begin = match parsed {
            Ok(httparse::Status::Complete(begin)) => begin,
            Ok(httparse::Status::Partial) => {
                return Err(bad("the response's head does not end".into()));
            }
            Err(error) => return Err(bad(format!("not an HTTP response: {error}"))),
        };
        if response.code != Some(200) {
            return Err(Stop::Other);
        }
        let header = |name: &str| {
            let found = response.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
            found.map_or_else(String::new, |h| String::from_utf8_lossy(h.value).to_lowercase())
        };
        let media = header("content-type");
        if !media.is_empty() && !media.contains("html") {
            return Err(Stop::Other);
        }
        let mut body = block.get(begin..).unwrap_or_default().to_vec();
        // Archives differ in whether they keep the transfer's form, and all keep its headers.
        if header("transfer-encoding").contains("chunked")
            && let Some(whole) = unchunked(&body)
        {
            body = whole;
        }
        let limit = self.options.max_object();
        let most = limit as u64 + 1;
        let mut whole = Vec::new();
        let unpacked = match body.as_slice() {
            [0x1f, 0x8b, ..] => GzDecoder::new(&*body).take(most).read_to_end(&mut whole),
            [0x78, ..] if header("content-encoding").contains("deflate") => {
                ZlibDecoder::new(&*body).take(most).read_to_end(&mut whole)
            }
            _ if header("content-encoding").contains("br") && !is_html(&body) => {
                return Err(bad("the page is packed by Brotli, which is not read".into()));
            }
            _ => {
                whole = body;
                Ok(0)
            }
        };
        // A page whose end is lost has its beginning.
        if let Err(cause) = unpacked
            && whole.is_empty()
        {
            return Err(bad(format!("the page cannot be unpacked: {cause}")));
        }
        if whole.len() > limit {
            return Err(self.too_large());
        }
        Ok((whole, media))
    }
}

/// A body that was sent in chunks, joined; `None` where it is not in chunks.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Ok(httparse::Status::Complete((begin, size))) = httparse::parse_chunk_size(rest) else {
            return (!whole.is_empty()).then_some(whole);
        };
        let size = usize::try_from(size).ok()?;
        if size == 0 {
            return Some(whole);
        }
        let end = begin.checked_add(size)?;
        let Some(chunk) = rest.get(begin..end) else {
            whole.extend_from_slice(rest.get(begin..)?);
            return Some(whole);
        };
        whole.extend_from_slice(chunk);
        rest = rest.get(end..)?;
        rest = rest.strip_prefix(b"\r\n").unwrap_or(rest);
    }
}

impl Iterator for Records {
    type Item = Result<Item, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.next_item() {
                Ok(Some(item)) => {
                    self.pages += 1;
                    return Some(Ok(item));
                }
                Ok(None) => {
                    self.done = true;
                    if self.pages == 0 {
                        let at = Place { input: self.name.clone(), line: 1, column: 1 };
                        let remedy = "no record of this archive holds a page; leave it out";
                        return Some(Err(InputError::NoText { at, remedy }));
                    }
                }
                Err(Stop::Other) => {}
                Err(Stop::Bad(error)) => {
                    self.pages += 1;
                    return Some(Err(error));
                }
                Err(Stop::Broken(error)) => {
                    self.done = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}
