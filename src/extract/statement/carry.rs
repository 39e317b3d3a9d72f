//! Which facts a statement reports: those whose words lie in its content and in no statement inside
//! of it.

use crate::facts::{
    Carried, Event, EventId, Quantity, QuantityId, Relation, RelationId, Statement,
};
use crate::span::Span;

/// Sets `carries` of every statement.
///
/// A fact inside two statements belongs to the inner one: who reports that another says something
/// does not say it. A relay and what it passes on have the same content and both carry it.
pub(super) fn assign(
    statements: &mut [Statement],
    events: &[Event],
    quantities: &[Quantity],
    relations: &[Relation],
) {
    let mut items: Vec<(Span, Carried)> = Vec::new();
    items.extend((0_u32..).zip(events).map(|(i, e)| (e.trigger, Carried::Event(EventId(i)))));
    items
        .extend((0_u32..).zip(quantities).map(|(i, q)| (q.span, Carried::Quantity(QuantityId(i)))));
    items.extend((0_u32..).zip(relations).map(|(i, r)| (r.span, Carried::Relation(RelationId(i)))));
    let sizes: Vec<usize> =
        statements.iter().map(|s| s.content.iter().map(|c| c.len()).sum()).collect();
    for (span, item) in items {
        let around: Vec<usize> = (0..statements.len())
            .filter(|&s| statements[s].content.iter().any(|c| c.contains(span)))
            .collect();
        let Some(&inner) = around.iter().min_by_key(|&&s| (sizes[s], s)) else { continue };
        let content = statements[inner].content.clone();
        for s in around {
            if statements[s].content == content {
                statements[s].carries.push(item);
            }
        }
    }
    for statement in statements {
        statement.carries.sort_unstable();
    }
}
