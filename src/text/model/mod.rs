//! Models: what a trained pipeline consists of, read from a spaCy package folder
//! ([`Model::from_folder`]) or from our packed file ([`Model::from_bytes`]).
//!
//! Reads bytes that are handed in and never a file; says [`ModelError`] for whatever is broken,
//! foreign or not supported.

mod bytes;
mod check;
mod codec;
mod config;
mod folder;
mod keys;
mod lookups;
mod matrix;
mod network;
mod packed;
#[cfg(test)]
pub(crate) mod tiny;
mod trim;
mod value;

use std::collections::BTreeMap;

pub(crate) use keys::{Check, KeyTable};
pub(crate) use matrix::Matrix;
pub use matrix::Precision;

/// Why a model could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A part that every pipeline has is not there.
    #[error("the model has no `{0}` (is it the folder that holds config.cfg?)")]
    Missing(String),
    /// A part does not have the form that it should have.
    #[error("`{part}` of the model is broken: {what} (get the model again)")]
    Broken {
        /// Which file or section.
        part: String,
        /// What is wrong with it.
        what: String,
    },
    /// The model needs something that this engine does not do.
    #[error("the model needs {what}, which is not supported (use a spaCy v3 CNN pipeline)")]
    Unsupported {
        /// What it needs.
        what: String,
    },
}

impl ModelError {
    pub(crate) fn broken(part: &str, what: impl Into<String>) -> Self {
        Self::Broken { part: part.to_owned(), what: what.into() }
    }

    pub(crate) fn unsupported(what: impl Into<String>) -> Self {
        Self::Unsupported { what: what.into() }
    }
}

/// A trained pipeline as data. [`crate::text::Engine`] runs it.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) about: About,
    pub(crate) tokenizer: TokenizerData,
    /// String id → norm.
    pub(crate) norms: Vec<(u64, String)>,
    /// String id → row of the static vectors.
    pub(crate) vectors: KeyTable,
    /// Whether a text that has no vector takes that of its lower-cased form.
    pub(crate) folded: bool,
    pub(crate) networks: Vec<Tok2VecData>,
    pub(crate) tagger: Option<TaggerData>,
    pub(crate) parser: Option<TransitionData>,
    pub(crate) ner: Option<TransitionData>,
    pub(crate) ruler: Vec<RuleData>,
    pub(crate) lemmas: Option<LemmaData>,
}

/// Where a model comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Language code.
    pub language: String,
    /// The pipeline's name.
    pub name: String,
    /// The pipeline's version.
    pub version: String,
    /// Licence of the weights.
    pub license: String,
    /// Who made it.
    pub author: String,
}

/// The tokenizer's rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenizerData {
    pub(crate) prefix: Option<String>,
    pub(crate) suffix: Option<String>,
    pub(crate) infix: Option<String>,
    pub(crate) token_match: Option<String>,
    pub(crate) url_match: Option<String>,
    /// Special cases: the chunk, and its tokens with their norms.
    pub(crate) exceptions: Vec<(String, Vec<SpecialToken>)>,
}

/// A token of a special case: its text, and its norm where that is set.
pub(crate) type SpecialToken = (String, Option<String>);

/// A lexical attribute that an embedding table is keyed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attr {
    Orth,
    Lower,
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

impl Attr {
    /// The attributes, by name and by number in spaCy's symbol table.
    pub(crate) const ALL: [(Self, &str, u64); 8] = [
        (Self::Orth, "ORTH", 65),
        (Self::Lower, "LOWER", 66),
        (Self::Norm, "NORM", 67),
        (Self::Shape, "SHAPE", 68),
        (Self::Prefix, "PREFIX", 69),
        (Self::Suffix, "SUFFIX", 70),
        (Self::IsSpace, "IS_SPACE", 6),
        (Self::Spacy, "SPACY", 81),
    ];
}

/// One embedding table.
#[derive(Clone, Debug)]
pub(crate) struct EmbedData {
    pub(crate) attr: Attr,
    pub(crate) seed: u32,
    pub(crate) table: Matrix,
}

/// A maxout layer with its layer norm. Row `o * pieces + p` of `weights` makes piece `p` of
/// output `o`.
#[derive(Clone, Debug)]
pub(crate) struct MaxoutData {
    pub(crate) pieces: usize,
    pub(crate) weights: Matrix,
    pub(crate) bias: Matrix,
    pub(crate) gain: Matrix,
    pub(crate) shift: Matrix,
}

/// A network from lexical attributes to one row a token.
#[derive(Clone, Debug)]
pub(crate) struct Tok2VecData {
    pub(crate) embeds: Vec<EmbedData>,
    pub(crate) vectors: Option<VectorData>,
    pub(crate) mixer: MaxoutData,
    pub(crate) window: usize,
    pub(crate) encoder: Vec<MaxoutData>,
}

/// Static word vectors as one tok2vec sees them.
#[derive(Clone, Debug)]
pub(crate) enum VectorData {
    /// The table (rows × dim) and its projection (width × dim).
    Raw { table: Matrix, projection: Matrix },
    /// The projected table (rows × width).
    Projected(Matrix),
}

/// An affine layer: `weights` (out × in), `bias` (1 × out).
#[derive(Clone, Debug)]
pub(crate) struct AffineData {
    pub(crate) weights: Matrix,
    pub(crate) bias: Matrix,
}

/// A tagger: which network feeds it, its classes, its output layer.
#[derive(Clone, Debug)]
pub(crate) struct TaggerData {
    pub(crate) network: usize,
    pub(crate) labels: Vec<String>,
    pub(crate) output: AffineData,
}

/// A parser or an entity recogniser.
#[derive(Clone, Debug)]
pub(crate) struct TransitionData {
    pub(crate) network: usize,
    /// Moves in class order: action number and label.
    pub(crate) moves: Vec<(u8, String)>,
    pub(crate) project: AffineData,
    /// Number of features of a state.
    pub(crate) features: usize,
    pub(crate) pieces: usize,
    /// Row `(f * hidden + o) * pieces + p`.
    pub(crate) lower: Matrix,
    pub(crate) lower_bias: Matrix,
    /// One row a feature, for a missing token.
    pub(crate) pad: Matrix,
    pub(crate) upper: AffineData,
}

/// One rule of the attribute ruler.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleData {
    pub(crate) patterns: Vec<Vec<TokenTest>>,
    pub(crate) set: BTreeMap<Layer, String>,
    pub(crate) index: i32,
}

/// What a rule asks of one token: all of these.
pub(crate) type TokenTest = Vec<(Layer, Test)>;

/// What rules look at and set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Layer {
    Orth,
    Lower,
    Tag,
    Pos,
    Dep,
    Morph,
    Lemma,
    IsSpace,
}

impl Layer {
    /// The layers by name.
    pub(crate) const ALL: [(Self, &str); 8] = [
        (Self::Orth, "ORTH"),
        (Self::Lower, "LOWER"),
        (Self::Tag, "TAG"),
        (Self::Pos, "POS"),
        (Self::Dep, "DEP"),
        (Self::Morph, "MORPH"),
        (Self::Lemma, "LEMMA"),
        (Self::IsSpace, "IS_SPACE"),
    ];

    /// The layer that is called `name`.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(l, _)| *l)
    }
}

/// A condition on one layer of one token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    Is(String),
    Flag(bool),
    In(Vec<String>),
    NotIn(Vec<String>),
    Matches(String),
}

/// The lemmatizer's tables, by part of speech in lower case.
#[derive(Clone, Debug, Default)]
pub(crate) struct LemmaData {
    pub(crate) tables: Vec<(String, LemmaTable)>,
}

/// The tables of one part of speech.
#[derive(Clone, Debug)]
pub(crate) struct LemmaTable {
    pub(crate) rules: Vec<(String, String)>,
    pub(crate) exceptions: Vec<(String, Vec<String>)>,
    pub(crate) index: KeyTable,
}

impl Model {
    /// Where the model comes from.
    pub fn about(&self) -> &About {
        &self.about
    }
}
