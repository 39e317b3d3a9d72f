//! From a fact back to its words: what was asked for → its claims → who says so, through whom →
//! the sentence, with the words marked and their offsets.
//!
//! [`find`] turns an IRI, a short id or words into nodes of the store, [`explain`] gathers what
//! stands behind one, and [`render_text`] or serde writes it. Knows no terminal: whether to mark in
//! colours is handed in.

mod find;
mod gather;
mod list;
mod reader;
mod render;

use serde::Serialize;

pub use find::{Found, find};
pub use gather::{explain, text_of};
pub use list::{ListedEntity, ListedEvent, event_types, list_entities, list_events};
pub use render::{Marks, render_text};

/// What stands behind one node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The node.
    pub iri: String,
    /// What it is: article, claim, entity, event, figure, happening, individual, proposition, span,
    /// statement, time.
    pub kind: &'static str,
    /// Its name or words.
    pub label: String,
    /// How firm it is across all articles (stated, corroborated, disputed …), where that is derived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Its claims: by day of publication, article, place in the text.
    pub claims: Vec<Claim>,
}

/// A claim with its voices and its sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// The claim.
    pub iri: String,
    /// event, relation or figure.
    pub kind: &'static str,
    /// What it says, in a line.
    pub says: String,
    /// positive or negative.
    pub polarity: String,
    /// asserted, planned, possible …
    pub modality: String,
    /// Who says so; the article's own voice where nobody is quoted.
    pub voices: Vec<Voice>,
    /// The words that it rests on.
    pub evidence: Evidence,
    /// How an extractor comes to it, where somebody has asked one ([`text_of`] has the text).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<How>,
}

/// How an extractor makes a fact of the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct How {
    /// The rule: its file's path, `#`, its name there.
    pub rule: String,
    /// The rule of the statement that carries the fact; absent for the own voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// The words as they were parsed.
    pub parse: Vec<Word>,
}

/// A word with its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Word {
    /// The word.
    pub word: String,
    /// Its lemma.
    pub lemma: String,
    /// Its fine-grained tag.
    pub tag: String,
    /// Its label in the tree.
    pub dep: String,
    /// The word on which it hangs; absent for the root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
}

/// One who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// The statement.
    pub statement: String,
    /// Whether it is the article itself that says so.
    pub own_voice: bool,
    /// The speaker's name; absent for the own voice and where the text does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The reporting words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
    /// direct, indirect or mixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Whether it is put forward as a denial or the like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modality: Option<String>,
    /// The day it was said, where the text tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said_on: Option<String>,
    /// All that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Those who passed it on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passed_on_by: Vec<Voice>,
}

/// Words in an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The article.
    pub article: String,
    /// The name under which it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its outlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Its day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// First Unicode scalar value of the words in the article's text.
    pub begin: usize,
    /// One past the last.
    pub end: usize,
    /// The sentence in which the words begin.
    pub sentence: String,
    /// First Unicode scalar value of the sentence in the article's text.
    pub sentence_begin: usize,
}
