//! Quotations that a name alone introduces or signs: "“…” — Ina Holm", "Holm: “…”", and the
//! paragraphs of an interview ("HOLM: …").

use std::ops::Range;

use crate::extract::Rule;
use crate::extract::clause;
use crate::span::Span;
use crate::text::{Document, Pos};

use super::content;
use super::cue::Raw;
use super::quote::Quote;

/// Words that a name may have.
const NAME: usize = 6;

/// Adds an attribution for every quotation that nobody has and a name stands at, and for every
/// paragraph that a name in capitals introduces.
pub(super) fn find(doc: &Document<'_>, quotes: &[Quote], raws: &mut Vec<Raw>) {
    let owned = |q: &Quote, raws: &[Raw]| {
        let tokens = doc.tokens_in(q.inner);
        raws.iter().any(|r| r.pieces.iter().any(|p| p.start < tokens.end && tokens.start < p.end))
    };
    for quote in quotes {
        if owned(quote, raws) {
            continue;
        }
        let found = signed(doc, *quote).or_else(|| introduced(doc, *quote));
        if let Some((cue, name)) = found {
            raws.push(raw(doc, cue, &name, doc.tokens_in(quote.inner)));
        }
    }
    turns(doc, raws);
}

fn raw(doc: &Document<'_>, cue: usize, name: &Range<usize>, content: Range<usize>) -> Raw {
    let head = clause::head_of(doc, name.clone()).unwrap_or(name.start);
    Raw {
        rule: Rule::from("statement/label"),
        word: cue,
        cue: cue..cue + 1,
        source: Some(head),
        addressee: None,
        pieces: vec![content],
        takes_quote: true,
        modality: None,
        relays_next: false,
        nests: true,
    }
}

/// "“…” — Ina Holm" at the end of a paragraph: the dash and the name.
fn signed(doc: &Document<'_>, quote: Quote) -> Option<(usize, Range<usize>)> {
    let line = content::paragraph_of(doc, doc.tokens_in(quote.inner).start);
    let after = doc.tokens_in(Span::new(doc.text(), quote.outer.end(), doc.text().len())?).start;
    let rest = after..line.end;
    let dash = rest.clone().find(|&t| doc.pos(t) != Pos::Space)?;
    if !matches!(doc.word(dash), "—" | "–" | "―" | "-" | "--") {
        return None;
    }
    let start = (dash + 1..rest.end).find(|&t| doc.pos(t) != Pos::Space)?;
    let end = (start..rest.end)
        .find(|&t| matches!(doc.pos(t), Pos::Punct | Pos::Space))
        .unwrap_or(rest.end);
    let name = start..end;
    is_name(doc, &name).then_some((dash, name))
}

/// "Holm: “…”": the name begins a sentence or a line.
fn introduced(doc: &Document<'_>, quote: Quote) -> Option<(usize, Range<usize>)> {
    let first = doc.tokens_in(quote.outer).start;
    let colon = (0..first).rev().find(|&t| doc.pos(t) != Pos::Space)?;
    if doc.word(colon) != ":" {
        return None;
    }
    let start = (0..colon)
        .rev()
        .take(NAME + 1)
        .find(|&t| matches!(doc.pos(t), Pos::Punct | Pos::Space))
        .map_or(0, |t| t + 1);
    let name = start..colon;
    let begins = start == 0
        || doc.pos(start - 1) == Pos::Space
        || matches!(doc.word(start - 1), "." | "!" | "?" | "\"" | "”");
    (begins && is_name(doc, &name)).then_some((colon, name))
}

fn is_name(doc: &Document<'_>, name: &Range<usize>) -> bool {
    !name.is_empty()
        && name.len() <= NAME
        && name.clone().all(|t| doc.word(t).chars().next().is_some_and(char::is_uppercase))
}

/// The turns of an interview: a paragraph that begins with a name in capitals and a colon.
fn turns(doc: &Document<'_>, raws: &mut Vec<Raw>) {
    let mut start = 0;
    while start < doc.len() {
        let line = content::paragraph_of(doc, start);
        let next = line.end.max(start + 1);
        let words = line.clone().find(|&t| !matches!(doc.pos(t), Pos::Space | Pos::Punct));
        if let Some(first) = words
            && first <= line.start + 2
        {
            let colon = (first..line.end.min(first + NAME)).find(|&t| doc.word(t) == ":");
            if let Some(colon) = colon {
                let capitals = (first..colon).all(|t| {
                    doc.word(t).len() > 1
                        && doc.word(t).chars().all(|c| c.is_uppercase() || c == '.')
                });
                let known = raws.iter().any(|r| r.word == colon);
                if capitals && first < colon && colon + 3 < line.end && !known {
                    raws.push(raw(doc, colon, &(first..colon), colon + 1..line.end));
                }
            }
        }
        start = next;
    }
}
