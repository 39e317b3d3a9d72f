//! The language engine: a text becomes a [`Document`] (tokens, sentences, tags, tree, names).
//!
//! Knows no facts. Runs the CNN pipelines of spaCy v3 natively: [`Model`] is one as data, read
//! from bytes, [`Engine`] runs it.

mod affine;
mod document;
mod engine;
mod hash;
mod kernel;
mod layers;
mod lemma;
mod lexeme;
mod model;
mod ner;
mod paragraph;
mod parse;
mod ruler;
mod tok2vec;
mod tokenize;
mod transition;

pub use document::{Document, DocumentBuilder, NameSpan, Pos, TokenData};
pub use engine::Engine;
pub use kernel::Isa;
pub use model::{About, Model, ModelError, Precision};
