//! The waist of the house: the facts contract `newsgraph-facts/1` as types, read and written.
//!
//! Everything upstream (any extractor) ends here and everything downstream (the mapper) begins
//! here. In memory, offsets are bytes ([`Span`](crate::span::Span)) and references are typed
//! indices; the contract's scalar offsets and string ids exist only in `read` and `write`.

mod raw;
mod read;
mod types;
mod write;

pub use read::{FactsError, read_facts};
pub use types::*;
pub use write::write_facts;

/// The value of the contract's `schema` member.
pub const SCHEMA: &str = "newsgraph-facts/1";

/// The contract as a JSON Schema (draft 2020-12).
pub const JSON_SCHEMA: &str = include_str!("schema.json");
