//! Which entry of the knowledge base an entity is.
//!
//! Candidates are the entries that bear one of the entity's names. What is known of each (its kind,
//! its population or weight) and what stands around it (the region named after it, the countries
//! of the article, other places nearby) gives a score; a candidate that does not stand out is left:
//! the entity stays NIL.

mod place;

use crate::facts::{EntityType, Link, MentionForm};
use crate::kb::{EntryKind, Kb, KbEntry, fold};
use crate::text::{Document, Pos};

use super::coref::Resolved;
use super::mention::{Tables, WordList, joined};

use place::Company;

/// The least probability with which a link is made.
const SURE: f64 = 0.5;

/// The least share of an article's places that makes a country the article's.
const NATIONAL: f64 = 0.45;

/// Links each entity that has a name to the knowledge base, best candidate only.
///
/// A link has one IRI for each knowledge base that knows the entry (Wikidata, GeoNames, the
/// English Wikipedia), all with the same score: the estimated probability that it is right.
pub fn link_entities(doc: &Document<'_>, tables: &Tables, kb: &Kb, entities: &mut [Resolved]) {
    let (places, company) = place::link_places(doc, tables, kb, entities);
    let context = Context { doc, tables, kb, company };
    for (k, entity) in entities.iter_mut().enumerate() {
        let chosen = match entity.entity.kind {
            EntityType::Place | EntityType::Facility => places[k],
            EntityType::Organization | EntityType::Group => context.organization(entity),
            EntityType::Person => context.person(entity),
            EntityType::Product | EntityType::Work | EntityType::Thing => context.body(entity),
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

/// What stands around the entities of an article.
struct Context<'a, 't> {
    doc: &'a Document<'t>,
    tables: &'a Tables,
    kb: &'a Kb,
    company: Company,
}

impl Context<'_, '_> {
    /// The body that bears the longest name of an entity.
    fn organization(&self, entity: &Resolved) -> Option<(KbEntry, f64)> {
        let keys = names(self.doc, entity);
        for key in &keys {
            // A name that is a common word too ("Life", "Bell") is trusted for what is much in the news.
            let common = !key.contains(' ') && self.tables.noun(key).is_some();
            let least = if common || key.len() < 3 { 7 } else { 0 };
            let mut found = self.kb.lookup_folded(key);
            found.retain(|e| is_body(e) && e.weight >= least);
            if !found.is_empty() {
                return self.likeliest(found);
            }
        }
        // "The state's Supreme Court" is not the country's.
        let doc = self.doc;
        let owned = entity.found.iter().any(|m| {
            m.form == MentionForm::Name
                && doc.children_by(m.head, "poss").any(|p| doc.pos(p) == Pos::Noun)
        });
        if owned {
            return None;
        }
        keys.iter().find_map(|key| self.at_home(key))
    }

    /// Of bodies of one name the one that is most in the news; the article's country decides between equals.
    fn likeliest(&self, mut found: Vec<KbEntry>) -> Option<(KbEntry, f64)> {
        let here = |e: &KbEntry| self.share(e) >= NATIONAL;
        found.sort_by_key(|e| (std::cmp::Reverse(e.weight), !here(e)));
        let best = *found.first()?;
        let second = found.get(1).map_or(0, |e| e.weight);
        let lead = f64::from(best.weight - second.min(best.weight));
        let alone = found.len() == 1 || here(&best) && found.iter().skip(1).all(|e| !here(e));
        let score = match best.weight {
            9 => 0.95,
            w if alone => 0.55 + 0.04 * f64::from(w),
            _ if lead >= 2.0 => 0.7,
            _ => 0.4,
        };
        Some((best, score))
    }

    /// A national body that is called by its bare name at home: "the Navy" in an article about one
    /// country.
    fn at_home(&self, key: &str) -> Option<(KbEntry, f64)> {
        let mut found = self.kb.lookup_folded(&bare(key));
        found.retain(|e| is_body(e) && self.share(e) >= NATIONAL);
        let [entry] = found.as_slice() else { return None };
        Some((*entry, 0.5 + 0.4 * self.share(entry)))
    }

    /// A body whose name the recogniser took for something else: only one that is much in the news.
    fn body(&self, entity: &Resolved) -> Option<(KbEntry, f64)> {
        self.organization(entity).filter(|(e, _)| e.weight >= 9)
    }

    /// A person by the full name, or by office and surname.
    fn person(&self, entity: &Resolved) -> Option<(KbEntry, f64)> {
        let keys = names(self.doc, entity);
        let known = |key: &str| {
            let mut found = self.kb.lookup_folded(key);
            found.retain(|e| e.kind == EntryKind::Person && !e.wikidata.is_empty());
            found
        };
        if let Some(key) = keys.iter().find(|k| k.contains(' ')) {
            let found = known(key);
            let [entry] = found.as_slice() else { return None };
            return Some((*entry, if self.tells_office(entity, entry) { 0.97 } else { 0.8 }));
        }
        let key = keys.first()?;
        let mut found = known(key);
        found.extend(known(&bare(key)));
        found.dedup_by_key(|e| e.id);
        // "President Obama": the office tells who is meant.
        let told: Vec<&KbEntry> = found.iter().filter(|e| self.tells_office(entity, e)).collect();
        if let [entry] = told.as_slice() {
            return Some((**entry, 0.85));
        }
        // A surname that nobody else in the table has, at home, of the head of a state.
        let [entry] = found.as_slice() else { return None };
        let word = self.tables.noun(key).is_some() || self.tables.first_name(key).is_some();
        let head =
            entry.office.split(' ').any(|w| self.tables.is(WordList::Leader, &w.to_lowercase()));
        let home = entry.country.is_empty() || self.share(entry) >= if word { 0.4 } else { 0.2 };
        (head && home).then_some((*entry, if word { 0.6 } else { 0.75 }))
    }

    /// Whether a title before one of the names says the office that the entry holds.
    fn tells_office(&self, entity: &Resolved, entry: &KbEntry) -> bool {
        let office = entry.office.to_lowercase();
        entity.found.iter().filter_map(|m| m.title.clone()).any(|t| {
            let title = joined(self.doc, t);
            let mut words = title.split(' ').map(|w| w.trim_end_matches('.'));
            // "Sen." is short for "Senator".
            words.any(|t| t.len() > 2 && office.split(' ').any(|w| w.starts_with(t)))
        })
    }

    /// The share of the article's places that lie in the one country of an entry.
    fn share(&self, entry: &KbEntry) -> f64 {
        if entry.country.is_empty() { 0.0 } else { self.company.share(entry.country) }
    }
}

/// Whether an entry with an id is an organization, a product or a league.
fn is_body(e: &KbEntry) -> bool {
    !e.kind.is_place() && e.kind != EntryKind::Person && !e.wikidata.is_empty()
}

/// How the tables mark a name that says who is meant only with a country or an office.
fn bare(key: &str) -> String {
    format!("~{key}")
}
