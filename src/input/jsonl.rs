//! Articles as JSON objects: a line each, one pretty-printed object, or an array.
//!
//! The members are the contract's (`id`, `text`, `published`, `title`, `url`, `publisher`,
//! `language`, `retrieved`); others are ignored, and [`Mapping`](super::Mapping) finds them under
//! other names. An object without `id` is called after the file: its stem, with the object's
//! number where the file has several.

use serde_json::Value;

use crate::facts::Article;

use super::decode::with_lf;
use super::json::{self, Record, syntax};
use super::{Content, Format, InputError, Item, Options, Place, date};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "articles as JSON objects: one a line, an array, or one pretty-printed object",
    extensions: &["jsonl", "ndjson", "json"],
    sniff: json::is_json,
    read: |source, options| {
        let stem = source.stem().to_owned();
        let records = json::records(source, options.max_object());
        Box::new(records.map(move |record| read(&record?, &stem, &options)))
    },
};

fn read(record: &Record, stem: &str, options: &Options) -> Result<Item, InputError> {
    let place = record.place.clone();
    let object: Value = serde_json::from_str(&record.json).map_err(|e| syntax(record, &e))?;
    let reader = Reader { object: &object, options, place: &place };
    if let Some(schema) = object.get("schema").and_then(Value::as_str)
        && schema.starts_with("newsgraph-facts/")
    {
        return Err(reader.wrong("these are facts, not articles (try --from facts)".to_owned()));
    }
    let text = reader.text()?;
    if text.len() > options.max_article {
        return Err(InputError::TooLarge { at: place, limit: options.max_article });
    }
    let article = Article {
        id: match reader.member("id")? {
            Some(id) => id,
            None if record.alone => stem.to_owned(),
            None => format!("{stem}-{}", record.number),
        },
        text,
        published: reader.date("published")?.or_else(|| options.published.clone()),
        title: reader.member("title")?,
        url: reader.member("url")?,
        publisher: reader.member("publisher")?,
        language: reader.member("language")?,
        retrieved: reader.date("retrieved")?,
    };
    Ok(Item { place, content: Content::Article(article) })
}

/// Takes members out of one object.
struct Reader<'a> {
    object: &'a Value,
    options: &'a Options,
    place: &'a Place,
}

impl Reader<'_> {
    fn wrong(&self, message: String) -> InputError {
        InputError::Member { at: self.place.clone(), message }
    }

    /// The text; an array of strings is one of paragraphs.
    fn text(&self) -> Result<String, InputError> {
        let text = match self.options.mapping.get(self.object, "text") {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(items)) => {
                let paragraphs: Option<Vec<_>> = items.iter().map(Value::as_str).collect();
                let paragraphs = paragraphs.ok_or_else(|| self.ill_typed("text", "an array"))?;
                paragraphs.join("\n\n")
            }
            Some(other) => return Err(self.ill_typed("text", kind(other))),
            None => return Err(self.no_text()),
        };
        if text.trim().is_empty() {
            let remedy = "its member \"text\" is empty; leave it out";
            return Err(InputError::NoText { at: self.place.clone(), remedy });
        }
        if text.contains('\0') {
            return Err(InputError::Nul { at: self.place.clone() });
        }
        Ok(with_lf(text))
    }

    fn no_text(&self) -> InputError {
        let Value::Object(members) = self.object else {
            return self.wrong(format!(
                "expected an object, found {} (one JSON object an article; try --from text)",
                kind(self.object)
            ));
        };
        let members: Vec<_> = members.keys().take(12).map(String::as_str).collect();
        self.wrong(format!(
            "member \"text\" is missing; there are {} (say where it is: --map text=PATH)",
            if members.is_empty() { "none".to_owned() } else { members.join(", ") }
        ))
    }

    fn ill_typed(&self, member: &str, found: &str) -> InputError {
        self.wrong(format!(
            "member {member:?} is {found}, not a string (say where it is: --map {member}=PATH)"
        ))
    }

    /// A member that is a string, or a number written out; `None` where it is absent or empty.
    fn member(&self, name: &str) -> Result<Option<String>, InputError> {
        match self.options.mapping.get(self.object, name) {
            None => Ok(None),
            Some(Value::String(text)) => {
                Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
            }
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(other) => Err(self.ill_typed(name, kind(other))),
        }
    }

    fn date(&self, name: &'static str) -> Result<Option<String>, InputError> {
        let Some(value) = self.member(name)? else { return Ok(None) };
        match date::normalize(&value) {
            Some(date) => Ok(Some(date)),
            None => Err(InputError::Date { at: self.place.clone(), member: name, value }),
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
