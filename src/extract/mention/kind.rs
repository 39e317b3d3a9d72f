//! What kind of thing a name names.
//!
//! Every occurrence of the same words in an article has one kind: the evidence of all of them is
//! added up, the longer names first, so that a surname follows the full name.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::facts::EntityType;
use crate::kb::{EntryKind, Kb, fold};
use crate::text::Document;

use super::name::{Candidate, known_place};
use super::{Tables, WordList, title_before};

/// Points for each kind, in the contract's order.
type Points = [f64; 11];

/// The kind of each candidate.
pub(super) fn decide_kinds(
    doc: &Document<'_>,
    tables: &Tables,
    kb: &Kb,
    candidates: &[Candidate],
) -> Vec<EntityType> {
    let keys: Vec<String> =
        candidates.iter().map(|c| fold(doc.span_of(c.tokens.clone()).of(doc.text()))).collect();
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(candidates[i].tokens.len()), i));
    let mut points: FxHashMap<&str, Points> = FxHashMap::default();
    for &i in &order {
        let seen = points.contains_key(keys[i].as_str());
        let p = points.entry(&keys[i]).or_default();
        if !seen {
            of_words(doc, tables, kb, &candidates[i].tokens, &keys[i], p);
        }
        of_place_in_text(doc, tables, &candidates[i], p);
    }
    let mut decided: FxHashMap<&str, EntityType> = FxHashMap::default();
    let mut surnames: FxHashMap<String, EntityType> = FxHashMap::default();
    for &i in &order {
        if decided.contains_key(keys[i].as_str()) {
            continue;
        }
        let mut p = points[keys[i].as_str()];
        if let Some(kind) = surnames.get(&keys[i]) {
            add(&mut p, *kind, 2.0);
        }
        let kind = best(&p);
        if kind == EntityType::Person
            && candidates[i].tokens.len() > 1
            && let Some((_, last)) = keys[i].rsplit_once(' ')
        {
            surnames.insert(last.to_owned(), kind);
        }
        decided.insert(&keys[i], kind);
    }
    candidates
        .iter()
        .zip(&keys)
        .map(|(c, key)| if c.place.is_some() { EntityType::Place } else { decided[key.as_str()] })
        .collect()
}

fn add(points: &mut Points, kind: EntityType, by: f64) {
    points[kind as usize] += by;
}

fn best(points: &Points) -> EntityType {
    let mut best = EntityType::Thing;
    let mut most = 0.0;
    for kind in EntityType::ALL {
        if points[*kind as usize] > most {
            most = points[*kind as usize];
            best = *kind;
        }
    }
    best
}

/// What the words themselves tell.
fn of_words(
    doc: &Document<'_>,
    tables: &Tables,
    kb: &Kb,
    tokens: &Range<usize>,
    key: &str,
    p: &mut Points,
) {
    let last = doc.word(tokens.end - 1).to_lowercase();
    let several = tokens.len() > 1;
    if several && tables.is(WordList::CompanyForm, &last) {
        add(p, EntityType::Organization, 3.0);
    }
    let head = tokens
        .clone()
        .find(|&i| i > tokens.start && tables.is(WordList::Inner, doc.word(i)))
        .map_or(tokens.end - 1, |i| i - 1);
    if several && let Some(kind) = tables.head(&doc.word(head).to_lowercase()) {
        add(p, kind, 1.6);
    }
    if several && tables.first_name(doc.word(tokens.start)).is_some() {
        add(p, EntityType::Person, 0.7);
    }
    match known_place(kb, key) {
        Some(EntryKind::Country | EntryKind::Region) => add(p, EntityType::Place, 2.0),
        Some(EntryKind::Admin1 | EntryKind::Capital) => add(p, EntityType::Place, 1.2),
        Some(_) => add(p, EntityType::Place, 0.6),
        None => {}
    }
    for entry in kb.lookup_folded(key) {
        if !entry.kind.is_place() && entry.kind != EntryKind::Person {
            add(p, EntityType::Organization, if entry.weight >= 6 { 2.5 } else { 0.4 });
            break;
        }
    }
}

/// What one occurrence tells.
fn of_place_in_text(doc: &Document<'_>, tables: &Tables, c: &Candidate, p: &mut Points) {
    if let Some(kind) = c.label {
        add(p, kind, if c.tokens.len() > 1 { 1.2 } else { 1.0 });
    }
    if title_before(doc, tables, &c.tokens).is_some() {
        add(p, EntityType::Person, 2.0);
    }
    if c.tokens.start > 0 {
        let before = doc.word(c.tokens.start - 1).to_lowercase();
        if tables.is(WordList::PlacePreposition, &before) {
            add(p, EntityType::Place, 0.4);
        }
    }
}
