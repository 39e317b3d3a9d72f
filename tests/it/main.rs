//! The one test binary: a corpus for each arrow of the flow, and laws on generated input.

#![expect(clippy::print_stdout, reason = "a skipped test says so")]

mod agreement;
mod check;
mod cli;
mod derivation;
mod endpoint;
mod eval;
mod examples;
mod export;
mod facts;
mod fusion;
mod hardship;
mod input;
mod invariants;
mod mapping;
mod ontology;
mod question;
mod questions;
mod reprints;
mod store;
mod support;
mod text;
mod tidy;
