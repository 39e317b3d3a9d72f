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
use super::{NounClass, Tables, WordList, title_before};

/// Points for each kind, in the contract's order.
type Points = [f64; 11];

/// What is known of a string of words.
#[derive(Debug, Default)]
struct Evidence {
    /// From the words themselves, once.
    words: Points,
    /// From each occurrence, added up.
    context: Points,
    /// What the text calls it, wherever that is: the most that one occurrence tells of each kind.
    called: Points,
    occurrences: u32,
}

impl Evidence {
    /// Many occurrences weigh more than one, but not as many times as they are.
    fn sum(self) -> Points {
        let n = f64::from(self.occurrences.max(1));
        let weight = (1.0 + 0.2 * (n - 1.0)).min(1.6) / n;
        std::array::from_fn(|k| self.words[k] + self.called[k] + self.context[k] * weight)
    }
}

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
    let mut points: FxHashMap<&str, Evidence> = FxHashMap::default();
    for &i in &order {
        let seen = points.contains_key(keys[i].as_str());
        let e = points.entry(&keys[i]).or_default();
        if !seen {
            of_words(doc, tables, kb, &candidates[i].tokens, &keys[i], &mut e.words);
        }
        e.occurrences += 1;
        of_place_in_text(doc, tables, &candidates[i], kb.knows(&keys[i]), &mut e.context);
        if let Some((kind, by)) = called(doc, tables, &candidates[i].tokens) {
            let most = &mut e.called[kind as usize];
            *most = most.max(by);
        }
    }
    of_neighbours(doc, tables, kb, candidates, &keys, &mut points);
    let points: FxHashMap<&str, Points> = points.into_iter().map(|(k, e)| (k, e.sum())).collect();
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
    let last_word = doc.word(head).to_lowercase();
    let pair =
        (head > tokens.start).then(|| format!("{} {last_word}", doc.word(head - 1).to_lowercase()));
    let purpose = head + 1 < tokens.end && tables.is(WordList::Purpose, doc.word(head + 1));
    let by_head = pair.and_then(|p| tables.head(&p)).or_else(|| tables.head(&last_word));
    if several && let Some(kind) = by_head {
        // "Centre for Disease Control" is a body, whatever stands on its site.
        add(p, if purpose { EntityType::Organization } else { kind }, 1.6);
    }
    if tables.is(WordList::Disease, key) || is_strain(key) {
        add(p, EntityType::Thing, 2.5);
    }
    if several && tables.first_name(doc.word(tokens.start)).is_some() {
        add(p, EntityType::Person, 0.7);
    }
    // A short word in capitals stands for a body more often than for a person.
    let letters = doc.word(tokens.start);
    if !several && (2..=5).contains(&letters.len()) && letters.chars().all(char::is_uppercase) {
        add(p, EntityType::Organization, 0.7);
        add(p, EntityType::Person, -0.6);
    }
    // "iPhone", "eBook": a capital after a small letter.
    let first = doc.word(tokens.start);
    if first.chars().next().is_some_and(char::is_lowercase)
        && first.chars().nth(1).is_some_and(char::is_uppercase)
    {
        add(p, EntityType::Product, 1.5);
    }
    if several && doc.word(tokens.end - 1).chars().any(|c| c.is_ascii_digit()) {
        add(p, EntityType::Product, 0.5);
    }
    match known_place(kb, key) {
        Some(EntryKind::Country | EntryKind::Region) => add(p, EntityType::Place, 2.0),
        Some(EntryKind::Admin1 | EntryKind::Capital) => add(p, EntityType::Place, 1.2),
        Some(EntryKind::City) => add(p, EntityType::Place, 0.7),
        Some(_) => add(p, EntityType::Place, 0.5),
        None if kb.lookup_folded(key).iter().any(|e| e.kind.is_place()) => {
            add(p, EntityType::Place, 0.4);
        }
        None => {}
    }
    for entry in kb.lookup_folded(key) {
        let kind = match entry.kind {
            EntryKind::Product => EntityType::Product,
            EntryKind::League => EntityType::NamedEvent,
            k if k.is_place() || k == EntryKind::Person => continue,
            _ => EntityType::Organization,
        };
        add(p, kind, if entry.weight >= 6 { 2.5 } else { 0.4 });
        break;
    }
}

/// What one occurrence tells.
fn of_place_in_text(
    doc: &Document<'_>,
    tables: &Tables,
    c: &Candidate,
    known: bool,
    p: &mut Points,
) {
    if let Some(kind) = c.label {
        let unknown = kind == EntityType::Place && !known;
        let by = if c.tokens.len() > 1 { 1.2 } else { 1.0 };
        add(p, kind, if unknown { by * 0.7 } else { by });
    }
    if title_before(doc, tables, &c.tokens).is_some() {
        add(p, EntityType::Person, 2.0);
    }
    if let Some(before) = c.tokens.start.checked_sub(1) {
        let word = doc.word(before).to_lowercase();
        if tables.is(WordList::InPreposition, &word) {
            add(p, EntityType::Place, 1.3);
        } else if tables.is(WordList::PlacePreposition, &word) {
            add(p, EntityType::Place, 0.4);
        }
        // "the town of X", "the island X".
        let noun = if tables.is(WordList::Of, doc.word(before)) {
            before.checked_sub(1)
        } else {
            Some(before)
        };
        if noun.is_some_and(|n| is_place_noun(doc, tables, n)) {
            add(p, EntityType::Place, 1.6);
        }
    }
    let after = c.tokens.end;
    if after < doc.len() && doc.sentence_of(after) == doc.sentence_of(c.tokens.start) {
        // "the X region"; "the X virus".
        if is_place_noun(doc, tables, after) && doc.head(c.tokens.end - 1) == after {
            add(p, EntityType::Place, 1.2);
        }
        // "the X hospital", "the X mine": mostly named for where it is.
        if tables.noun(doc.lemma(after)) == Some(NounClass::Facility)
            && doc.word(after).chars().all(char::is_lowercase)
            && doc.head(c.tokens.end - 1) == after
        {
            add(p, EntityType::Place, 0.7);
        }
        if tables.head(&doc.word(after).to_lowercase()) == Some(EntityType::Thing) {
            add(p, EntityType::Thing, 2.0);
        }
    }
}

/// What a noun in front of a name calls it: "news agency X", "carmaker X".
fn called(doc: &Document<'_>, tables: &Tables, tokens: &Range<usize>) -> Option<(EntityType, f64)> {
    let before = tokens.start.checked_sub(1)?;
    let small = doc.word(before).chars().next().is_some_and(char::is_lowercase);
    let modifies = doc.dep(before) == "compound" && tokens.contains(&doc.head(before));
    let stands_beside = || tokens.clone().any(|i| doc.dep(i) == "appos" && doc.head(i) == before);
    if !small || !(modifies || stands_beside()) {
        return None;
    }
    match tables.noun(doc.lemma(before))? {
        NounClass::Organization => Some((EntityType::Organization, 1.5)),
        NounClass::Facility => Some((EntityType::Facility, 1.0)),
        _ => None,
    }
}

/// Whether token `i` is a common noun for a division, a town or a natural place.
fn is_place_noun(doc: &Document<'_>, tables: &Tables, i: usize) -> bool {
    doc.word(i).chars().next().is_some_and(char::is_lowercase)
        && (tables.head(doc.lemma(i)) == Some(EntityType::Place)
            || matches!(
                tables.generic(doc.lemma(i)),
                Some("city" | "country" | "state" | "division")
            ))
}

/// "h5n1", "h1n1pdm09": letters and figures in turn.
fn is_strain(key: &str) -> bool {
    let mut turns = 0;
    let mut last = None;
    for c in key.chars() {
        let digit = c.is_ascii_digit();
        turns += usize::from(last.is_some_and(|l| l != digit));
        last = Some(digit);
    }
    turns >= 3 && key.len() <= 8 && key.chars().all(char::is_alphanumeric)
}

/// The names of lists that are places, and how much that tells of them: those for which the words
/// around the list say so, and those in lists of three or more of which the half at least are sure.
fn lists(
    doc: &Document<'_>,
    tables: &Tables,
    candidates: &[Candidate],
    sure: impl Fn(usize) -> bool,
) -> Vec<(usize, f64)> {
    let mut out = Vec::new();
    let mut first = 0;
    for k in 0..candidates.len() {
        let tied = candidates.get(k + 1).is_some_and(|next| {
            let between = candidates[k].tokens.end..next.tokens.start;
            !between.is_empty()
                && between.len() <= 2
                && between.clone().all(|i| doc.word(i) == "," || doc.dep(i) == "cc")
        });
        if tied {
            continue;
        }
        let members = first..k + 1;
        // "four villages: X, Y and Z"; "the X and Y districts".
        let start = candidates[first].tokens.start;
        let colon = start >= 2 && doc.word(start - 1) == ":";
        let end = candidates[k].tokens.end;
        if members.len() >= 2
            && (colon && is_place_noun(doc, tables, start - 2)
                || end < doc.len() && doc.tag(end) == "NNS" && is_place_noun(doc, tables, end))
        {
            out.extend(members.clone().map(|m| (m, 1.6)));
        }
        let known = members.clone().filter(|&m| sure(m)).count();
        if members.len() >= 3 && known * 2 >= members.len() {
            out.extend(members.filter(|&m| !sure(m)).map(|m| (m, 1.2)));
        }
        first = k + 1;
    }
    out
}

/// What the names beside it tell: "X, Ohio" is a town; the members of a list are of one kind.
fn of_neighbours(
    doc: &Document<'_>,
    tables: &Tables,
    kb: &Kb,
    candidates: &[Candidate],
    keys: &[String],
    points: &mut FxHashMap<&str, Evidence>,
) {
    let sure = |k: usize| candidates[k].place.is_none() && known_place(kb, &keys[k]).is_some();
    let mut more = lists(doc, tables, candidates, |k| {
        let told = points.get(keys[k].as_str());
        let place = EntityType::Place as usize;
        // "the villages of X": the words in front told it of this one.
        sure(k) || told.is_some_and(|e| e.context[place] >= 1.6 * f64::from(e.occurrences))
    });
    for (k, pair) in candidates.windows(2).enumerate() {
        let (a, b) = (&pair[0].tokens, &pair[1].tokens);
        if a.end >= b.start || doc.sentence_of(a.start) != doc.sentence_of(b.start) {
            continue;
        }
        let between: Vec<&str> = (a.end..b.start).map(|i| doc.word(i)).collect();
        let comma = between == [","];
        let list = comma || between.len() <= 2 && (a.end..b.start).any(|i| doc.dep(i) == "cc");
        if comma && sure(k + 1) {
            more.push((k, 0.9));
        } else if list && doc.head(b.end - 1) == a.end - 1 && doc.dep(b.end - 1) == "conj" {
            if sure(k) {
                more.push((k + 1, 0.7));
            } else if sure(k + 1) {
                more.push((k, 0.7));
            }
        }
    }
    for (k, by) in more {
        if let Some(e) = points.get_mut(keys[k].as_str()) {
            e.context[EntityType::Place as usize] += by;
        }
    }
}
