//! According to whom: attributions with speaker, cue, content and the chain of relays.
//!
//! [`cue`] reads reporting words and their clauses off the tree, [`quote`] pairs quotation marks,
//! [`join`] brings both together (quotations that go on, that float, that nobody introduces) and
//! [`carry`] says which facts each statement reports. Every word stands in `lang/<code>/statement`.

mod carry;
mod content;
mod cue;
mod extract;
mod join;
mod label;
mod noun;
mod quote;
mod source;
mod tables;

pub use extract::extract_statements;
pub use tables::Tables;
