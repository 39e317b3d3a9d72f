//! Reads news articles and builds a knowledge graph that one can question.
//!
//! Data flows one way: `input → text → extract → facts → graph → store → query`; see
//! ARCHITECTURE.md for what each module may know.

pub mod check;
pub mod cli;
pub mod eval;
pub mod explain;
pub mod export;
pub mod extract;
pub mod facts;
pub mod fusion;
pub mod graph;
pub mod input;
pub mod kb;
pub mod lang;
pub mod patience;
pub mod pipeline;
pub mod query;
pub mod rule;
pub mod serve;
pub mod span;
pub mod store;
pub mod text;
#[rustfmt::skip]
pub mod vocab;
