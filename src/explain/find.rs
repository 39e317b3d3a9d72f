//! From an IRI, a short id or words to nodes of a store.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::store::{StorageError, Store};

use super::gather::{CLAIM_CLASSES, fillers};
use super::reader::Reader;
use crate::vocab::{ng, nif, rdf, rdfs, schema, skos};

/// What was found for what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nodes that the IRI, the fact or the short id means.
    Nodes(Vec<NamedNode>),
    /// Claims that the words fit best, best first.
    Claims(Vec<NamedNode>),
}

/// Finds what `what` means: an IRI, a fact in N-Triples, a short id (a kind letter and the first
/// letters of the hash, four at least), the name of an individual, or other words.
///
/// Words fit a claim by what it says, who takes part, who says so with which reporting words, and
/// its sentence; rare words count more. Words that differ in their ending are the same. Nothing is
/// found where less than half of their weight fits.
///
/// # Errors
///
/// Where the store cannot be read.
pub fn find(store: &Store, what: &str) -> Result<Found, StorageError> {
    let reader = Reader::new(store);
    let what = what.trim();
    if let Some(nodes) = fact(&reader, what)? {
        return Ok(Found::Nodes(nodes));
    }
    let bare = what.strip_prefix('<').and_then(|w| w.strip_suffix('>')).unwrap_or(what);
    if bare.contains(':')
        && let Ok(node) = NamedNode::new(bare)
        && reader.knows(node.as_ref())?
    {
        return Ok(Found::Nodes(vec![node]));
    }
    let nodes = short_id(&reader, bare)?;
    if !nodes.is_empty() {
        return Ok(Found::Nodes(nodes));
    }
    let named = named(&reader, what)?;
    if !named.is_empty() {
        return Ok(Found::Nodes(named));
    }
    Ok(Found::Claims(by_words(&reader, what)?))
}

/// The individuals of that very name, case aside.
fn named(reader: &Reader<'_>, name: &str) -> Result<Vec<NamedNode>, StorageError> {
    let wanted = name.to_lowercase();
    let mut found = Vec::new();
    for local in reader.matching(Some(ng::IDENTIFIED_AS), None)? {
        let mut names = reader.objects(local.as_ref(), rdfs::LABEL)?;
        names.extend(reader.objects(local.as_ref(), skos::ALT_LABEL)?);
        let fits =
            |name: &Term| matches!(name, Term::Literal(l) if l.value().to_lowercase() == wanted);
        if names.iter().any(fits) {
            found.extend(reader.nodes(local.as_ref(), ng::IDENTIFIED_AS)?);
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// The propositions and happenings behind a triple, or the claims of an article that say it.
fn fact(reader: &Reader<'_>, what: &str) -> Result<Option<Vec<NamedNode>>, StorageError> {
    let parts: Vec<&str> = what.trim_end_matches(" .").splitn(3, ' ').collect();
    let [subject, predicate, object] = parts.as_slice() else { return Ok(None) };
    let iri = |text: &str| NamedNode::new(text.strip_prefix('<')?.strip_suffix('>')?).ok();
    let (Some(subject), Some(predicate)) = (iri(subject), iri(predicate)) else {
        return Ok(None);
    };
    let Ok(object) = object.parse::<Term>() else { return Ok(None) };
    let mut found = Vec::new();
    for node in reader.subjects(rdf::SUBJECT, subject.as_ref())? {
        let says = reader.nodes(node.as_ref(), rdf::PREDICATE)?.contains(&predicate)
            && reader.objects(node.as_ref(), rdf::OBJECT)?.contains(&object);
        if says {
            found.push(node);
        }
    }
    if found.is_empty() && reader.objects(subject.as_ref(), predicate.as_ref())?.contains(&object) {
        found.push(subject);
    }
    Ok(Some(found))
}

/// The kinds of nodes, by the letter that stands before their hash.
const KINDS: &[(char, &[NamedNodeRef<'static>])] = &[
    ('a', &[schema::class::NEWS_ARTICLE]),
    ('c', CLAIM_CLASSES),
    ('f', &[ng::class::FIGURE]),
    ('h', &[ng::class::HAPPENING]),
    ('n', &[ng::class::INDIVIDUAL]),
    ('p', &[ng::class::PROPOSITION]),
    ('s', &[ng::class::STATEMENT, ng::class::OWN_VOICE]),
    ('t', &[ng::class::TIME]),
    ('v', &[ng::class::EVENT]),
];

fn short_id(reader: &Reader<'_>, id: &str) -> Result<Vec<NamedNode>, StorageError> {
    let mut letters = id.chars();
    let Some(kind) = letters.next() else { return Ok(Vec::new()) };
    let hash = letters.as_str().trim_start_matches('/');
    let hashlike = |c: char| matches!(c, 'a'..='z' | '2'..='7');
    if !(4..=26).contains(&hash.len()) || !hash.chars().all(hashlike) {
        return Ok(Vec::new());
    }
    let opening = format!("/{kind}/{hash}");
    let mut found = Vec::new();
    if kind == 'e' {
        found = reader.matching(Some(ng::MENTION), None)?;
    }
    for (_, classes) in KINDS.iter().filter(|(letter, _)| *letter == kind) {
        for class in *classes {
            found.extend(reader.subjects(rdf::TYPE, *class)?);
        }
    }
    found.retain(|node| node.as_str().contains(&opening));
    Ok(found)
}

/// How much a word counts for a claim, by where it stands.
const TRIGGER: u32 = 4;
const SPEAKER: u32 = 3;
const FILLER: u32 = 3;
const CUE: u32 = 3;
const SENTENCE: u32 = 1;

/// The claims that fit words best: those within a tenth of the best, best first.
fn by_words(reader: &Reader<'_>, what: &str) -> Result<Vec<NamedNode>, StorageError> {
    let wanted: BTreeSet<String> = words(what).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut claims: Vec<(NamedNode, BTreeMap<&str, u32>)> = Vec::new();
    for class in CLAIM_CLASSES {
        for claim in reader.subjects(rdf::TYPE, *class)? {
            let mut fits = BTreeMap::new();
            for (weight, text) in texts(reader, claim.as_ref())? {
                for word in words(&text) {
                    for want in wanted.iter().filter(|want| alike(want, &word)) {
                        let best = fits.entry(want.as_str()).or_insert(0);
                        *best = weight.max(*best);
                    }
                }
            }
            claims.push((claim, fits));
        }
    }
    let rarity: BTreeMap<&str, f64> = wanted
        .iter()
        .map(|want| {
            let having = claims.iter().filter(|(_, fits)| fits.contains_key(want.as_str())).count();
            (want.as_str(), ((claims.len() + 1) as f64 / (having + 1) as f64).ln())
        })
        .collect();
    let whole: f64 = rarity.values().sum();
    let mut scored: Vec<(f64, NamedNode)> = claims
        .into_iter()
        .filter_map(|(claim, fits)| {
            let held: f64 = fits.keys().map(|want| rarity[want]).sum();
            let score = fits.iter().map(|(want, &w)| rarity[want] * f64::from(w)).sum();
            (held * 2.0 >= whole && held > 0.0).then_some((score, claim))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let bar = scored.first().map_or(0.0, |best| best.0 * 0.9);
    Ok(scored.into_iter().take_while(|(score, _)| *score >= bar).map(|(_, claim)| claim).collect())
}

/// The words of a claim with their weights.
fn texts(reader: &Reader<'_>, claim: NamedNodeRef<'_>) -> Result<Vec<(u32, String)>, StorageError> {
    let mut texts = Vec::new();
    let label = |weight, node: NamedNodeRef<'_>, texts: &mut Vec<(u32, String)>| {
        reader.text(node, rdfs::LABEL).map(|text| texts.extend(text.map(|t| (weight, t))))
    };
    for subject in reader.nodes(claim, rdf::SUBJECT)? {
        label(TRIGGER, subject.as_ref(), &mut texts)?;
        for (_, filler) in fillers(reader, subject.as_ref())? {
            label(FILLER, filler.as_ref(), &mut texts)?;
        }
    }
    for speaker in reader.nodes(claim, ng::ATTRIBUTED_TO)? {
        label(SPEAKER, speaker.as_ref(), &mut texts)?;
    }
    for object in reader.objects(claim, rdf::OBJECT)? {
        match object {
            Term::NamedNode(node) => label(TRIGGER, node.as_ref(), &mut texts)?,
            Term::Literal(literal) => texts.push((TRIGGER, literal.value().to_owned())),
            Term::BlankNode(_) => {}
        }
    }
    for statement in reader.subjects(ng::CARRIES, claim)? {
        for cue in reader.nodes(statement.as_ref(), ng::CUE)? {
            texts.extend(super::gather::words_of(reader, cue.as_ref())?.map(|t| (CUE, t)));
        }
    }
    for span in reader.nodes(claim, ng::EVIDENCE)? {
        for sentence in reader.nodes(span.as_ref(), ng::IN_SENTENCE)? {
            let text = reader.text(sentence.as_ref(), nif::ANCHOR_OF)?;
            texts.extend(text.map(|t| (SENTENCE, t)));
        }
    }
    Ok(texts)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// Whether two words are the same but for a short ending.
fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let longer = a.chars().count().max(b.chars().count());
    shared >= 4 && longer - shared <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_differ_in_endings_at_most() {
        assert!(alike("announced", "announces"));
        assert!(alike("withdrawal", "withdraw"));
        assert!(!alike("port", "portrayed"));
        assert!(!alike("the", "then"));
    }
}
