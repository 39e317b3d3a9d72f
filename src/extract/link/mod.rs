//! Which entry of the knowledge base an entity is.
//!
//! Candidates are the entries that bear one of the entity's names. What is known of each (its kind,
//! its population or weight) and what stands around it (the region named after it, the countries
//! of the article, other places nearby) gives a score; a candidate that does not stand out is left:
//! the entity stays NIL.

mod place;

use crate::facts::{EntityType, Link, MentionForm};
use crate::kb::{EntryKind, Kb, KbEntry, fold};
use crate::text::Document;

use super::coref::Resolved;
use super::mention::{Tables, joined};

/// The least probability with which a link is made.
const SURE: f64 = 0.5;

/// Links each entity that has a name to the knowledge base, best candidate only.
///
/// A link has one IRI for each knowledge base that knows the entry (Wikidata, GeoNames, the
/// English Wikipedia), all with the same score: the estimated probability that it is right.
pub fn link_entities(doc: &Document<'_>, tables: &Tables, kb: &Kb, entities: &mut [Resolved]) {
    let places = place::link_places(doc, tables, kb, entities);
    for (k, entity) in entities.iter_mut().enumerate() {
        let chosen = match entity.entity.kind {
            EntityType::Place | EntityType::Facility => places[k],
            EntityType::Organization | EntityType::Group => organization(doc, tables, kb, entity),
            EntityType::Person => person(doc, tables, kb, entity),
            EntityType::Product | EntityType::Work | EntityType::Thing => {
                body(doc, tables, kb, entity)
            }
            _ => None,
        };
        if let Some((entry, score)) = chosen.filter(|(_, score)| *score >= SURE) {
            entity.entity.links = iris(&entry, score);
        }
    }
}

/// The IRIs of an entry.
fn iris(entry: &KbEntry, score: f64) -> Vec<Link> {
    let score = Some((score * 100.0).round() / 100.0);
    let mut out = Vec::new();
    if !entry.wikidata.is_empty() {
        out.push(Link { iri: format!("http://www.wikidata.org/entity/{}", entry.wikidata), score });
    }
    if !entry.geonames.is_empty() {
        out.push(Link { iri: format!("https://sws.geonames.org/{}/", entry.geonames), score });
    }
    if entry.kind.is_place() {
        let title = if entry.page.is_empty() {
            entry.name.replace(' ', "_")
        } else {
            entry.page.to_owned()
        };
        out.push(Link { iri: format!("https://en.wikipedia.org/wiki/{}", encoded(&title)), score });
    }
    out
}

/// A page title as Wikipedia's addresses have it.
fn encoded(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for b in title.bytes() {
        if b.is_ascii_alphanumeric() || b"_-.,()!*:;@~".contains(&b) {
            out.push(char::from(b));
        } else {
            let hex =
                |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0').to_ascii_uppercase();
            out.push('%');
            out.push(hex(b >> 4));
            out.push(hex(b & 15));
        }
    }
    out
}

/// The folded names of an entity, the longest first, none twice.
fn names(doc: &Document<'_>, entity: &Resolved) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for m in entity.found.iter().filter(|m| m.form == MentionForm::Name && m.place.is_none()) {
        let key = fold(m.span.of(doc.text()));
        if !out.contains(&key) {
            out.push(key);
        }
    }
    out.sort_by_key(|k| std::cmp::Reverse(k.len()));
    out
}

/// The body that bears the longest name of an entity.
fn organization(
    doc: &Document<'_>,
    tables: &Tables,
    kb: &Kb,
    entity: &Resolved,
) -> Option<(KbEntry, f64)> {
    let mut found: Vec<KbEntry> = Vec::new();
    for key in names(doc, entity) {
        found = kb.lookup_folded(&key);
        // A name that is a common word too ("Life", "Bell") is trusted for what is much in the news.
        let common = !key.contains(' ') && tables.noun(&key).is_some();
        let least = if common || key.len() < 3 { 7 } else { 0 };
        found.retain(|e| {
            let body = !e.kind.is_place() && e.kind != EntryKind::Person;
            body && !e.wikidata.is_empty() && e.weight >= least
        });
        if !found.is_empty() {
            break;
        }
    }
    found.sort_by_key(|e| std::cmp::Reverse(e.weight));
    let best = *found.first()?;
    let second = found.get(1).map_or(0, |e| e.weight);
    let lead = f64::from(best.weight - second.min(best.weight));
    let score = match best.weight {
        9 => 0.95,
        w if found.len() == 1 => 0.55 + 0.04 * f64::from(w),
        _ if lead >= 2.0 => 0.7,
        _ => 0.4,
    };
    Some((best, score))
}

/// A body whose name the recogniser took for something else: only one that is much in the news.
fn body(doc: &Document<'_>, tables: &Tables, kb: &Kb, entity: &Resolved) -> Option<(KbEntry, f64)> {
    organization(doc, tables, kb, entity).filter(|(e, _)| e.weight >= 9)
}

/// A person by the full name, or by office and surname.
fn person(
    doc: &Document<'_>,
    tables: &Tables,
    kb: &Kb,
    entity: &Resolved,
) -> Option<(KbEntry, f64)> {
    let _ = tables;
    let key = names(doc, entity).into_iter().find(|k| k.contains(' '))?;
    let found: Vec<KbEntry> = kb
        .lookup_folded(&key)
        .into_iter()
        .filter(|e| e.kind == EntryKind::Person && !e.wikidata.is_empty())
        .collect();
    let [entry] = found.as_slice() else { return None };
    let told = entity.found.iter().filter_map(|m| m.title.clone()).any(|t| {
        let title = joined(doc, t);
        entry.office.to_lowercase().split(' ').any(|w| title.split(' ').any(|t| t == w))
    });
    Some((*entry, if told { 0.97 } else { 0.8 }))
}
