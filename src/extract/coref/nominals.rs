//! Sieves over descriptions.

use crate::extract::mention::{Found, Tables, WordList, joined};
use crate::facts::{EntityType, MentionForm};
use crate::kb::{EntryKind, Kb, fold};
use crate::text::{Document, Pos};

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
        // "X, those of Y, and a Z": members of a list, whatever the tree says.
        let (first, last) = (a.tokens.end.min(b.tokens.end), a.tokens.start.max(b.tokens.start));
        let commas = (first..last).filter(|&i| doc.word(i) == ",").count();
        if commas > 1 {
            continue;
        }
        if clusters.number(e).agrees(clusters.number(m)) && !has_siblings(doc, head) {
            clusters.describe(m, e, "coref/apposition");
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
            clusters.describe(m, e, "coref/copula");
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

/// The pronoun that owns a noun.
fn possessor(doc: &Document<'_>, noun: usize) -> Option<usize> {
    doc.children_by(noun, "poss").find(|&p| doc.tag(p) == "PRP$")
}

/// What owns a noun: the head of the possessive before it.
fn owner(doc: &Document<'_>, noun: usize) -> Option<usize> {
    doc.children_by(noun, "poss").next()
}

/// The words after a noun that tell which one is meant: "of …", "who …".
fn limits<'t>(doc: &Document<'t>, noun: usize) -> Vec<&'t str> {
    doc.children(noun)
        .filter(|&c| c > noun && matches!(doc.dep(c), "prep" | "relcl" | "acl"))
        .flat_map(|c| doc.subtree(c))
        .map(|i| doc.word(i))
        .collect()
}

/// Whose descriptions a sieve looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owned {
    /// Those with no pronoun before them.
    ByNoPronoun,
    /// "its fleet", once it is known what "its" stands for.
    ByPronoun,
}

/// The same head noun, with nothing new said.
pub(super) fn same_words(
    doc: &Document<'_>,
    tables: &Tables,
    clusters: &mut Clusters,
    owned: Owned,
) {
    let by_head = heads(clusters, doc.len());
    let plural = |i: usize| matches!(doc.tag(i), "NNS" | "NNPS");
    for m in 0..clusters.len() {
        let mention = &clusters.mentions[m];
        let mine = possessor(doc, mention.head);
        if mention.form != MentionForm::Nominal
            || !clusters.is_first(m)
            || mine.is_some() != (owned == Owned::ByPronoun)
            || tables.is(WordList::General, doc.lemma(mention.head))
        {
            continue;
        }
        let lemma = doc.lemma(mention.head);
        let limits = limits(doc, mention.head);
        let definite = is_definite(doc, tables, clusters, m);
        if !definite && !plural(mention.head) {
            continue;
        }
        let mods = modifiers(doc, clusters, m);
        let fits = |e: usize| {
            let earlier = &clusters.mentions[e];
            if earlier.form != MentionForm::Nominal
                || doc.lemma(earlier.head) != lemma
                || plural(earlier.head) != plural(mention.head)
                || earlier.span.overlaps(mention.span)
            {
                return false;
            }
            // "any parts" are none that one can come back to.
            let vague = doc
                .children_by(earlier.head, "det")
                .chain(doc.children_by(earlier.head, "amod"))
                .any(|d| tables.is(WordList::Vague, &doc.word(d).to_lowercase()));
            if vague {
                return false;
            }
            // "their robot" is another's than "their robot", unless both are known to be theirs.
            if let Some(mine) = mine {
                let same = |theirs: usize| match (by_head[mine], by_head[theirs]) {
                    (Some(a), Some(b)) => clusters.joined(a, b),
                    _ => false,
                };
                if !owner(doc, earlier.head).is_some_and(same) {
                    return false;
                }
            }
            // "the people in the town" are no others than those that were said to be in it.
            if !limits.is_empty() && limits != self::limits(doc, earlier.head) {
                return false;
            }
            let before = modifiers(doc, clusters, e);
            if definite {
                mods.iter().all(|w| before.contains(w))
            } else {
                // "Relief troops" after "the relief troops", in the same words.
                mods == before && !mods.is_empty() && is_definite(doc, tables, clusters, e)
            }
        };
        if let Some(e) = (0..m).rev().find(|&e| fits(e)) {
            clusters.describe(m, e, "coref/same-words");
        }
    }
}

/// "the president" after "President X"; "the Kazakh president".
pub(super) fn by_title(doc: &Document<'_>, tables: &Tables, clusters: &mut Clusters) {
    let by_head = heads(clusters, doc.len());
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
        // "The new sultan", "as the sultan": one who comes to be it, or is to be told from another.
        let word = |i: usize| doc.word(i).to_lowercase();
        let told_apart =
            doc.children_by(mention.head, "amod").any(|c| tables.is(WordList::Former, &word(c)));
        let becomes = doc.dep(mention.head) == "pobj"
            && tables.is(WordList::As, &word(doc.head(mention.head)));
        if told_apart || becomes {
            continue;
        }
        // "Groom's member of parliament" is that of Groom, whoever else is one.
        let owned = owner(doc, mention.head).and_then(|p| by_head[p]);
        if owned.is_some_and(|p| clusters.mentions[p].form == MentionForm::Name) {
            continue;
        }
        // "the prosecutor general" is no general: all words of the title must be there.
        let low = mention.head.saturating_sub(3).max(mention.tokens.start);
        let phrase = (low..=mention.head)
            .map(|start| joined(doc, start..mention.head + 1))
            .find(|p| tables.title(p).is_some())
            .unwrap_or_else(|| head.clone());
        let noun_before = doc
            .children_by(mention.head, "compound")
            .any(|c| c < mention.head && doc.pos(c) == Pos::Noun);
        let fits = |e: usize| {
            let earlier = &clusters.mentions[e];
            let titled = earlier.title.as_ref().is_some_and(|t| {
                let title = joined(doc, t.clone());
                let words = || title.split(' ');
                title == phrase
                    || title.ends_with(&format!(" {phrase}"))
                    || title.starts_with(&format!("{phrase} "))
                    || !noun_before && phrase == head && words().any(|w| w == head)
            });
            titled && clusters.gender(e).agrees(mention.gender)
        };
        let found = (0..m).rev().find(|&e| fits(e));
        let others = found.is_some_and(|f| (0..m).any(|e| fits(e) && !clusters.joined(e, f)));
        if let Some(e) = found.filter(|&e| {
            !others
                || doc.sentence_of(clusters.mentions[e].head) + 3 > doc.sentence_of(mention.head)
        }) {
            clusters.describe(m, e, "coref/title");
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
            || possessor(doc, mention.head).is_some()
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
            clusters.describe(m, e, "coref/kind");
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
        "state" => matches!(best, Some(EntryKind::Country | EntryKind::Admin1)),
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

/// "the country's leader" after "Norwegian Prime Minister X": the one person who is said to lead it.
pub(super) fn leaders(doc: &Document<'_>, tables: &Tables, clusters: &mut Clusters) {
    let by_head = heads(clusters, doc.len());
    let names: Vec<(usize, usize)> = (0..clusters.len())
        .filter(|&m| clusters.mentions[m].form == MentionForm::Name)
        .map(|m| (clusters.mentions[m].tokens.end, m))
        .collect();
    // Who leads what: a title of an office right after the name of a place or a body.
    let mut led: Vec<(usize, usize)> = Vec::new();
    for m in 0..clusters.len() {
        let Some(title) = clusters.mentions[m].title.clone() else { continue };
        let leads = title.clone().any(|i| tables.is(WordList::Leader, &doc.word(i).to_lowercase()));
        if let Some(&(_, of)) = names.iter().find(|(end, _)| *end == title.start)
            && leads
        {
            led.push((m, of));
        }
    }
    for m in 0..clusters.len() {
        let mention = &clusters.mentions[m];
        let lemma = doc.lemma(mention.head);
        if mention.form != MentionForm::Nominal
            || mention.kind != EntityType::Person
            || !clusters.is_first(m)
            || !tables.is(WordList::Leader, lemma)
        {
            continue;
        }
        let complement = doc
            .children(mention.head)
            .filter(|&c| {
                c < mention.head && matches!(doc.dep(c), "poss" | "compound" | "amod" | "nmod")
            })
            .find_map(|c| by_head[c]);
        let Some(of) = complement else { continue };
        let mut fits: Vec<usize> = Vec::new();
        for &(person, place) in &led {
            if clusters.joined(place, of)
                && person < m
                && fits.iter().all(|&f| !clusters.joined(f, person))
            {
                fits.push(person);
            }
        }
        if let [person] = fits.as_slice() {
            clusters.describe(m, *person, "coref/leader");
        }
    }
}

/// "the troops", "the contingent" after "the NDC forces": another noun of one class, with nothing
/// that speaks against it.
pub(super) fn synonyms(doc: &Document<'_>, tables: &Tables, clusters: &mut Clusters) {
    let by_head = heads(clusters, doc.len());
    // Names among the modifiers count as what they refer to, other words as they stand.
    let marks = |clusters: &Clusters, m: usize| -> Vec<String> {
        let mention = &clusters.mentions[m];
        doc.children(mention.head)
            .filter(|&c| {
                c < mention.head
                    && matches!(doc.dep(c), "compound" | "amod" | "nmod" | "poss" | "nummod")
            })
            .map(|c| match by_head[c] {
                Some(n) if n != m => format!("#{}", clusters.members(n)[0]),
                _ => doc.word(c).to_lowercase(),
            })
            .collect()
    };
    for m in 0..clusters.len() {
        let mention = &clusters.mentions[m];
        let Some(class) = tables.synonym(&doc.word(mention.head).to_lowercase()) else { continue };
        if mention.form != MentionForm::Nominal
            || !clusters.is_first(m)
            || !is_definite(doc, tables, clusters, m)
        {
            continue;
        }
        let mine = marks(clusters, m);
        let earlier = (0..m).rev().find(|&e| {
            let other = &clusters.mentions[e];
            if other.form != MentionForm::Nominal
                || tables.synonym(&doc.word(other.head).to_lowercase()) != Some(class)
            {
                return false;
            }
            // What is known of the whole entity so far.
            let known: Vec<String> = clusters
                .members(e)
                .iter()
                .filter(|&&x| clusters.mentions[x].form == MentionForm::Nominal)
                .flat_map(|&x| marks(clusters, x))
                .collect();
            let within = mine.iter().all(|w| known.contains(w));
            let adds = !known.is_empty() && known.iter().all(|w| mine.contains(w));
            within || adds
        });
        if let Some(e) = earlier {
            clusters.describe(m, e, "coref/synonym");
        }
    }
}
