//! Facts as JSON: one line, stable bytes.

use std::fmt::Display;

use jiff::civil::Date;
use serde_json::Number;

use crate::span::{CharIndex, Span};

use super::types::{
    Carried, Entity, Event, Facts, Quantity, Ref, Relation, RelationObject, Statement, Time,
};
use super::{SCHEMA, raw};

/// Writes the facts of one article as one line of JSON, without the line end.
///
/// Members stand in the contract's order, ids are numbered from 1 in each array's order (`e1`,
/// `t1`, `q1`, `v1`, `r1`, `s1`), numbers without a fraction are written as integers: the same
/// facts give the same bytes.
pub fn write_facts(facts: &Facts) -> String {
    let index = CharIndex::new(&facts.article.text);
    let pair = |span: Span| -> raw::Pair {
        let chars = index.to_chars(span);
        [chars.start.into(), chars.end.into()]
    };
    let article = &facts.article;
    let raw = raw::Facts {
        schema: SCHEMA.to_owned(),
        article: raw::Article {
            id: article.id.clone(),
            text: article.text.clone(),
            published: article.published.clone(),
            title: article.title.clone(),
            url: article.url.clone(),
            publisher: article.publisher.clone(),
            language: article.language.clone(),
            retrieved: article.retrieved.clone(),
        },
        sentences: facts.sentences.iter().map(|&s| pair(s)).collect(),
        entities: number(&facts.entities, 'e', |id, e| entity(id, e, pair)),
        times: number(&facts.times, 't', |id, t| time(id, t, pair)),
        quantities: number(&facts.quantities, 'q', |id, q| quantity(id, q, pair)),
        events: number(&facts.events, 'v', |id, v| event(id, v, pair)),
        relations: number(&facts.relations, 'r', |id, r| relation(id, r, pair)),
        statements: number(&facts.statements, 's', |id, s| statement(id, s, pair)),
    };
    serde_json::to_string(&raw).expect("strings, numbers and lists always serialize")
}

fn number<T, R>(items: &[T], prefix: char, write: impl Fn(String, &T) -> R) -> Vec<R> {
    items.iter().enumerate().map(|(i, item)| write(format!("{prefix}{}", i + 1), item)).collect()
}

fn text(id: Option<impl Display>) -> Option<String> {
    id.map(|id| id.to_string())
}

fn entity(id: String, e: &Entity, pair: impl Fn(Span) -> raw::Pair) -> raw::Entity {
    let mentions = e
        .mentions
        .iter()
        .map(|m| raw::Mention { span: pair(m.span), form: m.form.as_str().to_owned() })
        .collect();
    let links = e
        .links
        .iter()
        .map(|l| raw::Link { iri: l.iri.clone(), score: l.score.and_then(json_number) })
        .collect::<Vec<_>>();
    raw::Entity {
        id,
        kind: e.kind.as_str().to_owned(),
        name: e.name.clone(),
        mentions,
        links: (!links.is_empty()).then_some(links),
    }
}

fn time(id: String, t: &Time, pair: impl Fn(Span) -> raw::Pair) -> raw::Time {
    raw::Time {
        id,
        span: pair(t.span),
        kind: t.kind.as_str().to_owned(),
        value: t.value.clone(),
        modifier: t.modifier.map(|m| m.as_str().to_owned()),
        begin: t.begin.as_ref().map(Date::to_string),
        end: t.end.as_ref().map(Date::to_string),
    }
}

fn quantity(id: String, q: &Quantity, pair: impl Fn(Span) -> raw::Pair) -> raw::Quantity {
    raw::Quantity {
        id,
        span: pair(q.span),
        value: q.value.and_then(json_number),
        low: q.low.and_then(json_number),
        high: q.high.and_then(json_number),
        modifier: q.modifier.as_str().to_owned(),
        unit: q.unit.clone(),
        of: q.of.map(pair),
        change: q.change.map(|c| c.as_str().to_owned()),
    }
}

fn event(id: String, v: &Event, pair: impl Fn(Span) -> raw::Pair) -> raw::Event {
    let roles = v
        .roles
        .iter()
        .map(|r| raw::Role {
            role: r.role.as_str().to_owned(),
            filler: match r.filler {
                Ref::Entity(id) => id.to_string(),
                Ref::Event(id) => id.to_string(),
                Ref::Quantity(id) => id.to_string(),
                Ref::Time(id) => id.to_string(),
            },
        })
        .collect();
    let quantities = v.quantities.iter().map(ToString::to_string).collect::<Vec<_>>();
    raw::Event {
        id,
        kind: v.kind.as_str().to_owned(),
        trigger: pair(v.trigger),
        lemma: v.lemma.clone(),
        roles,
        time: text(v.time),
        place: text(v.place),
        polarity: v.polarity.as_str().to_owned(),
        modality: v.modality.as_str().to_owned(),
        quantities: (!quantities.is_empty()).then_some(quantities),
        same: text(v.same),
    }
}

fn relation(id: String, r: &Relation, pair: impl Fn(Span) -> raw::Pair) -> raw::Relation {
    raw::Relation {
        id,
        subject: r.subject.to_string(),
        predicate: r.predicate.as_str().to_owned(),
        object: match &r.object {
            RelationObject::Entity(id) => raw::Object::Id(id.to_string()),
            RelationObject::Literal { value, datatype } => {
                raw::Object::Literal { value: value.clone(), datatype: datatype.clone() }
            }
        },
        span: pair(r.span),
        time: text(r.time),
        polarity: r.polarity.as_str().to_owned(),
        modality: r.modality.as_str().to_owned(),
    }
}

fn statement(id: String, s: &Statement, pair: impl Fn(Span) -> raw::Pair) -> raw::Statement {
    let carries = s
        .carries
        .iter()
        .map(|c| match c {
            Carried::Event(id) => id.to_string(),
            Carried::Relation(id) => id.to_string(),
            Carried::Quantity(id) => id.to_string(),
        })
        .collect();
    raw::Statement {
        id,
        speaker: text(s.speaker),
        source: s.source.map(&pair),
        cue: s.cue.map(&pair),
        addressee: text(s.addressee),
        content: s.content.iter().map(|&c| pair(c)).collect(),
        mode: s.mode.as_str().to_owned(),
        relays: text(s.relays),
        carries,
        time: text(s.time),
        modality: s.modality.map(|m| m.as_str().to_owned()),
    }
}

/// The largest integer up to which every integer is an exact `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A finite number as JSON writes it best: without a fraction where it has none.
fn json_number(value: f64) -> Option<Number> {
    if value.fract() == 0.0 && value.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "a whole number of at most 2^53")]
        return Some(Number::from(value as i64));
    }
    Number::from_f64(value)
}
