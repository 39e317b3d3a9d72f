//! The waist of the house: the facts contract `newsgraph-facts/1` as types, read and written.
//!
//! Everything upstream (any extractor) ends here and everything downstream (the mapper) begins
//! here. In memory, offsets are bytes ([`Span`](crate::span::Span)) and references are typed
//! indices; the contract's scalar offsets and string ids exist only in `read` and `write`.

mod types;

pub use types::*;
