//! Whether two figures that do not meet are at odds, or speak of two things, or of two days.
//!
//! That no number fits both says little as yet: an early toll and a late one, the toll of one town
//! and of the whole country, the dead of one nation and all of them differ and are both right. So
//! two figures are at odds only where nothing that the articles say tells them apart. What cannot
//! be known is not at odds: few conflicts, but real ones.

use std::collections::BTreeSet;

use oxrdf::NamedNodeRef;

use super::compare::Given;
use super::figure::{COUNT, PERCENT, are_of_one_size, exceeds, meet_loosely};
use super::telling::{days, is_singular, same_head};
use crate::graph::{Hash, name_key};
use crate::vocab::ng;

/// Days between two publications in which a sum is still the same one.
const DAYS: i32 = 1;

/// Whether two figures of one happening that are [`super::figure::comparable`] and do not meet are
/// at odds. `triggers` are the words of the happening.
pub(super) fn at_odds(a: &Given<'_>, b: &Given<'_>, triggers: &[&str]) -> bool {
    !meet_loosely(a.figure, b.figure)
        && are_of_one_size(a.figure, b.figure)
        && as_of_one_day(a, b)
        && of_one_scope(a, b)
        && of_one_thing(a, b, triggers)
}

/// Whether both tell one state of things. A count that has grown with the days is news, one that
/// has fallen is at odds: who has died or was arrested stays so. A sum is that of its day.
fn as_of_one_day(a: &Given<'_>, b: &Given<'_>) -> bool {
    if a.placed.digest.article == b.placed.digest.article {
        return true;
    }
    let (Some(x), Some(y)) = (a.placed.digest.published, b.placed.digest.published) else {
        return false;
    };
    if x == y {
        return true;
    }
    let (early, late) = if x < y { (a, b) } else { (b, a) };
    if a.figure.unit.as_deref() == Some(COUNT) {
        return exceeds(early.figure, late.figure);
    }
    x.max(y) <= days(x.min(y), DAYS)
}

/// Whether the sentences name the same places: who died in one country is not who died in two. On
/// one day one of them may name fewer, since it says the rest before; of different days nobody knows
/// what a sentence leaves out.
fn of_one_scope(a: &Given<'_>, b: &Given<'_>) -> bool {
    let [x, y] = [a, b].map(|given| given.individuals(given.event().scope.iter().copied()));
    let one_day = a.placed.digest.published == b.placed.digest.published;
    x == y || one_day && (x.is_subset(&y) || y.is_subset(&x))
}

/// Whether both count the same: the counted words are the same, or the happening's own; where
/// nothing is counted, those who are hurt in one accident, or the money of the same actors. A share
/// of nobody knows what is a share of something else.
fn of_one_thing(a: &Given<'_>, b: &Given<'_>, triggers: &[&str]) -> bool {
    let own = |counts: &str| triggers.iter().any(|trigger| same_head(trigger, counts));
    match (a.figure.counts.as_deref(), b.figure.counts.as_deref()) {
        (Some(x), Some(y)) => name_key(x) == name_key(y) || own(x) || own(y),
        (Some(x), None) | (None, Some(x)) => own(x),
        (None, None) if a.figure.unit.as_deref() == Some(COUNT) => {
            a.event().kind == b.event().kind && is_singular(a.event().kind)
        }
        (None, None) => a.figure.unit.as_deref() != Some(PERCENT) && of_the_same_actors(a, b),
    }
}

/// Whether two tellings have an actor in common, and none acts in one who does not in the other.
fn of_the_same_actors(a: &Given<'_>, b: &Given<'_>) -> bool {
    let shared = |roles: &[NamedNodeRef<'_>]| {
        let [a, b] = [a, b].map(|given| actors(given, roles));
        (a.is_disjoint(&b), a.is_empty() || b.is_empty())
    };
    let (agents_differ, unknown) = shared(&[ng::AGENT]);
    let (all_differ, _) = shared(&[ng::AGENT, ng::PATIENT, ng::RECIPIENT]);
    !all_differ && (!agents_differ || unknown)
}

fn actors(given: &Given<'_>, roles: &[NamedNodeRef<'_>]) -> BTreeSet<Hash> {
    let entities = given.event().roles.iter();
    let acting = entities.filter(|(role, _)| roles.iter().any(|&wanted| *role == wanted));
    given.individuals(acting.map(|&(_, entity)| entity))
}
