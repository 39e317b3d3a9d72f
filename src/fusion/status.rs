//! How well something is supported by the claims for it.

use std::collections::BTreeSet;

use oxrdf::NamedNodeRef;

use super::digest::Claim;
use super::individual::Individual;
use crate::graph::Hash;
use crate::vocab::ng;

/// What is left where nothing is asserted, the strongest first.
const UNASSERTED: [NamedNodeRef<'static>; 6] =
    [ng::PLANNED, ng::REQUESTED, ng::ORDERED, ng::POSSIBLE, ng::HYPOTHETICAL, ng::GENERIC];

/// Gathers the claims for one proposition or happening.
#[derive(Default)]
pub(super) struct Support {
    asserted: bool,
    stated: bool,
    negated: bool,
    /// Places in [`UNASSERTED`].
    unasserted: BTreeSet<usize>,
    speakers: BTreeSet<Speaker>,
    /// Who passed on whom.
    relays: BTreeSet<(Hash, Hash)>,
}

/// Somebody who asserts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Speaker {
    individual: Hash,
    /// Known across articles.
    known: bool,
    article: Hash,
}

impl Support {
    /// Adds a claim of an article, whose entities are `individuals`.
    pub(super) fn add(&mut self, article: Hash, claim: &Claim, individuals: &[Individual]) {
        let of = |&entity: &u32| individuals.get(entity as usize);
        for relayer in claim.relayers.iter().filter_map(of) {
            let speakers = claim.speakers.iter().filter_map(of);
            self.relays.extend(speakers.map(|speaker| (relayer.id, speaker.id)));
        }
        if claim.modality == ng::DENIED || !claim.positive {
            self.negated = true;
        } else if claim.modality == ng::ASSERTED {
            self.asserted = true;
            self.stated |= claim.own_voice;
            self.speakers.extend(claim.speakers.iter().filter_map(of).map(|speaker| Speaker {
                individual: speaker.id,
                known: speaker.known,
                article,
            }));
        } else if let Some(place) = UNASSERTED.iter().position(|&m| claim.modality == m) {
            self.unasserted.insert(place);
        }
    }

    /// The first status that fits; `None` without claims.
    pub(super) fn status(&self) -> Option<NamedNodeRef<'static>> {
        if self.asserted {
            return Some(if self.negated {
                ng::DISPUTED
            } else if self.stated {
                ng::STATED
            } else if self.corroborated() {
                ng::CORROBORATED
            } else {
                ng::ATTRIBUTED
            });
        }
        let left = self.unasserted.first().and_then(|&place| UNASSERTED.get(place).copied());
        left.or(self.negated.then_some(ng::DENIED))
    }

    /// Whether two independent speakers assert it: two individuals, neither of whom passed the
    /// other's words on. One who is known in one article alone is told apart only from those of
    /// that article: "the police" of two articles may be one.
    pub(super) fn corroborated(&self) -> bool {
        let apart = |a: &Speaker, b: &Speaker| {
            a.individual != b.individual
                && (a.known && b.known || a.article == b.article)
                && !self.relays.contains(&(a.individual, b.individual))
                && !self.relays.contains(&(b.individual, a.individual))
        };
        self.speakers.iter().any(|a| self.speakers.iter().any(|b| apart(a, b)))
    }

    /// Whether it may stand as a plain triple: undisputed, and stated or corroborated; where it
    /// could harm a person, corroborated.
    pub(super) fn is_direct(&self, harms_a_person: bool) -> bool {
        let status = self.status();
        if harms_a_person {
            return status != Some(ng::DISPUTED) && self.corroborated();
        }
        status == Some(ng::STATED) || status == Some(ng::CORROBORATED)
    }
}
