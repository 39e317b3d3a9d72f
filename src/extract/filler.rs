//! Which entity, quantity or time stands at a token: from the tree's arguments to what fills roles.

use crate::facts::{Entity, EntityId, EntityType, MentionForm, Quantity, QuantityId, Time, TimeId};
use crate::text::Document;

use super::clause;

/// The earlier layers, by head token.
#[derive(Debug)]
pub(crate) struct Fillers<'a> {
    /// Entities, as the layer before gave them.
    pub(crate) entities: &'a [Entity],
    /// Times.
    pub(crate) times: &'a [Time],
    entity_at: Vec<Option<EntityId>>,
    named_at: Vec<bool>,
    in_name: Vec<bool>,
    covered_by: Vec<Option<EntityId>>,
    quantity_at: Vec<Option<QuantityId>>,
    time_at: Vec<Option<TimeId>>,
}

impl<'a> Fillers<'a> {
    /// Finds the head token of every mention, quantity and time.
    pub(crate) fn new(
        doc: &Document<'_>,
        entities: &'a [Entity],
        times: &'a [Time],
        quantities: &'a [Quantity],
    ) -> Self {
        let n = doc.len();
        let mut fillers = Self {
            entities,
            times,
            entity_at: vec![None; n],
            named_at: vec![false; n],
            in_name: vec![false; n],
            covered_by: vec![None; n],
            quantity_at: vec![None; n],
            time_at: vec![None; n],
        };
        // Longest mentions first, so that shorter ones overwrite: a token belongs to the smallest
        // mention that covers it, and to the mention that it heads above all.
        let mut mentions: Vec<(usize, u32, MentionForm, std::ops::Range<usize>)> = Vec::new();
        for (id, entity) in (0_u32..).zip(entities) {
            for mention in &entity.mentions {
                let tokens = doc.tokens_in(mention.span);
                mentions.push((mention.span.len(), id, mention.form, tokens));
            }
        }
        mentions.sort_by_key(|m| std::cmp::Reverse(m.0));
        for (_, id, form, tokens) in &mentions {
            for t in tokens.clone() {
                fillers.covered_by[t] = Some(EntityId(*id));
                fillers.in_name[t] |= *form == MentionForm::Name;
            }
            if let Some(head) = clause::head_of(doc, tokens.clone()) {
                fillers.entity_at[head] = Some(EntityId(*id));
                fillers.named_at[head] |= *form == MentionForm::Name;
            }
        }
        for (id, quantity) in (0_u32..).zip(quantities) {
            let number = clause::head_of(doc, doc.tokens_in(quantity.span));
            if let Some(head) = number {
                fillers.quantity_at[head] = Some(QuantityId(id));
            }
            if let Some(of) = quantity.of
                && let Some(head) = clause::head_of(doc, doc.tokens_in(of))
            {
                fillers.quantity_at[head].get_or_insert(QuantityId(id));
            }
        }
        for (id, time) in (0_u32..).zip(times) {
            if let Some(head) = clause::head_of(doc, doc.tokens_in(time.span)) {
                fillers.time_at[head] = Some(TimeId(id));
            }
        }
        fillers
    }

    /// The entity with a mention whose head is token `i`, else the smallest that covers it.
    pub(crate) fn entity(&self, i: usize) -> Option<EntityId> {
        self.entity_at[i].or(self.covered_by[i])
    }

    /// The entity with a mention whose head is token `i`.
    pub(crate) fn entity_headed(&self, i: usize) -> Option<EntityId> {
        self.entity_at[i]
    }

    /// Whether the entity can act: a person, body, group or place.
    pub(crate) fn is_actor(&self, id: EntityId) -> bool {
        self.entities.get(id.index()).is_some_and(|e| {
            matches!(
                e.kind,
                EntityType::Person
                    | EntityType::Organization
                    | EntityType::Group
                    | EntityType::Place
                    | EntityType::Facility
            )
        })
    }

    /// Whether token `i` heads a name mention.
    pub(crate) fn is_named(&self, i: usize) -> bool {
        self.named_at[i]
    }

    /// Whether token `i` is part of a name.
    pub(crate) fn in_name(&self, i: usize) -> bool {
        self.in_name[i]
    }

    /// What kind of entity stands at token `i`.
    pub(crate) fn kind(&self, i: usize) -> Option<EntityType> {
        self.entity(i).and_then(|e| self.entities.get(e.index())).map(|e| e.kind)
    }

    /// The quantity that counts what token `i` heads, or that it is the number of.
    pub(crate) fn quantity(&self, i: usize) -> Option<QuantityId> {
        self.quantity_at[i]
    }

    /// The time expression that token `i` heads.
    pub(crate) fn time(&self, i: usize) -> Option<TimeId> {
        self.time_at[i]
    }

    /// The time with the id `id`.
    pub(crate) fn time_of(&self, id: TimeId) -> Option<&'a Time> {
        self.times.get(id.index())
    }
}
