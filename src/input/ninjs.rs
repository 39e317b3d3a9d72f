//! ninjs, the news items of IPTC in JSON: versions 1.x, 2.x and 3.0.
//!
//! The body is the one in plain text where there is one, else the one in HTML; of several headlines
//! the main one. Pictures and other items without a text are an error each.
//!
//! Source: IPTC ninjs 1.5, 2.1, 3.0 (<https://iptc.org/std/ninjs/>).

use serde_json::Value;

use crate::facts::Article;

use super::decode::with_lf;
use super::html::{is_odd, plain};
use super::json::{self, Record, syntax};
use super::{Content, Format, InputError, Item, Options, date, tidy};

pub(super) const FORMAT: Format = Format {
    name: "ninjs",
    about: "news items of IPTC in JSON, versions 1 to 3",
    extensions: &["ninjs"],
    sniff: |head| json::is_json(head) && is_ninjs(json::first_object(head)),
    read: |source, options| {
        let records = json::records(source, options.max_object());
        Box::new(records.map(move |record| read(&record?, &options)))
    },
};

/// Whether the object names the standard, or has an address, a body and a version as only its
/// items have together.
fn is_ninjs(object: &[u8]) -> bool {
    let has = |mark: &str| memchr::memmem::find(object, mark.as_bytes()).is_some();
    let names = has("\"standard\"") && has("ninjs");
    let body =
        has("\"body_text\"") || has("\"body_xhtml\"") || has("\"body_html\"") || has("\"bodies\"");
    let version = [
        "versioncreated",
        "versionCreated",
        "firstcreated",
        "firstCreated",
        "contentcreated",
        "contentCreated",
        "usageterms",
        "headline",
    ];
    names || has("\"uri\"") && body && version.into_iter().any(has)
}

fn read(record: &Record, options: &Options) -> Result<Item, InputError> {
    let place = record.place.clone();
    let item: Value = serde_json::from_str(&record.json).map_err(|e| syntax(record, &e))?;
    let text_of = |names: &[&str]| names.iter().find_map(|name| text(item.get(name)?));
    let Some(body) = body(&item) else {
        let remedy = "expected bodies, or body_text, body_xhtml, body_html; leave out pictures";
        return Err(InputError::NoText { at: place, remedy });
    };
    if body.len() > options.max_article {
        return Err(InputError::TooLarge { at: place, limit: options.max_article });
    }
    let uri = text_of(&["uri", "altids"]);
    let created = [
        "firstcreated",
        "firstCreated",
        "contentcreated",
        "contentCreated",
        "versioncreated",
        "versionCreated",
    ];
    let published = match text_of(&created) {
        Some(value) => Some(date::normalize(&value).ok_or(InputError::Date {
            at: place.clone(),
            member: "firstCreated",
            value,
        })?),
        None => options.published.clone(),
    };
    let headline = item.get("headlines").and_then(|all| chosen(all, &["main"]));
    let article = Article {
        id: uri.clone().unwrap_or_else(|| format!("item-{}", record.number)),
        text: body.replace(is_odd, ""),
        published,
        title: headline.or_else(|| text_of(&["headline", "title"])).map(|title| tidy(&title)),
        url: text_of(&["link", "url"])
            .or(uri)
            .filter(|uri| uri.starts_with("http://") || uri.starts_with("https://")),
        publisher: publisher(&item),
        language: text_of(&["language"]),
        retrieved: None,
    };
    Ok(Item { place, content: Content::Article(article) })
}

/// A text, or the name of an object.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim(),
        Value::Object(members) => members.get("name")?.as_str()?.trim(),
        _ => return None,
    };
    (!text.is_empty()).then(|| text.to_owned())
}

fn body(item: &Value) -> Option<String> {
    let read = |text: String, html: bool| {
        let text = if html { plain(&text) } else { with_lf(text).trim().to_owned() };
        (!text.is_empty()).then_some(text)
    };
    if let Some(bodies) = item.get("bodies") {
        let all: Vec<&Value> = match bodies {
            Value::Array(all) => all.iter().collect(),
            Value::Object(_) => vec![bodies],
            _ => Vec::new(),
        };
        let is_plain =
            |body: &&&Value| kind(body).is_some_and(|kind| kind.starts_with("text/plain"));
        let found = all.iter().find(is_plain).or(all.first())?;
        let html = kind(found).is_none_or(|kind| kind.contains("html") || kind.contains("xml"));
        return read(found.get("value")?.as_str()?.to_owned(), html);
    }
    let named = |name: &str, html| read(item.get(name)?.as_str()?.to_owned(), html);
    // Version 1 names a body `body_` and its kind.
    named("body_text", false)
        .or_else(|| named("body_xhtml", true))
        .or_else(|| named("body_html", true))
}

fn kind(body: &Value) -> Option<&str> {
    ["contentType", "contenttype"].into_iter().find_map(|name| body.get(name)?.as_str())
}

/// The value of the first of several wordings that has one of the roles, else of the first.
fn chosen(all: &Value, roles: &[&str]) -> Option<String> {
    let all = all.as_array()?;
    let has = |one: &&Value| {
        one.get("role").and_then(Value::as_str).is_some_and(|role| roles.contains(&role))
    };
    let one = all.iter().find(has).or(all.first())?;
    text(one.get("value")?)
}

/// The provider, the source of the text, or who holds the copyright.
fn publisher(item: &Value) -> Option<String> {
    for name in ["provider", "infosources", "infoSources", "infosource", "source"] {
        let named = match item.get(name) {
            Some(Value::Array(all)) => all.iter().find_map(text),
            Some(one) => text(one),
            None => None,
        };
        if named.is_some() {
            return named;
        }
    }
    ["copyrightholder", "copyrightHolder"].into_iter().find_map(|name| text(item.get(name)?))
}
