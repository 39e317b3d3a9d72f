//! Sieves over descriptions.

use crate::extract::mention::{Found, Tables, WordList, joined};
use crate::facts::{EntityType, MentionForm};
use crate::kb::{EntryKind, Kb, fold};
use crate::text::Document;

use super::cluster::{Clusters, kinds_agree};

/// "X, the president of Y," and "the capital X".
pub(super) fn appositions(doc: &Document<'_>, tables: &Tables, clusters: &mut Clusters) {
    let by_head = heads(clusters, doc.len());
    for m in 0..clusters.len() {
        let head = clusters.mentions[m].head;
        if clusters.mentions[m].form == MentionForm::Pronoun || doc.dep(head) != "appos" {
            continue;
        }
        let Some(e) = by_head[doc.head(head)] else { continue };
        let (a, b) = (&clusters.mentions[e], &clusters.mentions[m]);
        let both_names = a.form == MentionForm::Name && b.form == MentionForm::Name;
        // Two names side by side are a list, or a town and its country.
        if both_names || !kinds_agree(clusters.kind(e), clusters.kind(m)) {
            continue;
        }
        if clusters.number(e).agrees(clusters.number(m)) && !has_siblings(doc, head) {
            clusters.join(m.max(e), m.min(e), "coref/apposition");
        }
    }
    // "X is the capital": the definite complement of a copula.
    for m in 0..clusters.len() {
        let head = clusters.mentions[m].head;
        if clusters.mentions[m].form != MentionForm::Nominal || doc.dep(head) != "attr" {
            continue;
        }
        let verb = doc.head(head);
        let negated = doc.children_by(verb, "neg").next().is_some();
        if negated || !tables.is(WordList::Being, doc.lemma(verb)) {
            continue;
        }
        let subject = doc.children_by(verb, "nsubj").next().and_then(|s| by_head[s]);
        if let Some(e) = subject
            && clusters.mentions[e].form != MentionForm::Pronoun
            && kinds_agree(clusters.kind(e), clusters.kind(m))
            && clusters.number(e).agrees(clusters.number(m))
        {
            clusters.join(m.max(e), m.min(e), "coref/copula");
        }
    }
}

/// Whether a token begins or belongs to a list.
fn has_siblings(doc: &Document<'_>, i: usize) -> bool {
    doc.children_by(i, "conj").next().is_some()
}

/// The mention with each head, names first.
pub(super) fn heads(clusters: &Clusters, n: usize) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = vec![None; n];
    for (m, mention) in clusters.mentions.iter().enumerate() {
        let slot = &mut out[mention.head];
        if slot.is_none() || mention.form == MentionForm::Name {
            *slot = Some(m);
        }
    }
    out
}

fn is_definite(doc: &Document<'_>, tables: &Tables, clusters: &Clusters, m: usize) -> bool {
    let tokens = clusters.mentions[m].tokens.clone();
    doc.tokens_in(clusters.mentions[m].span)
        .take(1)
        .any(|i| tables.is(WordList::Definite, &doc.word(i).to_lowercase()))
        || tokens.clone().any(|i| doc.dep(i) == "poss" && doc.head(i) == clusters.mentions[m].head)
}

/// The modifiers of a description, in lower case, without article and the like.
fn modifiers(doc: &Document<'_>, clusters: &Clusters, m: usize) -> Vec<String> {
    let mention = &clusters.mentions[m];
    mention
        .tokens
        .clone()
        .filter(|&i| {
            i != mention.head && !matches!(doc.tag(i), "DT" | "POS" | "PRP$" | "HYPH" | "PDT")
        })
        .map(|i| doc.word(i).to_lowercase())
        .collect()
}

/// The same head noun, with nothing new said.
pub(super) fn same_words(doc: &Document<'_>, tables: &Tables, clusters: &mut Clusters) {
    for m in 0..clusters.len() {
        let mention = &clusters.mentions[m];
        if mention.form != MentionForm::Nominal || !clusters.is_first(m) {
            continue;
        }
        let definite = is_definite(doc, tables, clusters, m);
        let lemma = doc.lemma(mention.head);
        let mods = modifiers(doc, clusters, m);
        let fits = |e: usize| {
            let earlier = &clusters.mentions[e];
            if earlier.form != MentionForm::Nominal
                || doc.lemma(earlier.head) != lemma
                || !earlier.number.agrees(mention.number)
                || earlier.span.overlaps(mention.span)
            {
                return false;
            }
            let before = modifiers(doc, clusters, e);
            if definite {
                mods.iter().all(|w| before.contains(w))
            } else {
                mods == before && !mods.is_empty()
            }
        };
        if let Some(e) = (0..m).rev().find(|&e| fits(e)) {
            clusters.join(m, e, "coref/same-words");
        }
    }
}

/// "the president" after "President X"; "the Kazakh president".
pub(super) fn by_title(doc: &Document<'_>, tables: &Tables, clusters: &mut Clusters) {
    for m in 0..clusters.len() {
        let mention = &clusters.mentions[m];
        if mention.form != MentionForm::Nominal
            || mention.kind != EntityType::Person
            || !clusters.is_first(m)
        {
            continue;
        }
        let head = doc.word(mention.head).to_lowercase();
        let proper = doc.word(mention.head).chars().next().is_some_and(char::is_uppercase);
        if !is_definite(doc, tables, clusters, m) && !proper {
            continue;
        }
        let fits = |e: usize| {
            let earlier = &clusters.mentions[e];
            let titled = earlier
                .title
                .as_ref()
                .is_some_and(|t| joined(doc, t.clone()).split(' ').any(|w| w == head));
            titled && clusters.gender(e).agrees(mention.gender)
        };
        let found = (0..m).rev().find(|&e| fits(e));
        let others = found.is_some_and(|f| (0..m).any(|e| fits(e) && !clusters.joined(e, f)));
        if let Some(e) = found.filter(|&e| {
            !others
                || doc.sentence_of(clusters.mentions[e].head) + 3 > doc.sentence_of(mention.head)
        }) {
            clusters.join(m, e, "coref/title");
        }
    }
}

/// "the country", "the company", "the city": the one of that kind last spoken of.
pub(super) fn by_kind(doc: &Document<'_>, tables: &Tables, kb: &Kb, clusters: &mut Clusters) {
    for m in 0..clusters.len() {
        let mention = &clusters.mentions[m];
        if mention.form != MentionForm::Nominal
            || !clusters.is_first(m)
            || !is_definite(doc, tables, clusters, m)
        {
            continue;
        }
        if !modifiers(doc, clusters, m).is_empty()
            || doc.children_by(mention.head, "prep").next().is_some()
        {
            continue;
        }
        if !matches!(
            mention.kind,
            EntityType::Place | EntityType::Organization | EntityType::Facility
        ) {
            continue;
        }
        let lemma = doc.lemma(mention.head);
        let here = doc.sentence_of(mention.head);
        let fits = |e: usize| {
            let earlier = &clusters.mentions[e];
            earlier.form == MentionForm::Name
                && earlier.kind == mention.kind
                && !earlier.span.overlaps(mention.span)
                && doc.sentence_of(earlier.head) + 4 > here
                && generic_fits(doc, tables, kb, lemma, earlier)
        };
        if let Some(e) = (0..m).rev().find(|&e| fits(e)) {
            clusters.join(m, e, "coref/kind");
        }
    }
}

/// Whether "the city", "the agency" can be this name: what the knowledge base knows of it, or the
/// noun in the name itself.
fn generic_fits(doc: &Document<'_>, tables: &Tables, kb: &Kb, lemma: &str, name: &Found) -> bool {
    let key = fold(name.span.of(doc.text()));
    if key.split(' ').any(|w| w == lemma) {
        return true;
    }
    let Some(class) = tables.generic(lemma) else { return false };
    if let Some(code) = name.place {
        return class == "country"
            && kb.country(code).is_some_and(|e| e.kind == EntryKind::Country);
    }
    let entries = kb.lookup_folded(&key);
    let best = entries.iter().filter(|e| e.kind.is_place()).map(|e| e.kind).min();
    match class {
        "country" => best == Some(EntryKind::Country),
        "city" => matches!(best, Some(EntryKind::Capital | EntryKind::City)),
        "division" => matches!(best, Some(EntryKind::Admin1 | EntryKind::Admin2)),
        "media" => entries.iter().any(|e| e.kind == EntryKind::Media),
        "party" => entries.iter().any(|e| e.kind == EntryKind::Party),
        "body" => entries.iter().any(|e| matches!(e.kind, EntryKind::Body | EntryKind::Government)),
        "company" => {
            name.kind == EntityType::Organization
                && (entries.is_empty() || entries.iter().any(|e| e.kind == EntryKind::Organization))
        }
        _ => false,
    }
}
