//! Offices: the title words before a name, beside it, or said to be somebody's.

use std::ops::Range;

use crate::extract::coref::Resolved;
use crate::extract::mention::{TitleClass, WordList, joined, title_before};
use crate::facts::{EntityType, Predicate, TimeId};
use crate::span::Span;
use crate::text::{Document, Pos};

use super::emit::{Manner, Sink};
use super::noun::bearers;
use super::rules::RelationTables;
use super::verb::is_one;
use super::view::View;

/// Finds who holds which office.
pub(super) fn offices(view: &View<'_, '_>, tables: &RelationTables, sink: &mut Sink) {
    let doc = view.doc;
    for (tokens, arg) in &view.names {
        if view.kind(arg.entity) != EntityType::Person {
            continue;
        }
        let Some(chain) = title_before(doc, view.tables, tokens) else { continue };
        for part in office_parts(view, &chain.parts) {
            let span = doc.span_of(part.clone());
            let time = past_time(view, tables, part.start);
            let value = literal(doc, part);
            sink.value(
                *arg,
                Predicate::HoldsOffice,
                &value,
                "xsd:string",
                span,
                Manner { time, ..Manner::PLAIN },
                "holdsOffice#title",
            );
        }
    }
    for noun in 0..doc.len() {
        if !matches!(doc.pos(noun), Pos::Noun | Pos::Propn) {
            continue;
        }
        let vague = |w: &str| {
            tables.words(Predicate::HoldsOffice).is_some_and(|l| l.stop.iter().any(|s| s == w))
        };
        let Some(words) = office_at(view, noun) else { continue };
        if words.len() == 1 && vague(&doc.lemma(noun).to_lowercase()) {
            continue;
        }
        for (bearer, manner) in bearers(view, noun) {
            let titled = view.entities[bearer.entity.index()]
                .found
                .iter()
                .any(|m| m.title.as_ref().is_some_and(|t| t.contains(&noun)));
            if view.kind(bearer.entity) != EntityType::Person || !is_one(view, bearer) || titled {
                continue;
            }
            let time = past_time(view, tables, words.start).or(manner.time);
            let value = literal(doc, words.clone());
            sink.value(
                bearer,
                Predicate::HoldsOffice,
                &value,
                "xsd:string",
                doc.span_of(words.clone()),
                Manner { time, ..manner },
                "holdsOffice#description",
            );
        }
    }
}

/// The office titles of a chain, neighbours joined: "Deputy" and "Foreign Minister" are one.
fn office_parts(view: &View<'_, '_>, parts: &[(Range<usize>, TitleClass)]) -> Vec<Range<usize>> {
    let mut out: Vec<(Range<usize>, bool)> = Vec::new();
    for (tokens, class) in parts {
        let listed = view.tables.title(&joined(view.doc, tokens.clone()));
        let office = listed.is_some() && *class == TitleClass::Office;
        if *class == TitleClass::Honorific || listed.is_none() {
            continue;
        }
        match out.last_mut() {
            Some((last, is_office)) if last.end == tokens.start => {
                last.end = tokens.end;
                *is_office |= office;
            }
            _ => out.push((tokens.clone(), office)),
        }
    }
    out.into_iter().filter(|(_, office)| *office).map(|(tokens, _)| wider(view, tokens)).collect()
}

/// An office with the words for its field: "Agriculture Minister".
fn wider(view: &View<'_, '_>, mut tokens: Range<usize>) -> Range<usize> {
    let doc = view.doc;
    while let Some(before) = tokens.start.checked_sub(1) {
        let field = doc.tag(before) == "NNP"
            && view.at(before).is_none()
            && doc.dep(before) == "compound"
            && doc.sentence_of(before) == doc.sentence_of(tokens.start)
            && !view.tables.is(WordList::NoName, doc.word(before));
        if !field {
            break;
        }
        tokens.start = before;
    }
    tokens
}

/// The words of the office whose head is the noun, if it is one.
fn office_at(view: &View<'_, '_>, noun: usize) -> Option<Range<usize>> {
    let doc = view.doc;
    if view.names.iter().any(|(t, _)| t.contains(&noun)) {
        return None;
    }
    let low = noun.saturating_sub(4);
    let start = (low..=noun).find(|&s| {
        view.tables.title(&joined(doc, s..noun + 1)).is_some_and(|t| t.class == TitleClass::Office)
            && (s..noun).all(|i| view.at(i).is_none())
    })?;
    Some(wider(view, start..noun + 1))
}

fn literal(doc: &Document<'_>, tokens: Range<usize>) -> String {
    doc.span_of(tokens).of(doc.text()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The time that "former" before an office stands for.
pub(super) fn past_time(
    view: &View<'_, '_>,
    tables: &RelationTables,
    office: usize,
) -> Option<TimeId> {
    let word = past_word(view.doc, tables, office)?;
    let span = view.doc.span(word);
    let k = view.times.iter().position(|t| t.span.overlaps(span))?;
    Some(TimeId(u32::try_from(k).ok()?))
}

/// The token of "former" or the like in front of an office, within a few words.
fn past_word(doc: &Document<'_>, tables: &RelationTables, office: usize) -> Option<usize> {
    let words = &tables.words(Predicate::HoldsOffice)?.list;
    let first = doc.sentences().get(doc.sentence_of(office)).map_or(0, |s| s.start);
    (office.saturating_sub(4).max(first)..office).rev().find(|&i| {
        let word = doc.word(i).to_lowercase();
        words.contains(&word) && (doc.head(i) >= office || doc.head(i) == i + 1)
    })
}

/// All words that put an office of somebody into the past.
pub(super) fn past_words(
    doc: &Document<'_>,
    tables: &RelationTables,
    entities: &[Resolved],
) -> Vec<Span> {
    let mut out = Vec::new();
    for m in entities.iter().flat_map(|e| &e.found) {
        let office = m.title.as_ref().map_or(m.tokens.end - 1, |t| t.start);
        if let Some(word) = past_word(doc, tables, office) {
            out.push(doc.span(word));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}
