//! Descriptions and pronouns.

use std::ops::Range;

use crate::facts::{EntityType, MentionForm};
use crate::span::Span;
use crate::text::{Document, Pos};

use super::{Found, Gender, NounClass, Number, Tables, WordList};
use crate::extract::trace::Rule;

/// Adds the descriptions and pronouns of a document to its names.
pub(super) fn extract_nominals(
    doc: &Document<'_>,
    tables: &Tables,
    taken: &[Span],
    found: &mut Vec<Found>,
) {
    let mut named = vec![false; doc.len()];
    let mut titled = vec![false; doc.len()];
    for m in found.iter() {
        for i in m.tokens.clone() {
            // A demonym may modify the head of a description.
            named[i] = true;
        }
        for i in m.title.clone().into_iter().flatten() {
            titled[i] = true;
        }
    }
    let mut timed = vec![false; doc.len()];
    for span in taken {
        for i in doc.tokens_in(*span) {
            timed[i] = true;
        }
    }
    for i in 0..doc.len() {
        if named[i] || titled[i] || timed[i] {
            continue;
        }
        if let Some(pronoun) = pronoun_at(doc, tables, i) {
            found.push(pronoun);
        } else if let Some(nominal) = nominal_at(doc, tables, i, &named) {
            found.push(nominal);
        }
    }
}

fn pronoun_at(doc: &Document<'_>, tables: &Tables, i: usize) -> Option<Found> {
    if !matches!(doc.tag(i), "PRP" | "PRP$") {
        return None;
    }
    let word = doc.word(i).to_lowercase();
    let pronoun = tables.pronoun(&word)?;
    if doc.dep(i) == "expl" || pronoun.gender == Gender::Neuter && is_pleonastic(doc, tables, i) {
        return None;
    }
    let kind = match (pronoun.gender, pronoun.number, pronoun.person) {
        (Gender::Male | Gender::Female, _, _) | (_, Number::Singular, 1) => EntityType::Person,
        (_, Number::Plural, _) => EntityType::Group,
        _ => EntityType::Thing,
    };
    Some(Found {
        span: doc.span(i),
        form: MentionForm::Pronoun,
        tokens: i..i + 1,
        head: i,
        kind,
        number: pronoun.number,
        gender: pronoun.gender,
        person: pronoun.person,
        title: None,
        place: None,
        stands_alone: false,
        rule: Rule::from("pronoun"),
    })
}

/// "It is clear that", "it rains", "it was reported": stands for nothing.
fn is_pleonastic(doc: &Document<'_>, tables: &Tables, i: usize) -> bool {
    if !matches!(doc.dep(i), "nsubj" | "nsubjpass") {
        return false;
    }
    let head = doc.head(i);
    let clause = |h: usize| {
        doc.children(h)
            .any(|c| matches!(doc.dep(c), "ccomp" | "xcomp" | "csubj" | "advcl") && c > h)
    };
    let listed = |j: usize| {
        tables.is(WordList::Pleonastic, doc.lemma(j))
            || tables.is(WordList::Pleonastic, &doc.word(j).to_lowercase())
    };
    if listed(head) && (clause(head) || doc.dep(i) == "nsubjpass") {
        return true;
    }
    doc.children(head).any(|c| {
        matches!(doc.dep(c), "acomp" | "attr" | "oprd") && listed(c) && (clause(c) || clause(head))
    })
}

/// Relations to a head in which a noun begins a phrase of its own.
const PHRASE: [&str; 13] = [
    "nsubj",
    "nsubjpass",
    "dobj",
    "pobj",
    "conj",
    "appos",
    "ROOT",
    "dative",
    "agent",
    "poss",
    "obj",
    "iobj",
    "attr",
];
/// Relations of the words that belong to a description on its left.
const MODIFIER: [&str; 11] = [
    "det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet", "punct", "case",
    "npadvmod",
];

fn nominal_at(doc: &Document<'_>, tables: &Tables, i: usize, named: &[bool]) -> Option<Found> {
    if !matches!(doc.tag(i), "NN" | "NNS" | "NNP" | "NNPS") || !PHRASE.contains(&doc.dep(i)) {
        return None;
    }
    let word = doc.word(i).to_lowercase();
    let proper = doc.pos(i) == Pos::Propn;
    let lemma = if proper { word.as_str() } else { doc.lemma(i) };
    let title = tables.title(&word).is_some();
    // Some plurals are words of their own: "authorities", "forces".
    let own = tables.noun(&word);
    let class = match own.or_else(|| tables.noun(lemma)) {
        Some(class) => class,
        None if title => NounClass::Person,
        None => return None,
    };
    if class == NounClass::Abstract || proper && !title && class != NounClass::Organization {
        return None;
    }
    // "A state of emergency" is no state.
    let abstracted = tables.is(WordList::StateOf, lemma)
        && doc.children_by(i, "prep").any(|p| {
            tables.is(WordList::Of, &doc.word(p).to_lowercase())
                && doc.children_by(p, "pobj").any(|o| doc.pos(o) == Pos::Noun)
        });
    if abstracted {
        return None;
    }
    let start = left_edge(doc, i);
    let tokens = start..i + 1;
    let definite = tokens.clone().any(|j| {
        j != i
            && doc.head(j) == i
            && (tables.is(WordList::Definite, &doc.word(j).to_lowercase()) || doc.dep(j) == "poss")
    });
    let counted = doc.children_by(i, "nummod").any(|c| c < i) && !definite;
    // A bare singular is a kind, not a thing ("as president"), unless a capital makes it one.
    let bare = !proper
        && doc.tag(i) == "NN"
        && matches!(
            class,
            NounClass::Person
                | NounClass::Place
                | NounClass::Facility
                | NounClass::Organization
                | NounClass::Thing
        )
        && !doc
            .children(i)
            .any(|c| c < i && matches!(doc.dep(c), "det" | "poss" | "nummod" | "predet"))
        && doc.dep(i) != "appos"
        && !doc.children(i).any(|c| doc.dep(c) == "appos");
    // "Which members", "whose parents": a question, a relative clause.
    let asks = tokens.clone().any(|j| matches!(doc.tag(j), "WDT" | "WP$" | "WP"));
    // "Its members include X": what they are comes after.
    let introduces =
        matches!(doc.dep(i), "nsubj") && tables.is(WordList::Including, doc.lemma(doc.head(i)));
    if bare || asks || introduces {
        return None;
    }
    let negated = doc.children_by(i, "det").any(|c| matches!(doc.morph(c), "PronType=Neg"));
    if negated || (i > start && named[i - 1] && doc.dep(i) == "ROOT" && tokens.len() == 1) {
        return None;
    }
    // What a copula says of its subject is a relation, unless the phrase is definite.
    if doc.dep(i) == "attr" && !definite {
        return None;
    }
    let plural = matches!(doc.tag(i), "NNS" | "NNPS");
    let kind = match class {
        NounClass::Person if plural => EntityType::Group,
        // "the member states" act; "their homes" are places.
        NounClass::Place
            if plural && matches!(tables.generic(lemma), Some("country" | "state")) =>
        {
            EntityType::Group
        }
        NounClass::Person => EntityType::Person,
        NounClass::Group => EntityType::Group,
        NounClass::Organization if plural && own.is_none() => EntityType::Group,
        NounClass::Organization => EntityType::Organization,
        NounClass::Place => EntityType::Place,
        NounClass::Facility => EntityType::Facility,
        NounClass::Thing | NounClass::Abstract => EntityType::Thing,
    };
    // "fuel prices": a thing with a noun before it is a certain one.
    let specific =
        doc.children(i).any(|c| c < i && doc.dep(c) == "compound" && doc.pos(c) == Pos::Noun);
    let gender = match class {
        NounClass::Person => tables.gender_of_noun(lemma),
        _ => Gender::Neuter,
    };
    let number = match (plural, class) {
        (true, _) => Number::Plural,
        (false, NounClass::Organization | NounClass::Group) => Number::Unknown,
        (false, _) => Number::Singular,
    };
    Some(Found {
        span: doc.span_of(tokens.clone()),
        form: MentionForm::Nominal,
        tokens,
        head: i,
        kind,
        number,
        gender: if plural { Gender::Unknown } else { gender },
        person: 3,
        title: None,
        place: None,
        stands_alone: !counted && (class != NounClass::Thing || specific),
        rule: Rule::from("nominal"),
    })
}

/// The first token of the description whose head is `i`: its modifiers on the left, without gaps.
fn left_edge(doc: &Document<'_>, i: usize) -> usize {
    let mut start = i;
    let mut left: Vec<usize> = doc.children(i).filter(|&c| c < i).collect();
    left.reverse();
    for c in left {
        let Range { start: from, end: to } = doc.subtree(c);
        if to != start
            || !MODIFIER.contains(&doc.dep(c))
            || doc.pos(c) == Pos::Verb && doc.dep(c) != "amod"
        {
            break;
        }
        start = from;
    }
    while start < i && matches!(doc.pos(start), Pos::Punct | Pos::Space) {
        start += 1;
    }
    start
}
