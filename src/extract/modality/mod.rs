//! In which manner an event is put forward, and whether it happened: a table of factuality
//! predicates, composed along the tree.
//!
//! Starts at the trigger with its auxiliaries and negation and climbs; each governor changes what
//! is below it as the table of its word says (Saurí and Pustejovsky 2009, in small). That a speaker
//! asserts something is the statement's business: saying leaves the manner as it is.

mod compose;
mod tables;

pub(crate) use compose::{Manner, manner};
pub(crate) use tables::Tables;
