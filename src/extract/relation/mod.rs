//! What is so between entities: offices, memberships, kinship, places, names.
//!
//! Reads the tree and the resolved entities; the words are data (`lang/<code>/relation/`, one file
//! a predicate), the shapes of sentences in which they speak are here: a verb with its arguments,
//! a noun with its bearer and its complement, and what is said by standing side by side (titles,
//! brackets, commas). Nothing is concluded from what the text does not say.

mod emit;
mod noun;
mod office;
mod rules;
mod shape;
mod verb;
mod view;

use std::collections::BTreeSet;

use crate::facts::{Relation, Time, TimeId, TimeType};
use crate::span::Span;
use crate::text::Document;

use super::coref::Resolved;
use super::mention::Tables;
use super::trace::{Rule, Traced};

pub use rules::{RelationRuleError, RelationTables};

use emit::Sink;
use view::View;

/// TIMEX3's value for a time in the past that nothing dates.
const PAST: &str = "PAST_REF";

/// What makes such times.
const PAST_RULE: &str = "relation/holdsOffice#past";

/// Finds the relations of a document, in text order.
///
/// `entities` in the order of the facts, `times` likewise: relations refer to both by index.
pub fn extract_relations(
    doc: &Document<'_>,
    tables: &Tables,
    rules: &RelationTables,
    entities: &[Resolved],
    times: &[Time],
) -> Vec<Traced<Relation>> {
    let view = View::new(doc, tables, entities, times);
    let mut sink = Sink::default();
    verb::by_verbs(&view, rules, &mut sink);
    noun::by_nouns(&view, rules, &mut sink);
    office::offices(&view, rules, &mut sink);
    shape::short_names(&view, &mut sink);
    shape::ages(&view, &mut sink);
    shape::regions(&view, &mut sink);
    shape::nationalities(&view, &mut sink);
    shape::kinds(&view, rules, &mut sink);
    shape::members(&view, rules, &mut sink);
    shape::lives(&view, &mut sink);
    sink.finish()
}

/// The times for words that put an office in the past ("former"): `PAST_REF`, without days.
///
/// `taken` are the spans of the times already found; none of them is doubled.
pub fn past_offices(
    doc: &Document<'_>,
    rules: &RelationTables,
    entities: &[Resolved],
    taken: &[Span],
) -> Vec<Traced<Time>> {
    let rule = Rule::from(PAST_RULE);
    let past = |span| Time {
        span,
        kind: TimeType::Date,
        value: PAST.to_owned(),
        modifier: None,
        begin: None,
        end: None,
    };
    office::past_words(doc, rules, entities)
        .into_iter()
        .filter(|span| !taken.iter().any(|t| t.overlaps(*span)))
        .map(|span| Traced::new(past(span), &rule))
        .collect()
}

/// Takes out the times of [`past_offices`] that date no relation ("former Soviet states").
pub fn drop_idle_past(times: &mut Vec<Traced<Time>>, relations: &mut [Traced<Relation>]) {
    let used: BTreeSet<usize> =
        relations.iter().filter_map(|r| r.fact.time).map(TimeId::index).collect();
    let stays = |k: usize, time: &Traced<Time>| &*time.rule != PAST_RULE || used.contains(&k);
    let mut kept = 0;
    let moved: Vec<u32> = times
        .iter()
        .enumerate()
        .map(|(k, time)| {
            let now = kept;
            kept += u32::from(stays(k, time));
            now
        })
        .collect();
    let mut k = 0;
    times.retain(|time| {
        k += 1;
        stays(k - 1, time)
    });
    for relation in relations {
        let time = &mut relation.fact.time;
        *time = time.and_then(|t| moved.get(t.index()).copied().map(TimeId));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{coref, link, mention, time};
    use crate::facts::RelationObject;
    use crate::kb::Kb;
    use crate::lang::Pack;
    use crate::text::Engine;

    /// Every example of every file, through the whole layer: what it names must be found, and a text
    /// that names nothing must give nothing under the file's predicate.
    #[test]
    fn the_examples_of_the_rules_hold() {
        let pack = Pack::find("en").expect("English is built in");
        let engine = Engine::embedded().expect("the model is built in");
        let names = Tables::parse(pack).expect("sound tables");
        let rules = RelationTables::parse(pack).expect("sound rules");
        let dates = time::Tables::parse(pack).expect("sound rules");
        let kb = Kb::open();
        let mut wrong = Vec::new();
        for file in &rules.rules {
            for example in &file.examples {
                let doc = engine.analyse(&example.text);
                let times: Vec<_> =
                    time::extract_times(&doc, &dates, None).into_iter().map(|t| t.fact).collect();
                let taken: Vec<_> = times.iter().map(|t| t.span).collect();
                let found = mention::extract_mentions(&doc, &names, &kb, &taken);
                let mut entities = coref::resolve_entities(&doc, &names, &kb, found);
                link::link_entities(&doc, &names, &kb, &mut entities);
                let told: Vec<String> = extract_relations(&doc, &names, &rules, &entities, &times)
                    .into_iter()
                    .filter(|r| r.fact.predicate == file.predicate)
                    .map(|r| {
                        let object = match &r.fact.object {
                            RelationObject::Entity(e) => &entities[e.index()].entity.name,
                            RelationObject::Literal { value, .. } => value,
                        };
                        let subject = &entities[r.fact.subject.index()].entity.name;
                        format!("{subject} {} {object}", file.predicate.as_str())
                    })
                    .collect();
                let missing = example.facts.iter().any(|f| !told.contains(f));
                let silent = example.facts.is_empty() && !told.is_empty()
                    || example.not.iter().any(|f| told.contains(f));
                if missing || silent {
                    wrong.push(format!(
                        "{}\n    want {:?}\n    told {told:?}",
                        example.text, example.facts
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
    }
}
