//! What a person decided about identity: a file beside the store, read at every derivation.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::NamedNode;

use crate::graph::{Base, Hash};

/// Decisions that two names mean the same, or not the same.
///
/// One a line, tab-separated: `same` or `different`, two IRIs, and, if one likes, why. Lines that
/// begin with `#` and empty ones are skipped. The IRIs are those of entities (`…/e/…`) or
/// individuals (`…/n/…`); on the right of `same` also one of another knowledge base.
///
/// * `same A B`, both individuals: they are one. `same A B`, one of them an entity: the entity is
///   that individual, whatever its name.
/// * `same A http://…`: a verified link, which gives `owl:sameAs`.
/// * `different A B`: B, an entity, is taken out of the individual that it shares with A.
/// * `different A http://…`: the link of the entity A does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Individuals that are one, as pairs.
    pub(super) same: BTreeSet<(Hash, Hash)>,
    /// Entities that are an individual whatever their names.
    pub(super) moved: BTreeMap<Hash, Hash>,
    /// Verified links.
    pub(super) links: BTreeSet<(Node, String)>,
    /// Entities that are apart.
    pub(super) apart: BTreeSet<(Node, Hash)>,
    /// Links that do not hold, by entity.
    pub(super) unlinked: BTreeMap<Hash, BTreeSet<String>>,
}

/// An entity or an individual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    Entity(Hash),
    Individual(Hash),
}

/// Why a line of decisions cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what} (a line is: same or different, tab, IRI, tab, IRI)")]
pub struct DecisionError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl Decisions {
    /// Reads decisions.
    ///
    /// # Errors
    ///
    /// [`DecisionError`] for the first line that is none.
    pub fn parse(text: &str, base: &Base) -> Result<Self, DecisionError> {
        let mut decisions = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            decisions.line(line, base).map_err(|what| DecisionError { line: number, what })?;
        }
        Ok(decisions)
    }

    fn line(&mut self, line: &str, base: &Base) -> Result<(), String> {
        let mut cells = line.split('\t').map(str::trim);
        let (Some(verdict), Some(left), Some(right)) = (cells.next(), cells.next(), cells.next())
        else {
            return Err("fewer than three cells".to_owned());
        };
        let node = node(left, base).ok_or_else(|| {
            format!("{left:?} is neither an entity nor an individual of the store")
        })?;
        let other = self::node(right, base);
        if other.is_none() && (NamedNode::new(right).is_err() || right.starts_with(base.as_str())) {
            return Err(format!("{right:?} is no entity, individual or link"));
        }
        match (verdict, node, other) {
            ("same", Node::Individual(one), Some(Node::Individual(other))) => {
                self.same.insert((one.min(other), one.max(other)));
            }
            ("same", Node::Entity(entity), Some(Node::Individual(individual)))
            | ("same", Node::Individual(individual), Some(Node::Entity(entity))) => {
                if self.moved.insert(entity, individual).is_some_and(|old| old != individual) {
                    return Err("the entity was said to be another individual before".to_owned());
                }
            }
            ("same", node, None) => {
                self.links.insert((node, right.to_owned()));
            }
            ("same", ..) => {
                return Err(
                    "of two that are the same one has to be an individual (…/n/…)".to_owned()
                );
            }
            ("different", node, Some(Node::Entity(other))) => {
                self.apart.insert((node, other));
            }
            ("different", Node::Entity(entity), None) => {
                self.unlinked.entry(entity).or_default().insert(right.to_owned());
            }
            ("different", ..) => {
                return Err("what is taken apart has to be an entity (…/e/…)".to_owned());
            }
            _ => return Err(format!("{verdict:?} is neither same nor different")),
        }
        Ok(())
    }
}

fn node(iri: &str, base: &Base) -> Option<Node> {
    let local = iri.strip_prefix(base.as_str())?;
    if let Some(hash) = local.strip_prefix("e/") {
        return Hash::parse(hash).map(Node::Entity);
    }
    Hash::parse(local.strip_prefix("n/")?).map(Node::Individual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_decisions_and_errors_name_theirs() {
        let base = Base::default();
        let e = format!("{}e/aaaaaaaaaaaaaaaaaaaaaaaaaa", base.as_str());
        let n = format!("{}n/aaaaaaaaaaaaaaaaaaaaaaaaaa", base.as_str());
        let text = format!(
            "# by the desk\n\nsame\t{e}\t{n}\tboth the mayor\ndifferent\t{n}\t{e}\n\
             same\t{e}\thttp://www.wikidata.org/entity/Q1\n\
             different\t{e}\thttp://www.wikidata.org/entity/Q2\n"
        );
        let decisions = Decisions::parse(&text, &base).unwrap();
        assert_eq!(decisions.moved.len(), 1);
        assert_eq!(decisions.links.len(), 1);
        assert_eq!(decisions.apart.len(), 1);
        assert_eq!(decisions.unlinked.len(), 1);
        for bad in [
            format!("alike\t{e}\t{n}"),
            format!("same\t{e}"),
            format!("different\t{e}\t{n}"),
            format!("same\t{e}\t{e}"),
        ] {
            let error = Decisions::parse(&format!("\n{bad}"), &base).unwrap_err();
            assert_eq!(error.line, 2, "{error}");
        }
    }
}
