//! Relations that nouns state: "Y's founder X", "X, the capital of Y", "X is a subsidiary of Y".

use crate::extract::mention::WordList;
use crate::facts::{MentionForm, Predicate};
use crate::text::Pos;

use super::emit::{Manner, Sink};
use super::rules::{Direction, NounRule, RelationTables};
use super::verb::is_one;
use super::view::{Arg, View};

/// Finds what the noun rules say.
pub(super) fn by_nouns(view: &View<'_, '_>, tables: &RelationTables, sink: &mut Sink) {
    for noun in 0..view.doc.len() {
        if !matches!(view.doc.pos(noun), Pos::Noun | Pos::Propn) {
            continue;
        }
        let word = view.doc.word(noun).to_lowercase();
        let lemma = view.doc.lemma(noun).to_lowercase();
        for rules in &tables.rules {
            let speaks = |r: &&NounRule| r.lemmas.iter().any(|l| *l == lemma || *l == word);
            for rule in rules.nouns.iter().filter(speaks) {
                apply(view, noun, rule, rules.predicate, sink);
            }
        }
    }
}

fn apply(view: &View<'_, '_>, noun: usize, rule: &NounRule, predicate: Predicate, sink: &mut Sink) {
    let name = format!("{}#{}", predicate.as_str(), rule.name);
    let doc = view.doc;
    let before = |words: &[String]| {
        let mut modifiers = doc.children(noun).filter(|&c| c < noun).chain(noun.checked_sub(1));
        modifiers.any(|c| words.iter().any(|w| doc.word(c).eq_ignore_ascii_case(w)))
    };
    if before(&rule.without) || !rule.with.is_empty() && !before(&rule.with) {
        return;
    }
    let complements: Vec<Arg> = complements(view, noun, &rule.complement)
        .into_iter()
        .filter(|a| view.fits(*a, &rule.complement_types) && is_one(view, *a))
        .collect();
    let complements = if complements.is_empty() && rule.topic {
        topic(view, noun).filter(|a| view.fits(*a, &rule.complement_types)).into_iter().collect()
    } else {
        complements
    };
    if complements.is_empty() {
        return;
    }
    for (bearer, manner) in bearers(view, noun) {
        if !view.fits(bearer, &rule.bearer_types) || !is_one(view, bearer) {
            continue;
        }
        for complement in &complements {
            match rule.turned {
                Direction::Bearer => {
                    sink.relate(view, bearer, predicate, *complement, manner, &name);
                }
                Direction::Complement => {
                    sink.relate(view, *complement, predicate, bearer, manner, &name);
                }
            }
        }
    }
}

/// Whom a noun describes, by apposition, copula, title or "as", with the manner of the clause.
pub(super) fn bearers(view: &View<'_, '_>, noun: usize) -> Vec<(Arg, Manner)> {
    let doc = view.doc;
    let mut out: Vec<(Arg, Manner)> = Vec::new();
    let mut add = |arg: Option<Arg>, manner: Manner| {
        if let Some(arg) = arg
            && !out.iter().any(|(a, _)| a.entity == arg.entity)
        {
            out.push((arg, manner));
        }
    };
    let top = first_of_list(view, noun);
    match doc.dep(top) {
        "appos" => add(view.at(view.antecedent(doc.head(top))), Manner::PLAIN),
        "attr" | "oprd" => {
            let verb = doc.head(top);
            if view.tables.is(WordList::Becoming, doc.lemma(verb))
                && let Some(manner) = view.manner(verb)
            {
                add(view.first_argument(verb).and_then(|s| view.at(s)), manner);
            }
        }
        "pobj" if view.tables.is(WordList::As, &doc.word(doc.head(top)).to_lowercase()) => {
            let verb = doc.head(doc.head(top));
            if view.tables.is(WordList::Serving, doc.lemma(verb))
                && let Some(manner) = view.manner(verb)
            {
                let objects = view.objects(verb);
                let who = objects.first().copied().or_else(|| view.first_argument(verb));
                add(who.and_then(|s| view.at(s)), manner);
            }
        }
        _ => {}
    }
    // "its founder, X".
    for c in doc.children_by(top, "appos") {
        add(view.at(c), Manner::PLAIN);
    }
    // "founder X": the noun is part of the name's title.
    for e in view.entities.iter().flat_map(|e| &e.found) {
        if e.title.as_ref().is_some_and(|t| t.contains(&noun)) {
            add(view.at(e.head), Manner::PLAIN);
        }
    }
    if out.is_empty()
        && let Some(arg) = view.at(noun)
        && arg.form == MentionForm::Nominal
        && view.is_named(arg.entity)
        && matches!(doc.dep(noun), "nsubj" | "nsubjpass" | "dobj" | "pobj")
    {
        out.push((arg, Manner::PLAIN));
    }
    out
}

/// The first member of the list to which a token belongs.
fn first_of_list(view: &View<'_, '_>, token: usize) -> usize {
    let mut at = token;
    while view.doc.dep(at) == "conj"
        && view.at(view.doc.head(at)).is_none_or(|a| a.form != MentionForm::Name)
        && matches!(view.doc.pos(view.doc.head(at)), Pos::Noun | Pos::Propn)
    {
        at = view.doc.head(at);
    }
    at
}

/// What completes a noun: "of Y", "Y's", "Y founder"; a noun of a list shares it with the others.
pub(super) fn complements(view: &View<'_, '_>, noun: usize, slots: &[String]) -> Vec<Arg> {
    let own = own_complements(view, noun, slots);
    if !own.is_empty() {
        return own;
    }
    let doc = view.doc;
    let relatives =
        doc.children_by(noun, "conj").chain((doc.dep(noun) == "conj").then(|| doc.head(noun)));
    for other in relatives {
        if matches!(doc.pos(other), Pos::Noun | Pos::Propn)
            && view.at(other).is_none_or(|a| a.form != MentionForm::Name)
        {
            let shared = own_complements(view, other, slots);
            if !shared.is_empty() {
                return shared;
            }
        }
    }
    Vec::new()
}

fn own_complements(view: &View<'_, '_>, noun: usize, slots: &[String]) -> Vec<Arg> {
    let doc = view.doc;
    for slot in slots {
        let found: Vec<Arg> = match slot.as_str() {
            "possessor" => doc
                .children_by(noun, "poss")
                .flat_map(|p| view.args(p))
                .chain(title_possessor(view, noun))
                .collect(),
            "compound" => {
                let own = doc
                    .children(noun)
                    .filter(|&c| {
                        c < noun && matches!(doc.dep(c), "compound" | "nmod" | "amod" | "poss")
                    })
                    .filter_map(|c| view.at(c))
                    .find(|a| a.form == MentionForm::Name);
                own.or_else(|| name_before_title(view, noun)).into_iter().collect()
            }
            preposition => view
                .after_preposition(noun, preposition)
                .into_iter()
                .flat_map(|t| view.args(t))
                .collect(),
        };
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The name right before the title of which `noun` is the last or a middle word: "Acme chief X".
fn name_before_title(view: &View<'_, '_>, noun: usize) -> Option<Arg> {
    let title = view
        .entities
        .iter()
        .flat_map(|e| &e.found)
        .find_map(|m| m.title.clone().filter(|t| t.contains(&noun)))?;
    let mut start = title.start;
    // "Acme's former chief X".
    while start > 0
        && (view.doc.pos(start - 1) == Pos::Adj && view.at(start - 1).is_none()
            || view.tables.is(WordList::Former, &view.doc.word(start - 1).to_lowercase()))
    {
        start -= 1;
    }
    view.name_before(start)
}

/// "Acme's chief X": the possessor hangs on the name.
fn title_possessor(view: &View<'_, '_>, noun: usize) -> Option<Arg> {
    let m = view
        .entities
        .iter()
        .flat_map(|e| &e.found)
        .find(|m| m.title.as_ref().is_some_and(|t| t.contains(&noun)))?;
    view.doc.children_by(m.head, "poss").find_map(|p| view.at(p))
}

/// What "the capital" without more is the capital of: the country last spoken of, in this sentence
/// or the one before.
fn topic(view: &View<'_, '_>, noun: usize) -> Option<Arg> {
    let doc = view.doc;
    doc.children_by(noun, "det").next()?;
    let first = doc.sentences().get(doc.sentence_of(noun).saturating_sub(1)).map_or(0, |s| s.start);
    (first..noun).rev().filter_map(|i| view.at(i)).find(|a| {
        let country = |lemma: &str| matches!(view.tables.generic(lemma), Some("country"));
        view.entities[a.entity.index()].found.iter().any(|m| {
            m.place.is_some() || m.form == MentionForm::Nominal && country(doc.lemma(m.head))
        })
    })
}
