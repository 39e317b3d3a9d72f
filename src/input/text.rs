//! Plain text, one article a file, with header lines before it.
//!
//! ```text
//! date: 2031-05-07
//! title: Quiet night
//! publisher: Harbour Wire
//!
//! Nobody was hurt on Tuesday.
//! ```
//!
//! The keys are `id`, `date` (or `published`), `title`, `url`, `publisher`, `language` and
//! `retrieved`, in any case; the header ends at a blank line, or at the first line that is no
//! header line. The text itself may begin with `date 2031-05-07` and run on in the same line: the
//! date belongs to the header. What remains, without blank lines before and white space after it,
//! is the text.

use crate::facts::Article;

use super::decode::{advance, decode, with_lf};
use super::{Content, Format, InputError, Item, Options, Place, Source, date};

pub(super) const FORMAT: Format = Format {
    name: "text",
    about: "plain text, one article a file, with optional header lines such as `date: 2022-01-12`",
    extensions: &["txt", "text", "md"],
    sniff: |_| true,
    read: |source, options| Box::new(std::iter::once_with(move || read(source, &options))),
};

fn read(mut source: Source, options: &Options) -> Result<Item, InputError> {
    let id = source.stem().to_owned();
    let place = Place { input: source.name.clone(), line: 1, column: 1 };
    let limit = options.max_article;
    let bytes = source.read_all(limit, &place)?;
    let text = with_lf(decode(bytes, &place)?);
    let mut article = Article { id, ..Article::default() };
    let body = header(&text, &place, &mut article)?.trim_start_matches('\n').trim_end();
    if body.is_empty() {
        let remedy = "only header lines or white space; leave it out";
        return Err(InputError::NoText { at: place, remedy });
    }
    article.text = body.to_owned();
    article.published = article.published.or_else(|| options.published.clone());
    Ok(Item { place, content: Content::Article(article) })
}

/// Puts the header lines of `text` into `article` and gives what follows them.
fn header<'t>(text: &'t str, start: &Place, article: &mut Article) -> Result<&'t str, InputError> {
    let mut rest = text.trim_start_matches('\n');
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let Some((key, value)) = header_line(line) else { return Ok(rest) };
        let run_on = set(article, key, value).map_err(|member| InputError::Date {
            at: advance(start, text.as_bytes(), text.len() - rest.len() + line.len() - value.len()),
            member,
            value: value.to_owned(),
        })?;
        if !run_on.is_empty() {
            return Ok(rest.get(line.len() - run_on.len()..).unwrap_or_default());
        }
        rest = after;
    }
}

const KEYS: [&str; 8] =
    ["id", "date", "published", "title", "url", "publisher", "language", "retrieved"];

/// The key of a header line, and what follows it up to the line's end.
fn header_line(line: &str) -> Option<(&'static str, &str)> {
    if let Some((key, value)) = line.split_once(':') {
        let key = KEYS.iter().find(|k| k.eq_ignore_ascii_case(key.trim()));
        if let Some(key) = key {
            return Some((key, value.trim_start()));
        }
    }
    let (key, value) = line.split_once(' ')?;
    let dated = key.eq_ignore_ascii_case("date") && date::split(value).is_some();
    dated.then(|| ("date", value.trim_start()))
}

/// Takes the value of a header line over and gives what runs on after a date; the error is the
/// member whose value is no date.
fn set<'v>(article: &mut Article, key: &str, value: &'v str) -> Result<&'v str, &'static str> {
    let slot = match key {
        "id" => {
            if !value.trim().is_empty() {
                value.trim().clone_into(&mut article.id);
            }
            return Ok("");
        }
        "title" => &mut article.title,
        "url" => &mut article.url,
        "publisher" => &mut article.publisher,
        "language" => &mut article.language,
        "retrieved" => &mut article.retrieved,
        _ => &mut article.published,
    };
    let member = match key {
        "date" | "published" => "date",
        "retrieved" => "retrieved",
        _ => "",
    };
    *slot = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
    if member.is_empty() || slot.is_none() {
        return Ok("");
    }
    if let Some((day, run_on)) = date::split(value) {
        *slot = Some(day.to_owned());
        return Ok(run_on.trim_start_matches([' ', '\t', ':', ';', ',', '.', '-', '–', '—', '|']));
    }
    *slot = date::normalize(value);
    if slot.is_some() { Ok("") } else { Err(member) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> (Article, String) {
        let mut article = Article::default();
        let start = Place { input: "a.txt".into(), line: 1, column: 1 };
        let body = match header(text, &start, &mut article) {
            Ok(body) => body.to_owned(),
            Err(error) => error.to_string(),
        };
        (article, body)
    }

    #[test]
    fn a_header_ends_where_the_text_begins() {
        let (article, body) = article(
            "Title: A: b\nDATE: 2031-05-07T08:00\nurl: https://x.example/a\n\nid: no header\n",
        );
        assert_eq!(article.title.as_deref(), Some("A: b"));
        assert_eq!(article.published.as_deref(), Some("2031-05-07T08:00"));
        assert_eq!(article.url.as_deref(), Some("https://x.example/a"));
        assert_eq!((article.id.as_str(), body.as_str()), ("", "\nid: no header\n"));
    }

    #[test]
    fn a_date_may_run_on_into_the_text() {
        for line in [
            "date 2031-05-07 Ministers met.\nThey left.",
            "Date 2031-05-07Ministers met.\nThey left.",
            "date: 2031-05-07 - Ministers met.\nThey left.",
        ] {
            let (article, body) = article(line);
            assert_eq!(article.published.as_deref(), Some("2031-05-07"), "{line}");
            assert_eq!(body, "Ministers met.\nThey left.", "{line}");
        }
    }

    #[test]
    fn words_are_no_header() {
        for text in
            ["Date set for talks\nMore.", "Warning: floods.\n", "date palms: a growth market\n"]
        {
            let (article, body) = article(text);
            assert_eq!((article, body.as_str()), (Article::default(), text));
        }
    }

    #[test]
    fn a_date_that_is_none_is_named() {
        let (_, error) = article("title: x\ndate:  12.01.2022\n\nText.");
        assert_eq!(
            error,
            "a.txt:2:8: date \"12.01.2022\" is not an ISO 8601 date such as 2022-01-12 \
             (mend or drop it)"
        );
    }
}
