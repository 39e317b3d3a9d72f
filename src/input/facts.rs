//! Facts of the contract as JSON objects: a line each, one pretty-printed object, or an array.

use serde::de::IgnoredAny;

use crate::facts::{FactsError, read_facts};

use super::json::{self, Record, syntax};
use super::{Content, Format, InputError, Item};

pub(super) const FORMAT: Format = Format {
    name: "facts",
    about: "facts of the contract newsgraph-facts/1, from any extractor",
    extensions: &[],
    sniff: |head| json::is_json(head) && names_contract(json::first_object(head)),
    read: |source, options| {
        let records = json::records(source, options.max_object());
        Box::new(records.map(|record| read(&record?)))
    },
};

fn read(record: &Record) -> Result<Item, InputError> {
    match read_facts(&record.json) {
        Ok(facts) => {
            Ok(Item { place: record.place.clone(), content: Content::Facts(Box::new(facts)) })
        }
        Err(cause) => Err(refuse(record, cause)),
    }
}

fn refuse(record: &Record, cause: FactsError) -> InputError {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(&record.json) {
        return syntax(record, &error);
    }
    let at = match &cause {
        FactsError::Shape { line, column, .. } => record.at(*line, *column),
        _ => record.place.clone(),
    };
    InputError::Facts { at, cause }
}

fn names_contract(object: &[u8]) -> bool {
    const SCHEMA: &[u8] = b"\"newsgraph-facts/";
    object.windows(SCHEMA.len()).any(|window| window == SCHEMA)
}
