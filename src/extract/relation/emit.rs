//! Collects relations.

use std::collections::BTreeSet;

use crate::extract::trace::{Rule, Traced};
use crate::facts::{EntityId, Modality, Polarity, Predicate, Relation, RelationObject, TimeId};
use crate::span::Span;

use super::view::{Arg, View};

/// Relations found so far, none twice: the first words that say it are the evidence.
#[derive(Debug, Default)]
pub(super) struct Sink {
    found: Vec<Traced<Relation>>,
    seen: BTreeSet<(EntityId, Predicate, String, Option<TimeId>, Polarity)>,
}

/// What holds of a whole clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub polarity: Polarity,
    pub modality: Modality,
    pub time: Option<TimeId>,
}

impl Manner {
    pub(super) const PLAIN: Self =
        Self { polarity: Polarity::Positive, modality: Modality::Asserted, time: None };
}

impl Sink {
    /// Adds a relation between two arguments.
    pub(super) fn relate(
        &mut self,
        view: &View<'_, '_>,
        subject: Arg,
        predicate: Predicate,
        object: Arg,
        manner: Manner,
        rule: &str,
    ) {
        if subject.entity == object.entity || view.same_name(subject.entity, object.entity) {
            return;
        }
        let span = subject.span.cover(object.span);
        self.push(
            subject.entity,
            predicate,
            RelationObject::Entity(object.entity),
            span,
            manner,
            rule,
        );
    }

    /// Adds a relation to a value.
    #[expect(clippy::too_many_arguments, reason = "a relation has that many parts")]
    pub(super) fn value(
        &mut self,
        subject: Arg,
        predicate: Predicate,
        value: &str,
        datatype: &str,
        words: Span,
        manner: Manner,
        rule: &str,
    ) {
        let object =
            RelationObject::Literal { value: value.to_owned(), datatype: datatype.to_owned() };
        self.push(subject.entity, predicate, object, subject.span.cover(words), manner, rule);
    }

    fn push(
        &mut self,
        subject: EntityId,
        predicate: Predicate,
        object: RelationObject,
        span: Span,
        manner: Manner,
        rule: &str,
    ) {
        let key = match &object {
            RelationObject::Entity(e) => e.to_string(),
            RelationObject::Literal { value, .. } => value.to_lowercase(),
        };
        if !self.seen.insert((subject, predicate, key, manner.time, manner.polarity)) {
            return;
        }
        let relation = Relation {
            subject,
            predicate,
            object,
            span,
            time: manner.time,
            polarity: manner.polarity,
            modality: manner.modality,
        };
        self.found.push(Traced::new(relation, &Rule::from(format!("relation/{rule}"))));
    }

    /// The relations in text order.
    pub(super) fn finish(mut self) -> Vec<Traced<Relation>> {
        self.found.sort_by_key(|r| {
            (r.fact.span.start(), r.fact.span.end(), r.fact.subject, r.fact.predicate)
        });
        self.found
    }
}
