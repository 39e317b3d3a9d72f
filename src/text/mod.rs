//! The language engine: a text becomes a [`Document`] (tokens, sentences, tags, tree, names).
//!
//! Knows no facts. Specification: the spaCy v3 CNN pipelines, run natively.

mod document;

pub use document::{Document, DocumentBuilder, NameSpan, Pos, TokenData};
