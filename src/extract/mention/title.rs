//! Titles and pseudo-titles before a name: "Defence Minister", "actor and director".

use std::ops::Range;

use crate::text::{Document, Pos};

use super::{NounClass, Tables, Title, TitleClass, WordList};

/// The longest title, in tokens.
const LONGEST: usize = 5;

/// The title that ends right before token `end`, if one does: its tokens and what it says.
fn title_ending(
    doc: &Document<'_>,
    tables: &Tables,
    end: usize,
    first: usize,
) -> Option<(Range<usize>, Title)> {
    let low = end.saturating_sub(LONGEST).max(first);
    (low..end).find_map(|start| {
        let title = tables.title(&joined(doc, start..end))?;
        Some((start..end, title))
    })
}

/// The title that begins at token `start` and leaves at least one token before `end`.
pub(super) fn title_beginning(
    doc: &Document<'_>,
    tables: &Tables,
    start: usize,
    end: usize,
) -> Option<usize> {
    let high = (start + LONGEST).min(end.saturating_sub(1));
    (start + 1..=high).rev().find(|&stop| tables.title(&joined(doc, start..stop)).is_some())
}

/// The titles in front of a name.
#[derive(Clone, Debug)]
pub(crate) struct TitleChain {
    /// From the first title to the name.
    pub tokens: Range<usize>,
    /// Each title with its class, in text order.
    pub parts: Vec<(Range<usize>, TitleClass)>,
    /// The gender that they tell.
    pub gender: super::Gender,
}

/// The tokens in front of a name that say what its bearer is, with the gender that they tell:
/// titles, ranks, and nouns for persons, with the words between them.
pub(crate) fn title_before(
    doc: &Document<'_>,
    tables: &Tables,
    name: &Range<usize>,
) -> Option<TitleChain> {
    let first = doc.sentences().get(doc.sentence_of(name.start)).map_or(0, |s| s.start);
    let mut at = name.start;
    let mut parts = Vec::new();
    let mut gender = super::Gender::Unknown;
    loop {
        if let Some((range, title)) = title_ending(doc, tables, at, first) {
            if gender == super::Gender::Unknown {
                gender = title.gender;
            }
            at = range.start;
            parts.push((range, title.class));
        } else if at > first && is_role_noun(doc, tables, at - 1, name.end - 1) {
            if gender == super::Gender::Unknown {
                gender = tables.gender_of_noun(doc.lemma(at - 1));
            }
            parts.push((at - 1..at, TitleClass::Office));
            at -= 1;
        } else {
            break;
        }
    }
    if parts.is_empty() {
        return None;
    }
    parts.reverse();
    Some(TitleChain { tokens: at..name.start, parts, gender })
}

/// Whether token `i` is a noun for a person that depends on a name to its right.
fn is_role_noun(doc: &Document<'_>, tables: &Tables, i: usize, name_end: usize) -> bool {
    matches!(doc.pos(i), Pos::Noun | Pos::Propn)
        && doc.head(i) > i
        && doc.head(i) <= name_end
        && doc.word(i).chars().next().is_some_and(char::is_lowercase)
        && tables.noun(doc.lemma(i)) == Some(NounClass::Person)
        && !tables.is(WordList::Former, doc.lemma(i))
}

/// The words of a range in lower case, joined by one space; a hyphen joins its neighbours.
pub(crate) fn joined(doc: &Document<'_>, range: Range<usize>) -> String {
    let mut out = String::new();
    for i in range {
        let word = doc.word(i);
        let glued = word == "-" || out.ends_with('-');
        if !out.is_empty() && !glued {
            out.push(' ');
        }
        out.push_str(&word.to_lowercase());
    }
    out
}
