//! Places: by kind and population, by the region named beside them, by the company they keep.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::extract::coref::Resolved;
use crate::extract::mention::{Tables, WordList};
use crate::facts::{EntityType, MentionForm};
use crate::kb::{EntryKind, Kb, KbEntry, fold};
use crate::text::Document;

/// The candidate chosen for each entity, with its probability, and the places that are sure.
pub(super) fn link_places(
    doc: &Document<'_>,
    tables: &Tables,
    kb: &Kb,
    entities: &[Resolved],
) -> (Vec<Option<(KbEntry, f64)>>, Company) {
    let candidates: Vec<Vec<KbEntry>> = entities.iter().map(|e| candidates(doc, kb, e)).collect();
    let after = regions_after(doc, entities);
    let beside = list_neighbours(doc, entities);
    let mut chosen: Vec<Option<(KbEntry, f64)>> = vec![None; entities.len()];
    let mut company = Company::default();
    for (k, c) in candidates.iter().enumerate() {
        if let [only] = c.as_slice() {
            company.add(only, entities[k].found.len());
        }
    }
    // What has no rival comes first; each choice is company for the next, the best known first.
    let mut order: Vec<usize> =
        (0..entities.len()).filter(|&k| !candidates[k].is_empty()).collect();
    order
        .sort_by_key(|&k| (candidates[k].len() > 1, std::cmp::Reverse(entities[k].found.len()), k));
    for round in 0..2 {
        for &k in &order {
            let regions: Vec<&KbEntry> = after[k]
                .iter()
                .flat_map(|&r| match &chosen[r] {
                    Some((e, _)) => vec![e],
                    None => candidates[r].iter().collect(),
                })
                .collect();
            let mut hints = hints(doc, tables, &entities[k]);
            hints.division |= beside[k].iter().any(|&o| {
                let sure = chosen[o].filter(|_| candidates[o].len() == 1 || round > 0);
                sure.is_some_and(|(e, _)| {
                    e.kind == EntryKind::Admin1
                        && candidates[k]
                            .iter()
                            .any(|c| c.kind == EntryKind::Admin1 && c.country == e.country)
                })
            });
            let scores: Vec<f64> =
                candidates[k].iter().map(|e| score(e, &regions, &company, hints)).collect();
            let Some((entry, p)) = best(&candidates[k], &scores) else { continue };
            if round == 0 && candidates[k].len() > 1 && p > 0.6 {
                company.add(&entry, entities[k].found.len());
            }
            chosen[k] = Some((entry, p));
        }
    }
    (chosen, company)
}

/// The places that bear a name of the entity.
fn candidates(doc: &Document<'_>, kb: &Kb, entity: &Resolved) -> Vec<KbEntry> {
    if !matches!(entity.entity.kind, EntityType::Place | EntityType::Facility) {
        return Vec::new();
    }
    if let Some(entry) = entity.found.iter().find_map(|m| m.place).and_then(|code| kb.country(code))
    {
        return vec![entry];
    }
    for key in super::names(doc, entity) {
        let mut found = kb.lookup_folded(&key);
        found.retain(|e| {
            e.kind.is_place()
                && !is_abbreviation(doc, kb, entity, e, &key)
                && !bears_no_article(doc, entity, e)
        });
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whether the article before every name of the entity tells that it is another thing: "the Republic"
/// is no town, and "told The Atlantic" no ocean.
fn bears_no_article(doc: &Document<'_>, entity: &Resolved, e: &KbEntry) -> bool {
    let article = |m: &crate::extract::mention::Found| {
        let before = m.tokens.start.checked_sub(1)?;
        // "A Springfield, Ohio, court": the article is the court's.
        let apart = m.tokens.end < doc.len() && doc.word(m.tokens.end) == ",";
        let own = doc.tag(before) == "DT" && m.tokens.contains(&doc.head(before)) && !apart;
        own.then_some(before)
    };
    let mut names = entity.found.iter().filter(|m| m.form == MentionForm::Name).peekable();
    if names.peek().is_none() {
        return false;
    }
    match e.kind {
        EntryKind::Country => false,
        EntryKind::City | EntryKind::Capital | EntryKind::Admin2 => {
            names.all(|m| article(m).is_some())
        }
        EntryKind::Admin1 if e.wikidata.is_empty() => names.all(|m| article(m).is_some()),
        // A capital in the middle of a sentence: the article belongs to the title of a paper.
        _ => names.all(|m| {
            article(m).is_some_and(|i| {
                let first = doc.sentences()[doc.sentence_of(i)].start;
                i > first && doc.word(i).chars().next().is_some_and(char::is_uppercase)
            })
        }),
    }
}

/// Whether a place is only known by the name as an abbreviation with a full stop, and no mention has
/// one: "Mass" is no state.
fn is_abbreviation(doc: &Document<'_>, kb: &Kb, entity: &Resolved, e: &KbEntry, key: &str) -> bool {
    let alias = kb.aliases(e.id).find(|a| fold(a) == key);
    let short = alias.is_some_and(|a| {
        a.ends_with('.')
            && fold(e.name) != key
            && key.len() <= 5
            && a.chars().any(char::is_lowercase)
    });
    // A full stop that belongs to the abbreviation is in its token or right behind it.
    let stopped = |m: &crate::extract::mention::Found| {
        m.span.of(doc.text()).ends_with('.')
            || doc.text().get(m.span.end()..).is_some_and(|rest| rest.starts_with('.'))
    };
    short && !entity.found.iter().any(stopped)
}

/// For each entity the entities that stand right after one of its names: "Springfield, Ohio",
/// "Manaoag in Pangasinan".
fn regions_after(doc: &Document<'_>, entities: &[Resolved]) -> Vec<Vec<usize>> {
    let mut at: FxHashMap<usize, usize> = FxHashMap::default();
    for (k, e) in entities.iter().enumerate() {
        for m in e.found.iter().filter(|m| m.form == MentionForm::Name) {
            at.insert(m.tokens.start, k);
        }
    }
    let follows = |tokens: &Range<usize>| {
        let next = tokens.end;
        if next + 1 >= doc.len() {
            return None;
        }
        // The members of a list lie beside each other, not in one another.
        let listed = |k: usize| doc.dep(k) == "conj" || doc.children_by(k, "conj").next().is_some();
        if (next + 1..doc.len().min(next + 4)).take(1).any(listed) {
            return None;
        }
        let link = matches!(doc.word(next), "," | "(")
            || doc.dep(next) == "prep" && doc.head(next) == tokens.end - 1;
        link.then(|| at.get(&(next + 1))).flatten().copied()
    };
    entities
        .iter()
        .enumerate()
        .map(|(k, e)| {
            let names = e.found.iter().filter(|m| m.form == MentionForm::Name);
            names
                .filter_map(|m| follows(&m.tokens))
                .filter(|&r| r != k && entities[r].entity.kind == EntityType::Place)
                .collect()
        })
        .collect()
}

/// For each entity the entities that are members of one list with it.
fn list_neighbours(doc: &Document<'_>, entities: &[Resolved]) -> Vec<Vec<usize>> {
    let mut at: FxHashMap<usize, usize> = FxHashMap::default();
    for (k, e) in entities.iter().enumerate() {
        for m in e.found.iter().filter(|m| m.form == MentionForm::Name) {
            at.insert(m.head, k);
        }
    }
    let mut out = vec![Vec::new(); entities.len()];
    for i in (0..doc.len()).filter(|&i| doc.dep(i) == "conj") {
        if let (Some(&a), Some(&b)) = (at.get(&i), at.get(&doc.head(i))) {
            out[a].push(b);
            out[b].push(a);
        }
    }
    out
}

/// What the words around a name say of its kind.
#[derive(Clone, Copy, Debug, Default)]
struct Hints {
    division: bool,
    city: bool,
}

fn hints(doc: &Document<'_>, tables: &Tables, entity: &Resolved) -> Hints {
    let mut out = Hints::default();
    let mut tell = |i: usize| match tables.generic(doc.lemma(i)) {
        Some("division" | "state") => out.division = true,
        Some("city") => out.city = true,
        _ => {}
    };
    for m in entity.found.iter().filter(|m| m.form == MentionForm::Name) {
        let Range { start, end } = m.tokens.clone();
        if start > 1 && tables.is(WordList::Of, doc.word(start - 1)) {
            tell(start - 2);
        }
        if start > 0 {
            tell(start - 1);
        }
        if end < doc.len() {
            tell(end);
        }
    }
    for m in entity.found.iter().filter(|m| m.form == MentionForm::Nominal) {
        tell(m.head);
    }
    out
}

/// The places of the article that are sure.
#[derive(Debug, Default)]
pub(super) struct Company {
    countries: FxHashMap<&'static str, f64>,
    divisions: FxHashMap<(&'static str, &'static str), f64>,
    positions: Vec<(f64, f64)>,
    total: f64,
}

impl Company {
    fn add(&mut self, entry: &KbEntry, mentions: usize) {
        let weight = (mentions as f64).sqrt();
        if !entry.country.is_empty() {
            *self.countries.entry(entry.country).or_default() += weight;
            self.total += weight;
        }
        if !entry.admin1.is_empty() {
            *self.divisions.entry((entry.country, entry.admin1)).or_default() += weight;
        }
        self.positions.extend(entry.position);
    }

    /// The share of the article's places that lie in a country.
    pub(super) fn share(&self, country: &str) -> f64 {
        if self.total == 0.0 {
            0.0
        } else {
            self.countries.get(country).copied().unwrap_or(0.0) / self.total
        }
    }
}

fn score(e: &KbEntry, regions: &[&KbEntry], company: &Company, hints: Hints) -> f64 {
    let people = (e.population.max(500) as f64).log10();
    let mut s = match e.kind {
        EntryKind::Country => 7.5,
        EntryKind::Region => 7.0,
        EntryKind::Admin1 => 3.2 + 0.3 * people,
        EntryKind::Admin2 => 2.6,
        EntryKind::Capital => 1.5 + people,
        _ => people - 0.6,
    };
    s += 2.5 * company.share(e.country);
    if !e.admin1.is_empty()
        && company.divisions.contains_key(&(e.country, e.admin1))
        && e.kind != EntryKind::Admin1
    {
        s += 0.8;
    }
    if let Some(here) = e.position
        && company.positions.iter().any(|&p| p != here && kilometres(p, here) < 250.0)
    {
        s += 0.5;
    }
    let within = |r: &&KbEntry| match r.kind {
        EntryKind::Country => r.country == e.country && e.kind != EntryKind::Country,
        EntryKind::Admin1 => {
            r.country == e.country && r.admin1 == e.admin1 && e.kind > EntryKind::Admin1
        }
        EntryKind::Admin2 => {
            r.country == e.country && r.admin1 == e.admin1 && e.kind > EntryKind::Admin2
        }
        _ => false,
    };
    if !regions.is_empty() {
        s += if regions.iter().any(within) { 4.0 } else { -2.0 };
    }
    if hints.division {
        s += if matches!(e.kind, EntryKind::Admin1 | EntryKind::Admin2) { 2.0 } else { -0.5 };
    }
    if hints.city {
        s += if matches!(e.kind, EntryKind::City | EntryKind::Capital) { 1.5 } else { -0.5 };
    }
    s
}

/// The candidate with the highest score and its share of the odds; of equals the first.
fn best(candidates: &[KbEntry], scores: &[f64]) -> Option<(KbEntry, f64)> {
    let mut top = 0;
    for (i, s) in scores.iter().enumerate() {
        if *s > scores[top] {
            top = i;
        }
    }
    let entry = candidates.get(top)?;
    // One more rival stands for the places that the tables do not have.
    let unknown = 2.0_f64;
    let odds: f64 = scores.iter().map(|s| (1.2 * (s - scores[top])).exp()).sum::<f64>()
        + (1.2 * (unknown - scores[top])).exp();
    Some((*entry, 1.0 / odds))
}

/// The distance along the great circle.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (la, lb) = (a.0.to_radians(), b.0.to_radians());
    let half = ((lb - la) / 2.0).sin().powi(2)
        + la.cos() * lb.cos() * ((b.1 - a.1).to_radians() / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().clamp(0.0, 1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_right() {
        let km = kilometres((48.86, 2.35), (52.52, 13.4));
        assert!((870.0..890.0).contains(&km), "Paris to Berlin: {km}");
    }
}
