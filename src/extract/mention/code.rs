//! Codes of models: "787s", "A320", "777-200LR".
//!
//! A number right behind a maker's name ("Boeing 787") is a name's part and no figure; so are the
//! same number elsewhere in the article, and its like ("orders for 777s").

use std::collections::BTreeSet;
use std::ops::Range;

use crate::facts::EntityType;
use crate::span::Span;
use crate::text::Document;

use super::Tables;
use super::name::Candidate;

/// How a code is built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Three digits.
    Number,
    /// Three digits and the ending of the plural.
    Numbers,
    /// Letters and digits.
    Mixed,
}

/// The codes of a document as token ranges, in text order.
pub(super) fn codes(doc: &Document<'_>, tables: &Tables) -> Vec<Range<usize>> {
    let mut makers = vec![false; doc.len()];
    for name in doc.names() {
        let maker = matches!(
            tables.label(&name.label),
            Some(EntityType::Organization | EntityType::Product)
        );
        let last = name.tokens.end - 1;
        makers[last] = maker && shape(doc.word(last)).is_none();
    }
    let known: BTreeSet<&str> = (1..doc.len())
        .filter(|&i| makers[i - 1] && shape(doc.word(i)).is_some() && !counts(doc, i))
        .map(|i| base(doc.word(i)))
        .collect();
    if known.is_empty() {
        return Vec::new();
    }
    let numbers = known.iter().any(|k| k.chars().all(|c| c.is_ascii_digit()));
    let letters =
        |word: &str| word.chars().take_while(char::is_ascii_uppercase).collect::<String>();
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut i = 0;
    while i < doc.len() {
        let word = doc.word(i);
        let behind = i > 0 && makers[i - 1];
        let is = match shape(word) {
            None => false,
            Some(Shape::Numbers) => numbers,
            Some(Shape::Number) => known.contains(word) && !counts(doc, i),
            Some(Shape::Mixed) => {
                let series = letters(word);
                behind
                    || known.contains(base(word))
                    || !series.is_empty() && known.iter().any(|k| letters(k) == series)
            }
        };
        let end = variant(doc, i);
        if is {
            out.push(i..end);
        }
        i = if is { end } else { i + 1 };
    }
    out
}

/// The codes as spans: no figure lies in one.
pub(crate) fn code_spans(doc: &Document<'_>, tables: &Tables) -> Vec<Span> {
    codes(doc, tables).into_iter().map(|tokens| doc.span_of(tokens)).collect()
}

/// The names that codes make, with the maker before them and the model's own name behind them.
pub(super) fn coded_names(doc: &Document<'_>, tables: &Tables) -> Vec<Candidate> {
    let named = |kinds: &[EntityType], fits: &dyn Fn(&Range<usize>) -> bool| {
        let mut names = doc.names().iter();
        let found = names.find(|n| {
            fits(&n.tokens) && tables.label(&n.label).is_some_and(|kind| kinds.contains(&kind))
        });
        found.map(|n| n.tokens.clone())
    };
    let mut out = Vec::new();
    for code in codes(doc, tables) {
        let maker = named(&[EntityType::Organization, EntityType::Product], &|t| {
            t.end == code.start && t.start < t.end
        });
        let start = maker
            .map_or(code.start, |t| t.clone().find(|&i| doc.tag(i) != "DT").unwrap_or(code.start));
        // "787 Dreamliner": a proper noun in the singular behind a number is not counted by it.
        let model = |i: usize| {
            i < doc.len()
                && doc.tag(i) == "NNP"
                && doc.sentence_of(i) == doc.sentence_of(code.start)
                && doc.names().iter().any(|n| n.tokens == (i..i + 1))
        };
        let end = code.end + usize::from(model(code.end));
        out.push(Candidate {
            tokens: start..end,
            label: Some(EntityType::Product),
            place: None,
            rule: "name/code",
        });
    }
    out
}

/// A code without the ending of the plural.
fn base(word: &str) -> &str {
    word.strip_suffix('s').filter(|w| w.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(word)
}

fn shape(word: &str) -> Option<Shape> {
    let stem = base(word);
    let digits = stem.chars().filter(char::is_ascii_digit).count();
    if digits == stem.len() {
        return match (digits, stem.len() < word.len()) {
            (3, false) => Some(Shape::Number),
            (3, true) => Some(Shape::Numbers),
            _ => None,
        };
    }
    let plain = stem.chars().all(|c| c.is_ascii_alphanumeric());
    // "A320", "7e7"; but neither "21st" nor "60GB".
    let built = stem.starts_with(|c: char| c.is_ascii_uppercase())
        || stem.ends_with(|c: char| c.is_ascii_digit());
    (plain && built && digits >= 2 && stem.len() <= 6).then_some(Shape::Mixed)
}

/// The end of a code with what is glued on by a hyphen: "777-200LR".
fn variant(doc: &Document<'_>, i: usize) -> usize {
    let glued = |j: usize| doc.span(j - 1).end() == doc.span(j).start();
    let tied = i + 2 < doc.len()
        && doc.word(i + 1) == "-"
        && glued(i + 1)
        && glued(i + 2)
        && doc.word(i + 2).chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    if tied { i + 3 } else { i + 1 }
}

/// Whether the number at `i` counts what comes after it: "Boeing 200 jobs", "Ford 300 million".
fn counts(doc: &Document<'_>, i: usize) -> bool {
    i + 1 < doc.len()
        && doc.word(i).chars().all(|c| c.is_ascii_digit())
        && (matches!(doc.tag(i + 1), "NNS" | "NNPS" | "CD" | "$")
            || doc.word(i + 1) == "%"
            || matches!(doc.tag(i + 1), "NN" | "JJ" | "JJR") && doc.head(i) > i)
}
