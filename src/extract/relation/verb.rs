//! Relations that verbs state.

use crate::facts::{MentionForm, TimeType};

use super::emit::{Manner, Sink};
use super::rules::{RelationTables, VerbRule};
use super::view::{Arg, View};

/// Finds what the verb rules say.
pub(super) fn by_verbs(view: &View<'_, '_>, tables: &RelationTables, sink: &mut Sink) {
    for verb in 0..view.doc.len() {
        if !matches!(view.doc.tag(verb).as_bytes().first(), Some(b'V')) {
            continue;
        }
        let lemma = view.doc.lemma(verb);
        for rules in &tables.rules {
            for rule in rules.verbs.iter().filter(|r| r.lemmas.iter().any(|l| l == lemma)) {
                let Some(manner) = view.manner(verb) else { continue };
                apply(view, verb, rule, rules.predicate, manner, sink);
            }
        }
    }
}

fn apply(
    view: &View<'_, '_>,
    verb: usize,
    rule: &VerbRule,
    predicate: crate::facts::Predicate,
    manner: Manner,
    sink: &mut Sink,
) {
    let doc = view.doc;
    if !rule.with.is_empty() {
        let object =
            view.objects(verb).into_iter().any(|o| rule.with.iter().any(|w| w == doc.lemma(o)));
        if !object {
            return;
        }
    }
    let name = format!("{}#{}", predicate.as_str(), rule.name);
    let subjects: Vec<Arg> = slots(view, verb, &rule.subject)
        .into_iter()
        .filter(|a| view.fits(*a, &rule.subject_types) && is_one(view, *a))
        .collect();
    if rule.object.iter().any(|s| s == "date") {
        let Some((_, time)) = view.date_of(verb) else { return };
        if time.kind != TimeType::Date || !time.value.starts_with(|c: char| c.is_ascii_digit()) {
            return;
        }
        for s in &subjects {
            sink.value(*s, predicate, &time.value, datatype(&time.value), time.span, manner, &name);
        }
        return;
    }
    let objects: Vec<Arg> = slots(view, verb, &rule.object)
        .into_iter()
        .filter(|a| {
            view.fits(*a, &rule.object_types)
                && (a.form == MentionForm::Name || view.is_named(a.entity))
        })
        .collect();
    let ends = |a: &Arg, words: &[String]| {
        let name = view.entities[a.entity.index()].entity.name.to_lowercase();
        name.split(' ').next_back().is_some_and(|last| words.iter().any(|w| w == last))
    };
    let objects: Vec<Arg> = objects
        .into_iter()
        .filter(|a| !ends(a, &rule.object_stop))
        .filter(|a| rule.object_words.is_empty() || ends(a, &rule.object_words))
        .collect();
    for s in &subjects {
        for o in &objects {
            sink.relate(view, *s, predicate, *o, manner, &name);
        }
    }
}

/// The XSD datatype of a date as far as it is known.
pub(super) fn datatype(value: &str) -> &'static str {
    match value.len() {
        4 => "xsd:gYear",
        7 => "xsd:gYearMonth",
        10 => "xsd:date",
        _ => "xsd:string",
    }
}

fn slots(view: &View<'_, '_>, verb: usize, slots: &[String]) -> Vec<Arg> {
    for slot in slots {
        let found: Vec<Arg> =
            view.slot(verb, slot).into_iter().flat_map(|t| view.args(t)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whether an argument is worth a fact: it has a name somewhere, or is a pronoun for a person.
pub(super) fn is_one(view: &View<'_, '_>, arg: Arg) -> bool {
    view.is_named(arg.entity) || arg.form == MentionForm::Pronoun
}
