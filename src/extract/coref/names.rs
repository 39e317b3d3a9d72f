//! Sieves over names.

use rustc_hash::FxHashMap;
use strsim::damerau_levenshtein;

use crate::extract::mention::{Gender, Tables, WordList};
use crate::facts::{EntityType, MentionForm};
use crate::kb::{EntryKind, Kb, fold};
use crate::text::Document;

use super::cluster::{Clusters, kinds_agree};

/// The names among the mentions, in text order.
fn names(clusters: &Clusters) -> Vec<usize> {
    (0..clusters.len()).filter(|&m| clusters.mentions[m].form == MentionForm::Name).collect()
}

fn key(doc: &Document<'_>, clusters: &Clusters, m: usize) -> String {
    fold(clusters.mentions[m].span.of(doc.text()))
}

/// The same words, or a demonym and its place.
pub(super) fn exact(doc: &Document<'_>, kb: &Kb, clusters: &mut Clusters) {
    let mut first: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for m in names(clusters) {
        let mention = &clusters.mentions[m];
        let k = if let Some(code) = mention.place {
            format!("place {code}")
        } else {
            let words = key(doc, clusters, m);
            let country = (mention.kind == EntityType::Place)
                .then(|| kb.lookup_folded(&words))
                .into_iter()
                .flatten()
                .find(|e| matches!(e.kind, EntryKind::Country | EntryKind::Region));
            match country {
                Some(e) if e.kind == EntryKind::Country => format!("place {}", e.country),
                Some(e) => format!("place {}", e.wikidata),
                None => words,
            }
        };
        let seen = first.entry(k).or_default();
        let earlier = seen.iter().copied().find(|&e| kinds_agree(clusters.kind(e), mention.kind));
        if let Some(e) = earlier {
            clusters.join(m, e, "coref/same-name");
        } else {
            seen.push(m);
        }
    }
}

/// "World Health Organization (WHO)", and an acronym anywhere after its long form.
pub(super) fn acronyms(doc: &Document<'_>, clusters: &mut Clusters) {
    let all = names(clusters);
    for (at, &m) in all.iter().enumerate() {
        let words = clusters.mentions[m].span.of(doc.text());
        if !is_acronym(words) || clusters.mentions[m].kind == EntityType::Person {
            continue;
        }
        let letters: String = words.chars().filter(|c| c.is_alphabetic()).collect();
        let fits = |&&e: &&usize| {
            let long = &clusters.mentions[e];
            !clusters.joined(m, e)
                && long.tokens.len() > 1
                && long.kind != EntityType::Person
                && initials_fit(long.span.of(doc.text()), &letters)
        };
        let before = all[..at].iter().rev().find(fits);
        let after = || all[at + 1..].iter().find(fits);
        if let Some(&e) = before.or_else(after) {
            clusters.join(m.max(e), m.min(e), "coref/acronym");
        }
    }
}

fn is_acronym(words: &str) -> bool {
    let letters: Vec<char> = words.chars().filter(|c| *c != '.').collect();
    (2..=8).contains(&letters.len())
        && !words.contains(' ')
        && letters.iter().filter(|c| c.is_uppercase()).count() * 4 >= letters.len() * 3
        && letters.iter().all(|c| c.is_alphanumeric() || *c == '&')
}

/// Whether `letters` are the initials of the words of `long`, small words left out or not.
fn initials_fit(long: &str, letters: &str) -> bool {
    let words: Vec<&str> =
        long.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let initials = |keep: &dyn Fn(&str) -> bool| -> String {
        words
            .iter()
            .filter(|w| keep(w))
            .filter_map(|w| w.chars().next())
            .flat_map(char::to_uppercase)
            .collect()
    };
    let upper = letters.to_uppercase();
    let big = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    initials(&|_| true) == upper || initials(&big) == upper
}

/// Different names of one entry of the knowledge base.
pub(super) fn aliases(doc: &Document<'_>, kb: &Kb, clusters: &mut Clusters) {
    let mut first = Vec::new();
    for m in names(clusters) {
        let mention = &clusters.mentions[m];
        if !clusters.is_first(m) || mention.place.is_some() || mention.kind == EntityType::Person {
            continue;
        }
        let place = matches!(mention.kind, EntityType::Place | EntityType::Facility);
        let entries: Vec<_> = kb
            .lookup_folded(&key(doc, clusters, m))
            .into_iter()
            .filter(|e| e.kind.is_place() == place && (place || e.weight >= 3))
            .collect();
        // A name of several things proves nothing.
        if let [entry] = entries.as_slice() {
            let same = first.iter().find(|(id, _)| *id == entry.id);
            match same {
                Some(&(_, e)) => clusters.join(m, e, "coref/alias"),
                None => first.push((entry.id, m)),
            }
        }
    }
}

/// A surname, or a first name, after the full name of one person only.
pub(super) fn surnames(doc: &Document<'_>, tables: &Tables, clusters: &mut Clusters) {
    let all = names(clusters);
    for &m in &all {
        let mention = &clusters.mentions[m];
        if mention.kind != EntityType::Person || !clusters.is_first(m) {
            continue;
        }
        let short = words_of(doc, tables, clusters, m);
        let gender = clusters.gender(m);
        let mut fits: Vec<usize> = Vec::new();
        for &e in &all {
            if clusters.joined(m, e) || clusters.mentions[e].kind != EntityType::Person {
                continue;
            }
            let long = words_of(doc, tables, clusters, e);
            if short.len() < long.len()
                && is_short_of(&short, &long)
                && clusters.gender(e).agrees(gender)
                && fits.iter().all(|&f| !clusters.joined(f, e))
            {
                fits.push(e);
            }
        }
        let chosen = match fits.as_slice() {
            [one] => Some(*one),
            [] => None,
            // Shared surname: the one last named before, if a title does not forbid it.
            several => {
                let near = several.iter().copied().filter(|&e| e < m).max();
                near.filter(|_| gender == Gender::Unknown && mention.title.is_none())
                    .filter(|&e| clusters.mentions[e].head + 60 > mention.head)
            }
        };
        if let Some(e) = chosen {
            clusters.join(m.max(e), m.min(e), "coref/surname");
        }
    }
}

fn words_of(doc: &Document<'_>, tables: &Tables, clusters: &Clusters, m: usize) -> Vec<String> {
    let words = fold(clusters.mentions[m].span.of(doc.text()));
    let mut words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    while words.len() > 1 && words.last().is_some_and(|w| tables.is(WordList::NameSuffix, w)) {
        words.pop();
    }
    words
}

/// Whether a person's full name `long` can be shortened to `short`: its last words, its first word,
/// or first and last.
fn is_short_of(short: &[String], long: &[String]) -> bool {
    let n = short.len();
    long.ends_with(short)
        || n == 1 && long.first() == short.first()
        || n >= 2 && long.first() == short.first() && long.last() == short.last()
        || n == 1 && short.first().is_some_and(|s| s.len() > 3 && long.contains(s))
}

/// A firm, a body or a place by a part of its name: "Boeing" for "Boeing Company".
pub(super) fn short_forms(doc: &Document<'_>, tables: &Tables, clusters: &mut Clusters) {
    let all = names(clusters);
    for &m in &all {
        let kind = clusters.mentions[m].kind;
        if kind == EntityType::Person
            || clusters.mentions[m].place.is_some()
            || !clusters.is_first(m)
        {
            continue;
        }
        let short = content(doc, tables, clusters, m);
        let mut fits: Vec<usize> = Vec::new();
        for &e in &all {
            if clusters.joined(m, e) || clusters.mentions[e].kind != kind {
                continue;
            }
            let long = content(doc, tables, clusters, e);
            let part = match kind {
                EntityType::Place | EntityType::Product | EntityType::Work => false,
                _ => {
                    short.len() < long.len()
                        && (long.starts_with(&short) && long.len() <= short.len() + 2)
                }
            };
            if !short.is_empty()
                && (short == long || part && e < m)
                && fits.iter().all(|&f| !clusters.joined(f, e))
            {
                fits.push(e);
            }
        }
        if let [e] = fits.as_slice() {
            clusters.join(m.max(*e), m.min(*e), "coref/short-name");
        }
    }
}

/// The words of a name without company forms and articles.
fn content(doc: &Document<'_>, tables: &Tables, clusters: &Clusters, m: usize) -> Vec<String> {
    let words = fold(clusters.mentions[m].span.of(doc.text()));
    let mut words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    while words.len() > 1 && words.last().is_some_and(|w| tables.is(WordList::CompanyForm, w)) {
        words.pop();
    }
    words
}

/// A long name written with one edit less or more.
pub(super) fn misspelt(doc: &Document<'_>, clusters: &mut Clusters) {
    let all = names(clusters);
    for &m in &all {
        let kind = clusters.mentions[m].kind;
        if !clusters.is_first(m) || clusters.mentions[m].place.is_some() {
            continue;
        }
        let k = key(doc, clusters, m);
        if k.chars().count() < 7 || k.chars().any(|c| c.is_ascii_digit()) {
            continue;
        }
        let same = all.iter().copied().find(|&e| {
            e < m
                && !clusters.joined(m, e)
                && clusters.kind(e) == kind
                && clusters.members(e).iter().any(|&x| {
                    clusters.mentions[x].form == MentionForm::Name && {
                        let o = key(doc, clusters, x);
                        o.chars().next() == k.chars().next() && damerau_levenshtein(&o, &k) == 1
                    }
                })
        });
        if let Some(e) = same {
            clusters.join(m, e, "coref/misspelt");
        }
    }
}
