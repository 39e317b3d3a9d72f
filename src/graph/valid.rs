//! What the mapper asks of facts before it writes anything.

use crate::facts::{Carried, Event, Facts, Ref, RelationObject, Statement};
use crate::span::Span;

/// Why facts cannot be mapped. Each names the item by its id in the contract.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// A reference points nowhere.
    #[error(
        "{item} refers to {to}, which does not exist (give the item or take the reference out)"
    )]
    Dangling {
        /// The item that refers.
        item: String,
        /// The id that it gives.
        to: String,
    },
    /// `same` or `relays` goes in a circle.
    #[error(
        "{item} comes back to itself through \"{member}\" (a first telling or a first statement has none)"
    )]
    Cycle {
        /// An item of the circle.
        item: String,
        /// The member that goes in a circle.
        member: &'static str,
    },
    /// An item rests on no words of the text.
    #[error(
        "{item} has no {what} in the text (an item without evidence does not exist: leave it out)"
    )]
    NoWords {
        /// The item.
        item: String,
        /// What it lacks.
        what: &'static str,
    },
    /// A number is infinite or not a number.
    #[error("{item} has a number that is not finite (leave the member out where it is unknown)")]
    NotFinite {
        /// The item.
        item: String,
    },
    /// A link is no absolute IRI.
    #[error(
        "{item} links to {iri:?}, which is no absolute IRI (give one such as http://www.wikidata.org/entity/Q42)"
    )]
    Link {
        /// The item.
        item: String,
        /// What it links to.
        iri: String,
    },
}

/// Checks that facts can be mapped; linear in their size.
pub(super) fn validate(facts: &Facts) -> Result<(), GraphError> {
    let check = Check { facts };
    for (i, &sentence) in facts.sentences.iter().enumerate() {
        check.words(&|| format!("sentence {}", i + 1), "text", sentence)?;
    }
    check.entities()?;
    for (i, time) in facts.times.iter().enumerate() {
        check.words(&id('t', i), "span", time.span)?;
    }
    for (i, quantity) in facts.quantities.iter().enumerate() {
        let item = id('q', i);
        check.words(&item, "span", quantity.span)?;
        if let Some(of) = quantity.of {
            check.words(&item, "counted words", of)?;
        }
        for number in [quantity.value, quantity.low, quantity.high].into_iter().flatten() {
            if !number.is_finite() {
                return Err(GraphError::NotFinite { item: item() });
            }
        }
    }
    for (i, event) in facts.events.iter().enumerate() {
        check.event(&id('v', i), event)?;
    }
    for (i, relation) in facts.relations.iter().enumerate() {
        let item = id('r', i);
        check.words(&item, "span", relation.span)?;
        check.refers(&item, Ref::Entity(relation.subject))?;
        if let RelationObject::Entity(object) = relation.object {
            check.refers(&item, Ref::Entity(object))?;
        }
        check.refers_some(&item, relation.time.map(Ref::Time))?;
    }
    for (i, statement) in facts.statements.iter().enumerate() {
        check.statement(&id('s', i), statement)?;
    }
    let same: Vec<_> = facts.events.iter().map(|e| e.same.map(|s| s.0)).collect();
    let relays: Vec<_> = facts.statements.iter().map(|s| s.relays.map(|r| r.0)).collect();
    for (next, prefix, member) in [(same, 'v', "same"), (relays, 's', "relays")] {
        if let Some(at) = cycle(&next) {
            return Err(GraphError::Cycle { item: id(prefix, at)(), member });
        }
    }
    Ok(())
}

/// The written id of item `index`, made only where an error needs it.
fn id(prefix: char, index: usize) -> impl Fn() -> String {
    move || format!("{prefix}{}", index + 1)
}

/// An item from which following `next` never ends.
fn cycle(next: &[Option<u32>]) -> Option<usize> {
    // 0 = not seen, otherwise 1 + the item from which the walk that saw it began.
    let mut seen = vec![0_usize; next.len()];
    for start in 0..next.len() {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start + 1;
            match next[at] {
                Some(to) => at = to as usize,
                None => break,
            }
            if seen[at] == start + 1 {
                return Some(at);
            }
        }
    }
    None
}

struct Check<'f> {
    facts: &'f Facts,
}

impl Check<'_> {
    fn entities(&self) -> Result<(), GraphError> {
        for (i, entity) in self.facts.entities.iter().enumerate() {
            let item = id('e', i);
            if entity.mentions.is_empty() {
                return Err(GraphError::NoWords { item: item(), what: "mention" });
            }
            for mention in &entity.mentions {
                self.words(&item, "mention", mention.span)?;
            }
            for link in &entity.links {
                if oxrdf::NamedNodeRef::new(&link.iri).is_err() {
                    return Err(GraphError::Link { item: item(), iri: link.iri.clone() });
                }
                if link.score.is_some_and(|score| !score.is_finite()) {
                    return Err(GraphError::NotFinite { item: item() });
                }
            }
        }
        Ok(())
    }

    fn event(&self, item: &dyn Fn() -> String, event: &Event) -> Result<(), GraphError> {
        self.words(item, "trigger", event.trigger)?;
        for role in &event.roles {
            self.refers(item, role.filler)?;
        }
        self.refers_some(item, event.time.map(Ref::Time))?;
        self.refers_some(item, event.place.map(Ref::Entity))?;
        self.refers_some(item, event.same.map(Ref::Event))?;
        event.quantities.iter().try_for_each(|&q| self.refers(item, Ref::Quantity(q)))
    }

    fn statement(&self, item: &dyn Fn() -> String, said: &Statement) -> Result<(), GraphError> {
        if said.content.is_empty() {
            return Err(GraphError::NoWords { item: item(), what: "content" });
        }
        for &piece in said.content.iter().chain(&said.source).chain(&said.cue) {
            self.words(item, "content", piece)?;
        }
        self.refers_some(item, said.speaker.map(Ref::Entity))?;
        self.refers_some(item, said.addressee.map(Ref::Entity))?;
        self.refers_some(item, said.time.map(Ref::Time))?;
        if let Some(relays) = said.relays
            && relays.index() >= self.facts.statements.len()
        {
            return Err(GraphError::Dangling { item: item(), to: relays.to_string() });
        }
        said.carries.iter().try_for_each(|&carried| match carried {
            Carried::Event(event) => self.refers(item, Ref::Event(event)),
            Carried::Quantity(quantity) => self.refers(item, Ref::Quantity(quantity)),
            Carried::Relation(relation) if relation.index() < self.facts.relations.len() => Ok(()),
            Carried::Relation(relation) => {
                Err(GraphError::Dangling { item: item(), to: relation.to_string() })
            }
        })
    }

    fn words(
        &self,
        item: &dyn Fn() -> String,
        what: &'static str,
        span: Span,
    ) -> Result<(), GraphError> {
        if span.of(&self.facts.article.text).is_empty() {
            return Err(GraphError::NoWords { item: item(), what });
        }
        Ok(())
    }

    fn refers_some(&self, item: &dyn Fn() -> String, to: Option<Ref>) -> Result<(), GraphError> {
        to.map_or(Ok(()), |to| self.refers(item, to))
    }

    fn refers(&self, item: &dyn Fn() -> String, to: Ref) -> Result<(), GraphError> {
        let facts = self.facts;
        let (index, count, to): (usize, usize, &dyn std::fmt::Display) = match &to {
            Ref::Entity(id) => (id.index(), facts.entities.len(), id),
            Ref::Event(id) => (id.index(), facts.events.len(), id),
            Ref::Quantity(id) => (id.index(), facts.quantities.len(), id),
            Ref::Time(id) => (id.index(), facts.times.len(), id),
        };
        if index < count {
            return Ok(());
        }
        Err(GraphError::Dangling { item: item(), to: to.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycles_are_found() {
        assert_eq!(cycle(&[None, Some(0), Some(1), Some(1)]), None);
        assert_eq!(cycle(&[Some(0)]), Some(0));
        assert!(cycle(&[None, Some(2), Some(3), Some(1), Some(1)]).is_some());
    }
}
