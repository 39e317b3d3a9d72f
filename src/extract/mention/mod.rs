//! Words that refer: names, descriptions, pronouns.
//!
//! Reads a [`Document`] and the times and figures already found; gives each
//! mention its span after the contract's conventions, what kind of thing it names, and number and
//! gender where the words tell them. It does not know which mentions are one entity: that is
//! `coref`.

mod code;
mod kind;
mod name;
mod nominal;
mod rest;
mod tables;
mod title;

use std::ops::Range;

use crate::facts::{EntityType, MentionForm};
use crate::kb::Kb;
use crate::span::Span;
use crate::text::Document;

use super::trace::Rule;

pub(crate) use code::code_spans;
pub use tables::{NameTableError, NounClass, Pronoun, Tables, Title, TitleClass, WordList};
pub(crate) use title::{joined, title_before};

/// One or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "grammar's names")]
pub enum Number {
    #[default]
    Unknown,
    Singular,
    Plural,
}

/// Gender, where words tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "grammar's names")]
pub enum Gender {
    #[default]
    Unknown,
    Male,
    Female,
    Neuter,
}

impl Gender {
    /// The gender of the letters `m` and `f`.
    pub(crate) fn of_letter(letter: &str) -> Self {
        match letter {
            "m" => Self::Male,
            "f" => Self::Female,
            "n" => Self::Neuter,
            _ => Self::Unknown,
        }
    }

    /// Whether the two can be one person's.
    pub fn agrees(self, other: Self) -> bool {
        self == Self::Unknown || other == Self::Unknown || self == other
    }
}

impl Number {
    /// Whether the two can be one thing's.
    pub fn agrees(self, other: Self) -> bool {
        self == Self::Unknown || other == Self::Unknown || self == other
    }
}

/// A mention with what its words tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The words, after the contract's conventions.
    pub span: Span,
    /// Name, nominal or pronoun.
    pub form: MentionForm,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its head in the tree.
    pub head: usize,
    /// What kind of thing it is, as far as its own words tell.
    pub kind: EntityType,
    /// One or several.
    pub number: Number,
    /// Gender.
    pub gender: Gender,
    /// 1, 2 or 3; 3 for all but pronouns.
    pub person: u8,
    /// The title before a name.
    pub title: Option<Range<usize>>,
    /// The place code of a demonym.
    pub place: Option<&'static str>,
    /// Whether it makes an entity by itself; otherwise only together with another mention.
    pub stands_alone: bool,
    /// What found it.
    pub rule: Rule,
}

/// Finds the mentions of a document, in text order.
///
/// `taken` are the spans of time expressions and figures: no mention lies inside one. Names never
/// overlap each other; a description may hold a name.
pub fn extract_mentions(
    doc: &Document<'_>,
    tables: &Tables,
    kb: &Kb,
    taken: &[Span],
) -> Vec<Found> {
    let mut found = name::extract_names(doc, tables, kb, taken);
    nominal::extract_nominals(doc, tables, taken, &mut found);
    found.sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end())));
    found.dedup_by(|b, a| a.span == b.span);
    found
}
